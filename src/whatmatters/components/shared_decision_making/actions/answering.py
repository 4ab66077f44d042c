"""An answer comes in: by link, on paper, or at the practice's screen. Whose it is, is not kept.

A link is marked as used in the transaction that writes the answer, and neither row names the other nor says when. So
nobody answers one link twice, and nobody can look up what they said. The audit trail says that an answer came, and no
more. A screen cannot know who stands at it: only that one form sent twice is one answer.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit as trail
from whatmatters.access.actors import ANYONE, THE_SYSTEM, Actor
from whatmatters.components.shared_decision_making.actions.asking import digest
from whatmatters.components.shared_decision_making.actions.checking import checked, day
from whatmatters.components.shared_decision_making.models import Answer, Ask, How, Kiosk, State
from whatmatters.events.codes import COLLABORATE
from whatmatters.events.record import record_for
from whatmatters.instruments import EXPERIENCE
from whatmatters.instruments.instrument import NotAScore
from whatmatters.organisations.models import Organisation

GONE = "This link has been used, or its time is over. If you have answered: thank you, we have your answer"
Items = Sequence[float | None]


def good(word: str, on: date | None = None) -> Ask | None:
    """The ask whose word this is, where it can still be answered."""
    row = Ask.objects.filter(key=digest(word), answered=False, expires__gt=on or date.today())
    return row.exclude(
        audit__state__in=(State.CLOSED, State.DECIDED, State.DONE, State.SIGNED, State.ABANDONED)
    ).first()


@transaction.atomic
def answer_by_link(
    *, word: str, items: Items, groups: Mapping[str, str], how: str = How.LINK, by: Actor = ANYONE,
    on: date | None = None,
) -> Answer:  # fmt: skip
    """Uses the link up. Staff who type in a paper form give its code, which is the same word."""
    known = good(word, on)
    used = known and Ask.objects.filter(pk=known.pk, answered=False).update(answered=True)
    if known is None or not used:
        raise ValidationError(GONE)
    row = _answer(known, items=items, groups=groups, how=how, on=on)
    row.audit = known.audit
    tenth = known.person.deprivation
    row.deprivation = None if tenth is None else (tenth + 1) // 2
    return _saved(row, by)


@transaction.atomic
def answer_at_kiosk(
    *, kiosk: Kiosk, items: Items, groups: Mapping[str, str], once: str, on: date | None = None
) -> Answer:
    if kiosk.expires <= timezone.now():
        raise ValidationError("This screen has been switched off: ask at the desk")
    row = _answer(kiosk, items=items, groups=groups, how=How.KIOSK, on=on)
    return _once(row, once, ANYONE)


@transaction.atomic
def type_in(
    *, practice: Organisation, instrument: str, items: Items, groups: Mapping[str, str], by: Actor, once: str,
    situation: str = "", on: date | None = None,
) -> Answer:  # fmt: skip
    """A paper form without a code, from the box at the desk. ``on``: a day of the month it was filled in."""
    asked = Kiosk(practice=practice, instrument=instrument, situation=situation)  # as a box at the desk is one
    return _once(_answer(asked, items=items, groups=groups, how=How.PAPER, on=on), once, by)


def _once(row: Answer, once: str, by: Actor) -> Answer:
    """The same form sent twice is one answer; ``once`` is its hidden number, which is told apart and forgotten."""
    row.once = digest(f"form {once}")
    return Answer.objects.filter(once=row.once).first() or _saved(row, by)


def _answer(asked: Ask | Kiosk, *, items: Items, groups: Mapping[str, str], how: str, on: date | None) -> Answer:
    return Answer(
        practice=asked.practice, instrument=asked.instrument, situation=asked.situation, month=day(on).replace(day=1),
        how=how, items=list(items), score=score_of(asked.instrument, items), **groups,
    )  # fmt: skip


def score_of(instrument: str, items: Items) -> float | None:
    """None where a question was left out. Raises ValidationError for what cannot be an answer, or for none at all."""
    asked = EXPERIENCE[instrument]
    if len(items) != asked.items or all(item is None for item in items):
        raise ValidationError("Answer at least one question")
    try:
        given, _ = asked.settle({f"q{n}": item for n, item in enumerate(items, 1)}, "1", 0)
    except NotAScore as problem:
        raise ValidationError(str(problem)) from problem
    return given["score"]


def _saved(row: Answer, by: Actor) -> Answer:
    checked(row).save(force_insert=True)
    trail.record("an answer about a decision came in", by=by)
    return row


@transaction.atomic
def tell_months(today: date | None = None) -> int:
    """The answers of months that are over become events of their practices, all of a month at once and in the order of
    chance: as they come, their times would tell who had just used a link."""
    now = today or date.today()
    due = Answer.objects.select_for_update(of=("self",)).filter(told=False, month__lt=now.replace(day=1))
    rows = list(due.select_related("practice").order_by("pk"))  # the key is drawn by lot
    if rows:
        trail.record("counted the answers of a month", by=THE_SYSTEM)
    for row in rows:
        if row.instrument == "collaborate" and row.score is not None:
            on = max(row.month, row.practice.opened or row.month)
            record_for(row.practice, COLLABORATE, on=on, by=THE_SYSTEM, value=row.score)
    Answer.objects.filter(pk__in=[row.pk for row in rows]).update(told=True)
    return len(rows)
