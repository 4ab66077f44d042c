"""Who lives in a care home, and how it stands with the plan of each: what the round begins from."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from whatmatters.access.gate import area_of
from whatmatters.access.models import Grant
from whatmatters.components.care_planning.models import Plan, Residence, Review, SeenOnRound, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.since import changes_since
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import people_of
from whatmatters.people.models import Person

FILE = Path(__file__).with_name("care_homes.toml")
WEEKEND = 5
# How it stands, from what is most pressing on.
LATE, CHANGED, OVERDUE, ASKED, NONE, DRAFT, SOON, FINE, DECLINED = range(9)
WORDS = {
    LATE: "No plan, and late", CHANGED: "Something changed", OVERDUE: "Review overdue", ASKED: "Review asked for",
    NONE: "No plan yet", DRAFT: "Being written", SOON: "Review coming up", FINE: "Agreed", DECLINED: "Said no",
}  # fmt: skip


@cache
def rules() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Resident:
    """``stands`` is one of WORDS; ``due`` the day the plan or its review is due; ``changes`` what happened since it was
    last looked at together, in words; ``seen`` the last round they were seen on."""

    residence: Residence
    stands: int
    due: date | None
    agreed: Version | None
    changes: tuple[str, ...]
    seen: date | None

    @property
    def person(self) -> Person:
        return self.residence.person

    @property
    def words(self) -> str:
        return WORDS[self.stands]

    @property
    def to_do(self) -> bool:
        return self.stands <= SOON


def homes(grants: list[Grant], on: date) -> list[Organisation]:
    """The care homes of the networks of the grants, and those where someone they look after lives."""
    near = Organisation.objects.filter(kind=Kind.CARE_HOME, pk__in=area_of(grants, on))
    known = Organisation.objects.filter(residents__in=_here(grants, on))
    return list((near | known).distinct().order_by("name"))


def _here(grants: list[Grant], on: date) -> Any:
    return Residence.objects.filter(in_force(on), person__in=people_of(grants, on), person__died__isnull=True)


def residents(places: Iterable[Organisation], grants: list[Grant], on: date) -> list[Resident]:
    """Of these homes, the living whom the grants look after: the most pressing first, of those the longest due; then
    those with nothing to do, by name. Eight queries for any number."""
    rows = list(_here(grants, on).filter(home__in=list(places)).select_related("person", "home"))
    people = [row.person_id for row in rows]
    versions: dict[int, dict[str, Version]] = defaultdict(dict)
    for version in Version.objects.filter(plan__person__in=people).exclude(state=State.SUPERSEDED):
        versions[version.plan_id][version.state] = version
    plans = {plan.person_id: plan for plan in Plan.objects.filter(person__in=people)}
    reviewed: dict[int, Review] = {}
    for review in Review.objects.filter(plan__person__in=people).order_by("on", "pk"):
        reviewed[review.version_id] = review
    asking = set(
        Plan.objects.filter(person__in=people, requests__answered=None, requests__isnull=False).values_list(
            "pk", flat=True
        )
    )
    seen = dict(SeenOnRound.objects.filter(person__in=people, seen=True).order_by("on").values_list("person", "on"))
    looked: dict[int, date] = {}
    for row in rows:
        plan = plans.get(row.person_id)
        agreed = versions[plan.pk].get(State.AGREED) if plan else None
        last = reviewed.get(agreed.pk) if agreed else None
        looked[row.person_id] = last.on if last else agreed.agreed_on if agreed and agreed.agreed_on else row.start
    changes = changes_since(looked, on)
    found = []
    for row in rows:
        plan = plans.get(row.person_id)
        mine = versions[plan.pk] if plan else {}
        agreed = mine.get(State.AGREED)
        last = reviewed.get(agreed.pk) if agreed else None
        due = (last.next_on if last else agreed.review_on) if agreed else plan_due(row.start)
        told = tuple(changes.get(row.person_id, ())) if agreed else ()
        asked = bool(plan and plan.pk in asking)
        stands = _stands(plan, mine, due, told, asked=asked, on=on)
        found.append(Resident(row, stands, due, agreed, told, seen.get(row.person_id)))
    return sorted(found, key=_order)


def _order(one: Resident) -> tuple[int, date, str, str, int]:
    due = one.due or date.max
    return one.stands, due if one.to_do else date.max, one.person.family_name, one.person.given_name, one.person.pk


def _stands(
    plan: Plan | None, mine: dict[str, Version], due: date | None, told: tuple[str, ...], *, asked: bool, on: date
) -> int:
    if State.AGREED in mine:
        late = due is not None and due < on
        soon = due is not None and due <= on + timedelta(days=rules()["review"]["soon"])
        return CHANGED if told else OVERDUE if late else ASKED if asked else SOON if soon else FINE
    if plan and plan.declined_on and State.DRAFT not in mine:
        return DECLINED
    if due is not None and due < on:
        return LATE
    return DRAFT if State.DRAFT in mine else NONE


def plan_due(moved_in: date) -> date:
    """The last of so many working days from the day after somebody moved in."""
    day, left = moved_in, int(rules()["new_resident"]["plan_within"])
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < WEEKEND
    return day
