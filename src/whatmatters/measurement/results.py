"""From facts to the table of results: checks what was asked, runs an engine, dates and sorts what comes out."""

import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from whatmatters import periods as calendar
from whatmatters.measurement.engines import ENGINES, Plan
from whatmatters.measurement.engines.roll_up import rolled
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import URL, Facts, read
from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS, Indicator
from whatmatters.measurement.quality import latest_day, refuse
from whatmatters.measurement.recorded import known

COLUMNS = pa.schema(
    [
        ("indicator", pa.string()),
        ("definition", pa.int64()),
        ("period", pa.string()),
        ("organisation", pa.string()),
        ("level", pa.string()),
        ("breakdown", pa.string()),
        ("group", pa.string()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("source", pa.string()),
        ("coverage", pa.float64()),
        ("as_at", pa.date32()),
    ]
)
NEEDS = {"kernel": ("numba",), "spark": ("pyspark", "sqlglot")}
ORDER = ("indicator", "period", "level", "organisation", "breakdown", "group")


@dataclass(frozen=True)
class Asked:
    """The arguments of ``measurement.measure``, as given."""

    periods: Iterable[str | calendar.Period]
    indicators: Iterable[Indicator]
    levels: Iterable[str]
    breakdowns: Iterable[str]
    organisations: str
    engine: str
    as_at: date | None
    master: str = ""


def results(facts: str | Path | Facts, asked: Asked) -> pa.Table:
    """See ``measurement.measure``."""
    return pa.concat_tables([COLUMNS.empty_table(), *streamed(facts, asked)])


def streamed(facts: str | Path | Facts, asked: Asked) -> Iterator[pa.Table]:
    """The same rows in the same order, a few indicators at a time: England is more than a machine need hold at once."""
    _known("engine", [asked.engine], ENGINES)
    ready(asked.engine)
    engine = importlib.import_module(f"whatmatters.measurement.engines.{asked.engine}")
    planned(asked, date.max)  # what cannot be asked is refused before anything is read
    given, as_at = _opened(facts, asked, engine)
    plan = planned(asked, as_at)
    plan = replace(plan, indicators=list(known(plan.indicators, given, as_at)))
    for span in plan.periods:
        if span.start > as_at:
            raise ValueError(
                f"{span.label} begins after {as_at}, as far as the facts go: leave it out, or name a later as-at day"
            )
    if not plan.periods or not plan.indicators:
        return
    if asked.engine == "reference":
        yield _dated(engine.run(given, plan), plan).sort_by([(name, "ascending") for name in ORDER])
        return
    for table in rolled(given, plan, engine.grains(given, plan)):
        yield _dated(table, plan)


def planned(asked: Asked, as_at: date) -> Plan:
    """What is asked, in the words of the engines. Raises ValueError that lists the choices."""
    spans = [calendar.period(one) if isinstance(one, str) else one for one in asked.periods]
    indicators = {one.id: one for one in asked.indicators if one.computed}
    levels = _known("level", asked.levels, LEVELS)
    breakdowns = _known("breakdown", asked.breakdowns, BREAKDOWNS)
    _known("choice of organisations", [asked.organisations], ("then", "now"))
    spans = list({span.label: span for span in spans}.values())
    return Plan(spans, list(indicators.values()), levels, breakdowns, asked.organisations, as_at)


def ready(engine: str) -> None:
    """Raises ValueError that says what to install."""
    if missing := [name for name in NEEDS.get(engine, ()) if find_spec(name) is None]:
        raise ValueError(
            f"the engine {engine} needs {' and '.join(missing)}: in a checkout ./whatmatters check sets it up; "
            f"elsewhere pip install {' '.join(missing)}; or leave --engine out"
        )


def _opened(facts: str | Path | Facts, asked: Asked, engine: Any) -> tuple[Facts, date]:
    """The facts, found fit to be measured, and how far they go."""
    if asked.engine == "spark":
        engine.session(asked.master)
    if isinstance(facts, str) and URL.match(facts):
        if asked.engine != "spark":
            raise ValueError(f"{facts} is not on this machine: only the engine spark reads there (--engine spark)")
        given = engine.read(facts)
        return given, engine.checked(given, asked.as_at)
    given = facts if isinstance(facts, Facts) else read(Path(facts))
    with connected(given) as connection:
        refuse(given, connection, people=asked.engine != "kernel")  # which looks once, when it makes its mart
        return given, asked.as_at or latest_day(lambda select: connection.execute(select).fetchall())


def _dated(table: pa.Table, plan: Plan) -> pa.Table:
    ids, versions = (
        zip(*((one.id, one.version) for one in plan.indicators), strict=True) if plan.indicators else ((), ())
    )
    version = pc.take(pa.array(versions, pa.int64()), pc.index_in(table["indicator"], pa.array(ids, pa.string())))
    for name, column in (
        ("definition", version),
        ("source", pa.repeat(pa.scalar("computed"), len(table))),
        ("as_at", pa.repeat(pa.scalar(plan.as_at), len(table))),
    ):
        table = table.append_column(name, column)
    return table.select(COLUMNS.names).cast(COLUMNS)


def _known(what: str, asked: Iterable[str], choices: Sequence[str]) -> list[str]:
    asked = list(dict.fromkeys(asked))
    if not asked:
        raise ValueError(f"no {what} is asked for: choose from {', '.join(choices)}")
    for one in asked:
        if one not in choices:
            raise ValueError(f"{one!r} is not a known {what}: choose from {', '.join(choices)}")
    return asked
