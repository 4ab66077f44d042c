"""What is said is written down item by item: by whom, when, and nothing of it is ever lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.conversing import entries
from whatmatters.components.social_prescribing.conversation import before, written
from whatmatters.components.social_prescribing.models import Entry, Referral, Status
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database]
At = Callable[[Status], Referral]


@pytest.fixture
def case(at: At) -> Referral:
    return at(Status.ACTIVE)


@pytest.fixture
def write(case: Referral, link_worker: Any) -> Callable[..., list[Entry]]:
    def go(section: str, *choices: str, text: str = "", by: Any = link_worker, **facts: Any) -> list[Entry]:
        return actions.write(referral=case, section=section, choices=choices, text=text, by=by.actor, **facts)

    return go


def says(row: Referral, section: str) -> list[str]:
    return [entry.words for entry in written(row, (section,))[section].entries]


def test_each_choice_is_an_item_and_so_is_what_was_said(write: Any, case: Referral) -> None:
    write("needs", "company", "money", text="The post goes unopened.")
    assert says(case, "needs") == ["Company and friendship", "Money, debt and benefits", "The post goes unopened."]


def test_words_beside_one_choice_belong_to_it(write: Any, case: Referral) -> None:
    write("risks", "falls", text="The rug in the hall")
    assert says(case, "risks") == ["Falls: The rug in the hall"]


def test_who_wrote_it_and_when_stands_beside_each_item(write: Any, link_worker: Any) -> None:
    (entry,) = write("strengths", text="Speaks four languages")
    assert (entry.by_name, entry.by_role, entry.at.date()) == ("Sam Okafor", "link_worker", date.today())


def test_pressing_twice_writes_once(write: Any, case: Referral) -> None:
    write("needs", "company", text="Alone since spring")
    assert write("needs", "company", text="Alone since spring") == []
    assert says(case, "needs") == ["Company and friendship: Alone since spring"]


def test_rewording_keeps_the_earlier_words_and_who_said_them(
    write: Any, case: Referral, make_worker: Any, place: Any
) -> None:
    (first,) = write("needs", text="Does not sleep")
    jo = make_worker("link_worker", place.east, name="Jo Bell")
    second = actions.reword(entry=first, text="Sleeps badly since the move", by=jo.actor)
    assert says(case, "needs") == ["Sleeps badly since the move"]
    assert [(was.text, was.by_name) for was in before(second)] == [("Does not sleep", "Sam Okafor")]
    assert second.by_name == "Jo Bell"


def test_what_is_taken_out_is_no_longer_read_and_still_on_file(write: Any, case: Referral, link_worker: Any) -> None:
    (entry,) = write("needs", "food")
    actions.strike(entry=entry, by=link_worker.actor)
    assert says(case, "needs") == []
    assert Entry.objects.filter(item=entry.item).count() == 2


def test_of_two_who_change_one_item_the_second_is_told(write: Any, case: Referral, link_worker: Any) -> None:
    (entry,) = write("needs", text="The stairs")
    actions.reword(entry=entry, text="The stairs, and the bath", by=link_worker.actor)
    for late in (
        lambda: actions.reword(entry=entry, text="The stairs at night", by=link_worker.actor),
        lambda: actions.strike(entry=entry, by=link_worker.actor),
    ):
        with pytest.raises(Stale):
            late()
    assert says(case, "needs") == ["The stairs, and the bath"]


def test_two_who_write_at_once_in_one_section_lose_nothing(write: Any, case: Referral) -> None:
    write("strengths", text="Her garden")
    write("strengths", text="Her sister")
    assert says(case, "strengths") == ["Her garden", "Her sister"]


def test_the_database_refuses_to_change_what_was_written(write: Any) -> None:
    write("needs", "food")
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="written once"),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE social_prescribing_entry SET text = 'other'")


def test_the_database_lets_one_row_follow_another_and_no_second(write: Any, case: Referral, link_worker: Any) -> None:
    (entry,) = write("needs", text="The stairs")
    after = actions.reword(entry=entry, text="The bath", by=link_worker.actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(referral=case, section="needs", follows=entry, by_name="", by_role="", at=after.at)


class TestRisks:
    def test_that_none_is_known_is_said_and_not_left_open(self, write: Any, case: Referral) -> None:
        write("risks", "none")
        assert says(case, "risks") == ["No known risk"]

    def test_a_risk_takes_the_place_of_none(self, write: Any, case: Referral) -> None:
        write("risks", "none")
        write("risks", "falls", since=date(2026, 1, 5))
        assert says(case, "risks") == ["Falls"]

    def test_none_is_refused_while_a_risk_stands(self, write: Any, case: Referral) -> None:
        write("risks", "falls")
        with pytest.raises(actions.NotAllowed, match="Take out what stands here first"):
            write("risks", "none")
        assert says(case, "risks") == ["Falls"]

    def test_none_and_a_risk_together_are_refused_and_nothing_is_saved(self, write: Any, case: Referral) -> None:
        with pytest.raises(actions.NotAllowed, match="cannot both be so"):
            write("risks", "none", "falls")
        assert says(case, "risks") == []

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            ({"since": date.today() + timedelta(days=1)}, "still to come"),
            ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "end before it began"),
            ({"text": "x" * 151}, "at most 150 letters"),
        ],
    )
    def test_days_and_lengths_are_checked(self, write: Any, facts: dict[str, Any], why: str) -> None:
        with pytest.raises(actions.NotAllowed, match=why):
            write("risks", "falls", **facts)


def test_an_action_says_who_does_what_by_when_and_how_it_stands(write: Any, link_worker: Any) -> None:
    (entry,) = write(
        "actions", text="Ring the Shed", doer="worker", until=date.today() + timedelta(days=7), standing="not-started"
    )
    done = actions.reword(entry=entry, text="Ring the Shed", doer="worker", standing="completed", by=link_worker.actor)
    assert (done.get_doer_display(), done.get_standing_display()) == ("The link worker", "Done")


@pytest.mark.parametrize(
    ("section", "choice"), [("needs", "treasure"), ("strengths", "company"), ("weather", ""), ("risks", "weather")]
)
def test_what_is_on_no_list_is_refused(write: Any, section: str, choice: str) -> None:
    with pytest.raises(actions.NotAllowed):
        write(section, choice, text="" if choice else "Rain")


@pytest.mark.parametrize("status", [Status.DECLINED, Status.REDIRECTED, Status.CANCELLED])
def test_nothing_is_written_once_a_referral_has_ended_otherwise(at: At, status: Status, link_worker: Any) -> None:
    with pytest.raises(actions.NotAllowed, match="stands at"):
        actions.write(referral=at(status), section="needs", choices=["food"], by=link_worker.actor)


def test_a_need_is_told_as_an_event_and_a_strength_is_not(
    write: Any, joan: Person, codes: Callable[[Person], list[tuple[str, str]]]
) -> None:
    write("needs", "company", "food", text="Quiet evenings")
    write("strengths", text="Her singing")
    assert codes(joan)[-3:] == [("need", "company"), ("need", "food"), ("need", "")]


def test_a_case_that_someone_else_moved_on_can_still_be_written_in(
    write: Any, case: Referral, link_worker: Any
) -> None:
    """Items are told apart, so the conversation does not make the case's other pages stale."""
    stood = Referral.objects.get(pk=case.pk).revision
    write("needs", "food")
    assert Referral.objects.get(pk=case.pk).revision == stood
    assert entries(case).count() == 1
