"""Unmet needs by place: small numbers hidden, no total, and what is not over not shown."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import missing
from whatmatters.components.social_prescribing.models import Referral, Status, UnmetNeed
from whatmatters.directory.models import Postcode

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SINCE, UNTIL = missing.over(date.today())
HULL, RIDING = "E06000010", "E06000011"


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2026, 11, 22), date(2025, 10, 1), date(2026, 10, 1)),
        (date(2026, 4, 1), date(2025, 4, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2025, 1, 1), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2023, 1, 1), date(2024, 1, 1)),
    ],
)
def test_four_quarters_that_are_over(today: date, since: date, until: date) -> None:
    assert missing.over(today) == (since, until)


@pytest.fixture
def needs(at: Callable[[Status], Referral]) -> Callable[..., None]:
    row = at(Status.ACTIVE)

    def write(how_many: int, authority: str = HULL, **facts: Any) -> None:
        usual = {"need": "company", "reason": "full", "on": SINCE, "practice": row.practice, "referral": row}
        for _ in range(how_many):
            UnmetNeed.objects.create(**{**usual, "authority": authority, **facts})

    return write


@pytest.fixture
def page(place: Any, make_worker: Callable[..., Any]) -> Callable[..., str]:
    def read(**asked: str) -> str:
        client = Client()
        client.force_login(make_worker(Role.COMMISSIONER, place.icb, name="Marcus Tennant").user)
        return client.get(reverse("unmet-needs"), asked).content.decode()

    return read


def shown(page: str) -> list[tuple[str, str]]:
    cells = page.split("<tbody")[1].split("</tbody>", maxsplit=1)[0].split("<tr>")[1:]
    return [(row.split('<th scope="row">')[1].split("<")[0], row.split('numeric">')[1].split("<")[0]) for row in cells]


def test_small_numbers_are_hidden_and_others_rounded(needs: Any, page: Callable[..., str]) -> None:
    needs(13), needs(7, RIDING), needs(3, "")
    assert shown(page()) == [(HULL, "15"), (RIDING, "hidden"), ("Not known", "hidden")]


def test_it_is_asked_by_need_and_reason_and_what_is_not_over_does_not_count(
    needs: Any, page: Callable[..., str]
) -> None:
    needs(10), needs(20, need="travel", reason="too far")
    needs(30, on=UNTIL), needs(30, on=SINCE - timedelta(days=1))
    assert shown(page()) == [(HULL, "30")]
    assert shown(page(need="travel")) == [(HULL, "20")]
    assert shown(page(reason="full")) == [(HULL, "10")]
    assert "Nothing was written down" in page(need="loss")


def test_where_a_lookup_says_where_an_area_is_it_is_drawn(needs: Any, page: Callable[..., str]) -> None:
    needs(10)
    assert "nothing to draw" in page()
    for code, latitude in (("HU91AA", 53.7), ("HU92AA", 53.8)):
        Postcode.objects.create(code=code, latitude=latitude, longitude=-0.3, authority=HULL)
    assert "wm-map__point" in page()


def test_the_needs_of_other_places_are_not_among_them(needs: Any, make_worker: Any, place: Any) -> None:
    needs(10)
    client = Client()
    client.force_login(make_worker(Role.PCN_MANAGER, place.west, name="Gill Waudby").user)
    assert "Nothing was written down" in client.get(reverse("unmet-needs")).content.decode()
