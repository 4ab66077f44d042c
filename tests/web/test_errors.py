"""Error pages have the right status and repeat nothing of what was asked."""

import logging
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.usefixtures("layout"), pytest.mark.django_db]

PERSONAL = ("Atkinson", "999")


@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [
        ("bad", 400, "This request could not be read"),
        ("forbidden", 403, "Your account cannot do this"),
        ("missing", 404, "Page not found"),
        ("broken", 500, "Something went wrong here"),
    ],
)
def test_a_fault_has_its_status_and_a_plain_title(fault: str, status: int, title: str) -> None:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    answer = Client(raise_request_exception=False).get(f"/fault/{fault}?name=Atkinson&number=9990000018")
    body = answer.content.decode()
    assert answer.status_code == status
    assert f'<h1 class="nhsuk-heading-l">{title}</h1>' in body
    assert not [word for word in PERSONAL if word in body]


def test_an_unknown_address_is_not_repeated() -> None:
    answer = Client().get("/people/Atkinson/9990000018")
    assert answer.status_code == 404
    assert not [word for word in PERSONAL if word in answer.content.decode()]


def test_a_form_sent_without_its_token_says_the_page_was_open_too_long() -> None:
    answer = Client(enforce_csrf_checks=True).post("/", {"name": "Atkinson"})
    assert answer.status_code == 403
    assert "This page had been open too long" in answer.content.decode()
    assert "Atkinson" not in answer.content.decode()


def test_the_page_of_a_broken_server_asks_the_database_nothing(rf: Any, django_assert_num_queries: Any) -> None:
    from whatmatters.web.errors import server_error  # noqa: PLC0415  # after the routes are in place

    class Nobody:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError("the request was asked")

    with django_assert_num_queries(0):
        assert server_error(Nobody()).status_code == 500  # type: ignore[arg-type]  # not even a request
