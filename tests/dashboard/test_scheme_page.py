"""A scheme against what happened: planned beside counted, targets judged, and nothing hidden worked back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.dashboard.test_numbers_pages import row, store, text

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.actions import scheming
from whatmatters.components.social_prescribing.models import Aim, Item

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = "2022-23"
DAY = date(2023, 6, 30)


@pytest.fixture
def reader(make_worker: Callable[..., Any], settings: Any) -> Callable[[str, Any], Client]:
    settings.SECOND_FACTOR = False

    def sign_in(role: str, at: Any) -> Client:
        client = Client()
        client.force_login(make_worker(role, at).user)
        return client

    return sign_in


@pytest.fixture
def written(place: SimpleNamespace) -> Any:
    """East Hull's scheme of 2022-23, and what was counted: 41 referrals, 30 people supported, 1.5 workers."""
    scheme = scheming.scheme_of(service=place.east, year=YEAR, by=THE_SYSTEM)
    scheming.plan_numbers(scheme=scheme, referrals=60, wte=Decimal(2), pence=9_000_000, by=THE_SYSTEM)
    scheming.state(scheme=scheme, item=Item.COSTS, text="Pay and places", by=THE_SYSTEM)
    scheming.set_targets(
        scheme=scheme, targets={Aim.REFERRED: Decimal(40), Aim.TAKEN_UP: Decimal(90)}, on=date(2022, 5, 1),
        by=THE_SYSTEM,
    )  # fmt: skip
    of = {"period": YEAR, "as_at": DAY}
    store(
        row(place.east, "sp-referrals", numerator=41.0, denominator=None, **of),
        row(place.east, "sp-supported-share", numerator=30.0, denominator=1003.0, **of),
        row(place.east, "link-worker-wte-per-10000", numerator=1.5, denominator=1003.0, **of),
        row(place.east, "sp-referred-per-1000", numerator=41.0, denominator=1003.0, **of),
        row(place.east, "sp-taken-up-share", numerator=3.0, denominator=41.0, **of),
    )
    return scheme


def test_what_was_planned_stands_beside_what_happened(written: Any, reader: Any, place: Any) -> None:
    page = text(reader(Role.PCN_MANAGER, place.east), f"/numbers/U10001/scheme/?period={YEAR}")
    for words in (
        "Referrals Planned 60 Happened 41", "Whole-time link workers Planned 2 Happened 1.50",
        "Costs Planned £90,000.00 Happened what is planned comes to £3,000.00 for each person supported", "As at ",
        "At least 40 Happened 40.9 per 1000 How it stands Met", "At least 90 Happened 7.3% How it stands Missed",
        "Pay and places Not attested", "targets for improved access to social prescribing are set and monitored. "
        "Attested on 1 May 2022", "is designed; agreed and put in place",
    ):  # fmt: skip
        assert words in page, words
    assert "Not attested" in page


def test_others_see_what_anyone_may(written: Any, reader: Any, place: Any) -> None:
    page = text(reader(Role.PCN_MANAGER, place.west), f"/numbers/U10001/scheme/?period={YEAR}")
    assert "Referrals Planned 60 Happened 40" in page
    assert "At least 90 Happened hidden How it stands Hidden with the number" in page
    assert " 41 " not in page


def test_a_cost_is_not_divided_by_a_number_that_is_hidden(written: Any, reader: Any, place: Any) -> None:
    store(row(place.east, "sp-supported-share", numerator=3.0, denominator=1003.0, period=YEAR, as_at=DAY))
    page = text(reader(Role.PCN_MANAGER, place.west), f"/numbers/U10001/scheme/?period={YEAR}")
    assert "Planned £90,000.00 Happened hidden" in page


def test_a_year_without_a_protocol_says_so(reader: Any, place: Any) -> None:
    page = text(reader(Role.COMMISSIONER, place.icb), "/numbers/U10001/scheme/")
    assert "No protocol has been written for this year" in page
    assert "Referrals Planned not planned Happened not known" in page
