"""A letter came back: marked once, however often it is told. What hangs on a letter asks whether it is ``LOST``."""

import re
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from whatmatters.letters.models import Letter, Returned
from whatmatters.letters.reports import Report, read

MAILBOX = 550  # reply codes of SMTP from here on are about the mailbox (RFC 5321 4.2.3); below, about the talk
UNSAID = "5.0.0"


@transaction.atomic
def take(raw: bytes) -> Returned.Kind:
    """One message as a mail server hands it over. Only a report that holds the mark of a letter, which nobody knows but
    who handled that letter, changes anything; every message is counted."""
    kind = _taken(read(raw))
    row, _ = Returned.objects.get_or_create(on=date.today(), kind=kind)
    Returned.objects.filter(pk=row.pk).update(many=F("many") + 1)
    return kind


def _taken(report: Report | None) -> Returned.Kind:
    if report is None:
        return Returned.Kind.UNREADABLE
    about = list(Letter.objects.filter(mark__in=report.marks)[:2])
    if len(about) != 1:  # two letters of ours in one report: somebody made it up
        return Returned.Kind.UNKNOWN
    if report.action != "failed":
        return Returned.Kind.OTHERWISE
    return Returned.Kind.FAILED if failed(about[0], report.status) else Returned.Kind.AGAIN


def failed(letter: Letter, status: str) -> bool:
    """False where it was known already. Its text is let go: its link is not sent again."""
    row = Letter.objects.filter(pk=letter.pk, status="")
    return bool(row.update(failed=timezone.now(), status=status, next_try=None, text=""))


def status_in(words: bytes | str) -> str:
    """The status with which a mail server begins its refusal, where it does."""
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    found = re.match(r"5\.\d{1,3}\.\d{1,3}", text)
    return found[0] if found else UNSAID
