"""Whether anybody records what an indicator of workers or organisations asks: what nobody writes down is not nought."""

from collections.abc import Iterable, Iterator
from datetime import date

import pyarrow.compute as pc

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.conditions import EventOf, events_of
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import Indicator

TABLES = {"worker": "staff_events", "organisation": "organisation_events"}


def known(indicators: Iterable[Indicator], facts: Facts, as_at: date) -> Iterator[Indicator]:
    """Those of which every event of workers or organisations has been recorded at least once by the as-at date.

    An event asked for by its detail has been when one of those details has: a book kept of one course, or of one thing
    attested, says nothing of another.
    """
    found = {of: _recorded(facts, name, as_at) for of, name in TABLES.items()}
    for indicator in indicators:
        asked = [event for count in indicator.counts for event in events_of(count)]
        if all(_is_in(found[CONCEPTS[one.code].of], one) for one in asked if CONCEPTS[one.code].of in found):
            yield indicator


def _recorded(facts: Facts, name: str, as_at: date) -> set[tuple[str, str | None]]:
    """The different codes and details there are."""
    table = facts.table(name).filter(pc.field("on") <= as_at).group_by(["code", "detail"]).aggregate([])
    return set(zip(table["code"].to_pylist(), table["detail"].to_pylist(), strict=True))


def _is_in(found: set[tuple[str, str | None]], event: EventOf) -> bool:
    return any(code == event.code and (not event.details or detail in event.details) for code, detail in found)
