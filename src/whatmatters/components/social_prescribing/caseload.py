"""What each worker holds: people, how much they ask, how long they wait; and the bands of the standard model.

The weights are ours, to be argued about where one works: no national list gives any. The bands are the social
prescribing standard model's (SM-4 to SM-7): 6 to 12 contacts for a person on average, and 200 to 250 people a year for
a whole-time worker, which the paper calls a minimum. They are judged over the last twelve months, so that no figure
has to be stretched to a year.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q

from whatmatters.components.social_prescribing.models import CASE_OPEN, Handover, Referral, Status
from whatmatters.organisations.tree import in_force
from whatmatters.workforce.models import Post, Worker

WEIGHTS = {"light": 1, "middle": 2, "heavy": 4}
UNJUDGED = 1  # a case nobody has judged counts as a light one
CONTACTS, PEOPLE = (6, 12), (200, 250)
ENOUGH = 5  # cases ended, below which an average says nothing
QUIET = timedelta(days=30)
YEAR = timedelta(days=365)


@dataclass
class Load:
    """One worker's. ``waits`` are the days that people accepted by them have waited so far for a first contact."""

    worker: Worker
    wte: float = 0.0
    cases: int = 0
    weighted: int = 0
    unjudged: int = 0
    waits: list[int] = field(default_factory=list)
    quiet: int = 0
    overdue: int = 0
    year: int = 0
    ended: int = 0
    contacts: int = 0
    gone: bool = False

    @property
    def wait(self) -> int | None:
        return round(median(self.waits)) if self.waits else None

    @property
    def per_person(self) -> float | None:
        """Successful contacts for each person whose case ended in the last twelve months; None for too few."""
        return self.contacts / self.ended if self.ended >= ENOUGH else None

    @property
    def a_year(self) -> float | None:
        """People with a case open at some time in the last twelve months, for each whole-time equivalent."""
        return self.year / self.wte if self.wte else None


def judged(value: float | None, band: tuple[int, int]) -> str:
    """Where a figure stands to a band, in words; empty where there is no figure."""
    if value is None:
        return ""
    least, most = band
    if value < least:
        return f"below {least} to {most}"
    return f"above {least} to {most}" if value > most else f"within {least} to {most}"


def loads(workers: Iterable[Worker], scope: Q, today: date) -> list[Load]:
    """Of each worker, in the order given, over the referrals of ``scope``. Five queries, however many workers."""
    by_worker = {worker.pk: Load(worker) for worker in workers}
    for post in Post.objects.filter(in_force(today), worker__in=by_worker):
        by_worker[post.worker_id].wte += float(post.wte)
    mine = Referral.objects.filter(scope, owner__in=by_worker)
    _held(by_worker, mine.filter(status__in=CASE_OPEN), today)
    since = today - YEAR
    _year(by_worker, mine, scope, since)
    ended = mine.filter(status=Status.CLOSED, ended_on__gt=since)
    talks = {"closed": Count("pk", distinct=True), "talks": Count("contacts", filter=Q(contacts__spoke=True))}
    for owner, cases, contacts in ended.values_list("owner").annotate(**talks).order_by():
        by_worker[owner].ended, by_worker[owner].contacts = cases, contacts
    return list(by_worker.values())


def _held(by_worker: dict[int, Load], cases: Any, today: date) -> None:
    rows = cases.annotate(
        spoken_on=Max("contacts__on", filter=Q(contacts__spoke=True)), stepped_on=Max("changes__on")
    ).values_list("owner", "status", "complexity", "made_on", "next_on", "spoken_on", "stepped_on")
    for owner, status, complexity, made_on, next_on, spoken_on, stepped_on in rows.order_by():
        load = by_worker[owner]
        load.cases += 1
        load.weighted += WEIGHTS.get(complexity, UNJUDGED)
        load.unjudged += not complexity
        load.overdue += bool(next_on and next_on < today)
        if status == Status.ACCEPTED:
            load.waits.append((today - made_on).days)
        else:
            since = max(filter(None, (spoken_on, stepped_on)), default=made_on)
            load.quiet += today - since >= QUIET


def _year(by_worker: dict[int, Load], mine: Any, scope: Q, since: date) -> None:
    """A person counts for whoever holds the case now or last, and for those who handed it over within the year."""
    ran = Q(status__in=CASE_OPEN) | Q(status=Status.CLOSED, ended_on__gt=since)
    people: dict[int, set[int]] = defaultdict(set)
    for owner, person in mine.filter(ran).values_list("owner", "person"):
        people[owner].add(person)
    handed = Handover.objects.filter(was__in=by_worker, on__gt=since)
    cases = Referral.objects.filter(scope, pk__in=set(handed.values_list("referral", flat=True))).values("pk")
    handed = handed.filter(referral__in=cases)
    for was, person in handed.values_list("was", "referral__person"):
        people[was].add(person)
    for worker, some in people.items():
        by_worker[worker].year = len(some)
