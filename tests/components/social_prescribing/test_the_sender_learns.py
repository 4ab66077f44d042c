"""Whoever referred someone learns at once that it came, that it was matched, and how it ended: whatever it rests on."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.letters.reports import report

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Escalation, Notice, Referral, Told
from whatmatters.components.social_prescribing.waiting import everything
from whatmatters.config.commands.round import came_back
from whatmatters.letters.models import Letter
from whatmatters.letters.returned import take
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KIM, ANN = "kim@homes.example.org", "ann@example.org"
SELF = {"source": "self", "sender_name": "", "sender_organisation": "", "sender_contact": "", "email": ANN}


@pytest.fixture(autouse=True)
def letters_go(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    with django_capture_on_commit_callbacks(execute=True):
        yield


def to_sender() -> list[str]:
    return list(Notice.objects.filter(to=Told.SENDER).values_list("news", flat=True))


def written(address: str) -> list[str]:
    return list(Letter.objects.filter(to=address).order_by("pk").values_list("subject", flat=True))


def bounced(address: str) -> None:
    assert take(report(Letter.objects.filter(to=address).latest("pk"))) == "failed"
    came_back()


def waits() -> list[tuple[str, str]]:
    return [(wait.to, wait.why) for wait in everything(date.today())]


@pytest.mark.parametrize("facts", [{}, SELF])
def test_that_it_came_and_where_to_follow_it_is_written_at_once(sent: Callable[..., Any], facts: Any) -> None:
    _, word = sent(**facts)
    letter = Letter.objects.get(to=facts.get("email", KIM))
    assert (letter.subject, reverse("track-referral", args=[word]) in letter.text) == ("Something you asked for", True)
    assert "Joan" not in letter.text


def test_the_same_form_sent_twice_is_answered_once(sent: Callable[..., Any]) -> None:
    assert sent(once="1")[1] == sent(once="1")[1]
    assert len(written(KIM)) == 1


def test_that_it_was_matched_is_told_at_once(sent: Callable[..., Any], joan: Person, link_worker: Any) -> None:
    row, word = sent()
    before = Client().get(reverse("track-referral", args=[word])).content.decode()
    actions.match(referral=row, person=joan, by=link_worker.actor)
    assert (to_sender(), written(KIM)) == (["received"], ["Something you asked for", "There is news for you"])
    after = Client().get(reverse("track-referral", args=[word])).content.decode()
    assert "It is with the link workers" in after
    assert "It is with the link workers" not in before
    assert not Notice.objects.filter(to=Told.PERSON).exists()  # nobody has spoken with them yet


def test_one_that_joins_a_case_nobody_has_accepted_yet_reads_like_any_other(
    sent: Callable[..., Any], joan: Person, gp: Any, link_worker: Any
) -> None:
    actions.refer(person=joan, need="company", by=gp.actor)
    actions.match(referral=sent()[0], person=joan, by=link_worker.actor)
    assert to_sender() == ["received"]


def test_whoever_asked_for_themselves_is_written_to_where_they_said(
    sent: Callable[..., Any], joan: Person, link_worker: Any
) -> None:
    """Their record holds no e-mail address: the form does."""
    row, _ = sent(**SELF)
    actions.match(referral=row, person=joan, by=link_worker.actor)
    assert list(Notice.objects.values_list("to", "news")) == [("person", "received")]
    assert written(ANN) == ["Something you asked for", "There is news for you"]


def test_an_answer_that_no_letter_can_carry_is_to_be_told_by_voice_at_once(
    sent: Callable[..., Any], link_worker: Any, desk: Client
) -> None:
    row, _ = sent(sender_contact="01482 000111")
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor)
    assert waits() == [("sender", "we have no email address of theirs")]
    assert "Kim Lee, Hull Homes, 01482 000111" in desk.get(reverse("waiting-referrals")).content.decode()


def test_whoever_asked_for_themselves_by_phone_number_is_not_forgotten_when_nobody_knew_who_they_are(
    sent: Callable[..., Any], link_worker: Any, desk: Client
) -> None:
    row, word = sent(**{**SELF, "email": "", "phone": "01482 000222"})
    actions.decline(referral=row, reason="service: outside area", by=link_worker.actor)
    page = desk.get(reverse("waiting-referrals")).content.decode()
    assert "They asked for themselves and have not read it (we have no email address of theirs): 01482 000222" in page
    Client().get(reverse("track-referral", args=[word]))
    assert waits() == []


def test_an_answer_whose_letter_came_back_is_put_before_someone_at_once(
    sent: Callable[..., Any], link_worker: Any, desk: Client
) -> None:
    row, _ = sent()
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor)
    assert waits() == []
    Letter.objects.filter(to=KIM).update(sent="2026-01-01T00:00Z", next_try=None)
    bounced(KIM)
    assert waits() == [("sender", "our email did not arrive: nobody has this address, or it takes no email (5.1.1)")]
    assert Escalation.objects.get().referral == row
    came_back()
    assert Escalation.objects.count() == 1
    desk.post(reverse("told-by-voice", args=[row.uuid]), {"to": "sender"})
    assert waits() == []


def test_an_answer_recorded_after_its_day_went_out_by_no_letter_and_is_to_be_told_by_voice(
    sent: Callable[..., Any], link_worker: Any
) -> None:
    row, _ = sent(on=date.today() - timedelta(days=3))
    yesterday = date.today() - timedelta(days=1)
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor, on=yesterday)
    assert waits() == [("sender", "no email was sent: it was recorded after the day")]


def test_whoever_asks_only_whether_the_private_page_is_there_has_read_nothing(
    sent: Callable[..., Any], link_worker: Any
) -> None:
    row, word = sent()
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor)
    where = reverse("track-referral", args=[word])
    assert Client().head(where)["Cache-Control"] == "no-store"
    assert Notice.objects.get().read is None
    Client().get(where)
    assert Notice.objects.get().read is not None


def test_news_recorded_after_the_day_is_no_news(sent: Callable[..., Any], place: Any) -> None:
    sent(on=date(2024, 2, 29))
    assert mail.outbox == []
    assert not Letter.objects.exists()
    assert Referral.objects.get().made_on == date(2024, 2, 29)
