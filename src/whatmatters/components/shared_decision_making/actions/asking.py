"""Someone is asked how a decision felt, by a link that works once; and reminded once."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from whatmatters.access import audit as trail
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.components.shared_decision_making.actions.checking import checked, day
from whatmatters.components.shared_decision_making.models import Ask, Audit, Sent, Wording
from whatmatters.events.codes import EXPERIENCE_ASKED
from whatmatters.events.record import record
from whatmatters.letters import address, private
from whatmatters.letters.outbox import is_address
from whatmatters.organisations.models import Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.wishes import NO_EMAIL, agrees, may_be_emailed, refusers
from whatmatters.people.written import address_fails, write
from whatmatters.web.words import day as in_words

GOOD_FOR = timedelta(days=42)
REMIND_AFTER = timedelta(days=10)
UNWORDED = "its questions are not loaded here, so a link shows none. Print a letter, and put its sheet in"
SUBJECT = "A few short questions"
WORDS = """Your practice would like to know how it goes for the people it looks after.

A few short questions, about two minutes:

{link}

The link works once, until {until}. Your name is not kept with your answers, and you need not answer.
"""


LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another: words are typed from paper too
LENGTH = 12


def digest(word: str) -> str:
    """What is kept of a word; case and gaps do not matter."""
    spelt = "".join(letter for letter in word.upper() if letter.isalnum())
    return private.digest(spelt)


def word_of(ask: Ask) -> str:
    """The word of the link: made anew from what only this installation knows, so that it can be printed and sent again
    and is kept nowhere."""
    sealed = salted_hmac("whatmatters.how-a-decision-felt", ask.uuid.hex, algorithm="sha256").digest()
    return "".join(LETTERS[letter % len(LETTERS)] for letter in sealed[:LENGTH])


def spaced(word: str) -> str:
    """As it is printed: ABCD EFGH JKMN."""
    return " ".join(word[start : start + 4] for start in range(0, len(word), 4))


def begun(*, person: Person, practice: Organisation, instrument: str, situation: str, audit: Audit | None) -> Ask:
    """A row for someone who is to be asked; nothing is sent."""
    row = Ask(person=person, practice=practice, instrument=instrument, situation=situation, audit=audit)
    row.key = digest(word_of(row))
    checked(row).save()
    return row


@transaction.atomic
def ask(
    *, person: Person, instrument: str, by: Actor, situation: str = "", sent: str = "", on: date | None = None
) -> Ask:
    """After a decision, outside any audit. ``sent``: empty for e-mail where they agreed to it, else a letter."""
    trail.record("asked how a decision felt", by=by, person=person.pk)
    if not agrees(person, Wish.About.QUESTIONS):
        raise ValidationError("They have said that they do not want to be asked how their care went")
    practice = registered_at(person, on or date.today())
    row = begun(person=person, practice=practice, instrument=instrument, situation=situation, audit=None)
    return send(row, by=by, sent=sent, on=on)


def registered_at(person: Person, on: date) -> Organisation:
    if person.died:
        raise ValidationError("The person has died")
    stay = person.registrations.filter(in_force(on)).select_related("practice").first()
    if stay is None:
        raise ValidationError("The person is not registered with a practice: register them first")
    return stay.practice


def send(row: Ask, *, by: Actor, sent: str = "", on: date | None = None) -> Ask:
    """The letter goes, or is there to be printed; and that they were asked is on their record. ``sent``: empty for by
    e-mail where that can be, for whoever gets no sheet needs the questions on the page."""
    when = day(on)
    loaded = worded(row.instrument)
    row.sent = sent or (Sent.EMAIL if may_be_emailed(row.person) and loaded else Sent.LETTER)
    if row.sent == Sent.EMAIL and not is_address(row.person.email):
        raise ValidationError("No e-mail address is on file for this person: print a letter instead")
    if row.sent == Sent.EMAIL and not may_be_emailed(row.person):
        raise ValidationError(NO_EMAIL)
    if row.sent == Sent.EMAIL and not loaded:
        raise ValidationError(f"{row.get_instrument_display()}: {UNWORDED}")
    row.sent_on, row.expires = when, when + GOOD_FOR
    row.save(update_fields=["sent", "sent_on", "expires"])
    record(EXPERIENCE_ASKED, row.person, on=when, by=by, detail=row.instrument)
    if row.sent == Sent.EMAIL:
        _letter(row, by)
    return row


def worded(instrument: str) -> bool:
    """Whether the page of the link can show the questions, and not their numbers alone."""
    return Wording.objects.filter(instrument=instrument).exists()


def _letter(row: Ask, by: Actor) -> None:
    words = WORDS.format(link=address.of("how-it-felt", word_of(row)), until=in_words(row.expires))
    write(row.person.email, SUBJECT, words, person=row.person, what="Questions about a decision", sender=by.user)


def remind(today: date | None = None) -> int:
    """One reminder to everyone asked by e-mail who has not answered after ten days; the same link, once. Nobody is
    reminded who has said meanwhile that they do not want e-mails, or questions."""
    now = today or date.today()
    due = Ask.objects.filter(
        sent=Sent.EMAIL, answered=False, reminded_on=None, sent_on__lte=now - REMIND_AFTER, expires__gt=now,
        person__died=None,
    )  # fmt: skip
    return sum(_remind(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, now: date) -> int:
    """Held and looked at again: an answer may have come meanwhile, or another round been quicker."""
    row = Ask.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    unwanted = not may_be_emailed(row.person) or refusers({row.person_id}, now)
    if row.answered or row.reminded_on or unwanted or address_fails(row.person):
        return 0
    trail.record("reminded someone of a question", by=THE_SYSTEM, person=row.person_id)
    row.reminded_on = now
    row.save(update_fields=["reminded_on"])
    _letter(row, THE_SYSTEM)
    return 1
