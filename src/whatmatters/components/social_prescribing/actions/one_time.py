"""A link good for one referral, sent to an agency or to the person."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.social_prescribing.actions.asking import SECTORS, receive
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked
from whatmatters.components.social_prescribing.actions.words import word_for
from whatmatters.components.social_prescribing.models import Method, OneTimeLink, Referral, Source
from whatmatters.letters import address
from whatmatters.letters.models import LOST
from whatmatters.letters.outbox import post
from whatmatters.letters.private import digest
from whatmatters.organisations.models import Organisation
from whatmatters.web.words import day

GOOD_FOR = timedelta(days=14)
SUBJECT = "A private form for you"
WORDS = """You were sent a private form in What Matters.

It can be used once, until {until}:

{link}

If you did not expect it, ignore it: nothing happens until the form is sent.
"""
LOST_WORDS = """A one-time link that you sent did not arrive. Which it was is on this page:

{link}

Make a new one for the right address, or give it in another way.
"""


@transaction.atomic
def send_link(
    *,
    practice: Organisation,
    source: str,
    by: Actor,
    sector: str = "",
    organisation: str = "",
    to: str = "",
    once: str = "",
    now: datetime | None = None,
) -> tuple[OneTimeLink, str]:
    """The row, and the word of the link. ``to``: an e-mail address to write to, or empty where it is handed over.
    The same form sent twice makes one link."""
    if by.user is None:
        raise NotAllowed("Only staff can make a link")
    made = now or timezone.now()
    word = word_for(once, "one-time link", practice.pk, source, sector, organisation, to, by.user)
    if known := OneTimeLink.objects.filter(key=digest(word)).first():
        return known, word
    link = checked(
        OneTimeLink(
            key=digest(word),
            practice=practice,
            source=source,
            sector=SECTORS.get(Source(source), sector),
            organisation=organisation,
            address=to,
            made_by_id=by.user,
            expires=made + GOOD_FOR,
        )
    )
    until = timezone.localtime(link.expires).date()
    words = WORDS.format(until=day(until), link=address.of("one-time-referral", word))
    link.letter = post(to, SUBJECT, words)
    link.save()
    audit.record("made a one-time link for a referral", by=by, detail={"link": link.pk})
    return link, word


def tell_lost() -> int:
    """For the round: a letter with a link did not arrive, and whoever made the link is told, once. Returns how many."""
    waiting = OneTimeLink.objects.filter(LOST, used=None, withdrawn=None, told_on=None)
    return sum(_tell_lost(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _tell_lost(pk: int) -> bool:
    audit.record("told someone that a one-time link did not arrive", by=THE_SYSTEM, detail={"link": pk})
    mine = OneTimeLink.objects.filter(pk=pk, told_on=None).update(told_on=date.today())
    if mine:
        made_by = OneTimeLink.objects.select_related("made_by").get(pk=pk).made_by
        post(made_by.email, "A link did not arrive", LOST_WORDS.format(link=address.of("one-time-links")))
    return bool(mine)


@transaction.atomic
def withdraw_link(*, link: OneTimeLink, by: Actor) -> None:
    """Raises NotAllowed where it was used before."""
    row = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    if row.used:
        raise NotAllowed("This link was used already")
    row.withdrawn = row.withdrawn or timezone.now()
    row.save(update_fields=["withdrawn"])
    audit.record("withdrew a one-time link", by=by, detail={"link": row.pk})


def good(word: str) -> OneTimeLink | None:
    """The link whose word this is, if it can still be used."""
    return OneTimeLink.objects.filter(
        key=digest(word), used=None, withdrawn=None, expires__gt=timezone.now()
    ).select_related("practice").first()  # fmt: skip


@transaction.atomic
def receive_by_link(*, word: str, by: Actor, once: str = "", **facts: Any) -> tuple[Referral, str]:
    """As ``receive``, for the practice, sender and sector of the link, which is used up by it. The same form sent
    twice gives the same referral; any other use of a link that is used, expired or withdrawn is NotAllowed."""
    link = OneTimeLink.objects.select_for_update().filter(key=digest(word)).first()
    if link is None:
        raise NotAllowed("This link is not known here")
    if link.used is None and (link.withdrawn or link.expires <= timezone.now()):
        raise NotAllowed("This link is no longer good: ask whoever sent it for a new one")
    said = {**facts, "practice": link.practice, "source": link.source, "sector": link.sector}
    row, tracking = receive(by=by, method=Method.LINK, once=once or word, **said)
    if link.used is None:
        link.used, link.referral = timezone.now(), row
        link.save(update_fields=["used", "referral"])
    elif link.referral_id != row.pk:
        raise NotAllowed("This link was used already: ask whoever sent it for a new one")
    return row, tracking


@transaction.atomic
def take_down(*, by: Actor, **facts: Any) -> tuple[Referral, str]:
    """As ``receive``, by staff who write down what came by phone or on paper."""
    return receive(by=by, taken_down=True, **facts)
