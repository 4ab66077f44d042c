"""Whether anybody records what an indicator of workers or organisations asks: what nobody writes down is not nought."""

from collections.abc import Iterable, Iterator
from datetime import date

import pyarrow.compute as pc

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.conditions import events_of
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import Indicator

TABLES = {"worker": "staff_events", "organisation": "organisation_events"}


def known(indicators: Iterable[Indicator], facts: Facts, as_at: date) -> Iterator[Indicator]:
    """Those of which every code of workers or organisations has been recorded at least once by the as-at date."""
    found = {of: _codes(facts, name, as_at) for of, name in TABLES.items()}
    for indicator in indicators:
        asked = (CONCEPTS[event.code] for count in indicator.counts for event in events_of(count))
        if all(concept.name in found[concept.of] for concept in asked if concept.of in found):
            yield indicator


def _codes(facts: Facts, name: str, as_at: date) -> set[str]:
    table = facts.table(name)
    return set(table.filter(pc.field("on") <= as_at)["code"].unique().to_pylist())
