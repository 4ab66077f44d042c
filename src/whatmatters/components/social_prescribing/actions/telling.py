"""Whoever referred, and the person, learn what happened. An email says only that there is news."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.models import Notice, Referral, Source, Status, Told
from whatmatters.letters.outbox import post
from whatmatters.people.wishes import refuses_email
from whatmatters.people.written import write

SUBJECT = "There is news for you"
TO_PERSON = "There is news for you in What Matters. Sign in to read it, or ask at your GP practice."
TO_SENDER = "There is news of something you sent. Open the private link that you were given when you sent it."
TO_STAFF = "There is news of something you sent. Sign in to What Matters, and open “My referrals”."

UNDONE = (Status.DECLINED, Status.REDIRECTED)  # colleagues are written to only where it is now theirs to act


def tell(row: Referral, news: str, *, on: date, person: bool = True, sender: bool = True) -> None:
    """Notices to the senders of the referral and of those that joined it, and to the person."""
    for told in [row, *row.joined.filter(status=Status.JOINED)] if sender else []:
        if told.source != Source.SELF:
            Notice.objects.create(referral=told, to=Told.SENDER, news=news, on=on)
            _write(told, news, on)
    if person:
        if row.person:  # while nobody is matched, there are no pages on which to read it
            Notice.objects.create(referral=row, to=Told.PERSON, news=news, on=on)
        _mail(_address(row), TO_PERSON, on, row, "News of a referral, to the person")


def _write(row: Referral, news: str, on: date) -> None:
    """To whoever sent it."""
    if row.source != Source.STAFF:
        _mail(row.sender_contact, TO_SENDER, on, row, "News of a referral, to whoever sent it")
    elif news in UNDONE and row.made_by and row.made_by.active:
        _mail(row.made_by.email, TO_STAFF, on, row, "News of a referral, to a colleague who sent it")


def _address(row: Referral) -> str:
    """The person's own: from their record, or from their own form while they are not matched."""
    if row.person:
        return "" if refuses_email(row.person) else row.person.email
    return row.given.email if row.source == Source.SELF else ""


def _mail(address: str, words: str, on: date, row: Referral, what: str) -> None:
    if on != date.today():  # what is recorded after the day is no news: nobody is written to about last year
        return
    if row.person is None:  # on no list yet: an answer that stays unread is on "Waiting too long"
        post(address, SUBJECT, words)
    else:
        write(address, SUBJECT, words, person=row.person, what=what, sender=account_of(row))


def account_of(row: Referral) -> int | None:
    """Of whoever has the case."""
    return row.owner.account_id if row.owner else None


@transaction.atomic
def seen(*, referrals: Q, to: Told) -> int:
    """The notices to one side of these referrals have been read. Returns how many were new. Reading is audited by
    the page's own gate."""
    unread = Notice.objects.filter(to=to, read=None, referral__in=Referral.objects.filter(referrals))
    return unread.update(read=timezone.now())


@transaction.atomic
def told_by_voice(*, referral: Referral, to: Told, by: Actor) -> int:
    """Someone was told by phone, letter or face to face what became of the referral: nothing waits to be read."""
    audit.record(f"told the {to} what became of a referral", by=by, person=referral.person_id,
                 detail={"referral": referral.pk})  # fmt: skip
    return seen(referrals=Q(pk=referral.pk), to=to)
