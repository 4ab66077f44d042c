"""The conversation at a browser: nothing compulsory, saved as one goes on, nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.care_planning import actions as planning
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Words
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.conversation import written
from whatmatters.components.social_prescribing.models import Entry, Referral, Status
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def case(at: Callable[[Status], Referral]) -> Referral:
    return at(Status.ACTIVE)


def page(name: str, case: Referral, *more: Any) -> str:
    assert case.person
    return reverse(name, args=(case.person.uuid, case.uuid, *more))


def says(row: Referral, section: str) -> list[str]:
    return [entry.words for entry in written(row, (section,))[section].entries]


def test_an_empty_page_is_passed_over(desk: Client, case: Referral) -> None:
    answer = desk.post(page("conversation-section", case, "strengths"), {"text": ""})
    assert answer.headers["Location"] == page("conversation-section", case, "needs")
    assert not Entry.objects.exists()


def test_what_is_ticked_and_typed_is_saved_on_the_way_to_the_next_page(desk: Client, case: Referral) -> None:
    answer = desk.post(page("conversation-section", case, "needs"), {"choices": ["company"], "text": "Long evenings"})
    assert answer.headers["Location"] == page("conversation-section", case, "support")
    assert says(case, "needs") == ["Company and friendship: Long evenings"]


def test_what_is_kept_without_signal_and_sent_twice_is_written_once(desk: Client, case: Referral) -> None:
    """The page's own script sends it, and is told where to go on to."""
    for _ in range(2):
        answer = desk.post(
            page("conversation-section", case, "needs"),
            {"text": "Long evenings"},
            headers={"accept": "application/json"},
        )
        assert answer.json() == {"saved": True, "to": page("conversation-section", case, "support")}
    assert says(case, "needs") == ["Long evenings"]


def test_save_and_add_another_stays(desk: Client, case: Referral) -> None:
    where = page("conversation-section", case, "actions")
    assert desk.post(where, {"text": "Ring the Shed", "doer": "worker", "then": "more"}).headers["Location"] == where


def test_a_refusal_loses_nothing_that_was_typed(desk: Client, case: Referral) -> None:
    typed = {"choices": ["none", "falls"], "text": "The rug in the hall"}
    answer = desk.post(page("conversation-section", case, "risks"), typed)
    assert answer.status_code == 422
    assert "cannot both be so" in answer.content.decode()
    assert "The rug in the hall" in answer.content.decode()
    assert not Entry.objects.exists()


def test_the_second_of_two_editors_sees_both_and_keeps_theirs(desk: Client, case: Referral, link_worker: Any) -> None:
    (entry,) = actions.write(referral=case, section="needs", text="The stairs", by=link_worker.actor)
    now = actions.reword(entry=entry, text="The stairs and the bath", by=link_worker.actor)
    where = page("conversation-item", case, entry.uuid)
    answer = desk.post(where, {"entry": entry.uuid, "text": "The stairs at night"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "The stairs and the bath" in shown
    assert "The stairs at night" in shown
    assert str(now.uuid) in shown
    desk.post(where, {"entry": now.uuid, "text": "The stairs at night, and the bath"})
    assert says(case, "needs") == ["The stairs at night, and the bath"]


class TestWhatMatters:
    """It is asked once, and stands in the person's own plan."""

    def test_it_begins_the_plan_and_is_found_there(self, desk: Client, case: Referral, joan: Person) -> None:
        desk.post(page("conversation-matters", case), {"seen": 0, "text": "My garden"})
        assert [(words.text, words.by_name) for words in Words.objects.all()] == [("My garden", "Sam Okafor")]
        assert joan.plan.versions.get().is_draft

    def test_what_the_person_wrote_themself_is_shown_and_not_asked_again(
        self, desk: Client, case: Referral, joan: Person, link_worker: Any
    ) -> None:
        version = planning.start(person=joan, by=link_worker.actor)
        planning.save_about_me(version=version, words={"most_important": "My sister"}, seen=0, by=link_worker.actor)
        assert "My sister" in desk.get(page("conversation", case)).content.decode()
        seen = Words.objects.get().pk
        typed = {"seen": seen, "version": version.pk, "text": "My sister"}
        assert desk.post(page("conversation-matters", case), typed).status_code == 302
        assert Words.objects.count() == 1

    def test_an_agreed_plan_is_not_written_over_a_draft_is_begun(
        self, desk: Client, case: Referral, joan: Person, link_worker: Any
    ) -> None:
        version = planning.start(person=joan, by=link_worker.actor)
        planning.save_about_me(version=version, words={"most_important": "My sister"}, seen=0, by=link_worker.actor)
        agreed(version, link_worker.actor)
        typed = {"seen": Words.objects.get().pk, "version": version.pk, "text": "My sister, and the choir"}
        assert desk.post(page("conversation-matters", case), typed).status_code == 302
        texts = {v.number: v.words.filter(heading="most_important").last().text for v in joan.plan.versions.all()}
        assert texts == {1: "My sister", 2: "My sister, and the choir"}

    def test_words_put_in_meanwhile_are_shown_beside_ones_own(
        self, desk: Client, case: Referral, joan: Person, link_worker: Any
    ) -> None:
        version = planning.start(person=joan, by=link_worker.actor)
        planning.save_about_me(version=version, words={"most_important": "My sister"}, seen=0, by=link_worker.actor)
        answer = desk.post(page("conversation-matters", case), {"seen": 0, "version": version.pk, "text": "My garden"})
        shown = answer.content.decode()
        assert answer.status_code == 409
        assert "My sister" in shown
        assert "My garden" in shown
        assert Words.objects.count() == 1


def agreed(version: Any, by: Any) -> None:
    planning.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=date.today(), agreed_by="Joan",
        agreed_role="person",
    )  # fmt: skip
