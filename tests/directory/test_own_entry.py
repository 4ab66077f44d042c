"""A group keeps its own entry by a one-time link, without an account."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.directory import actions
from whatmatters.directory.models import Check, Correction, Group, Link
from whatmatters.letters import outbox

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def shed(make_group: Callable[..., Group]) -> Group:
    return make_group(
        "Men in Sheds", phone="01632 960000", letters_to="shed@shed.example", last_verified=TODAY - timedelta(days=400)
    )


@pytest.fixture
def link(shed: Group, last_link: Callable[[], str]) -> str:
    """The path of the link that the round sent."""
    actions.round_of_letters()
    outbox.deliver()
    return last_link()


def typed(group: Group, **changed: Any) -> dict[str, Any]:
    usual = {
        "revision": group.revision, "name": group.name, "kind": group.kind, "about": group.about,
        "phone": group.phone, "letters_to": group.letters_to, "capacity": "open",
    }  # fmt: skip
    return {**usual, **changed}


def test_one_press_says_that_all_is_true(client: Client, shed: Group, link: str) -> None:
    assert "Is this still true?" in client.get(link).content.decode()
    assert "Thank you" in client.post(link).content.decode()
    shed.refresh_from_db()
    assert shed.last_verified == TODAY
    assert Check.objects.get().how == "group"


def test_reading_uses_nothing_up(client: Client, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert Link.objects.get().used is None


def test_a_link_works_once(client: Client, link: str) -> None:
    client.post(link)
    again = client.post(link)
    assert again.status_code == 410
    assert "Ask for a new link" in again.content.decode()
    assert client.post(f"{link}change/", {"name": "Casino"}).status_code == 410
    assert Group.objects.get().name == "Men in Sheds"


def test_a_link_ends_after_two_months(client: Client, link: str) -> None:
    Link.objects.update(ends=timezone.now())
    assert client.get(link).status_code == client.post(link).status_code == 410
    assert Group.objects.get().stale


def test_a_guessed_link_tells_nothing(client: Client, shed: Group, link: str) -> None:
    for path in (reverse("own-entry", args=["guess"]), reverse("own-change", args=["guess"]), link[:-2] + "x/"):
        answer = client.post(path, typed(shed))
        assert answer.status_code == 404
        assert shed.name not in answer.content.decode()
    assert Group.objects.get().stale


def test_when_one_link_was_used_the_others_are_over(client: Client, shed: Group, link: str) -> None:
    other = actions.links.make_link(shed)[0]
    client.post(link)
    assert client.get(reverse("own-entry", args=[other])).status_code == 410


def test_what_it_does_is_shown_at_once_and_how_to_reach_it_after_a_keeper_looked(
    client: Client, shed: Group, link: str
) -> None:
    answer = client.post(
        f"{link}change/",
        typed(shed, about="Metalwork now", phone="07700 900999", name="Sheds for All", place0_town="Hull",
              place0_step_free="yes", day0_weekday="3", day0_opens="10am", day0_closes="12 noon"),
    )  # fmt: skip
    assert "after one of us has looked" in answer.content.decode()
    shed.refresh_from_db()
    assert (shed.about, shed.phone, shed.name) == ("Metalwork now", "01632 960000", "Men in Sheds")
    assert [meeting.said for meeting in shed.meetings.all()] == ["Thursdays, 10am to 12 noon"]
    assert shed.places.get().step_free is True
    assert shed.last_verified == TODAY
    assert Correction.objects.get().facts == {"phone": "07700 900999", "name": "Sheds for All"}
    assert Check.objects.get().how == "changed"


@pytest.mark.parametrize(("take", "phone"), [("yes", "07700 900999"), ("no", "01632 960000")])
def test_a_keeper_takes_it_or_leaves_it_once(take: str, phone: str, keeper: Client, shed: Group, link: str) -> None:
    Client().post(f"{link}change/", typed(shed, phone="07700 900999"))
    row = Correction.objects.get()
    assert "They say: 07700 900999" in keeper.get(reverse("directory-checks")).content.decode()
    keeper.post(reverse("decide-correction", args=[row.pk]), {"take": take})
    keeper.post(reverse("decide-correction", args=[row.pk]), {"take": "yes"})
    assert Group.objects.get().phone == phone


def test_what_must_be_mended_keeps_what_was_typed_and_the_link(client: Client, shed: Group, link: str) -> None:
    answer = client.post(f"{link}change/", typed(shed, about="Metal", age_from="40", age_to="30", day0_opens="ten"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The oldest age is below the youngest" in page
    assert "enter a time like 10.30am" in page
    assert "Metal" in page
    assert client.get(link).status_code == 200


def test_when_a_keeper_was_quicker_both_versions_are_shown(client: Client, shed: Group, link: str) -> None:
    old = typed(shed, about="Metal")
    actions.change(group=shed, by=THE_SYSTEM, revision=shed.revision, about="Pottery")
    answer = client.post(f"{link}change/", old)
    assert answer.status_code == 409
    assert "On file: Pottery<br>You typed: Metal" in answer.content.decode()
    assert client.post(f"{link}change/", {**old, "revision": "2"}).status_code == 200
    assert Group.objects.get().about == "Metal"


def test_a_group_that_says_it_no_longer_runs_is_gone(client: Client, shed: Group, link: str) -> None:
    client.post(f"{link}change/", typed(shed, standing="closed"))
    assert Check.objects.get().how == "closed"
    answer = client.get(reverse("group", args=[shed.uuid]))
    assert answer.status_code == 410
    assert "no longer runs" in answer.content.decode()


def test_whoever_asks_the_link_goes_to_the_address_on_file_three_times_a_day(client: Client, shed: Group) -> None:
    other = actions.add(by=THE_SYSTEM, name="No address", kind="other", about="None")
    answers = set()
    for group in (shed, shed, shed, shed, other):
        client.post(reverse("ask-link", args=[group.uuid]))
        answers.add("a link is on its way" in client.get(reverse("group", args=[group.uuid])).content.decode())
    outbox.deliver()
    assert [letter.to for letter in mail.outbox] == [["shed@shed.example"]] * 3
    assert answers == {True}


def test_the_audit_says_what_was_done_by_link(client: Client, shed: Group, link: str) -> None:
    client.post(link)
    acts = AuditEntry.objects.filter(actor__contains="by its link").values_list("act", flat=True)
    assert "verified a community group" in acts
