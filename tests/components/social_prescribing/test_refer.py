"""Staff refer a person they know: three clicks, and the sender learns what became of it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Notice, Referral, Status, Told
from whatmatters.components.social_prescribing.panel import panel
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def surgery(gp: SimpleNamespace, client: Client) -> Client:
    client.force_login(gp.user)
    return client


def test_a_referral_takes_three_clicks_from_the_persons_page(surgery: Client, joan: Person, gp: Any) -> None:
    context = {"person": joan, "social_prescribing": panel(joan, gp.user)}
    first_click = re.findall(r'href="([^"]+/refer/)"', render_to_string("social_prescribing/panel.jinja", context))
    assert first_click == [reverse("refer", args=[joan.uuid])]
    page = surgery.get(first_click[0]).content.decode()
    main = page[page.index("<main") :]
    second_click = re.search(r'<input[^>]*type="radio"[^>]*name="need"[^>]*>|<input[^>]*name="need"[^>]*>', main)
    assert second_click
    assert main.index("<form") < second_click.start() < main.index("Refer: they know and agree")
    # The third click is the button: nothing else on the page need be filled in.
    answer = surgery.post(first_click[0], {"need": "company", "answer": "yes"})
    assert answer.status_code == 302
    assert Referral.objects.get().status == Status.RECEIVED


def test_the_button_is_the_agreement(surgery: Client, joan: Person) -> None:
    surgery.post(reverse("refer", args=[joan.uuid]), {"need": "company", "answer": "yes", "reason": "Lives alone"})
    row = Referral.objects.get()
    assert (row.agreed_on, row.reason) == (row.made_on, "Lives alone")
    assert (row.sender_name, row.sender_organisation) == ("Dr Priya Nair", "Harbour Surgery")
    assert (row.practice.code, row.service.code) == ("B81001", "U10001")


def test_an_offer_that_was_declined_is_recorded_with_the_other_button(
    surgery: Client, joan: Person, codes: Callable[..., Any]
) -> None:
    surgery.post(reverse("refer", args=[joan.uuid]), {"need": "company", "answer": "no"})
    assert codes(joan) == [("declined", "person")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose what would help most"),
        ({"need": "unheard-of"}, "Select a valid choice"),
        ({"need": "company", "reason": "x" * 151}, "at most 150 characters"),
        ({"need": "company", "reason": "a\u202eb"}, "characters that cannot be seen"),
        ({"need": "company", "reason": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_sent_is_named_and_nothing_is_saved(
    typed: dict[str, str], words: str, surgery: Client, joan: Person
) -> None:
    answer = surgery.post(reverse("refer", args=[joan.uuid]), {**typed, "answer": "yes"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_second_referral_joins_the_open_case_and_reads_the_same_to_its_sender(
    surgery: Client, joan: Person, codes: Callable[..., Any]
) -> None:
    where = reverse("refer", args=[joan.uuid])
    one = surgery.post(where, {"need": "company", "answer": "yes"})
    two = surgery.post(where, {"need": "money", "answer": "yes"})
    assert (one.status_code, one["Location"]) == (two.status_code, two["Location"])
    assert sorted(Referral.objects.values_list("status", flat=True)) == ["joined", "received"]
    assert [code for code, _ in codes(joan)] == ["referral"]


def test_the_sender_sees_news_once_and_may_cancel_until_someone_has_spoken_with_the_person(
    surgery: Client, joan: Person, gp: Any, link_worker: Any
) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    actions.accept(referral=case, by=link_worker.actor)
    page = surgery.get(reverse("my-referrals")).content.decode()
    assert "News" in page
    assert "A link worker has taken it on." in page
    assert ">News<" not in surgery.get(reverse("my-referrals")).content.decode()
    assert not Notice.objects.filter(to=Told.SENDER, read=None).exists()
    cancel = reverse("cancel-referral", args=[joan.uuid, case.uuid])
    assert cancel in page
    actions.record_contact(referral=case, how="phone", spoke=True, by=link_worker.actor)
    surgery.post(cancel)
    assert Referral.objects.get().status == Status.ACTIVE
    assert cancel not in surgery.get(reverse("my-referrals")).content.decode()


def test_what_is_new_stands_first_and_what_has_ended_is_folded_once_it_was_read(
    surgery: Client, joan: Person, gp: Any, link_worker: Any
) -> None:
    row = actions.refer(person=joan, need="company", by=gp.actor)
    headings = []
    for step in (
        lambda: None,
        lambda: actions.decline(referral=row, reason="person", by=link_worker.actor),
        lambda: None,
    ):
        step()
        page = surgery.get(reverse("my-referrals")).content.decode()
        headings.append((*re.findall(r"<h2>(.+) \(1\)</h2>", page), "<details" in page))
    assert headings == [("Going on", False), ("New to you", False), ("Ended", True)]


def test_a_referral_is_cancelled_by_whoever_made_it_and_nobody_else(
    client: Client, joan: Person, gp: Any, place: Any, make_worker: Callable[..., Any]
) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    cancel = reverse("cancel-referral", args=[joan.uuid, case.uuid])
    client.force_login(make_worker("clinician", place.harbour).user)
    client.post(cancel)
    assert Referral.objects.get().status == Status.RECEIVED
    client.force_login(gp.user)
    assert client.get(cancel).status_code == 405
    client.post(cancel)
    assert Referral.objects.get().status == Status.CANCELLED


def test_people_of_other_practices_are_not_found(
    surgery: Client, make_person: Callable[..., Person], place: Any
) -> None:
    stranger = make_person(practice=place.avenues)
    assert surgery.get(reverse("refer", args=[stranger.uuid])).status_code == 404
    assert surgery.post(reverse("refer", args=[stranger.uuid]), {"need": "company"}).status_code == 404
    assert not Referral.objects.exists()


def test_opening_the_page_is_in_the_audit(surgery: Client, joan: Person, gp: Any) -> None:
    surgery.get(reverse("refer", args=[joan.uuid]))
    assert AuditEntry.objects.filter(person=joan.pk, user=gp.user.pk, act="opened the referral page").count() == 1
