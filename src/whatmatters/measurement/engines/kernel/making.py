"""How a mart is made: people get seats, then events are brought to them.

It is made from the former one and the parts of ``events`` that are new; the first from none, and all parts.
"""

from pathlib import Path

from whatmatters.measurement.engines.kernel.happenings import bring_events
from whatmatters.measurement.engines.kernel.labels import Former, Label, Stamps
from whatmatters.measurement.engines.kernel.seats import seat_people
from whatmatters.measurement.facts import Facts


def make(facts: Facts, now: Stamps, former: Former | None, into: Path) -> Label:
    """Writes the arrays of ``tables.Mart``, and those that the next one will be made from."""
    source = facts.tables["events"]
    paths = source if isinstance(source, tuple) else ()
    known = former.label.parts["events"] if former else {}
    fresh = [path for path, name in zip(paths, now["events"], strict=True) if name not in known]
    seats = seat_people(facts, now, former, fresh, into)
    brought = bring_events(facts, former, fresh, seats, into)
    return Label(parts=now, practices=seats.practices, born=seats.born, **brought)
