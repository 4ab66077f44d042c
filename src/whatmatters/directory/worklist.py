"""What waits for a keeper."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce, Greatest

from whatmatters.directory.actions.checking import AGAIN, LETTERS
from whatmatters.directory.models import FADES, FRESH, Check, Correction, Group, Report, Standing

MOST = 100  # of each kind on one page


@dataclass(frozen=True)
class Work:
    """``changes`` of a correction are (what, on file, said). ``by_hand``: letters cannot reach them; ``overdue``: three
    letters and no answer; ``waiting``: asked, and the answer is awaited. ``unchecked``: read from a feed, where nobody
    has looked for a year; ``unchecked_in_all`` counts those past ``MOST`` too."""

    corrections: list[tuple[Correction, list[tuple[str, str, str]]]]
    reports: list[Report]
    by_hand: list[Check]
    overdue: list[Check]
    waiting: list[Check]
    unchecked: list[Group]
    unchecked_in_all: int


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
        list(unchecked(date.today())[:MOST]),
        unchecked(date.today()).count(),
    )


def unchecked(today: date) -> "QuerySet[Group]":
    """Of a feed, and neither its source nor anyone here has looked for a year, or since it came. ``seen_on``: the day
    from which its fading is reckoned. The next to fade stand first; those that have faded already come last."""
    asked = Check.objects.filter(ended_on=None).values("group")
    rows = Group.objects.exclude(source="").exclude(standing=Standing.CLOSED).exclude(pk__in=asked)
    seen = Coalesce(Greatest("last_verified", "added_on"), "added_on")  # SQLite: nothing is greatest beside nothing
    late = rows.annotate(seen_on=seen).filter(seen_on__lt=today - FRESH).defer("words", "about")
    gone = Case(When(seen_on__lt=today - FADES, then=1), default=0)
    return late.order_by(gone, "seen_on", "pk")


def _changes(row: Correction) -> list[tuple[str, str, str]]:
    return [
        (str(getattr(Group._meta.get_field(name), "verbose_name", name)), getattr(row.group, name), said)
        for name, said in sorted(row.facts.items())
    ]
