"""The round of a care home: whose plan is missing, late, overdue or out of date, and many residents in one save."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.gate import grants_of
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.models import SeenOnRound
from whatmatters.components.care_planning.residents import plan_due, residents
from whatmatters.events import codes
from whatmatters.events.models import Event
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Carer, Person

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def home(make_home: Any) -> Organisation:
    made: Organisation = make_home()
    return made


@pytest.fixture
def lives(home: Organisation, make_person: Any, by: Actor) -> Any:
    """A resident since so many days."""

    def lives(name: str, since: int = 100, **facts: Any) -> Person:
        person: Person = make_person(given_name=name, **facts)
        actions.move_in(person=person, home=home, stay="permanent", on=ago(since), by=by)
        return person

    return lives


@pytest.fixture
def planned(lives: Any, write: Any, agree: Any, by: Actor) -> Any:
    """A resident with a plan agreed 60 days ago, its review in so many days."""

    def planned(name: str, review_in: int = 200) -> Person:
        person: Person = lives(name)
        version = write(actions.start(person=person, by=by))
        agree(version, agreed_on=ago(60), review_on=TODAY + timedelta(days=review_in))
        return person

    return planned


@pytest.fixture
def worklist(home: Organisation, coordinator: SimpleNamespace) -> Any:
    return lambda: residents([home], grants_of(coordinator.user, "write a plan"), TODAY)


def happened(person: Person, code: str, on: date, detail: str = "") -> None:
    Event.objects.create(person=person, code=code, on=on, detail=detail, role="clinician")


def test_the_most_pressing_come_first_and_each_says_how_it_stands(
    planned: Any, lives: Any, worklist: Any, by: Actor
) -> None:
    planned("Fine")
    planned("Soon", 10)
    planned("Overdue", -3)
    actions.ask_for_review(plan=planned("Asked").plan, by=by)
    happened(planned("Changed"), codes.ADMITTED, ago(5))
    lives("Late", 30)
    lives("New", 1)
    actions.start(person=lives("Writing", 1), by=by)
    actions.record_declined(person=lives("No"), on=ago(3), by=by)
    assert [(one.person.given_name, one.words) for one in worklist()] == [
        ("Late", "No plan, and late"), ("Changed", "Something changed"), ("Overdue", "Review overdue"),
        ("Asked", "Review asked for"), ("New", "No plan yet"), ("Writing", "Being written"),
        ("Soon", "Review coming up"), ("Fine", "Agreed"), ("No", "Said no"),
    ]  # fmt: skip


def test_of_the_pressing_the_longest_due_comes_first_and_those_with_nothing_to_do_stand_by_name(
    planned: Any, worklist: Any, staff: Client, home: Organisation
) -> None:
    for name, days in (("First", 300), ("Second", 200), ("Bea", -3), ("Abe", -30)):
        planned(name, days)
    assert [one.person.given_name for one in worklist()] == ["Abe", "Bea", "First", "Second"]
    page = staff.get(reverse("care-home", args=[home.code])).content.decode()
    assert page.index("To see to, the most pressing first (2)") < page.index("Nothing to do now, by name (2)")
    assert "not verified" not in page


@pytest.mark.parametrize(("code", "detail", "words"), [
    (codes.ADMITTED, "", "Went into hospital as an emergency"),
    (codes.CONDITION, "copd", "A new condition: COPD"),
    (codes.FRAILTY, "severe", "Frailty recorded: severe"),
    (codes.PALLIATIVE, "", "On the palliative care register"),
])  # fmt: skip
def test_what_happened_since_the_plan_was_looked_at_is_told(
    planned: Any, worklist: Any, code: str, detail: str, words: str
) -> None:
    person = planned("Joan")
    happened(person, code, ago(61), detail)  # before it was agreed
    assert worklist()[0].changes == ()
    happened(person, code, ago(5), detail)
    (told,) = worklist()[0].changes
    assert told.startswith(words)


@pytest.mark.parametrize(("ended", "words"), [
    ("died", "Derek (husband) has died"), ("stopped", "Derek (husband) cares for them no more"),
    ("", "Derek (husband) cares for them no more"),
])  # fmt: skip
def test_the_death_of_a_carer_is_told_apart_from_one_who_stopped(
    planned: Any, worklist: Any, ended: str, words: str
) -> None:
    facts = {"name": "Derek", "relationship": "husband", "start": ago(900), "end": ago(9), "ended": ended}
    Carer.objects.create(person=planned("Joan"), **facts)
    (told,) = worklist()[0].changes
    assert told.startswith(words)


def test_a_review_answers_what_had_changed(planned: Any, worklist: Any, by: Actor) -> None:
    person = planned("Joan")
    happened(person, codes.ADMITTED, ago(5))
    actions.review(plan=person.plan, on=ago(2), next_on=TODAY + timedelta(days=180), by=by)
    assert worklist()[0].words == "Agreed"


def test_a_plan_is_due_seven_working_days_after_moving_in() -> None:
    assert plan_due(date(2026, 6, 3)) == date(2026, 6, 12)  # Wednesday to Friday of the next week
    assert plan_due(date(2026, 6, 6)) == date(2026, 6, 16)  # from a Saturday


def test_the_dead_who_left_and_those_registered_elsewhere_are_not_listed(
    lives: Any, worklist: Any, by: Actor, place: SimpleNamespace
) -> None:
    dead, left = lives("Dead"), lives("Left")
    lives("Elsewhere", practice=place.avenues)
    dead.died = TODAY
    dead.save()
    actions.move_out(residence=left.residences.get(), on=ago(1), by=by)
    assert worklist() == []


def test_the_worklist_takes_as_many_queries_for_many_as_for_one(
    planned: Any, home: Organisation, coordinator: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    for name in ("A", "B", "C"):
        planned(name)
    grants = grants_of(coordinator.user, "write a plan")
    with django_assert_max_num_queries(14):
        assert len(residents([home], grants, TODAY)) == 3


def on(day: date) -> dict[str, str]:
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def test_many_residents_are_recorded_in_one_save(staff: Client, lives: Any, home: Organisation) -> None:
    one, other, third = lives("One"), lives("Two"), lives("Three")
    page = reverse("care-home", args=[home.code])
    facts = {f"seen-{one.uuid}": "on", f"meeting-{one.uuid}": "on", f"note-{other.uuid}": "Asleep", **on(TODAY)}
    saved = staff.post(page, facts, follow=True)
    assert "The round is saved: 1 seen, 1 talked of, 1 note" in saved.content.decode()
    again = staff.post(page, facts, headers={"Accept": "application/json"})
    assert again.json()["saved"]
    assert list(SeenOnRound.objects.order_by("person").values_list("person", "seen", "meeting", "note")) == [
        (one.pk, True, True, ""), (other.pk, False, False, "Asleep"),
    ]  # fmt: skip
    assert not SeenOnRound.objects.filter(person=third).exists()


def test_a_slip_in_the_day_loses_no_tick(staff: Client, lives: Any, home: Organisation) -> None:
    one = lives("One")
    facts = {f"seen-{one.uuid}": "on", f"note-{one.uuid}": "Eats well", **on(TODAY + timedelta(days=1))}
    answer = staff.post(reverse("care-home", args=[home.code]), facts)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "still to come" in page
    assert 'value="Eats well"' in page
    assert f'name="seen-{one.uuid}" value="on" data-kept checked' in page


def test_an_empty_round_is_answered_in_plain_words(staff: Client, lives: Any, home: Organisation) -> None:
    lives("One")
    for accept in ("text/html", "application/json"):
        answer = staff.post(reverse("care-home", args=[home.code]), on(TODAY), headers={"Accept": accept})
        assert answer.status_code == 422
        assert "Nothing is ticked yet" in answer.content.decode()
    assert not SeenOnRound.objects.exists()


def test_the_plan_and_the_conversation_lead_back_to_the_round(
    staff: Client, lives: Any, home: Organisation, make_person: Any
) -> None:
    here, elsewhere, way = lives("One"), make_person(), f'href="{reverse("care-home", args=[home.code])}"'
    for page in ("plan", "plan-together"):
        assert way in staff.get(reverse(page, args=[here.uuid])).content.decode()
        assert way not in staff.get(reverse(page, args=[elsewhere.uuid])).content.decode()


def test_a_new_resident_is_added_by_number(staff: Client, make_person: Any, home: Organisation) -> None:
    person = make_person()
    page = reverse("new-resident", args=[home.code])
    wrong = staff.post(page, {"nhs_number": "9990000018", "stay": "permanent", **on(TODAY)})
    facts = {"nhs_number": person.nhs_number, "stay": "permanent", **on(TODAY)}
    if person.nhs_number != "9990000018":
        assert "Nobody you look after has this number" in wrong.content.decode()
        assert staff.post(page, facts).status_code == 302
    assert "No plan yet" in staff.get(reverse("care-home", args=[home.code])).content.decode()


def test_from_the_persons_page_someone_moves_in_and_out(staff: Client, make_person: Any, home: Organisation) -> None:
    person = make_person()
    page = reverse("lives-in", args=[person.uuid])
    staff.post(page, {"home": home.code, "stay": "temporary", **on(ago(3))})
    assert person.residences.get().home == home
    staff.post(f"{page}?out=yes", on(TODAY))
    assert person.residences.get().end == TODAY


def test_a_home_of_another_network_is_not_found(staff: Client, make_home: Any, place: SimpleNamespace) -> None:
    other = make_home("V0009", "Avenues Court", place.west)
    assert staff.get(reverse("care-home", args=[other.code])).status_code == 404
    assert "Avenues Court" not in staff.get(reverse("care-homes")).content.decode()
