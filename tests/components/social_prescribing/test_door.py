"""Ways in beside the open page: one-time links, and what is taken down for someone else; a form sent twice is one."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people.at_once import at_once

from whatmatters.access.actors import ANYONE
from whatmatters.access.models import AuditEntry
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions, door
from whatmatters.components.social_prescribing.models import OneTimeLink, Referral, Sent, Source, Status
from whatmatters.letters.models import Letter
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ASKED = {
    "name": "Joan Atkinson", "born_day": "17", "born_month": "5", "born_year": "1948", "phone": "01482 000000",
    "need": "home", "agreed": "on", "sender_name": "Kim Lee", "sender_contact": "kim@homes.example.org",
    "sender_organisation": "Hull Homes", "once": "11111111-1111-1111-1111-111111111111",
}  # fmt: skip
OPEN = {**ASKED, "source": "agency", "sector": "housing", "practice": "B81001"}
TAKEN = {
    **OPEN, "method": "phone", "on_day": "1", "on_month": "6", "on_year": "2026", "agreement": "sender",
}  # fmt: skip


@pytest.fixture(autouse=True)
def someone_at_the_desk(link_worker: SimpleNamespace) -> None:
    """Only practices with link workers can be chosen."""


@pytest.fixture
def link(place: SimpleNamespace, link_worker: SimpleNamespace) -> Callable[..., tuple[OneTimeLink, str]]:
    def send(**facts: Any) -> tuple[OneTimeLink, str]:
        usual = {"practice": place.harbour, "source": "agency", "sector": "housing", "organisation": "Hull Homes"}
        return actions.send_link(by=link_worker.actor, **{**usual, **facts})

    return send


def at(word: str) -> str:
    return reverse("one-time-referral", args=[word])


def test_a_link_makes_one_referral_from_whom_it_was_sent_to(client: Client, link: Callable[..., Any]) -> None:
    row, word = link()
    page = client.get(at(word)).content.decode()
    assert "Harbour Surgery" in page
    assert 'value="Hull Homes"' in page
    assert 'name="practice"' not in page  # what the link says is not asked again
    answer = client.post(at(word), ASKED)
    made = Referral.objects.get()
    assert answer["Location"].startswith("/social-prescribing/follow/")
    assert (made.practice.code, made.source, made.sector, made.method) == ("B81001", "agency", "housing", "link")
    assert (made.sender_name, made.agreement, made.status) == ("Kim Lee", "sender", Status.UNMATCHED)
    row.refresh_from_db()
    assert row.used
    assert row.referral == made


def test_whoever_asks_for_themselves_is_spoken_to(client: Client, link: Callable[..., Any]) -> None:
    _, word = link(source="self", sector="", organisation="")
    page = client.get(at(word)).content.decode()
    for words in ("Your full name", "Your date of birth", "I would like a link worker to get in touch"):
        assert words in page
    assert "The person knows" not in page
    wrong = client.post(at(word), {**ASKED, "name": "", "phone": "", "agreed": ""}).content.decode()
    for words in ("Enter your full name", "Tick the box if you would like", "so that the link worker can reach you"):
        assert words in wrong
    assert client.post(at(word), ASKED).status_code == 302


def test_opening_a_link_uses_nothing_up(client: Client, link: Callable[..., Any]) -> None:
    _, word = link()
    for _ in range(3):  # as a mail scanner does
        assert client.get(at(word)).status_code == 200
    assert OneTimeLink.objects.get().used is None


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        ("use", 410, "This link was used"),
        ("expire", 410, "no longer good"),
        ("withdraw", 410, "no longer good"),
        ("guess", 404, "We do not know this link"),
    ],
)
def test_a_link_that_answers_no_more_says_what_to_do_and_gives_no_data(
    spoil: str, status: int, words: str, client: Client, link: Callable[..., Any]
) -> None:
    row, word = link()
    if spoil == "use":
        client.post(at(word), ASKED)
    elif spoil == "expire":
        OneTimeLink.objects.update(expires=timezone.now())
    elif spoil == "withdraw":
        actions.withdraw_link(link=row, by=ANYONE)
    else:
        word = "x" * 43
    answer = client.get(at(word))
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert reverse("self-refer") in page
    assert "Harbour" not in page
    assert "Hull Homes" not in page
    before = Referral.objects.count()
    again = client.post(at(word), {**ASKED, "name": "Someone Else"})
    assert again.status_code in (404, 422)
    assert Referral.objects.count() == before


def test_what_was_typed_is_kept_when_a_link_runs_out_meanwhile(client: Client, link: Callable[..., Any]) -> None:
    _, word = link()
    OneTimeLink.objects.update(expires=timezone.now())
    page = client.post(at(word), ASKED).content.decode()
    assert "This link is no longer good: ask whoever sent it for a new one" in page
    assert 'value="Joan Atkinson"' in page


@pytest.mark.parametrize("how", ["open", "link", "taken down", "staff"])
def test_a_form_sent_twice_is_one_referral_and_gives_the_same_page(
    how: str, client: Client, link: Callable[..., Any], gp: SimpleNamespace, joan: Person
) -> None:
    where, typed = reverse("self-refer"), OPEN
    if how == "link":
        where, typed = at(link()[1]), ASKED
    elif how == "taken down":
        client.force_login(gp.user)
        where, typed = reverse("take-down"), TAKEN
    elif how == "staff":
        client.force_login(gp.user)
        where, typed = reverse("refer", args=[joan.uuid]), {"need": "food", "answer": "yes", "once": ASKED["once"]}
    first, second = client.post(where, typed), client.post(where, typed)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Referral.objects.count() == 1
    assert Letter.objects.count() <= 1


def test_a_form_that_was_changed_and_sent_again_is_a_second_referral(client: Client) -> None:
    """After the Back button the hidden number is the same, and the person is another: that one must not be lost."""
    client.post(reverse("self-refer"), OPEN)
    client.post(reverse("self-refer"), {**OPEN, "name": "Bea Ward"})
    assert Referral.objects.count() == 2


def test_an_offer_declined_twice_is_one(client: Client, gp: SimpleNamespace, joan: Person, codes: Any) -> None:
    client.force_login(gp.user)
    for _ in range(2):
        client.post(reverse("refer", args=[joan.uuid]), {"need": "food", "answer": "no", "once": ASKED["once"]})
    assert codes(joan) == [("declined", "person")]


def test_a_letter_with_a_link_says_nothing_of_what_it_is_about(
    link: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _, word = link(to="officer@homes.example.org")
    (message,) = mail.outbox
    assert message.to == ["officer@homes.example.org"]
    assert word in message.body
    text = f"{message.subject} {message.body}".replace(word, "").replace("/social-prescribing/once/", "").lower()
    for secret in ("link worker", "prescri", "harbour", "health", "hous", "hull"):
        assert secret not in text
    assert word not in str(OneTimeLink.objects.values().get())


def test_a_link_worker_makes_a_link_sees_it_once_and_can_withdraw_it(desk: Client, client: Client) -> None:
    typed = {"source": "agency", "sector": "fire", "organisation": "Fire service", "practice": "B81002"}
    page = desk.post(reverse("one-time-links"), typed).content.decode()
    found = re.search(r"/social-prescribing/once/([\w-]{43})/", page)
    assert found
    assert Client().get(at(found[1])).status_code == 200
    later = desk.get(reverse("one-time-links")).content.decode()
    assert found[1] not in later
    assert "Fire service" in later
    desk.post(reverse("withdraw-link", args=[OneTimeLink.objects.get().uuid]))
    assert Client().get(at(found[1])).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source": ""}, "Choose who will fill it in"),
        ({"sector": ""}, "Choose what kind of organisation it is"),
        ({"practice": "B81003"}, "Choose a GP practice from the list"),  # of another network
        ({"to": "not an address"}, "valid email address"),
    ],
)
def test_a_link_for_nobody_in_particular_is_refused(wrong: dict[str, str], words: str, desk: Client) -> None:
    typed = {"source": "agency", "sector": "fire", "organisation": "Fire service", "practice": "B81002", **wrong}
    answer = desk.post(reverse("one-time-links"), typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OneTimeLink.objects.exists()


def test_a_link_for_the_person_asks_for_no_sender(client: Client, link: Callable[..., Any]) -> None:
    _, word = link(source="self", sector="", organisation="")
    page = client.get(at(word)).content.decode()
    assert "sender_name" not in page
    typed = {name: value for name, value in ASKED.items() if not name.startswith("sender_")}
    assert client.post(at(word), {**typed, "phone": ""}).status_code == 422  # or nobody could reach them
    assert client.post(at(word), typed).status_code == 302
    row = Referral.objects.get()
    assert (row.source, row.sector, row.agreement, row.national_method) == ("self", "person", "person", "Self referral")


def test_who_wrote_it_down_is_kept_apart_from_who_refers(
    client: Client, make_worker: Callable[..., Any], place: Any
) -> None:
    reception = make_worker(Role.RECEPTIONIST, place.harbour, name="Ash Reed")
    client.force_login(reception.user)
    answer = client.post(reverse("take-down"), TAKEN, follow=True)
    assert "It is on the link workers’ desk" in answer.content.decode()
    row = Referral.objects.get()
    assert (row.taken_by, row.made_by) == (reception.user, None)
    assert (row.sender_name, row.method, row.made_on) == ("Kim Lee", "phone", date(2026, 6, 1))
    assert (row.agreed_on, row.agreement) == (date(2026, 6, 1), "sender")
    assert (row.sender_service, row.get_sector_display()) == ("", "Housing")
    assert AuditEntry.objects.order_by("-number")[1].act == "took down a referral to social prescribing"
    assert Letter.objects.get().to == "kim@homes.example.org"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"method": ""}, "Choose how it came"),
        ({"method": "page"}, "Select a valid choice"),
        ({"agreement": ""}, "Choose who says that the person knows and agrees"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Enter the day on which it came"),
        ({"on_year": "2199"}, "still to come"),
        ({"sender_name": ""}, "Enter the name of whoever is asking"),
        ({"sender_contact": ""}, "Enter their phone number or email address"),
        ({"sender_organisation": ""}, "Enter the name of their organisation"),
        ({"sector": ""}, "Choose what kind of organisation it is"),
        ({"source": "self", "phone": ""}, "so that the link worker can reach them"),
        ({"sender_role": "x" * 71}, "at most 70 characters"),
        ({"sender_service": "a\u202eb"}, "characters that cannot be seen"),
        ({"practice": "B81003"}, "Choose a GP practice from the list"),
    ],
)
def test_what_is_wrong_in_a_note_is_named_and_nothing_is_lost(
    wrong: dict[str, str], words: str, client: Client, gp: SimpleNamespace
) -> None:
    client.force_login(gp.user)
    answer = client.post(reverse("take-down"), {**TAKEN, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="Joan Atkinson"' in page
    assert not Referral.objects.exists()


def test_taking_down_where_no_link_worker_covers_is_said_before_and_after(
    client: Client, make_worker: Callable[..., Any], place: Any
) -> None:
    client.force_login(make_worker(Role.RECEPTIONIST, place.avenues).user)
    assert (
        "No link worker covers The Avenues Medical Centre at present"
        in client.get(reverse("take-down")).content.decode()
    )
    page = client.post(reverse("take-down"), {**TAKEN, "practice": "B81003"}, follow=True).content.decode()
    assert "No link worker covers this practice" in page
    assert Referral.objects.exists()


def test_staff_are_told_before_sending_that_no_link_worker_covers_the_practice(
    client: Client, make_person: Callable[..., Person], make_worker: Callable[..., Any], place: Any, joan: Person
) -> None:
    west = make_person(practice=place.avenues)
    client.force_login(make_worker(Role.CLINICIAN, place.avenues).user)
    assert "No link worker covers The Avenues" in client.get(reverse("refer", args=[west.uuid])).content.decode()
    client.force_login(make_worker(Role.CLINICIAN, place.harbour).user)
    assert "No link worker" not in client.get(reverse("refer", args=[joan.uuid])).content.decode()


def send(client: Client, number: int, **headers: str) -> Any:
    return client.post(reverse("self-refer"), {**OPEN, "name": f"Person {number}"}, headers=headers)


def test_too_many_from_one_address_wait_and_lose_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST", 3)
    assert [send(client, number).status_code for number in range(3)] == [302, 302, 302]
    answer = send(client, 4)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert re.search(r"send it again after \d\d:\d\d", page)
    assert 'value="Person 4"' in page
    assert Referral.objects.count() == 3
    Sent.objects.update(at=timezone.now() - timedelta(hours=1))
    assert send(client, 4).status_code == 302


def test_the_count_shuts_nobody_else_out(
    client: Client, link: Callable[..., Any], gp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST", 1)
    send(client, 1)
    assert send(client, 2).status_code == 429
    assert client.get(reverse("self-refer")).status_code == 200  # the page itself is never shut
    assert client.post(reverse("self-refer"), {**OPEN, "name": ""}).status_code == 422
    assert client.post(at(link()[1]), ASKED).status_code == 302  # a one-time link is not counted
    assert send(client, 3, x_forwarded_for="198.51.100.7").status_code == 302  # another address
    assert send(client, 4, x_forwarded_for="203.0.113.1, 198.51.100.7").status_code == 429  # what we are told is last
    client.force_login(gp.user)
    assert send(client, 5).status_code == 302  # nor an account


def test_no_address_of_the_network_is_kept(client: Client) -> None:
    send(client, 1)
    assert "127.0.0.1" not in str(Sent.objects.values().get())


def test_the_private_page_closes_some_time_after_the_end(
    client: Client, sent: Callable[..., Any], link_worker: Any
) -> None:
    row, word = sent()
    where = reverse("track-referral", args=[word])
    actions.decline(referral=row, reason="service: no capacity", by=link_worker.actor)
    page = client.get(where).content.decode()
    assert "It was not taken on." in page
    assert "There is no room at present" in page
    Referral.objects.update(ended_on=date.today() - timedelta(days=90))
    assert client.get(where).status_code == 200
    Referral.objects.update(ended_on=date.today() - timedelta(days=91))
    assert client.get(where).status_code == 410
    assert client.post(where).status_code == 410


def test_every_sector_and_method_fits_its_column() -> None:
    for name in ("sector", "method", "agreement", "source"):
        field = Referral._meta.get_field(name)
        assert all(len(value) <= field.max_length for value, _ in field.choices)  # type: ignore[union-attr]  # of words
    assert {Source.SELF, Source.CARER, Source.AGENCY, Source.STAFF} == set(Source)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("someone_at_the_desk")
def test_two_at_one_moment_make_one_referral(link: Callable[..., Any], place: Any) -> None:
    """A double click on the public form; and two people who hold the same one-time link."""
    _, word = link()
    facts = {"need": "home", "born": date(1948, 5, 17), "by": ANYONE}
    form = {**facts, "practice": place.harbour, "source": "self", "name": "Bea Ward", "phone": "1", "once": "the form"}
    assert at_once(*[lambda: actions.receive(**form)] * 3) == ["done"] * 3
    names = ("Ann Ward", "Cat Ward")
    uses = [lambda name=name: actions.receive_by_link(word=word, name=name, **facts) for name in names]
    assert at_once(*uses) == ["NotAllowed", "done"]
    assert Referral.objects.count() == 2
