"""Numbers on the demo's dashboard, counted again by hand: from the components' own rows and not from events.

Those of what the record's own pages do; the others speak of what only imports bring, or ask the same in another way.

What is counted is written here a second time, in plain Python over rows, beside the definition and the engines.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from whatmatters.components.care_planning.models import Plan, Review, Version
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.components.social_prescribing.models import Change, Contact, Referral, Sitting, Source, Status
from whatmatters.config.commands import store
from whatmatters.demo.world import World
from whatmatters.organisations.models import LEVELS, Kind, Membership, Organisation
from whatmatters.people.models import Person, Registration
from whatmatters.periods import Period, period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Result
from whatmatters.workforce.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
HAND_COUNTED = (
    "sp-referred-per-1000", "sp-declined-share", "sp-taken-up-share", "sp-practices-referring", "pcsp-per-1000",
    "pcsp-all-per-1000", "pcsp-meeting-criteria-share", "pcsp-review-overdue-share", "reached",
    "link-worker-wte-per-10000", "sp-ons4-change-satisfied", "sp-ons4-change-worthwhile", "sp-ons4-change-happy",
    "sp-ons4-change-anxious",
)  # fmt: skip
QUESTIONS = {"satisfied": "life_satisfaction", "worthwhile": "worthwhile", "happy": "happiness", "anxious": "anxiety"}


Counts = dict[str, tuple[Counter[int], Counter[int]]]


class ByHand:
    """The record's rows, and for each indicator which person (or organisation) adds what in a period."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.people = {person.pk: person for person in Person.objects.all()}
        self.stays = defaultdict(list)
        for row in Registration.objects.select_related("practice"):
            self.stays[row.person_id].append(row)
        cases = Referral.objects.filter(episode__isnull=False).prefetch_related("changes", "contacts", "sittings")
        self.cases = list(cases)
        self.plans = list(Plan.objects.prefetch_related("versions", "reviews"))
        self.practices = list(Organisation.objects.filter(kind=Kind.PRACTICE))
        self.posts = list(Post.objects.filter(role="link_worker").select_related("organisation"))
        self.links = list(Membership.objects.select_related("child", "parent"))
        self.chains: dict[tuple[str, Period], set[str]] = {}

    # Who is where

    def home(self, person: int, of: Period) -> Registration | None:
        """The last list they were on in the period."""
        held = [r for r in self.stays[person] if r.start < of.end and (r.end is None or r.end > of.start)]
        return max(held, key=lambda r: r.start, default=None)

    def listed(self, person: int, of: Period) -> bool:
        stay, died, last = self.home(person, of), self.people[person].died, of.end - timedelta(days=1)
        return bool(stay and (stay.end is None or stay.end > last) and stay.start <= last) and not (
            died and died <= last
        )

    def above(self, code: str, of: Period) -> set[str]:
        """The organisation and those it counts in: by its own memberships, not through its network's place."""
        if (code, of) not in self.chains:
            self.chains[code, of] = self.climbed(code, of)
        return self.chains[code, of]

    def climbed(self, code: str, of: Period) -> set[str]:
        last = of.end - timedelta(days=1)
        mine = [link for link in self.links if link.child.code == code and link.start <= last]
        ends = max((link.end or date.max for link in mine), default=date.max)
        day = min(last, ends - timedelta(days=1)) if ends <= last else last
        parents = [link.parent for link in mine if link.start <= day and (link.end is None or link.end > day)]
        found = {code} | {parent.code for parent in parents}
        for parent in parents:
            if parent.kind != Kind.PCN:
                found |= self.above(parent.code, of)
        return found

    # What was done, by the day it was done: (person, the case or plan it belongs to, day)

    def moved(self, to: Status, *was: Status | str) -> list[tuple[int, int, date]]:
        return [
            (case.person_id, case.pk, min(change.on, self.people[case.person_id].died or date.max))
            for case in self.cases
            for change in case.changes.all()
            if change.status == to and (not was or change.was in was)
        ]

    def referred(self) -> list[tuple[int, int, date]]:
        made = {case.pk: case.made_on for case in self.cases}
        return [(person, case, made[case]) for person, case, _ in self.moved(Status.RECEIVED)]

    def agreed(self, day: Callable[[Version], date | None]) -> list[tuple[int, int, date]]:
        rows = ((plan.person_id, plan.pk, day(version)) for plan in self.plans for version in plan.versions.all())
        return [(person, plan, when) for person, plan, when in rows if when]

    # The indicators: how much each person adds

    def counts(self, of: Period) -> Counts:
        on_list = Counter({person: 1 for person in self.people if self.listed(person, of)})
        referred, declined = self.referred(), self.moved(Status.DECLINED)
        met = self.agreed(lambda version: version.met_on)
        agreed = self.agreed(lambda version: version.agreed_on)
        spoken = {case.pk for case in self.cases if any(c.spoke and c.on >= case.made_on for c in case.contacts.all())}
        counted = {plan for _, plan, _ in met}
        return {
            "sp-referred-per-1000": (people(referred, of), on_list),
            "sp-declined-share": (things(declined, of), things(referred + declined, of)),
            "sp-taken-up-share": (things([row for row in referred if row[1] in spoken], of), things(referred, of)),
            "pcsp-per-1000": (things(met, of), on_list),
            "pcsp-all-per-1000": (things(agreed, of), on_list),
            "pcsp-meeting-criteria-share": (things([r for r in agreed if r[1] in counted], of), things(agreed, of)),
            "pcsp-review-overdue-share": self.overdue(of, on_list),
            "reached": (people(met + self.moved(Status.ACCEPTED, Status.RECEIVED) + self.decided(), of), on_list),
            **{f"sp-ons4-change-{short}": self.change(question, of) for short, question in QUESTIONS.items()},
        }

    def decided(self) -> list[tuple[int, int | None, date]]:
        """Shared decisions that became valid, whatever became of them later, by the day of the talk."""
        rows = Decision.objects.exclude(valid_on=None)
        return [(row.person_id, row.pk, row.contact_on) for row in rows]

    def change(self, question: str, of: Period) -> tuple[Counter[int], Counter[int]]:
        total, pairs = Counter[int](), Counter[int]()
        for case in self.cases:
            sittings = [s for s in case.sittings.all() if s.instrument == "ons4" and s.on < of.end]
            read = [(s.on, s.answers[question]) for s in sittings]
            read = sorted((on, score) for on, score in read if score is not None)
            if len(read) > 1 and read[-1][0] in of:
                total[case.person_id] += read[-1][1] - read[0][1]
                pairs[case.person_id] += 1
        return total, pairs

    def overdue(self, of: Period, on_list: Counter[int]) -> tuple[Counter[int], Counter[int]]:
        late, planned = Counter[int](), Counter[int]()
        for plan in self.plans:
            agreed = [v for v in plan.versions.all() if v.agreed_on and v.agreed_on < of.end]
            if not agreed or not on_list[plan.person_id]:
                continue
            planned[plan.person_id] = 1
            reviews = [r for r in plan.reviews.all() if r.on < of.end]
            dates = [(v.agreed_on, v.review_on) for v in agreed if v.review_on] + [(r.on, r.next_on) for r in reviews]
            if dates:
                last = max(on for on, _ in dates)
                due = min(day for on, day in dates if on == last)
                kept = any(review.on > last for review in reviews)
                late[plan.person_id] = int(due < min(of.end - timedelta(days=1), self.on) and not kept)
        return late, planned

    # From people and organisations up to England

    def sums(self, name: str, of: Period, counts: Counts) -> dict[str, tuple[float, float]]:
        both: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
        for side, amounts in zip(both, self.by_place(name, of, counts), strict=True):
            for code, amount in amounts:
                for place in self.above(code, of):
                    side[place] += amount
        return {code: (round(both[0][code], 6), both[1][code]) for code in both[0].keys() | both[1].keys()}

    def by_place(
        self, name: str, of: Period, counts: Counts
    ) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        last = of.end - timedelta(days=1)
        if name == "sp-practices-referring":
            still = [p for p in self.practices if not p.closed or p.closed > last]
            by_staff = {c.sender_organisation for c in self.cases if c.source == Source.STAFF and self.asked(c, of)}
            return [(p.code, 1) for p in still if p.name in by_staff], [(p.code, 1) for p in still]
        if name == "link-worker-wte-per-10000":
            held = [post for post in self.posts if post.start <= last and (post.end is None or post.end > last)]
            listed = [(self.code(person, of), 1.0) for person in self.people if self.listed(person, of)]
            return [(post.organisation.code, float(post.wte)) for post in held], listed
        numerator, denominator = counts[name]
        return self.placed(numerator, of), self.placed(denominator, of)

    def asked(self, case: Referral, of: Period) -> bool:
        return case.made_on in of and any(change.status == Status.RECEIVED for change in case.changes.all())

    def code(self, person: int, of: Period) -> str:
        stay = self.home(person, of)
        return stay.practice.code if stay else ""

    def placed(self, amounts: Counter[int], of: Period) -> list[tuple[str, float]]:
        return [(code, amount) for person, amount in amounts.items() if (code := self.code(person, of))]


def people(rows: Iterable[tuple[int, int, date]], of: Period) -> Counter[int]:
    """Each person once."""
    return Counter({person: 1 for person, _, on in rows if on in of})


def things(rows: Iterable[tuple[int, int, date]], of: Period) -> Counter[int]:
    """Each case or plan once, for the person whose it is."""
    return Counter(person for person, _ in {(person, thing) for person, thing, on in rows if on in of})


@cache
def in_order(level: str) -> int:
    return [str(kind) for kind in LEVELS].index(level)


def test_the_numbers_of_the_dashboard_are_what_a_hand_count_gives(world: World) -> None:
    store.store()
    by_hand, stored = ByHand(world.on), Result.objects.filter(indicator__in=HAND_COUNTED, breakdown="all")
    found: dict[tuple[str, str], dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in stored:
        found[row.indicator, row.period][row.organisation] = (round(row.numerator, 6), row.denominator or 0)
    compared = 0
    for label in sorted({row.period for row in stored}):
        counts = by_hand.counts(period(label))
        for name in HAND_COUNTED:
            expected = places_of(by_hand.sums(name, period(label), counts), INDICATORS[name].lowest)
            assert found[name, label] == expected, f"{name} {label}"
            compared += len(expected)
    assert compared == stored.count() > 1_000


def places_of(sums: dict[str, tuple[float, float]], lowest: str) -> dict[str, tuple[float, float]]:
    """Without what is nought over nought, and without levels at which the number has no meaning."""
    kinds: dict[str, Any] = dict(Organisation.objects.values_list("code", "kind"))
    return {code: pair for code, pair in sums.items() if any(pair) and in_order(kinds[code]) >= in_order(lowest)}


def test_the_record_has_what_every_indicator_counts(world: World) -> None:
    """Or the hand count would prove nothing: each component's rows are there, and so are the unusual ones."""
    assert Contact.objects.filter(spoke=False).exists()
    assert Sitting.objects.filter(stage="after").exists()
    assert Review.objects.exists()
    assert Version.objects.filter(agreed_on__isnull=False, met_on=None).exists()
    assert {Status.DECLINED, Status.REDIRECTED, Status.CLOSED} <= set(Change.objects.values_list("status", flat=True))
    assert Registration.objects.filter(practice__closed__isnull=False).exists()
