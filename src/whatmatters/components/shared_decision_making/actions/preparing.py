"""The person prepares for the talk: on their own pages, or by a one-time link."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import ANYONE, Actor
from whatmatters.components.shared_decision_making.actions.checking import checked_whole
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Preparation
from whatmatters.letters import address
from whatmatters.letters.private import digest, fresh_word
from whatmatters.people.models import Person
from whatmatters.people.revisions import claim, locked
from whatmatters.people.wishes import may_be_emailed
from whatmatters.people.written import write
from whatmatters.web.words import day

GOOD_FOR = timedelta(days=28)
WORDS = ("agenda", "matters", "questions")
SUBJECT = "Some questions before you come"
LETTER = """Your team would like to know what you want to talk about, before you come.

You can write a few words here, until {until}:

{link}

The link is private and can be used once. You need not answer: you can also just come.
"""


@transaction.atomic
def ask_to_prepare(
    *, person: Person, situation: str, by: Actor, post_it: bool = True, now: datetime | None = None
) -> tuple[Preparation, str]:
    """The row, and the word of the link, which is kept nowhere. Sent by e-mail where the person agreed to that."""
    audit.record("asked the person to prepare for a talk", by=by, person=person.pk)
    entry = library().get(situation)
    if situation and (entry is None or entry.retired):
        raise ValidationError({"situation": "This situation is not in the library any more: choose another one"})
    word, until = fresh_word(), (now or timezone.now()) + GOOD_FOR
    row = Preparation(
        person=person, situation=situation, title=entry.title if entry else "", key=digest(word), expires=until,
        by_name=by.name, by_role=by.role,
    )  # fmt: skip
    checked_whole(row).save()
    if post_it and may_be_emailed(person):
        last = timezone.localtime(until).date()
        words = LETTER.format(until=day(last), link=address.of("prepare-by-link", word))
        write(person.email, SUBJECT, words, person=person, what="Questions before a decision", sender=by.user)
    return row, word


@transaction.atomic
def prepare(
    *, person: Person, situation: str, by: Actor, revision: int | None = None, agenda: str = "", matters: str = "",
    questions: str = "",
) -> Preparation:  # fmt: skip
    """By the person, or who acts for them, on their own pages; written over until a talk takes it up."""
    locked(person, "prepared for a talk", by=by, person=person.pk)
    row = waiting(person, situation)
    if row is None:
        entry = library().get(situation)
        title = entry.title if entry else ""
        row = Preparation(person=person, situation=situation, title=title, by_name=by.name, by_role=by.role)
    else:
        claim(row, revision)
    return _answered(row, by.name, agenda=agenda, matters=matters, questions=questions)


def waiting(person: Person, situation: str = "") -> Preparation | None:
    """What was asked for or written and no talk has taken up; of any situation where none is named."""
    rows = Preparation.objects.filter(person=person, decision=None)
    return (rows.filter(situation=situation) if situation else rows).first()


def good(word: str) -> Preparation | None:
    """The preparation whose link this is, if it can still be used."""
    return Preparation.objects.filter(
        key=digest(word), answered_at=None, decision=None, expires__gt=timezone.now()
    ).first()  # fmt: skip


@transaction.atomic
def prepared_by_link(*, word: str, agenda: str = "", matters: str = "", questions: str = "") -> Preparation:
    """One press uses the link up. Raises ValidationError where it is not good any more."""
    row = Preparation.objects.select_for_update().filter(key=digest(word)).first()
    if row is None or row.answered_at or row.decision_id or row.expires is None or row.expires <= timezone.now():
        raise ValidationError("This link is no longer good: ask whoever sent it for a new one")
    audit.record("prepared for a talk by private link", by=ANYONE, person=row.person_id)
    return _answered(row, "", agenda=agenda, matters=matters, questions=questions)


def _answered(row: Preparation, by_name: str, **words: Any) -> Preparation:
    if not any(text.strip() for text in words.values()):
        raise ValidationError("Write a few words in one of the boxes, or leave the page")
    for name, text in words.items():
        setattr(row, name, text.strip())
    row.answered_at, row.answered_by = timezone.now(), by_name
    checked_whole(row).save()
    return row
