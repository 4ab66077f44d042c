"""Someone outside the team may read the plan: until a day, for a purpose, and no more of it than the person wishes."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.roles import PUBLIC
from whatmatters.components.care_planning.actions.sharing import share
from whatmatters.components.care_planning.models import (
    Access,
    AccessEnded,
    FileGiven,
    Hiding,
    LinkOpened,
    Plan,
    Share,
    Version,
)
from whatmatters.components.care_planning.parts import PARTS, READERS
from whatmatters.components.care_planning.private import digest
from whatmatters.components.care_planning.rights import kept
from whatmatters.letters import address
from whatmatters.letters.outbox import is_address
from whatmatters.letters.private import fresh_word
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.revisions import locked
from whatmatters.people.written import write
from whatmatters.web.words import day as in_words

LONGEST = timedelta(days=366)
MOST_OPENS = 20
RECIPIENTS = (Kind.CARE_HOME, Kind.PROVIDER, Kind.GROUP)
SUBJECT = "Something was shared with you"
WORDS = """Someone has asked that you may read something in What Matters.

Open it here, without an account:

{link}

The link can be opened {times}, until {until}. It is meant for you alone: do not pass it on.
If you did not expect it, ignore it.
"""


@transaction.atomic
def give_access(
    *, version: Version, kind: str, purpose: str, until: date, by: Actor, organisation: Organisation | None = None,
    with_whom: str = "", email: str = "", opens: int = 1, parts: Collection[str] = (), on: date | None = None,
) -> tuple[Access, str]:  # fmt: skip
    """The row, and the word of the private link ("" for an organisation, whose staff sign in).

    They read the plan in force, also when a later version is agreed. ``until`` is the last day; ``parts``: all where
    empty. Somebody outside gets a letter with a link that may be opened ``opens`` times.
    """
    day = on or date.today()
    _check_end(day, until)
    if unknown := set(parts) - PARTS.keys():
        raise ValidationError({"parts": f"The plan has no part {', '.join(sorted(unknown))}"})
    if version.plan.person.died:
        raise ValidationError("The person has died: access to the plan is not given any more")
    if organisation:
        _check_recipient(organisation, kind)
        whom, how = organisation.name, Share.How.ACCESS
    else:
        whom, how = _outsider(with_whom, email), Share.How.EMAIL
    if not organisation and not 1 <= opens <= MOST_OPENS:
        raise ValidationError({"opens": f"Enter a number from 1 to {MOST_OPENS}"})
    given = share(version=version, kind=kind, how=how, on=day, by=by, with_whom=whom[:70])
    word = "" if organisation else fresh_word()
    access = Access(
        plan=version.plan, share=given, organisation=organisation, purpose=purpose, until=until, parts=sorted(parts),
        digest=digest(word) if word else None, opens=0 if organisation else opens,
    )  # fmt: skip
    access.full_clean()
    access.save()
    if word:
        times = "once" if opens == 1 else f"{opens} times"
        said = WORDS.format(link=address.of("shared-with-you", word), times=times, until=in_words(until))
        write(email, SUBJECT, said, person=version.plan.person, what="A link to read the plan", sender=by.user)
    return access, word


@transaction.atomic
def give_file(*, version: Version, kind: str, with_whom: str, purpose: str, sha256: str, by: Actor) -> FileGiven:
    """A file of the agreed plan was made for someone outside: a share like any other, told to the person by whom it is
    for and why. What they do with it is theirs: it cannot be ended."""
    if version.plan.person.died:
        raise ValidationError("The person has died: the plan is not given to anyone any more")
    whom = with_whom.strip()
    if not whom:
        raise ValidationError({"with_whom": "Enter who gets the file"})
    given = share(version=version, kind=kind, how=Share.How.FILE, on=date.today(), by=by, with_whom=whom)
    row = FileGiven(share=given, purpose=purpose, sha256=sha256)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def end_access(*, access: Access, by: Actor) -> None:
    """From the next request on. Ending twice changes nothing."""
    plan, act = access.plan, "ended access to the plan"
    locked(plan, act, by=by, person=plan.person_id, detail={"access": access.pk})
    AccessEnded.objects.get_or_create(
        access=access, defaults={"at": timezone.now(), "by_name": by.name, "by_role": by.role}
    )


@transaction.atomic
def open_link(*, word: str) -> Access | None:
    """One of the times is used up, and audited as a look by whoever holds the link. None where it is not good."""
    access = Access.objects.select_for_update().filter(digest=digest(word)).first() if word else None
    if access is None or not good(access):
        return None
    by = Actor(f"{access.share.with_whom}, by a private link", PUBLIC)
    audit.record("saw the plan that was shared", by=by, person=access.plan.person_id, detail={"access": access.pk})
    LinkOpened.objects.create(access=access, at=timezone.now())
    return access


def good(access: Access) -> bool:
    """Whether the link may be opened once more today."""
    over = access.until < date.today() or AccessEnded.objects.filter(access=access).exists()
    return not over and access.openings.count() < access.opens


def in_force(today: date | None = None) -> QuerySet[Access]:
    """Access that may be used today: neither ended nor past its last day."""
    return Access.objects.filter(Q(ended__isnull=True), until__gte=today or date.today())


@transaction.atomic
def hide(*, plan: Plan, part: str, audiences: Collection[str], by: Actor) -> Plan:
    """From now on the part is kept from these kinds of reader, and from no other. Only what changes is written."""
    audit.record("decided who sees a part of the plan", by=by, person=plan.person_id, detail={"part": part})
    if part not in PARTS or not set(audiences) <= set(READERS):
        raise ValidationError("There is no such part, or no such kind of reader")
    Plan.objects.select_for_update().get(pk=plan.pk)
    now = {audience for audience, parts in kept(plan).items() if part in parts}
    for audience in sorted(now ^ set(audiences)):
        Hiding.objects.create(
            plan=plan, part=part, audience=audience, hidden=audience not in now, at=timezone.now(), by_name=by.name,
            by_role=by.role,
        )  # fmt: skip
    return plan


def _check_end(day: date, until: date) -> None:
    if until < day:
        raise ValidationError({"until": "Enter today or a later day"})
    if until > day + LONGEST:
        raise ValidationError({"until": "Enter a day within a year: it can be given again then"})


def _check_recipient(organisation: Organisation, kind: str) -> None:
    if organisation.kind not in RECIPIENTS or organisation.closed:
        raise ValidationError({"organisation": "Choose a care home, a provider or a community group that is open"})
    if (organisation.kind == Kind.CARE_HOME) != (kind == Share.Kind.CARE_HOME):
        raise ValidationError({"kind": f"{organisation.name} is a {organisation.get_kind_display().lower()}"})


def _outsider(name: str, email: str) -> str:
    if not name.strip():
        raise ValidationError({"with_whom": "Enter their name, or choose an organisation"})
    if not is_address(email):
        raise ValidationError({"email": "Enter their email address: the link goes there"})
    return name.strip()
