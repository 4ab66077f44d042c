"""One-time links by which a group, without an account, comes to its own entry."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.directory.models import Group, Link
from whatmatters.letters import address
from whatmatters.letters.outbox import post
from whatmatters.letters.private import digest, fresh_word
from whatmatters.people.revisions import locked

GOOD_FOR = timedelta(days=60)
A_DAY = 3  # links asked for on the public page
SUBJECT = "The link to your entry that you asked for"
TEXT = """Somebody asked on our page for a link to change the entry of {name}.

{link}

The link is for you alone. It works once, until {until}. If it was not you who asked, do nothing: nothing changes.
"""


def make_link(group: Group) -> tuple[str, Link]:
    """The word that goes into the letter, and the row that knows only its digest."""
    word = fresh_word()
    return word, Link.objects.create(group=group, key=digest(word), ends=timezone.now() + GOOD_FOR)


def link_of(word: str) -> Link | None:
    """The row of a link, used and ended ones too; None for a word that was never given out."""
    return Link.objects.select_related("group").filter(key=digest(word)).first()


def good(link: Link) -> bool:
    return link.used is None and link.ends > timezone.now()


@transaction.atomic
def send_link(*, group: Group, by: Actor) -> bool:
    """To the address on file, whoever asks. At most three a day; False where none was sent."""
    held = locked(group, "asked for a link to a community group's entry", by=by, detail={"group": group.pk})
    lately = held.links.filter(made__gt=timezone.now() - timedelta(days=1)).count()
    if lately >= A_DAY or not (held.letters_to or held.email):
        return False
    word, link = make_link(held)
    said = {"name": held.name, "link": address.of("own-entry", word), "until": f"{link.ends:%d %B %Y}"}
    return post(held.letters_to or held.email, SUBJECT, TEXT.format(**said)) is not None
