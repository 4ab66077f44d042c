"""Whoever referred, and the person, learn what happened. An email says only that there is news."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from whatmatters.components.social_prescribing.models import Notice, Referral, Source, Status, Told

SUBJECT = "There is news for you"
TO_PERSON = "There is news for you in What Matters. Sign in to read it, or ask at your GP practice."
TO_SENDER = "There is news of something you sent. Open the private link that you were given when you sent it."


def tell(row: Referral, news: Status, *, on: date, person: bool = True) -> None:
    """Notices to the senders of the referral and of those that joined it, and to the person."""
    for told in [row, *row.joined.filter(status=Status.JOINED)]:
        if told.source != Source.SELF:
            Notice.objects.create(referral=told, to=Told.SENDER, news=news, on=on)
            _mail(told.sender_contact if told.source != Source.STAFF else "", TO_SENDER, on)
    if person:
        if row.person:  # while nobody is matched, there are no pages on which to read it
            Notice.objects.create(referral=row, to=Told.PERSON, news=news, on=on)
        _mail(_address(row), TO_PERSON, on)


def _address(row: Referral) -> str:
    """The person's own: from their record, or from their own form while they are not matched."""
    if row.person:
        return row.person.email
    return row.given.email if row.source == Source.SELF else ""


def _mail(address: str, words: str, on: date) -> None:
    # What is recorded after the day is no news: nobody is written to about last year.
    if on != date.today() or not _is_address(address):
        return
    # A mail server that is down must not undo or hide what was saved: the notice waits on the pages.
    transaction.on_commit(
        lambda: send_mail(SUBJECT, words, settings.DEFAULT_FROM_EMAIL, [address], fail_silently=True), robust=True
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def seen(*, referrals: Q, to: Told) -> int:
    """The notices to one side of these referrals have been read. Returns how many were new. Reading is audited by
    the page's own gate."""
    unread = Notice.objects.filter(to=to, read=None, referral__in=Referral.objects.filter(referrals))
    return unread.update(read=timezone.now())
