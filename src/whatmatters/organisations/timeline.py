"""From evidence of two strengths to one history of a child and its parent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """``parent`` from ``start`` (in) to ``end`` (out; None = still)."""

    start: date
    end: date | None
    parent: str


def claimed(claims: Sequence[Span], day: date) -> str | None:
    """What the dated rows say of a day: where two overlap, the later to start, then the longer, then by code."""
    holding = [claim for claim in claims if claim.start <= day and (claim.end is None or claim.end > day)]
    return (
        max(holding, key=lambda claim: (claim.start, claim.end or date.max, claim.parent)).parent if holding else None
    )


def timeline(claims: Sequence[Span], sightings: Mapping[date, str | None]) -> list[Span]:
    """The spans in order, none overlapping, none touching a span of the same parent.

    On the day of a sighting the sighting is right (None: it had no parent); on a day when a dated row begins or ends
    the dated rows are; and nothing changes between two days that have evidence.
    """
    turns = {day for claim in claims for day in (claim.start, claim.end) if day is not None}
    spans: list[Span] = []
    for day in sorted(turns | set(sightings)):
        parent = sightings[day] if day in sightings else claimed(claims, day)
        if spans and spans[-1].end is None:
            if spans[-1].parent == parent:
                continue
            spans[-1] = spans[-1]._replace(end=day)
        if parent is not None:
            spans.append(Span(day, None, parent))
    return spans
