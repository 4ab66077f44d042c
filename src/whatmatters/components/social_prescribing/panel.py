"""What the rest of the record shows of social prescribing.

On a person's page for staff: ``panel(person, user)`` as ``social_prescribing``, with ``person``, then include
``social_prescribing/panel.jinja``. On the person's own pages: ``mine(person, user)`` as ``social_prescribing``, then
include ``social_prescribing/mine.jinja``; after the page is made, ``actions.seen(referrals=Q(person=person),
to=Told.PERSON)`` marks the news as read.
"""

from typing import Any

from whatmatters.access.gate import grants_of
from whatmatters.access.models import User
from whatmatters.components.social_prescribing.conversation import written
from whatmatters.components.social_prescribing.hiding import audience_of, hidden
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    Answer,
    Notice,
    Referral,
    Sitting,
    Status,
    Told,
)
from whatmatters.components.social_prescribing.story import sender
from whatmatters.components.social_prescribing.tracking import WORDS, told
from whatmatters.instruments.paired import Readings, readings
from whatmatters.people.gate import mine as acting_for
from whatmatters.people.models import Person


def _shown(person: Person) -> dict[str, Any]:
    """The open case, or else the latest referral."""
    rows = Referral.objects.filter(person=person).exclude(status=Status.JOINED).select_related("owner", "case")
    referral = rows.filter(status__in=CASE_OPEN).first() or rows.order_by("-made_on", "-pk").first()
    if referral is None:
        return {"referral": None, "connections": []}
    connections = list(referral.connections.select_related("group"))
    asked = list(referral.enquiries.filter(answer=Answer.AWAITED).select_related("group")) if referral.open else []
    return {
        "referral": referral,
        "sender": sender(referral),
        "status": told(referral),
        "connections": connections,
        "asked": asked,
    }


def panel(person: Person, user: User) -> dict[str, Any]:
    """For staff: ``referral`` (or None), ``sender``, ``status``, ``connections``, ``written`` (conversation.written),
    ``spoken_on``, ``may_work``, ``may_safeguard``; without what the person keeps from the reader."""
    shown = _shown(person)
    row = shown["referral"]
    if row is None:
        return {**shown, "may_work": bool(grants_of(user, "work referrals"))}
    without = hidden([row], audience_of(user, person))
    if row.uuid in without:
        shown["connections"] = []
    shown["connections"] = [link for link in shown["connections"] if link.uuid not in without]
    spoken = row.contacts.filter(spoke=True).last()
    return {
        **shown,
        "written": [part for part in written(row, without=without).values() if part.entries],
        "spoken_on": spoken.on if spoken else None,
        "may_work": bool(grants_of(user, "work referrals")),
        "may_safeguard": bool(grants_of(user, "see safeguarding notes")),
    }


def mine(person: Person, user: User) -> dict[str, Any]:
    """For the person, or whoever may see their referrals for them: as ``panel``, ``scores`` and ``news``. Empty for
    others; only the person themself gets their scores."""
    if not acting_for(user, "may_see_referrals").filter(pk=person.pk).exists():
        return {}
    own = person.account_id == user.pk
    notices = Notice.objects.filter(to=Told.PERSON, referral__person=person).order_by("-on", "-pk")[:10]
    return {
        **_shown(person),
        "own": own,
        "scores": own_scores(person) if own else [],
        "news": [(notice.on, WORDS[notice.news]) for notice in notices],
    }


def own_scores(person: Person) -> list[Readings]:
    """The person's own scores, first and latest, of the case that was scored last: for their own eyes."""
    sittings = Sitting.objects.filter(referral__person=person).order_by("-on", "-pk")
    latest = sittings.values_list("referral", flat=True).first()
    return readings((one.instrument, one.on, one.answers) for one in sittings.filter(referral=latest))
