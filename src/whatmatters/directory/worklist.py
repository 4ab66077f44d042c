"""What waits for a keeper."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from whatmatters.directory.actions.checking import AGAIN, LETTERS
from whatmatters.directory.models import Check, Correction, Group, Report

MOST = 100  # of each kind on one page


@dataclass(frozen=True)
class Work:
    """``changes`` of a correction are (what, on file, said). ``by_hand``: letters cannot reach them; ``overdue``: three
    letters and no answer; ``waiting``: asked, and the answer is awaited."""

    corrections: list[tuple[Correction, list[tuple[str, str, str]]]]
    reports: list[Report]
    by_hand: list[Check]
    overdue: list[Check]
    waiting: list[Check]


def worklist() -> Work:
    rows = Check.objects.filter(ended_on=None).select_related("group").order_by("begun_on", "pk")
    nowhere = Q(failed__gte=LETTERS) | Q(last_letter_on=None)
    silent = Q(sent__gte=LETTERS, last_letter_on__lte=date.today() - AGAIN)
    corrections = Correction.objects.filter(taken=None).select_related("group")[:MOST]
    return Work(
        [(row, _changes(row)) for row in corrections],
        list(Report.objects.filter(settled_on=None).select_related("group")[:MOST]),
        list(rows.filter(nowhere)[:MOST]),
        list(rows.filter(silent).exclude(nowhere)[:MOST]),
        list(rows.exclude(silent).exclude(nowhere)[:MOST]),
    )


def _changes(row: Correction) -> list[tuple[str, str, str]]:
    return [
        (str(getattr(Group._meta.get_field(name), "verbose_name", name)), getattr(row.group, name), said)
        for name, said in sorted(row.facts.items())
    ]
