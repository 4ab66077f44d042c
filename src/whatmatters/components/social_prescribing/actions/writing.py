"""Letters to a community group. Each says that there is a question, and carries a private link of its own."""

from datetime import date, timedelta

from django.utils import timezone

from whatmatters.components.social_prescribing.models import Enquiry, GroupLink
from whatmatters.letters import address
from whatmatters.letters.outbox import post
from whatmatters.letters.private import digest, fresh_word
from whatmatters.web.words import day

GOOD_FOR = timedelta(days=60)
SUBJECT = "A question for your group"
ASKED = "{service} would like to know whether your group has room for someone."
AGAIN = "{service} asked whether your group has room for someone, and is waiting to hear from you."
EXPECT = "Thank you for saying yes. Here is whom to expect, and later what we would like to know."
OUTCOME = "{service} would like to know whether someone came to your group, and how it went."
ENOUGH = "{service} asked whether your group has room for someone. This is no longer needed: thank you."
HOW = """

Answer here, without an account:

{link}

The link works once, until {until}. It is meant for your group alone.
"""


def fresh(enquiry: Enquiry) -> str:
    """The word of a new link to what the group of this enquiry is asked."""
    word = fresh_word()
    GroupLink.objects.create(enquiry=enquiry, digest=digest(word), expires=date.today() + GOOD_FOR)
    return word


def known(word: str) -> GroupLink | None:
    """The link with this word, whether it is still good or not."""
    links = GroupLink.objects.select_related(
        "enquiry__group", "enquiry__referral__person", "enquiry__referral__service"
    )
    return links.filter(digest=digest(word)).first()


def good(link: GroupLink) -> bool:
    return link.used is None and link.expires >= date.today()


def spend(links: "GroupLink | Enquiry") -> bool:
    """One link, or all of an enquiry. False where the one was used already: whoever was quicker has it."""
    rows = GroupLink.objects.filter(pk=links.pk) if isinstance(links, GroupLink) else links.links.all()
    return rows.filter(used=None).update(used=timezone.now()) > 0


def letter(enquiry: Enquiry, words: str) -> bool:
    """With a new link, where the group has an address. Saved with the enquiry by whoever calls."""
    link = address.of("group-asked", fresh(enquiry))
    how = HOW.format(link=link, until=day(date.today() + GOOD_FOR))
    enquiry.letter = post(_address(enquiry), SUBJECT, _said(enquiry, words) + how)
    return enquiry.letter is not None


def no_longer(enquiry: Enquiry) -> None:
    """That nothing is asked any more: without a link."""
    post(_address(enquiry), SUBJECT, _said(enquiry, ENOUGH))


def _said(enquiry: Enquiry, words: str) -> str:
    return words.format(service=enquiry.referral.service.name)


def _address(enquiry: Enquiry) -> str:
    return enquiry.group.email or enquiry.group.letters_to
