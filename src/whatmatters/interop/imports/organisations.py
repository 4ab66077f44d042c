"""``import organisations``: the published files in, the dated history out. All of it lands, or nothing."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.interop.imports import files
from whatmatters.interop.imports.layouts import Layout, epcn, epraccur, practice_map
from whatmatters.interop.imports.refusals import ImportRefused, Problems
from whatmatters.interop.imports.saving import Changes, save_memberships, save_organisations
from whatmatters.interop.imports.tables import Table
from whatmatters.organisations.evidence import Evidence
from whatmatters.organisations.history import Contradiction, History, history
from whatmatters.organisations.models import Kind, Publication

LAYOUTS = (
    practice_map.SUB_ICB_MAP, practice_map.CCG_MAP, practice_map.QOF_MAP,
    epcn.DETAILS, epcn.MEMBERS, epraccur.REGISTER,
)  # fmt: skip
CUT_SHORT = 0.8  # the practices of England fall by about 1% a year: a map of fewer than this share is not whole
A_COUNTRY = 1_000  # practices; below that, one more or less proves nothing

Key = tuple[str, date]  # layout and day


@dataclass(frozen=True)
class Read:
    name: str
    layout: Layout
    raw: bytes
    evidence: Evidence

    @property
    def key(self) -> Key:
        return self.layout.key, self.evidence.as_at

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Summary:
    """``unallocated`` and ``elsewhere`` count practices on ``day``, that of the latest map."""

    organisations: Changes
    memberships: Changes
    day: date | None
    unallocated: int
    elsewhere: int


def import_organisations(
    paths: Sequence[Path], *, by: Actor, as_at: date | None = None, tell: Callable[[str], None] = lambda _: None
) -> Summary:
    """``as_at`` dates the files that carry no date of their own. Raises ImportRefused; then nothing has changed."""
    given = _read_all(paths, as_at, tell)
    before = _held()
    kept = [_again(one) for one in Publication.objects.order_by("pk") if (one.layout, one.as_at) not in given]
    files_read = [*given.values(), *kept]
    _refuse_half(list(given.values()), kept)
    tell("Working out the history")
    try:
        whole = history(one.evidence for one in files_read)
    except Contradiction as contradiction:
        raise ImportRefused(f"{contradiction}: nothing was imported") from contradiction
    tell("Saving")
    with transaction.atomic():  # only now: others can work on while the files are read
        audit.record("imported organisations", by=by, detail={"files": [[key, f"{day}"] for key, day in sorted(given)]})
        if _held() != before:  # the audit's chain makes imports queue, so this sees all that were quicker
            raise ImportRefused("Another import of organisations finished meanwhile: run this one again")
        return _save(whole, list(given.values()), [one.evidence for one in files_read])


def _read_all(paths: Sequence[Path], as_at: date | None, tell: Callable[[str], None]) -> dict[Key, Read]:
    given: dict[Key, Read] = {}
    for path in paths:
        tell(f"Reading {path.name}")
        new = read(path.name, files.content(path), as_at)
        if given.setdefault(new.key, new).digest != new.digest:
            other = given[new.key].name
            raise ImportRefused(
                f"{new.name} and {other} are both the {new.layout.title} of {new.key[1]}: leave one out"
            )
    return given


def _held() -> set[tuple[str, date, str]]:
    return set(Publication.objects.values_list("layout", "as_at", "digest"))


def read(name: str, raw: bytes, as_at: date | None) -> Read:
    """One file, its layout told by its header. Raises ImportRefused."""
    table = Table(name, files.decoded(name, raw))
    layout = layout_of(table)
    return Read(name, layout, raw, layout.read(table, as_at, Problems(name)))


def layout_of(table: Table) -> Layout:
    columns = set(table.columns)
    for layout in LAYOUTS:
        if layout.columns <= columns:
            return layout
    nearest = max(LAYOUTS, key=lambda layout: len(layout.columns & columns))
    missing = ", ".join(sorted(nearest.columns - columns))
    if nearest.columns & columns:
        raise ImportRefused(f"{table.name}: line 1: a {nearest.title} also has {missing}: download the file again")
    titles = "; ".join(layout.title for layout in LAYOUTS)
    raise ImportRefused(f"{table.name}: line 1 is the header of no file known here, which are: {titles}")


def _again(kept: Publication) -> Read:
    return read(kept.name, zlib.decompress(kept.content), kept.as_at)


def _refuse_half(given: list[Read], kept: list[Read]) -> None:
    """A map cut off between two lines is still a map; the maps about it tell that it is not whole."""
    maps = [one for one in (*given, *kept) if one.evidence.whole]
    for new in given:
        others = [one for one in maps if one is not new]
        if not new.evidence.whole or not others:
            continue
        nearest = min(others, key=lambda one: abs(one.evidence.as_at - new.evidence.as_at))
        found, expected = _practices(new.evidence), _practices(nearest.evidence)
        if expected >= A_COUNTRY and found < CUT_SHORT * expected:
            raise ImportRefused(
                f"{new.name}: it lists {found:,} practices where {nearest.name} lists {expected:,}: is it cut short?"
            )


def _practices(evidence: Evidence) -> int:
    return sum(fact.kind == Kind.PRACTICE for fact in evidence.facts.values())


def _save(whole: History, given: list[Read], all_evidence: list[Evidence]) -> Summary:
    held = _held()
    for one in given:
        layout, day = one.key
        if (layout, day, one.digest) not in held:
            content = {"name": one.name, "digest": one.digest, "content": zlib.compress(one.raw)}
            Publication.objects.update_or_create(layout=layout, as_at=day, defaults=content)
    organisations, memberships = save_organisations(whole), save_memberships(whole)
    latest = max((one for one in all_evidence if one.whole), key=lambda one: one.as_at, default=None)
    if latest is None:
        return Summary(organisations, memberships, None, 0, 0)
    return Summary(organisations, memberships, latest.as_at, *unusual(latest))


def unusual(day: Evidence) -> tuple[int, int]:
    """Practices without a network, and those whose network has most of its practices in another sub-ICB."""
    places = [
        (network, day.sightings[practice, Kind.SUB_ICB])
        for (practice, level), network in day.sightings.items()
        if level == Kind.PCN
    ]
    homes: dict[str | None, str | None] = {}
    for (network, sub_icb), _ in sorted(Counter(places).items(), key=lambda item: (-item[1], str(item[0]))):
        homes.setdefault(network, sub_icb)
    unallocated = sum(network is None for network, _ in places)
    return unallocated, sum(network is not None and homes[network] != sub_icb for network, sub_icb in places)
