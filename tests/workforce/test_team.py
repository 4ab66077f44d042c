"""The team's pages: who holds which post, from when to when."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.models import AuditEntry
from whatmatters.workforce import actions
from whatmatters.workforce.models import Post, Worker


@pytest.fixture
def manager(client: Client, make_worker: Any, place: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """Of East Hull PCN."""
    settings.SECOND_FACTOR = False
    found: SimpleNamespace = make_worker("pcn_manager", place.east, name="Gill Manager")
    client.force_login(found.user)
    return found


def filled(**changes: str) -> dict[str, str]:
    post = {
        "role": "link_worker", "organisation": "u10001", "employer": "Hull Mind", "wte": "0.6",
        "start_day": "1", "start_month": "4", "start_year": "2026",
    }  # fmt: skip
    return {"name": "Tess Marchbank", "profession": "", "account": "", **post, **changes}


def test_someone_is_added_with_their_first_post(client: Client, manager: SimpleNamespace) -> None:
    assert client.post("/team/add/", filled())["Location"] == "/team/"
    post = Post.objects.get(worker__name="Tess Marchbank")
    assert (post.role, post.organisation.code, post.employer, post.wte, post.start, post.end) == (
        "link_worker", "U10001", "Hull Mind", Decimal("0.60"), date(2026, 4, 1), None,
    )  # fmt: skip
    page = client.get("/team/").content.decode()
    assert all(words in page for words in ("Tess Marchbank", "0.6", "1 April 2026", "employed by Hull Mind"))
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["worker taken on", "worker appointed"]


def test_their_account_is_linked_so_that_what_they_do_is_theirs(
    client: Client, manager: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    nurse = make_worker("clinician", place.harbour)
    Post.objects.filter(worker=nurse.worker).delete()
    nurse.worker.delete()
    client.post("/team/add/", filled(account=nurse.user.email.upper()))
    assert Worker.objects.get(name="Tess Marchbank").account == nurse.user


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter their name"),
        ({"wte": "0"}, "Enter a number above 0"),
        ({"wte": "1.6"}, "at most 1.5"),
        ({"wte": "half"}, "Enter a number, like 1 or 0.6"),
        ({"wte": "NaN"}, "Enter a number, like 1 or 0.6"),
        ({"organisation": "U10002"}, "no organisation with this code"),
        ({"role": ""}, "Choose the role"),
        ({"account": "nobody@example.org"}, "No account with this address"),
        ({"end_day": "31", "end_month": "3", "end_year": "2026"}, "after the first day"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    client: Client, manager: SimpleNamespace, changes: dict[str, str], words: str
) -> None:
    answer = client.post("/team/add/", filled(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Worker.objects.filter(name="Tess Marchbank").exists()


def test_a_post_is_added_and_ended(client: Client, manager: SimpleNamespace) -> None:
    client.post("/team/add/", filled())
    worker = Worker.objects.get(name="Tess Marchbank")
    client.post(f"/team/{worker.pk}/posts/add/", filled(organisation="B81002", wte="0.4"))
    second = worker.posts.get(organisation__code="B81002")
    early = client.post(f"/team/posts/{second.pk}/end/", {"end_day": "31", "end_month": "3", "end_year": "2026"})
    assert "before the post began" in early.content.decode()
    client.post(f"/team/posts/{second.pk}/end/", {"end_day": "1", "end_month": "10", "end_year": "2026"})
    second.refresh_from_db()
    assert second.end == date(2026, 10, 1)
    assert AuditEntry.objects.latest("number").detail["until"] == "2026-10-01"


def test_the_page_shows_the_posts_of_ones_own_places_only(
    client: Client, manager: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    make_worker("link_worker", place.garden, name="Near Worker")
    make_worker("link_worker", place.west, name="Far Worker")
    page = client.get("/team/").content.decode()
    assert ("Near Worker" in page, "Far Worker" in page) == (True, False)


def test_the_action_refuses_an_end_before_the_start(manager: SimpleNamespace) -> None:
    post = manager.worker.posts.get()
    with pytest.raises(ValueError, match="before it began"):
        actions.end_post(post, on=date(2018, 1, 1), by=manager.actor)


def test_whoever_ends_a_post_is_led_to_the_cases_that_are_left(
    client: Client, manager: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    leaver, nurse = make_worker("link_worker", place.east).worker, make_worker("clinician", place.harbour).worker
    hand_over = reverse("hand-over-all", args=[leaver.pk])
    assert hand_over in client.get(f"/team/posts/{leaver.posts.get().pk}/end/").content.decode()
    assert client.get(hand_over).status_code == 200
    assert "hand-over" not in client.get(f"/team/posts/{nurse.posts.get().pk}/end/").content.decode()


def test_the_team_page_leads_nobody_to_a_page_that_is_shut_to_them(
    client: Client, manager: SimpleNamespace, make_worker: Any, place: SimpleNamespace
) -> None:
    caseloads = f'href="{reverse("caseload")}"'
    assert caseloads in client.get("/team/").content.decode()
    client.force_login(make_worker("administrator", place.east).user)
    assert caseloads not in client.get("/team/").content.decode()
    assert client.get(reverse("caseload")).status_code == 403
