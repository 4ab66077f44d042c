"""A link worker looks for a group from a case: with all that the directory can be asked, and how far it is."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions
from whatmatters.directory.models import Group

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_how_far_it_is_from_where_the_person_lives(
    keeper: Client, make_person: Callable[..., Any], make_worker: Callable[..., SimpleNamespace],
    place: SimpleNamespace, make_group: Callable[..., Group],
) -> None:  # fmt: skip
    worker = make_worker("link_worker", place.east).actor
    case = actions.accept(
        referral=actions.refer(person=make_person(postcode="HU9 2AA"), need="company", by=worker), by=worker
    )
    for name, town, code, lat in (("Here", "Hull", "HU9 1AA", 53.75), ("There", "Leven", "HU17 5AA", 53.85)):
        places = [{"town": town, "postcode": code, "latitude": lat, "longitude": -0.3}]
        make_group(name, languages="Polish", places=places, meetings=[{"weekday": 3, "place": 0}])
    make_group("Nowhere")
    where = reverse("case-group", args=[case.person.uuid, case.uuid])
    page = " ".join(keeper.get(where).content.decode().split())
    assert "Miles are as the crow flies from HU9" in page
    assert "Thursdays; 0.0 miles; Polish" in page
    assert "Thursdays; 6.9 miles; Polish" in page
    narrowed = keeper.get(where, {"words": "", "near": "Leven", "within": "3"}).content.decode()
    assert ("There" in narrowed, "Here " in narrowed) == (True, False)


def test_the_nearest_come_first_and_those_far_away_only_where_asked_for(
    keeper: Client, make_person: Callable[..., Any], make_worker: Callable[..., SimpleNamespace],
    place: SimpleNamespace, make_group: Callable[..., Group],
) -> None:  # fmt: skip
    worker = make_worker("link_worker", place.east).actor
    case = actions.refer(person=make_person(postcode="HU9 2AA"), need="company", by=worker)
    case = actions.accept(referral=case, by=worker)
    for name, code, lat in (
        ("Anlaby choir", "HU10 5AA", 53.85),
        ("Zion choir", "HU9 1AA", 53.75),
        ("Bath choir", "BA1 1AA", 51.38),
    ):
        make_group(name, places=[{"town": name, "postcode": code, "latitude": lat, "longitude": -0.3}])
    make_group("A choir online")
    where = reverse("case-group", args=[case.person.uuid, case.uuid])
    page = keeper.get(where).content.decode()
    order = [page.index(name) for name in ("Zion choir", "Anlaby choir", "A choir online")]
    assert order == sorted(order)
    assert "Bath choir" not in page
    assert "Left empty: HU9, where Joan lives" in page
    assert "Bath choir" in keeper.get(where, {"words": "", "near": "Bath choir"}).content.decode()
