"""All published files together: what belonged to what, from when to when.

A function of the set of files, so their order cannot matter. How it reads them:

- A registered-patients map is right on its own day, for the figures published for that day stand on it. A change
  between two maps is dated by a network (ePCN) or practice register (epraccur) row where one tells the true day, else
  by the later map.
- What the maps stop listing has ended: on the true closing day where one is known, else on the first map without it.
  What one map leaves out and a later one lists was there all along.
- A QOF map, and the sub-ICB in a network file, speak only of days for which no dated row does.
- The newest file that names a practice has its dates right; older files keep what lies before them.
- Before the first evidence nothing is known, and nothing is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from whatmatters.organisations.evidence import Evidence, Fact, Place
from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span, claimed, timeline

LINKS = (
    (Kind.PRACTICE, Kind.PCN),
    (Kind.PRACTICE, Kind.SUB_ICB),
    (Kind.SUB_ICB, Kind.ICB),
    (Kind.ICB, Kind.REGION),
    (Kind.REGION, Kind.NATION),
)


class Link(NamedTuple):
    child: str
    parent: str
    start: date
    end: date | None


@dataclass(frozen=True)
class History:
    organisations: Mapping[str, Fact]
    links: frozenset[Link]


class Contradiction(ValueError):
    """Two files cannot both be right; says which code and what of."""


def history(files: Iterable[Evidence]) -> History:
    """Raises Contradiction when a code is of two kinds."""
    ordered = sorted(files, key=lambda file: (file.as_at, file.rank))
    known = _facts(ordered)
    claims = _claims(ordered, known)
    links = frozenset(
        Link(child, *_link(span))
        for child, fact in known.items()
        for child_kind, level in LINKS
        if fact.kind == child_kind
        for span in _spans((child, level), claims.get((child, level), []), ordered, fact)
        if span.parent in known
    )
    return History(_lived(known, links, ordered), links)


def _link(span: Span) -> tuple[str, date, date | None]:
    return span.parent, span.start, span.end


def _facts(ordered: list[Evidence]) -> dict[str, Fact]:
    """The latest word on each organisation whose kind some file settles."""
    known: dict[str, Fact] = {}
    for file in ordered:
        for code, fact in file.facts.items():
            old = known.get(code, fact)
            if fact.kind and old.kind and fact.kind != old.kind:
                raise Contradiction(f"{code} is a {old.kind.label} in one file and a {fact.kind.label} in another")
            dates = fact if fact.dated else old
            known[code] = Fact(
                fact.kind or old.kind, fact.name, fact.postcode or old.postcode, dates.dated, dates.opened, dates.closed
            )
    return {code: fact for code, fact in known.items() if fact.kind}


def _claims(ordered: list[Evidence], known: Mapping[str, Fact]) -> dict[Place, list[Span]]:
    """Dated rows: a newer file's replace an older's from their first day on; none outlives the child."""
    merged: dict[Place, list[Span]] = {}
    for file in ordered:
        for place, new in file.claims.items():
            first = min(span.start for span in new)
            merged[place] = _cut(merged.get(place, []), first) + new
    return {
        (child, level): _cut(spans, known[child].closed)
        for (child, level), old in merged.items()
        if child in known
        and (spans := [span for span in old if span.parent in known and known[span.parent].kind == level])
    }


def _cut(spans: list[Span], at: date | None) -> list[Span]:
    """Without what comes on or after a day."""
    if at is None:
        return spans
    return [span._replace(end=min(span.end or at, at)) for span in spans if span.start < at]


def _spans(place: Place, claims: list[Span], ordered: list[Evidence], fact: Fact) -> list[Span]:
    last = max((file.as_at for file in ordered if file.whole and place in file.sightings), default=date.min)
    seen: dict[date, str | None] = {fact.closed: None} if fact.closed and fact.closed > last else {}
    for file in ordered:
        if file.whole:
            if place in file.sightings or file.as_at > last:
                seen[file.as_at] = file.sightings.get(place)
        elif place in file.sightings and claimed(claims, file.as_at) is None:
            seen[file.as_at] = file.sightings[place]
    return timeline(claims, seen)


def _lived(known: Mapping[str, Fact], links: frozenset[Link], ordered: list[Evidence]) -> dict[str, Fact]:
    """Dates of opening and closing, where the links tell more than the files said."""
    first_map = min((file.as_at for file in ordered if file.whole), default=date.max)
    below: dict[str, list[Link]] = {}
    above: dict[str, list[Link]] = {}
    for link in links:
        below.setdefault(link.child, []).append(link)
        above.setdefault(link.parent, []).append(link)
    return {code: _dated(fact, below.get(code) or above.get(code) or [], first_map) for code, fact in known.items()}


def _dated(fact: Fact, links: list[Link], first_map: date) -> Fact:
    if not links:
        return fact
    first = min(link.start for link in links)
    ends = [link.end for link in links]
    closed = None if None in ends else max(end for end in [*ends, fact.closed] if end is not None)
    return replace(fact, opened=fact.opened or (first if first > first_map else None), closed=closed)
