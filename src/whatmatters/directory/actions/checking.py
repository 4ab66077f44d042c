"""The group is asked by letter whether its entry is still true, until it says so or a keeper has seen to it.

The letter tells nothing but that there is a question. Nothing rests on its arriving: the check stays open, on the
keepers' list, until somebody has answered it; and while letters cannot be delivered they are written again.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.directory.actions.links import make_link
from whatmatters.directory.models import FRESH, Check, Group, How, Standing, Why
from whatmatters.letters import address
from whatmatters.letters.models import LOST
from whatmatters.letters.outbox import is_address, post
from whatmatters.people.revisions import locked

AHEAD = timedelta(days=30)  # before a year is over, so that an entry whose group answers never stops being fresh
AGAIN = timedelta(days=14)  # to the next letter
LETTERS = 3
AT_A_TIME = 200  # in one round
SUBJECT = "Is what we say about your group still true?"
TEXT = """{name} is in our directory of community groups.

Please look whether what we say there is still true. It takes one press where it is, and you can change what is not:

{link}

The link is for you alone. It works once, until {until}. You need no account.
Without an answer we show the entry as not checked, then last, and after half a year no longer.
"""


def due(on: date) -> "QuerySet[Group]":
    """To be asked: last checked nearly a year ago or never, and not being asked. Feeds are checked at their source."""
    old = Q(last_verified=None) | Q(last_verified__lte=on - FRESH + AHEAD)
    asked = Check.objects.filter(ended_on=None).values("group")
    return Group.objects.filter(old, source="").exclude(standing=Standing.CLOSED).exclude(pk__in=asked)


def round_of_letters() -> int:
    """A step of the round: asks who is due, reminds, writes again what could not be delivered. Returns how many."""
    today = date.today()
    oldest_first = F("last_verified").asc(nulls_first=True)
    asked = [
        begin(group=group, why=Why.DUE, by=THE_SYSTEM) for group in due(today).order_by(oldest_first, "pk")[:AT_A_TIME]
    ]
    seen = [_see_to(pk, today) for pk in _to_be_written(today).values_list("pk", flat=True)[:AT_A_TIME]]
    return len([one for one in asked if one]) + sum(seen)


def _to_be_written(today: date) -> "QuerySet[Check]":
    """Open checks whose letter was lost, is long unanswered, or could not be written for want of an address."""
    waiting = Q(letter__isnull=False, letter__sent=None, letter__next_try__isnull=False)
    unanswered = Q(last_letter_on__lte=today - AGAIN, sent__lt=LETTERS) & ~waiting
    has_address_now = Q(last_letter_on=None) & (~Q(group__letters_to="") | ~Q(group__email=""))
    return Check.objects.filter(LOST | unanswered | has_address_now, ended_on=None, failed__lt=LETTERS)


@transaction.atomic
def begin(*, group: Group, why: str, by: Actor) -> Check | None:
    """Ask the group; None where it is being asked already: then only ``why`` may grow more urgent."""
    held = locked(group, "asked a community group whether its entry is true", by=by, detail={"group": group.pk})
    open_now = held.checks.filter(ended_on=None)
    if open_now.exists():
        if why != Why.DUE:
            open_now.filter(why=Why.DUE).update(why=why)
        return None
    row = Check.objects.create(group=held, why=why, begun_on=date.today())
    if why != Why.RETURNED:
        write(row)
    return row


def letter_returned(*, group: Group, by: Actor) -> Check | None:
    """A letter to the group came back: a keeper must find another way to reach it."""
    begun = begin(group=group, why=Why.RETURNED, by=by)
    Check.objects.filter(group=group, ended_on=None).update(failed=LETTERS)
    return begun


@transaction.atomic
def write_again(*, group: Group, by: Actor) -> bool:
    """A keeper has mended the address, or asks once more. False where there is nobody to write to."""
    if begin(group=group, why=Why.DUE, by=by):
        return bool(Check.objects.get(group=group, ended_on=None).sent)
    row = Check.objects.select_for_update().get(group=group, ended_on=None)
    row.failed, row.sent = 0, min(row.sent, LETTERS - 1)
    return write(row)


def write(row: Check) -> bool:
    """One letter, with a link of its own. False where there is no address to write to."""
    to = row.group.letters_to or row.group.email
    if not is_address(to):
        return False
    word, link = make_link(row.group)
    said = {"name": row.group.name, "link": address.of("own-entry", word), "until": f"{link.ends:%d %B %Y}"}
    row.letter = post(to, SUBJECT, TEXT.format(**said))
    row.sent, row.last_letter_on = row.sent + 1, date.today()
    row.save()
    return True


@transaction.atomic
def _see_to(pk: int, today: date) -> bool:
    """One of these, if it still is; whether a letter was written."""
    row = _to_be_written(today).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return False
    if row.letter and row.letter.lost:
        row.failed = LETTERS if row.letter.bad_address else row.failed + 1
        row.why = Why.RETURNED if row.letter.bad_address else row.why
        row.sent, row.letter = row.sent - 1, None
        row.save()
        return row.failed < LETTERS and write(row)
    return write(row)


def end(group: Group, how: How) -> None:
    """The check is answered, where there was one."""
    Check.objects.filter(group=group, ended_on=None).update(ended_on=date.today(), how=how)
