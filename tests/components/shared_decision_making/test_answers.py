"""Answers about a decision: one for each link, and nothing that leads back to who gave it."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError

from whatmatters.components.shared_decision_making.actions import answering, asking, kiosk
from whatmatters.components.shared_decision_making.models import Answer, Ask
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person

pytestmark = pytest.mark.database
TODAY = date.today()
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
NINES = [9, 9, 9]


@pytest.fixture(autouse=True)
def _worded(db, load_wording):
    load_wording("collaborate")
    load_wording("sure")


@pytest.fixture
def gp(make_worker, place):
    return make_worker("clinician", place.harbour).actor


@pytest.fixture
def joan(make_person, gp):
    """She agreed to be written to by e-mail."""
    person = make_person(email="joan@example.org", deprivation=2)
    say(person=person, about="email", yes=True, by=gp)
    return person


@pytest.fixture
def asked(joan, gp):
    return asking.ask(person=joan, instrument="collaborate", situation="knee-osteoarthritis", by=gp)


def answer(row, items=NINES, **groups):
    return answering.answer_by_link(word=asking.word_of(row), items=items, groups=groups)


def test_someone_is_asked_and_it_is_on_their_record_that_they_were(asked, joan):
    assert [(one.code, one.detail) for one in Event.objects.filter(person=joan)] == [
        ("experience-asked", "collaborate")
    ]
    assert asked.sent == "email"


def test_who_said_nothing_of_e_mail_gets_a_letter_and_who_wants_no_questions_gets_none(make_person, gp):
    other = make_person(email="other@example.org")
    assert asking.ask(person=other, instrument="collaborate", by=gp).sent == "letter"
    with pytest.raises(ValidationError, match="not recorded that they agree"):
        asking.ask(person=other, instrument="collaborate", by=gp, sent="email")
    say(person=other, about="questions", yes=False, by=gp)
    with pytest.raises(ValidationError, match="do not want to be asked"):
        asking.ask(person=other, instrument="collaborate", by=gp)


def test_the_letter_holds_a_link_and_says_nothing_of_the_person(asked, django_capture_on_commit_callbacks, joan, gp):
    with django_capture_on_commit_callbacks(execute=True):
        row = asking.ask(person=joan, instrument="sure", by=gp)
    [letter] = mail.outbox
    assert asking.word_of(row) in letter.body
    assert not any(word in letter.body + letter.subject for word in ("Joan", "Atkinson", "knee", "decision"))


def test_an_answer_names_nobody_and_no_link_names_its_answer(asked):
    row = answer(asked, age="65-79", sex="F")
    fields = {field.related_model for model in (Answer,) for field in model._meta.fields if field.related_model}
    assert fields == {apps.get_model("organisations.Organisation"), apps.get_model("shared_decision_making.Audit")}
    assert (row.score, row.month, row.age, row.deprivation) == (9, TODAY.replace(day=1), "65-79", 1)
    asked.refresh_from_db()
    assert asked.answered
    kept = {field.name for field in Ask._meta.fields if field.get_internal_type() in ("DateTimeField", "DateField")}
    assert kept == {"sent_on", "reminded_on", "expires"}  # and so no day on which the link was used


def test_a_link_is_good_for_one_answer(asked):
    answer(asked)
    with pytest.raises(ValidationError, match="has been used, or its time is over"):
        answer(asked)
    assert Answer.objects.count() == 1


def test_a_link_whose_time_is_over_or_that_was_guessed_is_good_for_none(asked):
    late = TODAY + timedelta(days=43)
    assert answering.good(asking.word_of(asked), late) is None
    assert answering.good("guessed") is None


def test_an_answer_that_cannot_be_one_uses_nothing_up(asked):
    for items in ([None, None, None], [10, 9, 9], [9, 9]):
        with pytest.raises(ValidationError):
            answer(asked, items=items)
    asked.refresh_from_db()
    assert not asked.answered


def test_whoever_has_died_or_left_is_not_asked(make_person, gp):
    with pytest.raises(ValidationError, match="has died"):
        asking.ask(person=make_person(died=TODAY), instrument="sure", by=gp)
    gone = make_person()
    gone.registrations.update(end=TODAY)
    with pytest.raises(ValidationError, match="not registered"):
        asking.ask(person=gone, instrument="sure", by=gp)


def test_one_reminder_with_the_same_link_and_no_second_one(asked, joan, gp):
    assert asking.remind(TODAY + timedelta(days=9)) == 0
    assert asking.remind(TODAY + timedelta(days=10)) == 1
    assert asking.remind(TODAY + timedelta(days=20)) == 0
    answered = asking.ask(person=joan, instrument="sure", by=gp)
    answer(answered, items=[1, 1, 1, 0])
    assert asking.remind(TODAY + timedelta(days=10)) == 0


def test_the_same_form_of_a_screen_sent_twice_is_one_answer(place, gp):
    screen, code = kiosk.switch_on(practice=place.harbour, instrument="collaborate", days=1, by=gp)
    assert kiosk.by_code(f"{code[:5].lower()} {code[5:]}") == screen
    for once in ("a", "a", "b"):
        answering.answer_at_kiosk(kiosk=screen, items=NINES, groups={}, once=once)
    assert Answer.objects.count() == 2
    kiosk.switch_off(kiosk=screen, by=gp)
    assert kiosk.by_code(code) is None
    with pytest.raises(ValidationError, match="switched off"):
        answering.answer_at_kiosk(kiosk=screen, items=NINES, groups={}, once="c")


def test_answers_become_events_of_the_practice_when_their_month_is_over_and_once(place, gp):
    def typed(once, items, on):
        return answering.type_in(
            practice=place.harbour, instrument="collaborate", items=items, groups={}, by=gp, once=once, on=on
        )

    typed("1", NINES, LAST_MONTH)
    typed("2", [9, 9, None], LAST_MONTH)
    typed("3", [0, 0, 0], TODAY)
    assert answering.tell_months() == 2
    assert answering.tell_months() == 0
    [told] = OrganisationEvent.objects.all()
    assert (told.subject, told.code, told.value, told.on) == (place.harbour, "collaborate-score", 9, LAST_MONTH)
    assert not Event.objects.filter(person__in=Person.objects.all(), code="collaborate-score").exists()
