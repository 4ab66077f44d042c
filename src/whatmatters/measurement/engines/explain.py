"""How a plan would be carried out, in words and statements, without carrying it out."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.engines import Plan
from whatmatters.measurement.engines.passes import Passes, Step

WORK = {
    "told": "the events that are spoken of", "lists": "registrations", "lives": "people",
    "home": "where each person counts, and in which groups", "worded": "every leaf of every condition, as bits",
    "persons": "everyone with their bits", "met": "the conditions that people alike in every bit meet",
    "sums": "events and values", "episodes": "episodes begun", "stories": "episodes followed, open or like something",
    "pairs": "first and last readings", "around": "events around an anchor", "amounts": "what people add",
    "added": "what is added, where", "grains": "added up by practice and group", "doers": "who did what",
    "practices": "practices in order of code",
}  # fmt: skip
"""The passes over rows of people; what is not here is a small table that they look things up in."""


def explained(plan: Plan, engine: str) -> Iterator[str]:
    """Lines. The statements are those of duckdb, or of spark where that is the engine."""
    passes = Passes(plan, at_once=engine == "spark")
    yield _counted(plan)
    yield f"Codes read ({len(passes.kinds.codes)} of {len(CONCEPTS)}): {', '.join(passes.kinds.codes)}"
    yield _passed(passes)
    if len(plan.indicators) > 1:
        less = replace(plan, indicators=plan.indicators[:-1])
        yield f"Without {plan.indicators[-1].id}: {_counted(less)} {_passed(Passes(less))}"
    if engine in ("kernel", "reference"):
        yield f"The engine {engine} makes the same counts one person at a time, without statements."
        return
    for step in _steps(passes):
        yield f"\n-- {step.name}{': ' + WORK[step.name] if step.name in WORK else ''} ({_often(step)})"
        yield _statement(step.select, engine)


def _counted(plan: Plan) -> str:
    sides = sum(len(one.counts) for one in plan.indicators)
    made = _many(len(plan.atoms), "count")
    return f"{_many(len(plan.indicators), 'indicator')} of {_many(sides, 'count')}: {made} to make, with their groups."


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _passed(passes: Passes) -> str:
    steps = [step for step in _steps(passes) if step.name in WORK]
    bucket, period = (sum(step.of in of for step in steps) for of in (("bucket",), ("period", "result")))
    return (
        f"{_many(len(passes.whoms), 'condition')} of "
        f"{_many(len(passes.bits.of_events) + len(passes.bits.at_home), 'part')}, "
        f"{_many(len(passes.whats), 'thing')} to add up for people. "
        f"{_many(bucket, 'read')} of the facts a bucket of people, {period} passes a period."
    )


def _steps(passes: Passes) -> list[Step]:
    return [*passes.of_run(), *passes.of_bucket(), *passes.of_period(passes.plan.periods[0])]


def _often(step: Step) -> str:
    return {"run": "once", "bucket": "for each bucket of people"}.get(step.of, "for each bucket and period")


def _statement(select: str, engine: str) -> str:
    if engine == "spark":
        from whatmatters.measurement.engines.spark import translated  # noqa: PLC0415 - the extra, when it is wanted

        return translated(select)
    return dedent(select).strip()
