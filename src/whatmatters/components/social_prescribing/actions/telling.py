"""Whoever referred, and the person, learn that it came and what happened. An email says only that there is news.

Whoever asks for themselves is told as a sender while nobody knows who they are, and as the person from then on.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.models import Notice, Referral, Source, Status, Told
from whatmatters.letters import address
from whatmatters.letters.models import Letter
from whatmatters.letters.outbox import post
from whatmatters.people.wishes import refuses_email
from whatmatters.people.written import write

SUBJECT = "There is news for you"
TO_PERSON = "There is news for you in What Matters. Sign in to read it, or ask at your GP practice."
TO_SENDER = "There is news of something you sent. Open the private link that you were given when you sent it."
TO_STAFF = "There is news of something you sent. Sign in to What Matters, and open “My referrals”."

CAME = "Something you asked for"
FOLLOW = """Something you asked for has been written down in What Matters. Follow what becomes of it here:

{link}

The link is private. If you did not expect it, ignore it.
"""

UNDONE = (Status.DECLINED, Status.REDIRECTED)  # colleagues are written to only where it is now theirs to act


def tell(row: Referral, news: str, *, on: date, person: bool = True, sender: bool = True) -> None:
    """Notices to the senders of the referral and of those that joined it, and to the person."""
    for told in [row, *row.joined.filter(status=Status.JOINED)] if sender else []:
        if told.source != Source.SELF or told.person is None:
            Notice.objects.create(referral=told, to=Told.SENDER, news=news, on=on, letter=_write(told, news, on))
    if person and row.person:
        Notice.objects.create(referral=row, to=Told.PERSON, news=news, on=on)
        _mail(_address(row), TO_PERSON, on, row, "News of a referral, to the person")


def came(row: Referral, word: str) -> None:
    """To a new referral's sender, at once: the private link, by which they follow it though they shut the page."""
    if row.made_on == date.today() or row.taken_by_id:  # what staff take down may have come days ago
        post(row.told_at, CAME, FOLLOW.format(link=address.of("track-referral", word)))


def _write(row: Referral, news: str, on: date) -> Letter | None:
    """To whoever sent it."""
    if row.source != Source.STAFF:
        return _mail(row.told_at, TO_SENDER, on, row, "News of a referral, to whoever sent it")
    if news in UNDONE and row.made_by and row.made_by.active:
        return _mail(row.made_by.email, TO_STAFF, on, row, "News of a referral, to a colleague who sent it")
    return None


def _address(row: Referral) -> str:
    """The person's own: from their record, else from the form on which they asked for themselves."""
    if row.person is None or refuses_email(row.person):
        return ""
    return row.person.email or (row.given.email if row.source == Source.SELF and hasattr(row, "given") else "")


def _mail(to: str, words: str, on: date, row: Referral, what: str) -> Letter | None:
    if on != date.today():  # what is recorded after the day is no news: nobody is written to about last year
        return None
    if row.person is None:  # on nobody's list of lost e-mails yet: should it not arrive, "Waiting too long" has it
        return post(to, SUBJECT, words)
    return write(to, SUBJECT, words, person=row.person, what=what, sender=account_of(row))


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
