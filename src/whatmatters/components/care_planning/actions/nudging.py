"""Reviews come due: whoever sees to them is reminded, and the person is asked what has changed. Once a due day each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import Grant
from whatmatters.access.roles import roles_with
from whatmatters.components.care_planning.actions.concerns import ask_concerns
from whatmatters.components.care_planning.models import Nudge, Review, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.letters import address, outbox
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.wishes import may_be_emailed

AHEAD = timedelta(days=14)
SUBJECT = "A plan is due to be looked at again"
WORDS = """You are named as the one who sees to a review that is due, or will be within two weeks.

Which it is, and what else waits, is on your list:

{link}
"""


def remind_responsible() -> int:
    """For the round: one letter an address, however many reviews it is about. Returns how many reviews."""
    mine: dict[str, list[Version]] = defaultdict(list)
    for version in _due(Nudge.Whom.RESPONSIBLE):
        if to := responsible(version):
            mine[to].append(version)
    for to, versions in mine.items():
        _remind(to, versions)
    return sum(map(len, mine.values()))


def ask_what_changed() -> int:
    """For the round: the person, where they agreed to be written to by e-mail and no list of theirs is open already.
    Anyone else is on the list of reviews (``due.waiting``), to be rung or given a letter. Returns how many."""
    done = 0
    for version in _due(Nudge.Whom.PERSON):
        person = version.plan.person
        waits = person.checklists.filter(sent=None, withdrawn=None).exists()
        if not waits and may_be_emailed(person):
            with transaction.atomic():
                _note([version], Nudge.Whom.PERSON)
                ask_concerns(person=person, by=THE_SYSTEM, to=person.email)
            done += 1
    return done


def responsible(version: Version) -> str:
    """The e-mail address of the account, at work where the person is registered, that has the name the plan gives;
    else the contact it gives, if that is an address. Empty where nobody can be written to."""
    held = Grant.objects.filter(
        in_force(date.today()), role__in=roles_with("write a plan"), user__active=True,
        user__name__iexact=version.reviewer_name,
    )  # fmt: skip
    lists = version.plan.person.registrations.filter(in_force(date.today())).values_list("practice", flat=True)
    for level in levels_up(lists, date.today()):
        if found := held.filter(organisation__in=level).select_related("user").order_by("pk").first():
            return found.user.email
    return version.reviewer_contact if outbox.is_address(version.reviewer_contact) else ""


def _due(whom: str) -> Iterable[Version]:
    """Agreed plans of the living whose review is due by now or soon, of which this one was not told for that day."""
    latest = Review.objects.filter(version=OuterRef("pk")).order_by("-on", "-pk").values("next_on")[:1]
    agreed = Version.objects.filter(state=State.AGREED, plan__person__died=None)
    due = agreed.annotate(due=Coalesce(Subquery(latest), "review_on")).filter(due__lte=date.today() + AHEAD)
    told = Nudge.objects.filter(version=OuterRef("pk"), whom=whom, due=OuterRef("due"))
    return due.annotate(told=Subquery(told.values("pk")[:1])).filter(told=None).select_related("plan__person")


@transaction.atomic
def _remind(to: str, versions: list[Version]) -> None:
    _note(versions, Nudge.Whom.RESPONSIBLE)
    outbox.post(to, SUBJECT, WORDS.format(link=address.of("plans-due")))


def _note(versions: list[Version], whom: str) -> None:
    for version in versions:
        audit.record("reminded of a review", by=THE_SYSTEM, person=version.plan.person_id, detail={"whom": whom})
        due: date = version.due  # type: ignore[attr-defined]  # annotated in _due
        Nudge.objects.create(version=version, whom=whom, due=due, on=date.today())
