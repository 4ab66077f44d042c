"""What came of it: for one case its readings before and after, for a service how many are better, the same, worse.

A service's figures are of the people first spoken with in a financial year. Only the change of a person with both
readings counts; those asked once are counted as lost to follow-up, or as still to be asked while their case is open.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.models import Goal, Plan, Progress
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.social_prescribing.acts import SCORES
from whatmatters.components.social_prescribing.models import CASE_OPEN, Referral, Sitting, Status
from whatmatters.instruments import INSTRUMENTS
from whatmatters.instruments.instrument import Instrument, Scale
from whatmatters.instruments.paired import Readings, readings
from whatmatters.measurement.disclosure.rules import SMALL
from whatmatters.measurement.intervals import Estimate, one_mean
from whatmatters.periods import Period

HIDDEN = "hidden"


def of_case(row: Referral) -> dict[str, Any]:
    """``pairs`` (Readings), ``goals`` with how each stands, ``record``: the instruments that can be recorded now."""
    may = row.status in (Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
    return {
        "pairs": _pairs(row),
        "goals": goals_of(row),
        "record": [INSTRUMENTS[name] for name in SCORES] if may else [],
    }


def goals_of(row: Referral) -> list[tuple[str, str]]:
    """The goals of the person's agreed plan, and how each stands in words; none where there is no such plan."""
    plan = Plan.objects.filter(person=row.person).first() if row.person_id else None
    if plan is None:
        return []
    stands = {step.of: progress.words(step.status) for step in Progress.objects.filter(plan=plan)}
    goals = Goal.objects.filter(version__plan=plan, version__state=State.AGREED)
    return [(goal.outcome, stands.get(goal.key, "Not looked at yet")) for goal in goals]


def _pairs(row: Referral, until: date | None = None) -> list[Readings]:
    some = (one for one in row.sittings.all() if until is None or one.on <= until)
    return readings((one.instrument, one.on, one.answers) for one in some)


def _was_open(row: Referral, until: date) -> bool:
    """Whether the case was open at the end of a day: changes are in the order of their days."""
    return any([one.status in CASE_OPEN for one in row.changes.all() if one.on <= until][-1:])


@dataclass(frozen=True)
class Outcome:
    """One scale of a service. ``asked`` = ``gains`` + ``lost`` (case ended, not asked again) + ``waiting`` (open)."""

    instrument: Instrument
    scale: Scale
    gains: tuple[float, ...]
    lost: int
    waiting: int

    @property
    def paired(self) -> int:
        return len(self.gains)

    @property
    def asked(self) -> int:
        return self.paired + self.lost + self.waiting

    @property
    def ways(self) -> dict[str, int]:
        """How many are better, the same, worse."""
        found = Counter("better" if gain > 0 else "worse" if gain < 0 else "same" for gain in self.gains)
        return {way: found[way] for way in ("better", "same", "worse")}

    @property
    def bands(self) -> list[tuple[str, int]]:
        """The distribution, from much better to much worse."""
        much = self.scale.much
        found = Counter(_band(gain, much) for gain in self.gains)
        words = (
            f"Better by {much:g} or more", f"Better by less than {much:g}", "The same",
            f"Worse by less than {much:g}", f"Worse by {much:g} or more",
        )  # fmt: skip
        return [(said, found[band]) for band, said in enumerate(words)]

    @property
    def mean(self) -> Estimate:
        """Mean change of the same people, positive for better, with its 95% limits (Student's t)."""
        return one_mean(self.gains)


def _band(gain: float, much: float) -> int:
    if gain == 0:
        return 2
    return (0 if gain >= much else 1) if gain > 0 else (4 if gain <= -much else 3)


def cases_of(rows: QuerySet[Referral], year: Period) -> list[Referral]:
    """Cases in which the person was first spoken with in the year (on the day ``first``), with their sittings: two
    queries."""
    spoken = Min("contacts__on", filter=Q(contacts__spoke=True))
    sittings = Prefetch("sittings", Sitting.objects.only("referral_id", "instrument", "on", "answers"))
    found = rows.annotate(first=spoken).filter(first__gte=year.start, first__lt=year.end)
    return list(found.prefetch_related(sittings))


def service(cases: Iterable[Referral], until: date | None = None) -> list[Outcome]:
    """Every scale that anybody was asked, in the order of the instruments; ``until``: as at the end of that day."""
    gains: dict[tuple[str, str], list[float]] = {}
    left: Counter[tuple[str, str, bool]] = Counter()
    for row in cases:
        for pair in _pairs(row, until):
            key = (pair.instrument.name, pair.scale.name)
            some = gains.setdefault(key, [])
            if pair.gain is None:
                left[(*key, row.open if until is None else _was_open(row, until))] += 1
            else:
                some.append(pair.gain)
    return [
        Outcome(asked, scale, tuple(gains[key]), left[(*key, False)], left[(*key, True)])
        for asked in INSTRUMENTS.values()
        for scale in asked.scales
        if (key := (asked.name, scale.name)) in gains
    ]


def steps_of(cases: Iterable[Referral]) -> list[Progress]:
    """Every look at a goal of these people's plans, oldest first."""
    people = {row.person_id for row in cases}
    rows = Progress.objects.filter(plan__person__in=people, status__in=progress.GOAL)
    return list(rows.select_related("plan"))


def goals(steps: Iterable[Progress], cases: Iterable[Referral], until: date | None = None) -> list[tuple[str, int]]:
    """How the goals of these people stood when last looked at, each goal once: words and how many."""
    people = {row.person_id for row in cases}
    some = (step for step in steps if step.plan.person_id in people and (until is None or step.on <= until))
    latest = {step.of: step.status for step in some}
    found = Counter(status for status in latest.values())
    return [(words, found[status]) for status, (words, _, _) in progress.GOAL.items() if found[status]]


def shown_mean(one: Outcome, exact: bool) -> Estimate | None:
    """None where so few stand behind it that it would tell of one of them."""
    return one.mean if one.paired >= (2 if exact else SMALL) else None
