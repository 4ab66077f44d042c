"""Many small worlds in one set of facts, so that an engine that is slow to start runs them together.

Each case is a practice of its own, and what it counts is read there: no case sees another's people.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from tests.measurement.generated_worlds import table

from whatmatters.measurement import measure
from whatmatters.measurement.conditions import Condition
from whatmatters.measurement.counts import Count, People
from whatmatters.measurement.engines import ENGINES
from whatmatters.measurement.facts import of
from whatmatters.measurement.indicators import Indicator

AS_AT = date(2023, 6, 30)
SLOW = ("spark", "kernel")
# One worker starts Spark, or compiles the kernel, and the other does something else meanwhile.
EACH_ENGINE = [
    pytest.param(one, marks=[pytest.mark.xdist_group(one), *([pytest.mark.slow] if one in SLOW else [])])
    for one in ENGINES
]


@dataclass(frozen=True)
class Life:
    events: tuple[tuple[Any, ...], ...]
    born: str = "1960-06-01"
    died: str | None = None
    left: str | None = None


@dataclass(frozen=True)
class Case:
    says: str
    count: Count
    expected: float
    lives: tuple[Life, ...]
    period: str = field(default="2022-23", kw_only=True)


def life(*events: tuple[Any, ...], **about: Any) -> Life:
    """Events are (on, code), then value, detail and episode by name in a dictionary where they have any."""
    return Life(events, **about)


def adds(says: str, count: Count, expected: float, *lives: Life, **more: Any) -> Case:
    return Case(says, count, expected, lives, **more)


def asks(
    says: str, condition: Condition, *, yes: tuple[Life, ...], no: tuple[Life, ...], **more: Any
) -> tuple[Case, ...]:
    """One case for those of whom the condition is true and one for the others."""
    return (
        Case(f"{says}: yes", People(condition), len(yes), yes, **more),
        Case(f"{says}: no", People(condition), 0, no, **more),
    )


def counted(cases: list[Case], engine: str) -> list[float]:
    """What an engine counts in each case."""
    lives = [(place, one) for place, case in enumerate(cases) for one in case.lives]
    numbered = list(enumerate(lives, start=1))
    facts = of(
        {
            "people": table(
                "people", "person born sex died", [(n, day(one.born), "F", day(one.died)) for n, (_, one) in numbered]
            ),
            "registrations": table(
                "registrations",
                "person practice start end",
                [(n, f"P{place}", date(2015, 4, 1), day(one.left)) for n, (place, one) in numbered],
            ),
            "events": table(
                "events",
                "person on code value detail episode",
                [(n, day(on), code, *_more(*more)) for n, (_, one) in numbered for on, code, *more in one.events],
            ),
            "organisations": table("organisations", "code kind", [(f"P{n}", "practice") for n in range(len(cases))]),
            "memberships": table("memberships", "child parent start end", []),
        }
    )
    found = measure(
        facts,
        sorted({case.period for case in cases}),
        [indicator(f"case-{n}", case.count) for n, case in enumerate(cases)],
        levels=["practice"],
        breakdowns=["all"],
        engine=engine,
        as_at=AS_AT,
    ).to_pylist()
    cells = {(row["indicator"], row["period"], row["organisation"]): row["numerator"] for row in found}
    return [cells.get((f"case-{n}", case.period, f"P{n}"), 0) for n, case in enumerate(cases)]


def indicator(name: str, numerator: Count, denominator: Count | None = None, **more: Any) -> Indicator:
    """With nothing said that a page would say."""
    said = {"title": name, "component": "", "counted": "", "out_of": "", "source": "", "why": "", "caveats": ()}
    unit = "count" if denominator is None else "percent"
    return Indicator(
        name, numerator=numerator, denominator=denominator, unit=unit, direction="neither", example=None, **said, **more
    )


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _more(value: float | None = None, detail: str | None = None, episode: int | None = None) -> tuple[Any, ...]:
    return value, detail, episode
