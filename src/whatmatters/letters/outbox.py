"""Letters out: written down with what they tell of, sent after it is saved, tried again until they have gone.

A mail server that is down neither undoes what was saved nor loses the letter. What must be answered does not rest on
it: whoever writes looks after a day that passes without an answer.
"""

from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from whatmatters.letters import returned
from whatmatters.letters.models import Letter

WAITS = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=2))


def post(to: str, subject: str, text: str) -> Letter | None:
    """In the caller's transaction: no letter about what was not saved. None where ``to`` is no e-mail address.

    ``text`` says nothing of anybody: it may hold a private link, and who wrote.
    """
    if not is_address(to):
        return None
    letter = Letter.objects.create(to=to, subject=subject, text=text)
    transaction.on_commit(lambda: send(letter.pk), robust=True)
    return letter


def is_address(text: str) -> bool:
    """Of an e-mail that can be written to: RFC 5322 would allow control characters between quotation marks."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isprintable()


def deliver() -> tuple[int, int]:
    """Sends all that is due; returns how many went and how many must be tried again or were given up. A letter that
    fails in a way of its own keeps no other back; its fault is raised once all have been seen to."""
    due = list(Letter.objects.filter(next_try__lte=timezone.now()).values_list("pk", flat=True))
    went, fault = 0, None
    for letter in due:
        try:
            went += send(letter)
        except Exception as error:  # such as an address that Python's own letters cannot be written to
            fault = error
    if fault:
        raise fault
    return went, len(due) - went


def send(letter: int) -> bool:
    """One letter, now. False where the mail server refused; it is then tried later, six times over three days, unless
    the server said at once that the address takes none."""
    row = _claimed(letter)
    if row is None:
        return False  # not due, or another sender was quicker
    try:
        transmit(row)
    except SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        if code >= returned.MAILBOX:
            returned.failed(row, returned.status_in(words))
        return False
    except OSError:  # smtplib's own errors are kinds of it
        return False
    Letter.objects.filter(pk=letter, status="").update(sent=timezone.now(), next_try=None, failed=None, text="")
    return True


def transmit(letter: Letter) -> None:
    """To the mail server. Its mark goes along twice, as reports of what became of it may keep one or the other: in
    the Message-ID, and in the address that reports go to (RFC 5321 4.4) where the deployment has named one."""
    mark, sender = letter.mark, settings.DEFAULT_FROM_EMAIL
    headers = {"From": sender}
    if mark:
        headers["Message-ID"] = f"<{mark.hex}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    if mark and settings.BOUNCES:
        name, _, host = settings.BOUNCES.rpartition("@")
        sender = f"{name}+{mark.hex}@{host}"
    EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers).send()


def _claimed(letter: int) -> Letter | None:
    """The letter, its next try already put off: no lock is held while a mail server takes its time."""
    row = Letter.objects.filter(pk=letter, next_try__lte=timezone.now()).first()
    if row is None:
        return None
    now = timezone.now()
    later = now + WAITS[row.tries] if row.tries < len(WAITS) else None
    failed = None if later else now  # until it has gone: should we fall over at the last try, it is not forgotten
    here = Letter.objects.filter(pk=letter, next_try=row.next_try)
    mine = here.update(next_try=later, tries=row.tries + 1, failed=failed)
    return row if mine else None
