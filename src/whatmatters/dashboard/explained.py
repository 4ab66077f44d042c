"""What stands behind a definition: the groups of people it speaks of, in words, and the promises it tells of."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from whatmatters.measurement.cohorts import COHORTS, Cohort
from whatmatters.measurement.conditions import Condition, Did, some_time
from whatmatters.measurement.in_words import said
from whatmatters.programme.commitments import commitments
from whatmatters.programme.contract import contracts

# A cohort that is one thing that happened in the period is told by the definition's own words.
TOLD = [one for one in COHORTS.values() if not (isinstance(one.rule, Did) and not one.rule.months)]
BY_RULE: dict[Condition, Cohort] = {rule: one for one in TOLD for rule in (one.rule, some_time(one.rule))}


def explained(part: object) -> list[tuple[Cohort, str]]:
    """Each cohort that a count or condition is held to, with what it takes to be in it, and when."""
    found = {(cohort.id, rule): cohort for cohort, rule in _cohorts(part)}
    return [(cohort, _when(cohort, rule) + said(cohort.rule)) for (_, rule), cohort in found.items()]


def _when(cohort: Cohort, rule: Condition) -> str:
    """A rule without a state that lasts says for itself when what it asks must have happened."""
    if some_time(cohort.rule) == cohort.rule:
        return ""
    return "on the last day of the period: " if rule == cohort.rule else "at some time in the period: "


def asked_by(indicator: str) -> list[str]:
    """The requirements and commitments that this indicator tells of, each with its date or contract."""
    asked = [
        f"{one.requirement} ({one.contract}, {one.id})"
        for contract in contracts()
        for one in contract.requirements
        if indicator in one.measured_by.split(";")
    ]
    promised = [
        f"{one.statement} ({one.by or 'no date'}, {one.id})"
        for one in commitments()
        if indicator in one.measured_by.split(";")
    ]
    return asked + promised


def _cohorts(part: object) -> Iterator[tuple[Cohort, Condition]]:
    """The outermost ones: not those that another is made of."""
    if isinstance(part, Condition) and part in BY_RULE:
        yield BY_RULE[part], part
    elif isinstance(part, tuple):
        for one in part:
            yield from _cohorts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _cohorts(getattr(part, field.name))
