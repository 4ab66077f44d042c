"""From the agreed plan to a list of people, an invitation, at most one more, and what they say.

Whoever has died, moved, objected or has an open case is passed over when the list is made and looked at again, with
the person's row locked, at every invitation.
"""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.social_prescribing.actions.asking import offer_declined, refer
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, day
from whatmatters.components.social_prescribing.actions.objecting import object_to
from whatmatters.components.social_prescribing.actions.planning import held_offer
from whatmatters.components.social_prescribing.actions.words import word_for
from whatmatters.components.social_prescribing.models import (
    By,
    Invitation,
    LeftOut,
    Listed,
    Objection,
    Offer,
    SaidNo,
    Standing,
    State,
)
from whatmatters.components.social_prescribing.reaching import hindered, members
from whatmatters.events.codes import SP_INVITED, SP_OFFERED
from whatmatters.events.record import record
from whatmatters.letters import address
from whatmatters.letters.outbox import is_address
from whatmatters.letters.private import digest
from whatmatters.people.models import Person
from whatmatters.people.revisions import claim, locked
from whatmatters.people.wishes import NO_EMAIL, About, agrees
from whatmatters.people.written import address_fails, write

WAIT, AT_ONCE, TWICE = timedelta(days=14), 500, 2
SUBJECT = "A letter from your GP practice’s link worker team"
TEXT = (
    "Someone at your GP practice would like to tell you about help that is on offer near you. It is free, and you "
    "decide. Say yes or no here, or ring your practice and ask for the link worker:\n\n{link}\n\n"
    "If you would rather not, you need do nothing; if you tell us, we will not write again."
)


@transaction.atomic
def make_list(*, offer: Offer, by: Actor, on: date | None = None) -> tuple[int, Counter[str]]:
    """Lists those of the agreed cohort who are not on it yet, at most AT_ONCE; returns how many, and how many were
    passed over for which of ``reaching.HINDRANCES``."""
    row = held_offer(offer, "made the list of a proactive offer", by=by)
    if row.standing != Standing.AGREED:
        raise NotAllowed("Agree the plan with its partners first: the list comes after")
    when = day(on, since=row.agreed_on)
    there = set(row.listed.values_list("person", flat=True))
    found = [(person, why) for person, why in members(row.reach, row.service, when) if person not in there]
    out = hindered([person for person, _ in found], row, when)
    new = [(person, why) for person, why in found if person not in out][:AT_ONCE]
    for person, why in new:
        audit.record("listed for a proactive offer", by=by, person=person, detail={"offer": row.pk})
        Listed.objects.create(offer=row, person_id=person, on=when, because="\n".join(why))
    return len(new), Counter(out.values())


@transaction.atomic
def leave_out(*, listed: Listed, why: str, by: Actor, note: str = "", revision: int | None = None) -> Listed:
    """The care team knows better than the rule. ``why`` is a LeftOut."""
    row = _held(listed, "left a person out of a proactive offer", by=by, revision=revision)
    _only_while(row, State.LISTED, State.INVITED)
    if why not in LeftOut:
        raise NotAllowed("Choose why they are left out")
    row.state, row.left_out, row.note = State.EXCLUDED, why, note
    checked(row).save()
    return row


@transaction.atomic
def put_back(*, listed: Listed, by: Actor, revision: int | None = None) -> Listed:
    """On the list again after they were left out."""
    row = _held(listed, "put a person back on a proactive offer", by=by, revision=revision)
    _only_while(row, State.EXCLUDED)
    row.state = State.INVITED if row.invitations.exists() else State.LISTED
    row.left_out = row.note = ""
    row.save()
    return row


@transaction.atomic
def invite(*, listed: Listed, how: str, by: Actor, on: date | None = None, revision: int | None = None) -> Invitation:
    """The first invitation, or after WAIT without an answer the second; never a third. ``how`` is a By.

    Only ``email`` sends something, which names nobody and says nothing of why; the others record what was done.
    """
    row = _held(listed, "invited a person in a proactive offer", by=by, revision=revision)
    _only_while(row, State.LISTED, State.INVITED)
    if row.offer.standing != Standing.AGREED:
        raise NotAllowed("This offer is not being made: nobody can be invited")
    before = reached(row)
    when = day(on, since=max(row.on, row.offer.starts))
    if len(before) >= TWICE:
        raise NotAllowed("They were invited twice: leave it there")
    if before and when < before[-1] + WAIT:
        raise NotAllowed(f"Give them time to answer: {WAIT.days} days from the first invitation")
    person = Person.objects.select_for_update().get(pk=row.person_id)
    if why := hindered([person.pk], row.offer, when).get(person.pk):
        raise NotAllowed(f"Not invited: this person {why}")
    made = checked(Invitation(listed=row, on=when, how=how, worker_id=by.worker))
    made.save()
    made.key = digest(word := word_for("an invitation", made.pk, row.pk))
    made.save(update_fields=["key"])
    text = TEXT.format(link=address.of("offer-invitation", word))
    if how == By.EMAIL:
        _send(made, person, text, by)
    row.state = State.INVITED
    row.save()
    record(SP_INVITED, person, on=when, by=by, detail=how)
    if not row.invitations.exclude(pk=made.pk).exists():  # a reminder is no second offer
        record(SP_OFFERED, person, on=when, by=by)
    return made


def _send(made: Invitation, person: Person, text: str, by: Actor) -> None:
    if why := address_fails(person):
        raise NotAllowed(f"Emails to their address do not arrive: {why}. Choose another way, or mend the address")
    if not is_address(person.email):
        raise NotAllowed("There is no email address on their record: choose another way")
    if not agrees(person, About.EMAIL):
        raise NotAllowed(NO_EMAIL)
    made.letter = write(person.email, SUBJECT, text, person=person, what="An invitation", sender=by.user)
    made.save(update_fields=["letter"])


@transaction.atomic
def said_yes(
    *, listed: Listed, by: Actor, need: str = "", on: date | None = None, revision: int | None = None
) -> Listed:
    """Referred there and then; a late yes is as good as a prompt one."""
    row = _held(listed, "recorded that an invited person said yes", by=by, revision=revision)
    _only_while(row, State.INVITED, State.STOPPED)
    when = day(on, since=row.invitations.latest("on", "pk").on)
    row.referral = refer(person=row.person, need=need or row.offer.need, by=by, on=when)
    row.state, row.answered_on = State.ACCEPTED, when
    row.save()
    return row


@transaction.atomic
def said_no(
    *, listed: Listed, why: str, by: Actor, never: bool = False, on: date | None = None, revision: int | None = None
) -> Listed:
    """``why`` is a SaidNo; ``never``: nor do they want to be invited to anything else."""
    row = _held(listed, "recorded that an invited person said no", by=by, revision=revision)
    _only_while(row, State.INVITED, State.STOPPED)
    if why not in SaidNo:
        raise NotAllowed("Choose what they said")
    when = day(on, since=row.invitations.latest("on", "pk").on)
    offer_declined(person=row.person, need=row.offer.need, by=by, on=when)
    row.state, row.said_no, row.answered_on = State.DECLINED, why, when
    row.save()
    if never:
        object_to(person=row.person, kind=Objection.Kind.ASKED, by=by, on=when)
    return row


def stop_asking() -> int:
    """For the round: whoever was invited twice and said nothing for WAIT is left in peace. Returns how many."""
    late = date.today() - WAIT
    waiting = Listed.objects.filter(state=State.INVITED).prefetch_related("invitations__letter")
    done = [row for row in waiting if len(days := reached(row)) >= TWICE and max(days) <= late]
    for row in done:
        _stop(row)
    return len(done)


@transaction.atomic
def _stop(listed: Listed) -> None:
    row = _held(listed, "stopped asking an invited person", by=THE_SYSTEM)
    if row.state == State.INVITED:  # they may have answered since it was read
        row.state = State.STOPPED
        row.save()


def reached(row: Listed) -> list[date]:
    """The days of the invitations that may have reached them: one that came back asked nobody."""
    return sorted(one.on for one in row.invitations.all() if not one.lost)


def _held(listed: Listed, act: str, *, by: Actor, revision: int | None = None) -> Listed:
    about, also = {"listed": listed.pk}, ("offer__service", "person")
    row = locked(listed, act, by=by, person=listed.person_id, detail=about, also=also)
    claim(row, revision)
    return row


def _only_while(row: Listed, *states: State) -> None:
    if row.state not in states:
        raise NotAllowed(f"This cannot be done now: it stands at “{row.get_state_display()}”")
