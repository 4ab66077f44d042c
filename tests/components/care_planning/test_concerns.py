"""What weighs on a person comes into their plan as their own: the three highest, once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatmatters.access.actors import ANYONE, Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.concerns import area_of, areas, words_of
from whatmatters.components.care_planning.models import CarriedOver, Checklist, ReviewRequest, Version
from whatmatters.components.care_planning.private import digest, fresh_short_word
from whatmatters.events.models import Event
from whatmatters.letters.models import Letter
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LINK = Checklist.How.LINK


@pytest.fixture
def person(make_person: Any) -> Person:
    found: Person = make_person(given_name="Joan")
    return found


@pytest.fixture
def asked(person: Person, by: Actor) -> Checklist:
    return actions.ask_concerns(person=person, by=by)[0]


def says(checklist: Checklist, **scores: int) -> Checklist:
    """Concerns by key, with underscores for hyphens, and their scores."""
    checklist.refresh_from_db()
    said = {key.replace("_", "-"): (words_of(key.replace("_", "-")), score) for key, score in scores.items()}
    return actions.save_concerns(checklist=checklist, revision=checklist.revision, said=said, by=ANYONE)


def carried(version: Version) -> list[tuple[str, str]]:
    rows = CarriedOver.objects.filter(version=version).select_related("concern__checklist")
    return [(row.concern.key, row.concern.checklist.by_role) for row in rows]


def test_the_three_highest_stand_in_the_draft_as_the_persons_own(asked: Checklist, person: Person, by: Actor) -> None:
    draft = actions.start(person=person, by=by)
    actions.send_concerns(checklist=says(asked, money=4, pain=9, sleep=7, company=8), how=LINK, by=ANYONE)
    assert carried(draft) == [("pain", "person"), ("company", "person"), ("sleep", "person")]


def test_a_list_sent_before_there_is_a_draft_waits_for_it_and_comes_once(
    asked: Checklist, person: Person, by: Actor
) -> None:
    sent = actions.send_concerns(checklist=says(asked, pain=9), how=LINK, by=ANYONE)
    actions.send_concerns(checklist=sent, how=LINK, by=ANYONE)
    draft = actions.start(person=person, by=by)
    actions.carry_over(version=draft, by=by)
    actions.start(person=person, by=by)
    assert carried(draft) == [("pain", "person")]


def test_what_scores_nought_is_not_carried(asked: Checklist, person: Person, by: Actor) -> None:
    actions.send_concerns(checklist=says(asked, pain=0, sleep=1), how=LINK, by=ANYONE)
    assert carried(actions.start(person=person, by=by)) == [("sleep", "person")]


def test_the_order_is_the_persons_own(asked: Checklist, person: Person, by: Actor) -> None:
    row = says(asked, money=8, pain=8, sleep=8, company=8)
    actions.put_higher(checklist=row, key="company", by=ANYONE)
    actions.put_higher(checklist=row, key="company", by=ANYONE)
    assert [one.key for one in row.concerns.all()] == ["money", "company", "pain", "sleep"]
    row = says(asked, money=8, pain=8, sleep=8, company=8, breath=9)
    assert [one.key for one in row.concerns.all()] == ["breath", "money", "company", "pain", "sleep"]


def test_something_else_is_kept_in_the_persons_words(asked: Checklist) -> None:
    said = {"other-1": ("Who will feed Biscuit", 10), "other-2": ("  ", 5)}
    row = actions.save_concerns(checklist=asked, revision=asked.revision, said=said, by=ANYONE)
    assert [(one.words, one.score) for one in row.concerns.all()] == [("Who will feed Biscuit", 10)]


def test_a_page_sent_twice_saves_once_and_an_old_page_is_told(asked: Checklist) -> None:
    says(asked, pain=9)
    again = {"pain": (words_of("pain"), 9)}
    assert actions.save_concerns(checklist=asked, revision=1, said=again, by=ANYONE).revision == 2
    with pytest.raises(Stale):
        actions.save_concerns(checklist=asked, revision=1, said={"pain": ("Pain", 2)}, by=ANYONE)


def test_after_it_is_sent_nothing_in_it_changes(asked: Checklist) -> None:
    sent = actions.send_concerns(checklist=says(asked, pain=9), how=LINK, by=ANYONE)
    with pytest.raises(Stale):
        says(sent, pain=1)
    with pytest.raises(TypeError):
        sent.concerns.get().save()


def test_an_empty_list_is_not_sent(asked: Checklist) -> None:
    with pytest.raises(ValidationError, match="Nothing is marked yet"):
        actions.send_concerns(checklist=asked, how=LINK, by=ANYONE)


def test_taken_down_on_behalf_it_is_told_by_whom(asked: Checklist, by: Actor) -> None:
    sent = actions.send_concerns(checklist=says(asked, pain=9), how=Checklist.How.PHONE, by=by)
    assert (sent.by_name, sent.by_role) == (by.name, "care_coordinator")


def test_what_has_changed_since_the_plan_was_agreed_asks_for_a_review(counting: Version, by: Actor) -> None:
    person = counting.plan.person
    row, _ = actions.ask_concerns(person=person, by=by)
    actions.save_concerns(
        checklist=row, revision=row.revision, said={}, changed="yes", changes="My sister has died", by=ANYONE
    )
    actions.send_concerns(checklist=row, how=LINK, by=ANYONE)
    assert [(one.why, one.by_role) for one in ReviewRequest.objects.all()] == [("My sister has died", "person")]


def test_asking_is_an_offer_of_a_plan_and_counts_once(person: Person, by: Actor) -> None:
    actions.ask_concerns(person=person, by=by)
    actions.ask_concerns(person=person, by=by, printed=True)
    actions.offer(person=person, by=by)
    assert list(Event.objects.values_list("code", "on")) == [("care-plan-offered", date.today())]
    assert Checklist.objects.count() == 1


def test_the_letter_tells_of_a_link_and_of_nobody(person: Person, by: Actor) -> None:
    with pytest.raises(ValidationError, match="not recorded that they agree"):
        actions.ask_concerns(person=person, by=by, to="joan@example.org")
    say(person=person, about="email", yes=True, by=by)
    _, word = actions.ask_concerns(person=person, by=by, to="joan@example.org")
    letter = Letter.objects.get()
    assert "Joan" not in letter.subject
    assert "plan" not in letter.subject
    assert Checklist.objects.get().key == digest(word)
    with pytest.raises(ValidationError, match="no e-mail address"):
        actions.ask_concerns(person=person, by=by, to="next door")


def test_a_short_word_may_be_typed_in_any_fashion() -> None:
    word = fresh_short_word()
    assert digest(word) == digest(word.replace("-", "").upper()) == digest(word.replace("-", " "))
    assert digest(word) != digest(fresh_short_word())


def test_the_list_has_five_areas_and_every_item_its_own_key() -> None:
    assert len(areas()) == 5
    assert all(
        words_of(key) == words and area_of(key) == area.title for area in areas() for key, words in area.items.items()
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scores=st.dictionaries(
        st.sampled_from([key for area in areas() for key in area.items]), st.integers(0, 10), min_size=1
    )
)
def test_whatever_the_scores_those_carried_are_highest_and_at_most_three(
    scores: dict[str, int], make_person: Any, by: Actor
) -> None:
    person = make_person(nhs_number=None)
    row, _ = actions.ask_concerns(person=person, by=by)
    actions.send_concerns(checklist=says(row, **scores), how=LINK, by=ANYONE)
    found = [scores[key] for key, _ in carried(actions.start(person=person, by=by))]
    assert found == sorted((score for score in scores.values() if score), reverse=True)[:3]


def test_what_is_carried_is_a_need_in_the_persons_words(asked: Checklist, person: Person, by: Actor) -> None:
    draft = actions.start(person=person, by=by)
    actions.send_concerns(checklist=says(asked, pain=9), how=LINK, by=ANYONE)
    rows = draft.items.values_list("section", "values", "by_name", "by_role")
    assert list(rows) == [("needs", {"free_text": "Pain"}, "Joan Atkinson", "person")]


def test_the_same_concern_next_year_is_no_second_need(counting: Version, by: Actor, agree: Any) -> None:
    person = counting.plan.person
    for _ in range(2):
        row, _ = actions.ask_concerns(person=person, by=by)
        actions.send_concerns(checklist=says(row, pain=9), how=LINK, by=ANYONE)
        draft = actions.start(person=person, by=by)
        assert [item.values for item in draft.items.all()] == [{"free_text": "Pain"}]
        agree(draft)
