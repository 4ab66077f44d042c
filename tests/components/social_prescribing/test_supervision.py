"""A question for supervision reaches the supervisor, what was agreed reaches the case, and the session is on record."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Question, Referral, Status
from whatmatters.letters.models import Letter
from whatmatters.workforce.actions_support import name_supervisor, supervised
from whatmatters.workforce.models import StaffEvent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ASKED = "Am I doing too much of this for her?"
TODAY = {"on_day": str(date.today().day), "on_month": str(date.today().month), "on_year": str(date.today().year)}


@pytest.fixture
def priya(link_worker: SimpleNamespace, gp: SimpleNamespace) -> SimpleNamespace:
    """The GP, who supervises Sam."""
    name_supervisor(worker=link_worker.worker, supervisor=gp.worker, by=gp.actor)
    return gp


@pytest.fixture
def question(at: Callable[[Status], Referral], link_worker: Any, priya: Any) -> Question:
    return actions.ask(referral=at(Status.ACTIVE), question=ASKED, by=link_worker.actor)


def test_the_supervisor_is_written_to_and_finds_the_question(
    question: Question, priya: SimpleNamespace, client: Client
) -> None:
    letter = Letter.objects.get(to=priya.user.email)
    assert "Atkinson" not in f"{letter.subject} {letter.text}"
    client.force_login(priya.user)
    page = client.get(reverse("supervision")).content.decode()
    for words in ("Sam Okafor", "ATKINSON, Joan", ASKED, "No supervision on record"):
        assert words in page


def test_a_session_records_what_was_agreed_and_counts_as_supervision(
    question: Question, priya: SimpleNamespace, link_worker: SimpleNamespace, client: Client
) -> None:
    client.force_login(priya.user)
    address = reverse("supervision-session", args=[link_worker.worker.pk])
    agreed = {f"agreed-{question.uuid}": "Let her ring the council herself, with you beside her"}
    assert client.post(address, {**TODAY, **agreed, "words": "Workload"}).status_code == 302
    session = StaffEvent.objects.get(code="supervision")
    assert (session.worker, session.given_by, session.on) == (link_worker.worker, "Dr Priya Nair", date.today())
    client.force_login(link_worker.user)
    assert "talked over in supervision" in client.get(reverse("referral-desk")).content.decode()
    row = question.referral
    case = client.get(reverse("case", args=[row.person.uuid, row.uuid])).content.decode()  # type: ignore[union-attr]  # a case has a person
    assert "Let her ring the council herself" in case


def test_both_can_read_afterwards_what_was_agreed_and_what_the_session_was_about(  # noqa: PLR0917
    question: Question,
    priya: SimpleNamespace,
    link_worker: SimpleNamespace,
    make_worker: Any,
    place: Any,
    client: Client,
) -> None:
    client.force_login(priya.user)
    address = reverse("supervision-session", args=[link_worker.worker.pk])
    agreed = {f"agreed-{question.uuid}": "Shorter visits, and she rings first", "words": "Workload"}
    read = client.post(address, TODAY | agreed, follow=True)
    for words in ("Supervision recorded", ASKED, "Shorter visits", "with Dr Priya Nair", "Workload"):
        assert words in read.content.decode()
    again = reverse("supervision-so-far", args=[link_worker.worker.pk])
    assert again in client.get(reverse("supervision")).content.decode()
    client.force_login(link_worker.user)
    assert "Workload" in client.get(reverse("my-work")).content.decode()
    client.force_login(make_worker("clinician", place.harbour, name="Dr Other").user)
    assert client.get(again).status_code == 404


def test_whoever_asked_stands_first_and_whoever_left_only_while_they_wait(  # noqa: PLR0917
    question: Question,
    priya: SimpleNamespace,
    link_worker: SimpleNamespace,
    make_worker: Any,
    place: Any,
    client: Client,
) -> None:
    others = [make_worker("link_worker", place.east, name=name).worker for name in ("Ann Ward", "Bea Ward", "Cat Ward")]
    for worker in others:
        name_supervisor(worker=worker, supervisor=priya.worker, by=priya.actor)
    supervised(worker=others[0], on=date.today(), by=priya.actor)
    others[1].posts.update(end=date.today())
    client.force_login(priya.user)
    names = re.findall(r'nhsuk-u-margin-bottom-1">([^<]+)</h2>', client.get(reverse("supervision")).content.decode())
    assert names == ["Sam Okafor", "Cat Ward", "Ann Ward"]


def test_a_question_not_talked_over_waits_on(
    question: Question, priya: SimpleNamespace, link_worker: SimpleNamespace, client: Client
) -> None:
    client.force_login(priya.user)
    client.post(reverse("supervision-session", args=[link_worker.worker.pk]), TODAY)
    assert ASKED in client.get(reverse("supervision")).content.decode()


def test_the_worker_may_write_down_what_was_agreed_once(
    question: Question, link_worker: SimpleNamespace, desk: Client
) -> None:
    row = question.referral
    address = reverse("supervision-agreed", args=[row.person.uuid, row.uuid, question.uuid])  # type: ignore[union-attr]  # a case has a person
    assert desk.post(address, {"words": ""}).status_code == 422
    assert desk.post(address, {"words": "Shorter visits"}).status_code == 302
    assert desk.post(address, {"words": "Something else"}).status_code == 422
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Shorter visits", "Sam Okafor")


def test_nothing_of_a_closed_case_waits_for_supervision(
    question: Question, priya: SimpleNamespace, link_worker: SimpleNamespace, client: Client
) -> None:
    actions.close(referral=question.referral, reason="done", by=link_worker.actor)
    client.force_login(priya.user)
    assert ASKED not in client.get(reverse("supervision")).content.decode()


def test_a_clinician_who_is_not_named_sees_nothing_of_it(
    question: Question, make_worker: Callable[..., Any], place: Any, client: Client, link_worker: SimpleNamespace
) -> None:
    client.force_login(make_worker("clinician", place.harbour, name="Dr Other").user)
    assert ASKED not in client.get(reverse("supervision")).content.decode()
    assert client.get(reverse("supervision-session", args=[link_worker.worker.pk])).status_code == 404


def test_where_nobody_is_named_the_clinical_lead_of_the_network_sees_it(
    question: Question, make_worker: Callable[..., Any], place: Any, client: Client, link_worker: SimpleNamespace
) -> None:
    name_supervisor(worker=link_worker.worker, supervisor=None, by=link_worker.actor)
    client.force_login(make_worker("clinical_lead", place.east, name="Dr Lead").user)
    assert ASKED in client.get(reverse("supervision")).content.decode()
    client.force_login(make_worker("clinical_lead", place.west, name="Dr Far").user)
    assert ASKED not in client.get(reverse("supervision")).content.decode()
