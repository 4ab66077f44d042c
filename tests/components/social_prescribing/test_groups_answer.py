"""A community group is asked by letter, and answers by its private link: yes, no, full until, or ring us."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from tests.people.at_once import at_once

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.answering import THE_GROUP
from whatmatters.components.social_prescribing.models import (
    Answer,
    Connection,
    Enquiry,
    GroupLink,
    Notice,
    Referral,
    Status,
    UnmetNeed,
)
from whatmatters.directory import actions as directory
from whatmatters.directory.models import Group, Reply
from whatmatters.letters import outbox
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.slow]
TODAY = date.today()
A_NAME = {"tells": "name", "reach": "01482 000111"}


@pytest.fixture
def shed(link_worker: Any) -> Group:
    return directory.add(
        by=link_worker.actor, name="Tiger Shed", kind="company", about="Tools", email="hello@shed.example"
    )


@pytest.fixture
def case(at: Callable[[Status], Referral]) -> Referral:
    return at(Status.ACTIVE)


@pytest.fixture
def ask(case: Referral, shed: Group, link_worker: Any) -> Callable[..., Enquiry]:
    def enquire(**facts: Any) -> Enquiry:
        return actions.enquire(**{"referral": case, "group": shed, "by": link_worker.actor, **facts})

    return enquire


def letters() -> list[str]:
    """The words of the links in the letters to the shed, the first letter first."""
    sent = [one.body for one in mail.outbox if one.to == ["hello@shed.example"]]
    return [found[1] for body in sent if (found := re.search(r"/asked/([\w-]+)/", body))]


def page(word: str, enquiry: Enquiry, data: dict[str, Any] | None = None) -> Any:
    where = reverse("group-answer", args=[word, enquiry.uuid])
    return Client().get(where) if data is None else Client().post(where, data)


def test_the_letter_and_the_first_page_say_nothing_of_the_person(ask: Callable[..., Enquiry], joan: Person) -> None:
    asked = ask(**A_NAME, about="A quiet afternoon would be best")
    (word,) = letters()
    letter = mail.outbox[-1].subject + mail.outbox[-1].body
    shown = Client().get(reverse("group-asked", args=[word]), follow=True).content.decode()
    assert "A quiet afternoon would be best" in shown
    for told in (joan.given_name, joan.family_name, joan.nhs_number or "", "01482 000111", str(asked.referral.uuid)):
        assert told not in letter + shown


@pytest.mark.parametrize(("tells", "shown"), [("name", True), ("nothing", False)])
def test_after_a_yes_the_group_sees_what_the_person_agreed_to_and_no_more(
    tells: str, shown: bool, ask: Callable[..., Enquiry], joan: Person
) -> None:
    asked = ask(tells=tells, reach="01482 000111" if shown else "")
    answer = page(letters()[0], asked, {"answer": "yes"})
    after = Client().get(answer["Location"])
    assert ("Joan" in after.content.decode(), "01482 000111" in after.content.decode()) == (shown, shown)
    assert joan.family_name not in after.content.decode()
    assert "no-store" in after["Cache-Control"]


def test_a_yes_introduces_the_person_and_tells_them(
    ask: Callable[..., Enquiry], joan: Person, codes: Callable[..., Any]
) -> None:
    asked = ask()
    page(letters()[0], asked, {"answer": "yes", "words": "Ask for Derek"})
    asked.refresh_from_db()
    assert (asked.answer, asked.words, asked.answered_on) == ("yes", "Ask for Derek", TODAY)
    assert asked.connection == Connection.objects.get(signpost=False)
    assert codes(joan)[-3:] == [("group-asked", "company"), ("group-accepted", "company"), ("connected", "company")]
    assert list(Notice.objects.filter(news="group yes").values_list("to", flat=True)) == ["person"]
    assert Reply.objects.get().accepted


def test_a_no_says_why_and_leaves_an_unmet_need(
    ask: Callable[..., Enquiry], joan: Person, codes: Callable[..., Any]
) -> None:
    asked = ask()
    assert page(letters()[0], asked, {"answer": "no"}).status_code == 422
    page(letters()[0], asked, {"answer": "no", "why": "not for them"})
    assert codes(joan)[-3:] == [
        ("group-declined", "not for them"),
        ("unmet-need", "not for them"),
        ("unmet-need-kind", "company"),
    ]
    assert not Connection.objects.exists()
    assert not Reply.objects.get().accepted


def test_full_until_is_written_into_the_directory(ask: Callable[..., Enquiry], shed: Group) -> None:
    asked, until = ask(), TODAY + timedelta(days=90)
    typed = {f"full_until_{part}": str(getattr(until, part)) for part in ("day", "month", "year")}
    page(letters()[0], asked, {"answer": "full", **typed})
    shed.refresh_from_db()
    assert (shed.capacity, shed.capacity_until) == ("full", until)
    assert (UnmetNeed.objects.get().reason, UnmetNeed.objects.get().group) == ("full", shed)


def test_a_link_works_once_whoever_uses_it(ask: Callable[..., Enquiry]) -> None:
    asked = ask()
    (word,) = letters()
    page(word, asked, {"answer": "yes"})
    again = page(word, asked, {"answer": "no", "why": "other"})
    assert again.status_code == 410
    assert "no longer good" in again.content.decode()
    assert Enquiry.objects.get().answer == Answer.YES


def test_of_two_people_of_a_group_the_second_learns_that_it_is_answered(ask: Callable[..., Enquiry]) -> None:
    asked = ask()
    actions.enquire_again(enquiry=asked, by=THE_GROUP)
    first, second = letters()
    page(first, asked, {"answer": "yes"})
    late = page(second, asked, {"answer": "no", "why": "other"})
    assert late.status_code == 410
    assert Enquiry.objects.get().answer == Answer.YES


def test_an_expired_and_a_guessed_link_show_nothing_and_say_what_to_do(
    ask: Callable[..., Enquiry], joan: Person
) -> None:
    asked = ask(**A_NAME)
    (word,) = letters()
    GroupLink.objects.update(expires=TODAY - timedelta(days=1))
    for answer, status in ((page(word, asked), 410), (page("guessed", asked), 404)):
        assert answer.status_code == status
        assert "newer letter" in answer.content.decode()
        assert "Joan" not in answer.content.decode()
        assert "company" not in answer.content.decode().lower()
    assert page(word, asked, {"answer": "yes"}).status_code == 410
    assert Enquiry.objects.get().answer == Answer.AWAITED


@pytest.mark.parametrize("state", ["good", "used", "expired"])
def test_a_group_can_ask_to_be_rung_by_any_link_it_was_sent(
    state: str, ask: Callable[..., Enquiry], link_worker: Any
) -> None:
    asked = ask()
    (word,) = letters()
    if state == "used":
        page(word, asked, {"answer": "no", "why": "other"})
    if state == "expired":
        GroupLink.objects.update(expires=TODAY - timedelta(days=1))
    before = Enquiry.objects.get().answer
    rung = Client().post(reverse("group-ring", args=[word, asked.uuid]), {"words": "01482 7, after four"})
    assert rung.status_code == 200
    found = Enquiry.objects.get()
    assert (found.ring_words, found.answer) == ("01482 7, after four", before)
    assert mail.outbox[-1].to == [link_worker.user.email]
    if state == "good":
        told = get_template("social_prescribing/enquiry_stands.jinja").render({"asked": found})
        assert "after four; asked on" in " ".join(told.split())
    actions.rang(enquiry=found, by=link_worker.actor)
    assert Enquiry.objects.get().ring_asked is None


def test_asked_again_and_again_to_be_rung_whoever_has_the_case_is_written_to_once_until_they_rang(
    ask: Callable[..., Enquiry], link_worker: Any
) -> None:
    asked = ask()
    (word,) = letters()
    ring = reverse("group-ring", args=[word, asked.uuid])
    before = len(mail.outbox)
    for words in ("01482 7", "01482 7", "01482 8, not 7"):
        Client().post(ring, {"words": words})
    assert (len(mail.outbox) - before, Enquiry.objects.get().ring_words) == (1, "01482 8, not 7")
    actions.rang(enquiry=asked, by=link_worker.actor)
    Client().post(ring, {"words": "01482 7"})
    assert len(mail.outbox) - before == 2


def test_a_link_leads_to_no_other_groups_questions(ask: Callable[..., Enquiry], link_worker: Any) -> None:
    asked = ask()
    (word,) = letters()
    other = directory.add(by=link_worker.actor, name="Choir", kind="company", about="Songs", email="c@choir.example")
    theirs = ask(group=other)
    assert page(word, theirs).status_code == 410
    assert Client().get(reverse("group-ring", args=[word, theirs.uuid])).status_code == 404
    assert page(word, asked).status_code == 200


def test_several_open_questions_are_one_list(
    ask: Callable[..., Enquiry], make_person: Callable[..., Person], gp: Any, link_worker: Any
) -> None:
    ask()
    other = actions.refer(person=make_person(), need="loss", by=gp.actor)
    actions.accept(referral=other, by=link_worker.actor)
    second = ask(referral=other)
    word = letters()[0]
    shown = Client().get(reverse("group-asked", args=[word])).content.decode()
    assert shown.count("Do you have room for someone?") == 2
    assert "Bereavement and loss" in shown
    after = page(word, second, {"answer": "no", "why": "other"})
    assert after["Location"].startswith("/asked/")
    assert word not in after["Location"]
    rest = Client().get(after["Location"], follow=True).content.decode()
    assert "do you have room for someone?" in rest


@pytest.mark.parametrize("end", ["closed", "died", "refused"])
def test_a_group_that_answers_too_late_learns_only_that_it_is_not_needed(
    end: str, ask: Callable[..., Enquiry], case: Referral, joan: Person, link_worker: Any
) -> None:
    asked = ask(**A_NAME)
    (word,) = letters()
    if end == "closed":
        actions.close(referral=case, reason="person", by=link_worker.actor)
    elif end == "died":
        Person.objects.filter(pk=joan.pk).update(died=TODAY)
    else:
        actions.take_back(enquiry=asked, why="declined", by=link_worker.actor)
    late = page(word, asked, {"answer": "yes"})
    assert late.status_code == 410
    for telling in ("Joan", "died", "closed", "01482"):
        assert telling not in late.content.decode()
    assert not Connection.objects.exists()


def test_when_a_case_ends_its_questions_are_taken_back_and_the_group_is_thanked(
    ask: Callable[..., Enquiry], case: Referral, link_worker: Any
) -> None:
    ask()
    actions.close(referral=case, reason="moved", by=link_worker.actor)
    assert Enquiry.objects.get().answer == Answer.WITHDRAWN
    assert "no longer needed" in mail.outbox[-1].body
    assert "/asked/" not in mail.outbox[-1].body


def test_the_person_who_says_no_is_an_unmet_need_and_no_fault_of_the_group(
    ask: Callable[..., Enquiry], link_worker: Any, codes: Callable[..., Any], joan: Person
) -> None:
    actions.take_back(enquiry=ask(), why="declined", by=link_worker.actor)
    assert codes(joan)[-2:] == [("unmet-need", "declined"), ("unmet-need-kind", "company")]
    assert not Reply.objects.exists()


def test_a_group_is_asked_once_at_a_time_and_never_one_that_no_longer_runs(
    ask: Callable[..., Enquiry], shed: Group
) -> None:
    ask()
    with pytest.raises(actions.NotAllowed, match="already"):
        ask()
    Enquiry.objects.all().delete()
    Group.objects.update(standing="closed")
    shed.refresh_from_db()
    with pytest.raises(actions.NotAllowed, match="no longer runs"):
        ask()


def test_a_group_without_an_address_is_rung_and_its_answer_written_down(
    ask: Callable[..., Enquiry], shed: Group, link_worker: Any
) -> None:
    Group.objects.update(email="")
    shed.refresh_from_db()
    asked = ask()
    assert asked.letter is None
    assert not letters()
    found = actions.group_answered(enquiry=asked, answer="yes", by=link_worker.actor)
    assert (found.answer, found.answered_by) == ("yes", "Sam Okafor")
    with pytest.raises(actions.NotAllowed, match="dealt with already"):
        actions.group_answered(enquiry=asked, answer="no", why="other", by=link_worker.actor)


def test_what_is_kept_of_a_link_does_not_make_it(ask: Callable[..., Enquiry]) -> None:
    ask()
    (word,) = letters()
    assert word not in GroupLink.objects.get().digest
    assert writing.known(word) == GroupLink.objects.get()
    outbox.deliver()
    assert Enquiry.objects.get().letter.text == ""  # type: ignore[union-attr]  # it was sent


def test_a_group_that_closed_after_it_was_asked_can_still_say_so(ask: Callable[..., Enquiry], shed: Group) -> None:
    asked = ask()
    Group.objects.update(standing="closed")
    page(letters()[0], asked, {"answer": "no", "why": "stopped"})
    assert UnmetNeed.objects.get().reason == "no service"


def test_two_answers_at_the_same_moment_are_one(ask: Callable[..., Enquiry]) -> None:
    asked = ask()
    outcome = at_once(
        lambda: actions.group_answered(enquiry=asked, answer="yes", by=THE_GROUP),
        lambda: actions.group_answered(enquiry=asked, answer="no", why="other", by=THE_GROUP),
    )
    assert outcome == ["NotAllowed", "done"]
    assert Reply.objects.count() == 1
