"""Anyone asks, without an account: what is refused, what is kept, and what nobody can learn."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Given, Referral, Status
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ASK = "self-refer"
TYPED = {
    "source": "self", "name": "Joan Atkinson", "born_day": "17", "born_month": "5", "born_year": "1948",
    "practice": "B81001", "phone": "01482 000000", "need": "company", "agreed": "on",
}  # fmt: skip
AGENCY = {
    **TYPED, "source": "agency", "phone": "", "sender_name": "Kim Lee", "sender_organisation": "Hull Homes",
    "sender_contact": "kim@homes.example.org", "sector": "housing",
}  # fmt: skip


@pytest.fixture(autouse=True)
def someone_at_the_desk(link_worker: SimpleNamespace) -> None:
    """Only practices with link workers can be chosen."""


def test_the_form_is_for_everyone_and_lists_the_practices_that_have_link_workers(client: Client, place: Any) -> None:
    page = client.get(reverse(ASK)).content.decode()
    assert re.findall(r'<option value="[^"]*\((B\d+)\)"', page) == [
        "B81002",
        "B81001",
    ]  # of East Hull; The Avenues has none


@pytest.mark.parametrize("typed", [TYPED, AGENCY, {**AGENCY, "source": "carer", "sender_organisation": ""}])
def test_a_request_lands_on_the_desk_unmatched_and_gives_a_private_link(client: Client, typed: dict[str, str]) -> None:
    answer = client.post(reverse(ASK), typed)
    row = Referral.objects.get()
    assert (row.status, row.source, row.person, row.service.code) == ("unmatched", typed["source"], None, "U10001")
    page = client.get(answer["Location"]).content.decode()
    assert "We have it. A link worker will look at it." in page
    assert "Joan" not in page
    assert "Atkinson" not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": ""}, "Choose who is asking"),
        ({"name": ""}, "Enter the full name"),
        ({"name": "x" * 71}, "at most 70 characters"),
        ({"name": "Joan\x00"}, "Null characters are not allowed"),
        ({"name": "Joan\u202enosniktA"}, "characters that cannot be seen"),
        ({"name": "Joan\u2066A"}, "characters that cannot be seen"),
        ({"name": "Joan\nA\x07"}, "characters that cannot be seen"),
        ({"born_day": "31", "born_month": "2"}, "Enter a real date"),
        ({"born_day": "", "born_month": "", "born_year": ""}, "Enter their date of birth"),
        ({"born_year": ""}, "must include a year"),
        ({"born_year": "1899"}, "1900 or later"),
        ({"born_year": "2199"}, "still to come"),
        ({"born_year": "19x8"}, "Enter a real date"),
        ({"practice": ""}, "Choose a GP practice"),
        ({"practice": "B81003"}, "Choose a GP practice from the list"),
        ({"practice": "' OR 1=1"}, "Choose a GP practice from the list"),
        ({"phone": "", "email": ""}, "Enter a phone number or an email address"),
        ({"phone": "0" * 36}, "at most 35 characters"),
        ({"phone": "none, ask the warden"}, "Enter a phone number, such as"),
        ({"name": "x" * 5_000, "reason": "x" * 100_000}, "at most 70 characters"),
        ({"born_day": "1", "born_month": "1", "born_year": "0001"}, "Enter a year between"),
        ({"email": "not an address"}, "valid email address"),
        ({"nhs_number": "999 000 0019"}, "not a valid NHS number"),
        ({"nhs_number": "12345"}, "10 digits"),
        ({"postcode": "HU9 2AA HU9"}, "at most 8 characters"),
        ({"need": ""}, "Choose what would help most"),
        ({"need": "gold"}, "Select a valid choice"),
        ({"reason": "x" * 151}, "at most 150 characters"),
        ({"agreed": ""}, "ask them first, then tick the box"),
        ({"source": "carer"}, "Enter your name"),
        ({"source": "carer", "sender_name": "Al"}, "Enter a phone number or an email address of yours"),
        ({"source": "carer", "sender_name": "Al", "sender_contact": "the office"}, "so that we can tell you"),
        ({"source": "agency", "sender_name": "Al", "sender_contact": "4421"}, "Enter the name of your organisation"),
        ({"source": "agency", "sender_name": "Al", "sender_contact": "4421"}, "Choose what kind of organisation it is"),
        ({"source": "agency", "sector": "spaceships"}, "Select a valid choice"),
        ({"once": "x" * 37}, "at most 36 characters"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved_or_lost(client: Client, wrong: dict[str, str], words: str) -> None:
    kept = {"sender_contact": "kept@example.org"} if "sender_contact" not in wrong and "source" not in wrong else {}
    answer = client.post(reverse(ASK), {**TYPED, **kept, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert words in page
    assert all(value in page for value in kept.values())
    assert not Referral.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("nothing", [{}, {"source": "self"}])
def test_an_empty_form_is_answered_too(client: Client, nothing: dict[str, str]) -> None:
    assert client.post(reverse(ASK), nothing).status_code == 422


@pytest.mark.parametrize(
    "name",
    ["Zoë O’Brien-Núñez", "محمد الأمين", "王小明", "Joan 🌻 Atkinson", "Łukasz", "أمين\u200cی", "<b>Joan</b>", "=1+1"],
)
def test_names_of_every_script_are_kept_as_written(client: Client, name: str) -> None:
    client.post(reverse(ASK), {**TYPED, "name": name})
    assert Given.objects.get().name == name


def test_the_answer_is_the_same_whether_or_not_the_person_is_known_or_has_a_case(
    client: Client, joan: Person, gp: Any
) -> None:
    actions.refer(person=joan, need="company", by=gp.actor)
    pages = []
    for name, number in (("Joan Atkinson", joan.nhs_number), ("Nobody Atall", "9990000026"), ("Joan Atkinson", "")):
        browser = Client()
        answer = browser.post(reverse(ASK), {**TYPED, "name": name, "nhs_number": number})
        word = answer["Location"].split("/")[-2]
        page = browser.get(answer["Location"]).content
        page = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", page).replace(word.encode(), b"")
        pages.append((answer.status_code, answer["Location"].replace(word, ""), page))
    assert pages[0] == pages[1] == pages[2]


def test_sending_a_form_looks_nobody_up(client: Client, joan: Person) -> None:
    with CaptureQueriesContext(connection) as seen:
        client.post(reverse(ASK), {**TYPED, "nhs_number": joan.nhs_number})
    assert Referral.objects.exists()
    assert not [query for query in seen.captured_queries if "people_person" in query["sql"].lower()]


def test_a_guessed_link_finds_nothing_and_the_link_itself_is_not_kept(client: Client, sent: Callable[..., Any]) -> None:
    row, word = sent()
    assert client.get(reverse("track-referral", args=["guess"])).status_code == 404
    assert client.get(reverse("track-referral", args=[row.key])).status_code == 404
    assert word not in str(Referral.objects.values().get())
    assert len(word) >= 43


def test_the_sender_may_cancel_by_the_link_until_a_link_worker_is_in_touch(
    client: Client, sent: Callable[..., Any], joan: Person, link_worker: Any
) -> None:
    row, word = sent()
    where = reverse("track-referral", args=[word])
    assert "Cancel this request" in client.get(where).content.decode()
    client.post(where)
    row.refresh_from_db()
    assert row.status == Status.CANCELLED
    page = client.get(where).content.decode()
    assert "It was cancelled" in page
    assert "Cancel this request" not in page
    client.post(where)  # pressed twice: nothing more happens
    assert row.changes.count() == 2


def test_the_link_says_how_it_stands_at_each_step_without_a_name(
    client: Client, sent: Callable[..., Any], joan: Person, link_worker: Any
) -> None:
    row, word = sent()
    by, where = link_worker.actor, reverse("track-referral", args=[word])

    def says() -> str:
        page = client.get(where).content.decode()
        assert "Joan" not in page
        assert "Sam Okafor" not in page
        found = re.search(r'lede-text">([^<]+)<', page)
        assert found
        return found[1]

    said = [says()]
    actions.match(referral=row, person=joan, by=by)
    said.append(says())
    actions.accept(referral=row, by=by)
    said.append(says())
    actions.close(referral=row, reason="lost", by=by)
    said.append(says())
    assert said == [
        "We have it. A link worker will look at it.",
        "It is with the link workers of the GP practice. One of them will take it on, or say why not.",
        "A link worker has taken it on.",
        "It is finished.",
    ]


def test_a_request_that_joined_an_open_case_reads_as_any_other(
    client: Client, sent: Callable[..., Any], joan: Person, gp: Any, link_worker: Any
) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    actions.accept(referral=case, by=link_worker.actor)
    row, word = sent()
    assert actions.match(referral=row, person=joan, by=link_worker.actor).status == Status.JOINED
    assert "A link worker has taken it on." in client.get(reverse("track-referral", args=[word])).content.decode()


def test_e_mails_say_only_that_there_is_news(
    sent: Callable[..., Any],
    make_person: Callable[..., Person],
    link_worker: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    joan = make_person(email="joan@example.org")
    row, word = sent()
    with django_capture_on_commit_callbacks(execute=True):
        actions.match(referral=row, person=joan, by=link_worker.actor)
        actions.accept(referral=row, by=link_worker.actor)
    to = [message.to[0] for message in mail.outbox]
    assert to == ["kim@homes.example.org", "kim@homes.example.org", "joan@example.org"]  # matched, accepted
    for message in mail.outbox:
        words = f"{message.subject} {message.body}".lower()
        for secret in ("joan", "atkinson", "social", "prescri", "link worker", "hous", word.lower(), "health"):
            assert secret not in words


def test_nobody_is_written_to_about_what_happened_long_ago(
    joan: Person, gp: Any, link_worker: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Person.objects.filter(pk=joan.pk).update(email="joan@example.org")
    last_week = date.today() - timedelta(days=7)
    with django_capture_on_commit_callbacks(execute=True):
        case = actions.refer(person=joan, need="company", by=gp.actor, on=last_week)
        actions.accept(referral=case, by=link_worker.actor, on=last_week)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_does_not_undo_what_was_saved(
    at: Callable[[Status], Referral], link_worker: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    Person.objects.update(email="joan@example.org")
    row = at(Status.RECEIVED)
    Person.objects.update(email="joan@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.accept(referral=row, by=link_worker.actor)
    assert Referral.objects.get().status == Status.ACCEPTED
    assert row.notices.count() == 2
