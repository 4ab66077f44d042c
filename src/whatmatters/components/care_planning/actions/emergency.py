"""The emergency part of a plan that was not shared: seen at once, for a reason, and looked into afterwards."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import roles_with
from whatmatters.components.care_planning.models import Emergency, LookedInto, OfficerReminded
from whatmatters.letters import address
from whatmatters.letters.outbox import post
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.models import Person
from whatmatters.people.revisions import locked

ACT = "opened the emergency part of the plan"
A_SHIFT = timedelta(hours=12)  # the same clinician may look at the same person again without a new alert
LATELY, FREE = timedelta(minutes=10), 3  # as many in so long, before each next one waits
PATIENCE = timedelta(days=3)  # until the officers are told once more
STEP, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=5)
SUBJECT_AGAIN = "A plan that was opened in an emergency waits for you"
SUBJECT = "A plan was opened in an emergency"
WORDS = """A clinician has opened a plan that was not shared with them, and gave a reason.

Please look into it:

{link}
"""
AGAIN = """Plans were opened in an emergency {days} days ago or earlier, and nobody has looked into it yet.

They wait here, the oldest first:

{link}
"""


class Slower(ValidationError):
    """Too many in a short time. ``wait`` says how long until the next."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        seconds = int(wait.total_seconds()) + 1
        super().__init__(
            f"Many records were asked for from your account in a short time. Wait {seconds} seconds and send it again. "
            "If someone's life is at risk, do not wait for this page: act as you would without it."
        )


@transaction.atomic
def look(*, nhs_number: str, born: date, reason: str, words: str, by: Actor, now: datetime | None = None) -> Emergency:
    """Whom the number and the birthday name together; ``person`` is None where nobody. The privacy officers over the
    person's practice are told at once. Raises Slower.

    Row, audit entry and letters are one: where one of them cannot be written, the caller has nothing to show.
    """
    if by.user is None or by.organisation is None:
        raise TypeError("Only someone who signed in under a grant looks in an emergency")
    moment = now or timezone.now()
    account = User.objects.select_for_update().get(pk=by.user)
    person = Person.objects.filter(nhs_number=nhs_number, born=born).first()
    mine = Emergency.objects.filter(account=account)
    again = mine.filter(person=person, at__gt=moment - A_SHIFT).last() if person else None
    if again is None:
        _slow_down(list(mine.filter(at__gt=moment - LATELY).values_list("at", flat=True)), moment)
    row = again or Emergency(
        person=person, account=account, organisation_id=by.organisation, by_name=by.name, by_role=by.role, at=moment,
        reason=reason, words=words.strip(),
    )  # fmt: skip
    if again is None:
        row.full_clean(exclude=["person"])  # nobody, where nobody was found
        row.save()
    why = Emergency.Reason(row.reason).label
    act = ACT if person else "looked for someone in an emergency, and found nobody"
    audit.record(act, by=by, person=person.pk if person else None, why=why, detail={"emergency": row.pk})
    if person and again is None:
        for officer in officers_of(person):
            post(officer.email, SUBJECT, WORDS.format(link=address.of("emergencies")))
    return row


def officers_of(person: Person) -> list[User]:
    """The privacy officers who answer for the practice of the person: the nearest above it."""
    day = date.today()
    lists = person.registrations.filter(in_force(day)).values_list("practice", flat=True)
    for level in levels_up(lists, day):
        held = Grant.objects.filter(in_force(day), role__in=roles_with("see the audit"), organisation__in=level)
        if found := list(User.objects.filter(active=True, pk__in=held.values("user"))):
            return found
    return []


@transaction.atomic
def look_into(*, emergency: Emergency, finding: str, by: Actor, words: str = "") -> LookedInto:
    """By a privacy officer, once."""
    act = "looked into an emergency opening"
    locked(emergency, act, by=by, person=emergency.person_id, detail={"of": emergency.pk})
    if LookedInto.objects.filter(emergency=emergency).exists():
        raise ValidationError("Someone else has looked into this meanwhile: go back to the list")
    found = LookedInto(
        emergency=emergency, finding=finding, words=words.strip(), at=timezone.now(), by_name=by.name
    )  # fmt: skip
    found.full_clean()
    found.save()
    return found


def late(now: datetime | None = None) -> QuerySet[Emergency]:
    """Those of a person that nobody has looked into for longer than PATIENCE."""
    moment = now or timezone.now()
    return Emergency.objects.filter(person__isnull=False, looked_into=None, at__lte=moment - PATIENCE)


@transaction.atomic
def remind_officers() -> int:
    """For the round: one letter an officer, however many wait, and once for each. Returns how many. One that
    nobody answers for is left for the round after someone does."""
    waiting, to = 0, set[str]()
    for emergency in late().filter(reminded=None).select_related("person").order_by("pk"):
        if emergency.person and (officers := officers_of(emergency.person)):
            audit.record(
                "reminded of an emergency opening", by=THE_SYSTEM, person=emergency.person_id,
                detail={"emergency": emergency.pk},
            )  # fmt: skip
            OfficerReminded.objects.create(emergency=emergency, at=timezone.now())
            waiting, to = waiting + 1, to | {officer.email for officer in officers}
    for officer_at in sorted(to):
        post(officer_at, SUBJECT_AGAIN, AGAIN.format(days=PATIENCE.days, link=address.of("emergencies")))
    return waiting


def _slow_down(lately: list[datetime], moment: datetime) -> None:
    """Each one past the free ones waits longer after the one before."""
    if len(lately) < FREE:
        return
    wait = min(STEP * 2 ** (len(lately) - FREE), LONGEST_WAIT) - (moment - max(lately))
    if wait > timedelta(0):
        raise Slower(wait)
