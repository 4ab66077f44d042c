"""Counts as SQL expressions over one person's, or one episode's, events. Text from definitions is always quoted.

The events these speak of have the columns of ``views.py``: code, day, value, detail, episode, organisation.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from whatmatters.measurement.indicators import Change, Episodes, EventOf, Followed, Overdue, Pairs, People, Registered
from whatmatters.periods import Period


def text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def words(of: Iterable[str]) -> str:
    return "(" + ", ".join(text(word) for word in of) + ")"


def day(on: date) -> str:
    return f"DATE '{on.isoformat()}'"


def matches(wanted: EventOf) -> str:
    """True, false, never null for an event."""
    parts = [f"code = {text(wanted.code)}"]
    if wanted.details:
        parts.append(f"coalesce(detail IN {words(wanted.details)}, false)")
    if wanted.least is not None:
        parts.append(f"coalesce(value >= {float(wanted.least)!r}::DOUBLE, false)")
    if wanted.most is not None:
        parts.append(f"coalesce(value <= {float(wanted.most)!r}::DOUBLE, false)")
    return "(" + " AND ".join(parts) + ")"


def any_matches(wanted: Sequence[EventOf]) -> str:
    return "(" + " OR ".join(matches(one) for one in wanted) + ")"


def within(period: Period) -> str:
    return f"(day >= {day(period.start)} AND day < {day(period.end)})"


def of_person(count: People | Registered | Overdue, period: Period, as_at: date) -> str:
    """Whether a person counts, over all of their events before the period's end."""
    if isinstance(count, People):
        return " OR ".join(f"coalesce({_did(one, period)}, false)" for one in count.any_of)
    ever = f"bool_or({any_matches(count.ever)})"
    if isinstance(count, Registered):
        return ever
    # Of two dates set on one day the sooner counts: any that has passed makes that day's date overdue.
    last_set = f"max(day) FILTER ({matches(count.set_by)} AND value IS NOT NULL)"
    last_past = f"max(day) FILTER ({matches(count.set_by)} AND value < {day(min(period.last_day, as_at))} - day)"
    done = f"max(day) FILTER ({matches(count.done_by)})"
    return f"{ever} AND coalesce({last_past} = {last_set} AND coalesce({done} <= {last_set}, true), false)"


def _did(wanted: EventOf | Followed, period: Period) -> str:
    if isinstance(wanted, EventOf):
        return f"bool_or({matches(wanted)} AND {within(period)})"
    then = f"max(day) FILTER ({matches(wanted.then)} AND {within(period)})"
    return f"{then} >= min(day) FILTER ({matches(wanted.first)})"


def of_episode(count: Episodes, period: Period) -> str:
    """Whether an episode counts, over all of its events."""
    parts = [f"bool_or({any_matches(count.any_of)} AND {within(period)})"]
    if count.numbered or count.then:
        parts.append("episode IS NOT NULL")
    if count.then:
        last = f"max(day) FILTER ({any_matches(count.then)})"
        parts.append(f"coalesce({last} >= min(day) FILTER ({any_matches(count.any_of)}), false)")
    return " AND ".join(parts)


def codes(counts: Iterable[object]) -> list[str]:
    """Every code these counts speak of, so that no other event is read."""
    found: set[str] = set()
    for count in counts:
        for value in vars(count).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, EventOf):
                    found.add(one.code)
                elif isinstance(one, Followed):
                    found |= {one.first.code, one.then.code}
    return sorted(found)


def readings(counts: Iterable[object]) -> list[EventOf]:
    """The readings that pairs are made of, each once."""
    return list(dict.fromkeys(count.reading for count in counts if isinstance(count, Pairs | Change)))
