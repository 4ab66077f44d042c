"""What weighs on a person, before the conversation: asked for, written down, sent, and carried into the draft."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON, REPRESENTATIVE
from whatmatters.components.care_planning.actions.carrying import carry_over
from whatmatters.components.care_planning.actions.offering import offered
from whatmatters.components.care_planning.actions.reviewing import ask_for_review
from whatmatters.components.care_planning.concerns import LEAST, MOST, OTHERS, words_of
from whatmatters.components.care_planning.models import Checklist, Concern
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.private import digest, fresh_short_word
from whatmatters.letters import address
from whatmatters.letters.private import fresh_word
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.revisions import Stale, claim, locked
from whatmatters.people.wishes import NO_EMAIL, agrees
from whatmatters.people.written import write
from whatmatters.web.words import day as in_words

GOOD_FOR = timedelta(days=42)
SUBJECT = "A few questions before we meet"
WORDS = """Someone who looks after you would like to know what is on your mind before you talk.

Answer in your own time, until {until}. You can stop and come back:

{link}

The link is private. If you did not expect it, ignore it: nothing happens until you send your answers.
"""
Said = dict[str, tuple[str, int]]
"""By the key of a concern: its words and its score."""


@transaction.atomic
def ask_concerns(*, person: Person, by: Actor, to: str = "", printed: bool = False) -> tuple[Checklist, str]:
    """The open list, and a fresh word that opens it: a link, posted where ``to`` is an e-mail address; or a short
    word for a letter. A word given before no longer opens anything. Asking is also the offer of a plan. Raises
    ValidationError where they have not agreed to e-mail."""
    audit.record("asked about concerns", by=by, person=person.pk, detail={"printed": printed})
    if to and not agrees(person, Wish.About.EMAIL):
        raise ValidationError({"to": NO_EMAIL})
    offered(person, on=date.today(), by=by)
    row = open_list(person)
    word = fresh_short_word() if printed else fresh_word()
    row.key, row.expires, row.asked_by = digest(word), timezone.now() + GOOD_FOR, by.name
    row.save()
    if to:
        until = timezone.localtime(row.expires).date()
        said = WORDS.format(until=in_words(until), link=address.of("concerns-by-link", word))
        if write(to, SUBJECT, said, person=person, what="Questions before a conversation", sender=by.user) is None:
            raise ValidationError({"to": "This is no e-mail address: check it, or give the link another way"})
    return row, word


@transaction.atomic
def begin_concerns(*, person: Person, by: Actor, on: date | None = None) -> Checklist:
    """The open list, for the person on their own pages or for staff who take it down."""
    audit.record("began a list of concerns", by=by, person=person.pk)
    return open_list(person, on)


def open_list(person: Person, on: date | None = None) -> Checklist:
    """The one that is open, held; or a new one. In the caller's transaction."""
    Person.objects.select_for_update().get(pk=person.pk)
    found = Checklist.objects.select_for_update().filter(person=person, sent=None, withdrawn=None).first()
    return found or Checklist.objects.create(person=person, begun=on or date.today())


@transaction.atomic
def save_concerns(
    *, checklist: Checklist, revision: int, said: Said, by: Actor, changed: str = "", changes: str = ""
) -> Checklist:
    """The draft becomes what is said now. What was saved before and is sent once more changes nothing."""
    row = _held(checklist, "wrote down concerns", by)
    said = {key: (words.strip(), score) for key, (words, score) in said.items() if words.strip()}
    facts = (changed, changes.strip())
    if _saved(row) == said and (row.changed, row.changes) == facts:
        return row
    claim(row, revision)
    row.changed, row.changes = facts
    row.full_clean(exclude=["person"], validate_constraints=False)
    row.save()
    ranked = _ranked(row, said)
    row.concerns.all().delete()
    for rank, key in enumerate(ranked, 1):
        words, score = said[key]
        one = Concern(checklist=row, key=key, words=words_of(key) or words, score=score, rank=rank)
        _checked(one)
        one.save()
    return row


def _saved(row: Checklist) -> Said:
    return {one.key: (one.words, one.score) for one in row.concerns.all()}


def _ranked(row: Checklist, said: Said) -> list[str]:
    """By score; among equals in the order that the person gave them before, then in the list's."""
    before = {one.key: one.rank for one in row.concerns.all()}
    return sorted(said, key=lambda key: (-said[key][1], before.get(key, len(before) + 1)))


def _checked(one: Concern) -> None:
    if not (one.key in OTHERS or words_of(one.key)):
        raise ValidationError("The list has changed since the page was opened: go through it once more")
    try:
        one.full_clean(exclude=["checklist"])
    except ValidationError as problem:
        raise ValidationError({one.key: problem.messages}) from None
    if not LEAST <= one.score <= MOST:
        raise ValidationError({one.key: f"Choose a number from {LEAST} to {MOST}"})


@transaction.atomic
def put_higher(*, checklist: Checklist, key: str, by: Actor) -> None:
    """The concern changes places with the one above it: the order is the person's, whatever the scores."""
    row = _held(checklist, "put concerns in order", by)
    order = list(row.concerns.all())
    at = next((at for at, one in enumerate(order) if one.key == key), 0)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
        for rank, one in enumerate(order, 1):
            one.checklist, one.rank = row, rank
            one.save(update_fields=["rank"])
        claim(row, row.revision)


@transaction.atomic
def send_concerns(*, checklist: Checklist, how: str, by: Actor, at: datetime | None = None) -> Checklist:
    """Done. The three highest go into the draft if there is one, else into the next; what has changed since the plan
    was agreed asks for a review. Sent twice it is one. ``at``: when they told it, if not now."""
    row = _locked(checklist, "sent concerns", by)
    if row.sent:
        return row
    _only_open(row)
    if not row.concerns.exists() and row.changed != "yes":
        raise ValidationError("Nothing is marked yet: choose a number for what is on your mind, or write it yourself")
    author = by if how in TAKEN_DOWN or by.role == REPRESENTATIVE else _the_person(row.person, by)
    row.how, row.by_name, row.by_role = how, author.name, author.role
    row.sent = at or timezone.now()
    row.full_clean(exclude=["person"], validate_constraints=False)
    row.save()
    plan = getattr(row.person, "plan", None)
    if plan and row.changed == "yes" and plan.versions.filter(state=State.AGREED).exists():
        ask_for_review(plan=plan, why=row.changes, by=author)
    if plan and (draft := plan.versions.filter(state=State.DRAFT).first()):
        carry_over(version=draft, by=author)
    return row


TAKEN_DOWN = frozenset({Checklist.How.PAPER, Checklist.How.PHONE})


def _the_person(person: Person, by: Actor) -> Actor:
    """Whoever holds the link is taken to be the person it was given to; the list tells that it came by link."""
    return Actor(person.full_name, PERSON, by.user)


@transaction.atomic
def withdraw_concerns(*, checklist: Checklist, by: Actor) -> Checklist:
    """The open list is put away, and its link with it."""
    row = _held(checklist, "withdrew a list of concerns", by)
    row.withdrawn = timezone.now()
    row.save()
    return row


def _held(checklist: Checklist, act: str, by: Actor) -> Checklist:
    row = _locked(checklist, act, by)
    _only_open(row)
    return row


def _locked(row: Checklist, act: str, by: Actor) -> Checklist:
    return locked(row, act, by=by, person=row.person_id, detail={"checklist": row.pk}, also=("person",))


def _only_open(row: Checklist) -> None:
    if not row.open:
        raise Stale("This list was sent or put away since the page was opened")
