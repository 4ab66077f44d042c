"""What stands beside a referral on the desk: that it is past its time, and its priority groups."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Max

from whatmatters.components.social_prescribing.models import Change, Falls, Status, Timers
from whatmatters.components.social_prescribing.waiting import overdue


def mark(rows: Iterable[Any], today: date) -> None:
    """Rows of ``desk.open_referrals`` gain ``late`` and ``priority_names``. Three queries, however many they are."""
    shown = list(rows)
    timers = {each.service_id: each for each in Timers.objects.all()}
    names = defaultdict[int, list[str]](list)
    for referral, name in Falls.objects.filter(referral__in=shown).values_list("referral", "group__name"):
        names[referral].append(name)
    waiting = [row for row in shown if row.status == Status.ACCEPTED]
    again = Change.objects.filter(referral__in=waiting, was=Status.CLOSED).values_list("referral")
    reopened = dict(again.annotate(Max("on")))
    for row in shown:
        row.spoken, row.reopened_on = row.spoken_on is not None, reopened.get(row.pk)
        due = overdue(row, timers.get(row.service_id))
        row.late, row.priority_names = due is not None and due[1] < today, sorted(names[row.pk])
