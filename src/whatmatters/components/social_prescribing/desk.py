"""Whose turn it is: the open referrals of a network, in six lists, the longest wait first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from whatmatters.access.gate import area_of
from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing.models import (
    CASE_OPEN,
    Change,
    Contact,
    Referral,
    Sitting,
    Stage,
    Status,
)
from whatmatters.components.social_prescribing.offer import practices_served
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Registration

QUIET, LONG_QUIET = timedelta(days=30), timedelta(days=60)


@dataclass
class List:
    """One list of the desk; ``rule`` says on the page what puts a case here, ``since`` what its days count from."""

    name: str
    title: str
    rule: str
    since: str
    rows: list[Any] = field(default_factory=list)


SINCE_MADE, SINCE_SPOKEN = "Since the referral", "Since the last contact"
LISTS = (
    ("next", "Next steps due", "The day that was set for the next step has come.", "Since that day"),
    ("new", "New", "Nobody has accepted or declined these yet.", SINCE_MADE),
    ("waiting", "Waiting for first contact", "Accepted; nobody has spoken with the person yet.", SINCE_MADE),
    ("quiet", "No successful contact for 30 days", "Last spoken with 30 to 60 days ago.", SINCE_SPOKEN),
    (
        "due",
        "Due to close",
        "The scores after support are in, or nobody spoke for over 60 days, or they died.",
        SINCE_SPOKEN,
    ),
    ("active", "Active", "Spoken with in the last 30 days.", SINCE_SPOKEN),
)


def registered_in(grants: Iterable[Grant], today: date) -> Q:
    """Referrals of people registered today where the grants are."""
    listed = Registration.objects.filter(in_force(today), person=OuterRef("person"))
    return Q(Exists(listed.filter(practice__in=area_of(grants, today))))


def in_scope(grants: Iterable[Grant], today: date) -> Q:
    """Referrals of people registered today where the grants are; and those that no desk would reach by that (nobody
    matched, on no list, or on one that no link worker covers), where they were sent."""
    places = area_of(grants, today)
    listed = Registration.objects.filter(in_force(today), person=OuterRef("person"))
    reached = listed.filter(practice__in=practices_served(today).values("pk"))
    return Exists(listed.filter(practice__in=places)) | (~Exists(reached) & Q(practice__in=places))


def open_referrals(grants: Iterable[Grant], today: date, whose: Q | None = None) -> QuerySet[Referral]:
    """One query, whatever the number of cases; each row carries what ``place`` needs. ``whose`` narrows them."""
    contacts = Contact.objects.filter(referral=OuterRef("pk"), spoke=True).order_by("-on")
    changes = Change.objects.filter(referral=OuterRef("pk")).order_by("-on", "-pk")
    sittings = Sitting.objects.filter(referral=OuterRef("pk"), stage=Stage.AFTER).order_by("-on")
    return (
        Referral.objects.filter(in_scope(grants, today), whose or Q(), status__in=(Status.UNMATCHED, *CASE_OPEN))
        .select_related("person", "given", "owner")  # joining the practice sends SQLite through every case there was
        .annotate(
            spoken_on=Subquery(contacts.values("on")[:1]),
            stepped_on=Subquery(changes.values("on")[:1]),
            scored_on=Subquery(sittings.values("on")[:1]),
        )
        .order_by("made_on", "pk")
    )


def place(row: Any, today: date) -> tuple[str, date, str]:
    """The list a case is in, the day its days count from, and what to do next (a name of ``NEXT``)."""
    if row.status in (Status.UNMATCHED, Status.RECEIVED):
        return "new", row.made_on, "match" if row.status == Status.UNMATCHED else "decide"
    if row.person.died:
        return "due", row.person.died, "close"
    if row.next_on and row.next_on <= today:
        return "next", row.next_on, "contact"
    if row.status == Status.ACCEPTED:
        return "waiting", row.made_on, "contact"
    since = spoken_since(row)
    quiet = today - since
    if quiet > LONG_QUIET or (row.scored_on and row.scored_on >= since):
        return "due", since, "close"
    return ("quiet" if quiet >= QUIET else "active"), since, "contact"


def spoken_since(row: Any) -> date:
    """The day from which the silence counts."""
    since: date = max(filter(None, (row.spoken_on, row.stepped_on)), default=row.made_on)
    return since


NEXT = {
    "match": "Match to a person",
    "decide": "Accept or decline",
    "contact": "Speak with the person",
    "close": "Agree how it ends",
}


def laid_out(rows: Iterable[Any], today: date) -> list[List]:
    """The six lists, each oldest first. Rows gain ``days``, ``step``, ``next`` and ``silent``: days since anyone spoke
    with someone whose next step is due, where that is 30 or more (the other lists say it themselves)."""
    desk = [List(*words) for words in LISTS]
    by_name = {one.name: one for one in desk}
    for row in rows:
        name, since, row.step = place(row, today)
        row.days, row.next = (today - since).days, (row.next_what if row.step == "contact" else "") or NEXT[row.step]
        silent = today - spoken_since(row) if name == "next" else QUIET * 0
        row.silent = silent.days if silent >= QUIET else 0
        by_name[name].rows.append(row)
    for one in desk:
        one.rows.sort(key=lambda row: -row.days)
    return desk
