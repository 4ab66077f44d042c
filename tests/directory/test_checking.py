"""An entry is asked after, reminded of, and in the end seen to by somebody: whatever becomes of the letters."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase
from tests.letters.reports import report

from whatmatters.access.actors import ANYONE, THE_SYSTEM
from whatmatters.directory import actions
from whatmatters.directory.models import Check, Group, Link, Report
from whatmatters.directory.worklist import worklist
from whatmatters.letters import outbox
from whatmatters.letters.models import Letter
from whatmatters.letters.returned import take

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
OLD = TODAY - timedelta(days=336)


def on_the(days: int) -> None:
    """As if so many more days had passed: everything written so far is so much older."""
    for row in Check.objects.all():
        past = row.last_letter_on and row.last_letter_on - timedelta(days=days)
        Check.objects.filter(pk=row.pk).update(last_letter_on=past, begun_on=row.begun_on - timedelta(days=days))
    for letter in Letter.objects.exclude(next_try=None):
        Letter.objects.filter(pk=letter.pk).update(next_try=letter.next_try - timedelta(days=days))


def a_round() -> None:
    actions.round_of_letters()
    outbox.deliver()


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"last_verified": TODAY - timedelta(days=334)}, False),
        ({"last_verified": TODAY - timedelta(days=335)}, True),
        ({"last_verified": None}, True),
        ({"last_verified": OLD, "standing": "closed"}, False),
        ({"last_verified": OLD, "standing": "paused"}, True),
        ({"last_verified": OLD, "source": "council feed"}, False),
        ({"last_verified": OLD, "letters_to": "", "email": "public@shed.example"}, True),
    ],
)
def test_who_is_asked(facts: dict[str, Any], asked: bool, make_group: Callable[..., Group]) -> None:
    make_group(**{"letters_to": "shed@shed.example", **facts})
    a_round()
    assert len(mail.outbox) == asked
    assert Check.objects.exists() is asked


def test_the_letter_tells_only_that_there_is_a_question(make_group: Callable[..., Group]) -> None:
    group = make_group("Men in Sheds", contact="Ron Suddaby", letters_to="ron@shed.example", last_verified=OLD)
    a_round()
    (letter,) = mail.outbox
    assert letter.to == ["ron@shed.example"]
    assert not any(told in str(letter.message()) for told in ("Suddaby", group.about, str(group.uuid)))
    assert Link.objects.get().key not in str(letter.body)


def test_the_round_may_run_as_often_as_one_likes(make_group: Callable[..., Group]) -> None:
    make_group(letters_to="shed@shed.example", last_verified=OLD)
    for _ in range(3):
        a_round()
    assert len(mail.outbox) == 1


def test_three_letters_two_weeks_apart_and_then_a_keeper(make_group: Callable[..., Group]) -> None:
    make_group(letters_to="shed@shed.example", last_verified=OLD)
    sent = []
    for days in (0, 13, 1, 14, 14, 400):
        on_the(days)
        a_round()
        sent.append(len(mail.outbox))
    assert sent == [1, 1, 2, 3, 3, 3]
    assert len(worklist().overdue) == 1


@pytest.fixture
def mail_is_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Those who could not be written to."""
    refused: list[str] = []

    def refuse(letter: Letter) -> None:
        refused.append(letter.to)
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "transmit", refuse)
    return refused


def test_a_check_is_not_lost_when_the_mail_server_is_down_for_a_day(
    make_group: Callable[..., Group], mail_is_down: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_group(letters_to="shed@shed.example", last_verified=OLD)
    a_round()
    on_the(1)
    a_round()
    assert mail_is_down
    assert len(worklist().waiting) == 1
    monkeypatch.undo()
    on_the(1)
    a_round()
    assert [letter.to for letter in mail.outbox] == [["shed@shed.example"]]


def test_letters_that_never_arrive_are_handed_to_a_keeper(
    make_group: Callable[..., Group], mail_is_down: list[str]
) -> None:
    group = make_group(letters_to="gone@shed.example", last_verified=OLD)
    for _ in range(40):
        a_round()
        on_the(2)
    assert Check.objects.get().failed == 3
    assert Letter.objects.count() == 3
    assert [row.group for row in worklist().by_hand] == [group]


@pytest.mark.parametrize(("status", "by_hand", "letters"), [("5.1.1", 1, 1), ("4.4.7", 0, 2)])
def test_a_letter_that_came_back_for_good_is_a_keepers_at_once_and_another_is_written_again(
    status: str, by_hand: int, letters: int, make_group: Callable[..., Group]
) -> None:
    make_group(letters_to="gone@shed.example", last_verified=OLD)
    a_round()
    assert take(report(Letter.objects.get(), status=status)) == "failed"
    a_round()
    a_round()
    assert (len(worklist().by_hand), Letter.objects.count()) == (by_hand, letters)
    assert Check.objects.get().get_why_display() == ("A letter to the group came back" if by_hand else "It is time")


def test_once_the_address_is_mended_letters_are_tried_again(make_group: Callable[..., Group]) -> None:
    group = make_group(letters_to="gone@shed.example", last_verified=OLD)
    a_round()
    actions.letter_returned(group=group, by=THE_SYSTEM)
    assert [row.group for row in worklist().by_hand] == [group]
    actions.change(group=group, by=THE_SYSTEM, revision=1, letters_to="new@shed.example")
    on_the(14)
    a_round()
    assert mail.outbox[-1].to == ["new@shed.example"]


def test_who_has_no_address_is_on_the_list_and_written_to_once_there_is_one(make_group: Callable[..., Group]) -> None:
    group = make_group(last_verified=OLD)
    a_round()
    assert [row.group for row in worklist().by_hand] == [group]
    actions.change(group=group, by=THE_SYSTEM, revision=1, email="shed@shed.example")
    a_round()
    assert len(mail.outbox) == 1
    assert not worklist().by_hand


@pytest.mark.slow
class NeverLost(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.tuples(some.booleans(), some.integers(0, 20)), min_size=1, max_size=12))
    def test_whatever_becomes_of_the_letters_somebody_is_waited_for(self, weather: list[tuple[bool, int]]) -> None:
        """Each day of the weather: whether the mail server is up, and how many days pass until the next round."""
        group = actions.add(
            by=THE_SYSTEM, name="Shed", kind="company", about="Wood", last_verified=OLD, letters_to="a@shed.example"
        )
        with pytest.MonkeyPatch.context() as patch:
            for up, days in weather:
                patch.undo()
                if not up:
                    patch.setattr(outbox, "transmit", lambda *args: (_ for _ in ()).throw(OSError()))
                a_round()
                on_the(days)
        row = Check.objects.get(group=group)
        assert row.ended_on is None
        assert row.sent <= 3
        work = worklist()
        assert [row] in (work.by_hand, work.overdue, work.waiting)
        actions.checked(group=group, by=THE_SYSTEM)
        assert not any((worklist().by_hand, worklist().overdue, worklist().waiting))


def test_a_report_makes_the_group_be_asked_at_once_but_not_again_and_again(make_group: Callable[..., Group]) -> None:
    group = make_group(letters_to="shed@shed.example")
    for _ in range(3):
        actions.report(group=group, fault="when", by=ANYONE)
        a_round()
    assert len(mail.outbox) == 1
    actions.checked(group=group, by=THE_SYSTEM)
    assert not worklist().reports
    actions.report(group=group, fault="when", by=ANYONE)
    assert (len(mail.outbox), len(worklist().reports)) == (1, 1)


def test_a_flood_of_reports_is_stopped_and_told(client: Client, make_group: Callable[..., Group]) -> None:
    group = make_group()
    where = reverse("report-fault", args=[group.uuid])
    for _ in range(5):
        assert client.post(where, {"fault": "gone"}).status_code == 302
    answer = client.post(where, {"fault": "gone", "words": "It was shut on Monday"})
    assert answer.status_code == 422
    assert "try again tomorrow" in answer.content.decode()
    assert "It was shut on Monday" in answer.content.decode()
    assert Report.objects.count() == 5


def test_a_keeper_sees_what_waits_and_settles_it(keeper: Client, make_group: Callable[..., Group]) -> None:
    group = make_group("Men in Sheds", phone="01632 960000")
    report = actions.report(group=group, fault="gone", words="Shut since May", by=ANYONE)
    page = keeper.get(reverse("directory-checks")).content.decode()
    assert "Shut since May" in page
    assert "01632 960000" in page
    keeper.post(reverse("settle-report", args=[report.pk]))
    keeper.post(reverse("keep-group", args=[group.uuid, "checked"]))
    assert "Nothing waits" in keeper.get(reverse("directory-checks")).content.decode()
    assert Group.objects.get().last_verified == TODAY


@pytest.mark.parametrize(
    ("checked", "came", "shown"),
    [(365, 900, False), (366, 900, True), (None, 366, True), (900, 365, False), (600, 600, True)],
)
def test_an_entry_of_a_feed_that_nobody_looked_at_for_a_year_is_put_before_a_keeper(
    checked: int | None, came: int, shown: bool, make_group: Callable[..., Group], keeper: Client
) -> None:
    """Days since its source, or somebody here, looked; and since it came."""
    day = None if checked is None else TODAY - timedelta(days=checked)
    shed = make_group("Tiger Shed", source="council feed", last_verified=day, added_on=TODAY - timedelta(days=came))
    a_round()
    assert mail.outbox == []  # its letters are its source's to write
    assert worklist().unchecked == [shed] * shown
    page = keeper.get(reverse("directory-checks")).content.decode()
    assert ("nobody has looked for a year: 1" in page) is shown
    assert ("No longer" in page) is (shown and checked == 600)
    keeper.post(reverse("keep-group", args=[shed.uuid, "checked"]))
    assert worklist().unchecked == []


def test_of_those_of_feeds_the_next_to_fade_stand_first_and_the_faded_last(make_group: Callable[..., Group]) -> None:
    for days in (600, 400, 500):
        seen = TODAY - timedelta(days=days)
        make_group(f"{days}", source="council feed", last_verified=seen, added_on=seen)
    make_group(
        "closed", source="council feed", last_verified=None, added_on=OLD - timedelta(days=99), standing="closed"
    )
    assert [one.name for one in worklist().unchecked] == ["500", "400", "600"]
