"""The public pages: list, map, paper, a group's own; what they say, and how much they ask of the database."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from whatmatters.directory.models import Group, Postcode
from whatmatters.directory.pages import LOTS

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
HULL, BEVERLEY = (53.744, -0.336), (53.842, -0.435)
FOUND = "Herbata i ciasto"


def at(town: str, where: tuple[float, float], **facts: Any) -> dict[str, Any]:
    code = {"Hull": "HU1 1AA", "Beverley": "HU17 8AA"}[town]
    return {"town": town, "postcode": code, "latitude": where[0], "longitude": where[1], **facts}


@pytest.fixture
def some_groups(make_group: Callable[..., Group]) -> Group:
    make_group("Beverley Walkers", places=[at("Beverley", BEVERLEY)])
    make_group("Debt line", home_visits=True)
    return make_group(
        FOUND, languages="Polish", cost_kind="pays", price=250, cost="tea included", not_for=["Children", "A crisis"],
        sex="F", sex_why="for women who fled violence", age_from=18,
        places=[at("Hull", HULL, name="Parish hall", step_free=True, parking=False, bus="57")],
        meetings=[{"weekday": 3, "opens": time(10), "closes": time(12), "every": 2, "first": date.today(), "place": 0}],
    )  # fmt: skip


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({"near": "Hull"}, "Distances are as the crow flies, from Hull: the middle of the one place we know there"),
        ({"near": "hull"}, f"{FOUND}</a>"),
        ({"near": "HU1"}, "0.0 miles away"),
        ({"near": "Hull", "within": "20"}, "7.9 miles away"),
        ({"near": "Hull", "day": "2"}, "0 found"),
        ({"day": "3", "language": "Polish", "access": "step_free"}, "1 found"),
        ({"words": "herbatta"}, "1 found"),
        ({}, "3 found"),
    ],
)
def test_the_list_says_what_it_found_and_from_where(
    query: dict[str, str], page: str, client: Client, some_groups: Group
) -> None:
    assert page in words(client.get(reverse("groups"), query))


@pytest.mark.parametrize("how", ["get", "post"])
def test_a_whole_postcode_never_stands_in_an_address_and_yet_counts(
    how: str, client: Client, some_groups: Group
) -> None:
    Postcode.objects.create(code="HU19ZZ", latitude=53.8, longitude=-0.3)
    sent = {"words": "", "near": "hu1 9zz", "kind": "", "day": "3"}
    answer = getattr(client, how)(reverse("groups"), sent)
    assert answer.headers["Location"] == f"{reverse('groups')}?near=HU1&day=3&words="
    there = client.get(answer.headers["Location"])
    assert "from HU1 9ZZ" in words(there)
    assert "HU1 9ZZ" not in "".join(re.findall('(?:href|action)="[^"]*"', there.content.decode()))
    assert "from HU1: the middle of" in words(Client().get(answer.headers["Location"]))
    assert "from Hull" in words(client.post(reverse("groups"), {"words": "", "near": "Hull"}, follow=True))


@pytest.mark.parametrize("near", ["Nowhere-on-Sea", "ZZ99", "HU", "'; --"])
def test_a_place_that_nobody_knows_is_said_to_be_so_and_kept_in_the_box(
    near: str, client: Client, some_groups: Group
) -> None:
    answer = client.get(reverse("groups"), {"near": near})  # as it is after the search was sent
    assert answer.status_code == 422
    assert "We do not know where this is" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99999999", "x", "٣", "2"])
def test_a_page_that_is_not_there_is_the_nearest(page: str, client: Client, some_groups: Group) -> None:
    assert FOUND in client.get(reverse("groups"), {"page": page}).content.decode()


def test_long_lists_are_cut_into_pages_that_keep_the_search(client: Client, make_group: Callable[..., Group]) -> None:
    for number in range(45):
        make_group(f"Group {number:02}")
    first = client.get(reverse("groups"), {"words": "brew"}).content.decode()
    assert first.count("wm-entry") == 20
    assert "?words=brew&amp;page=2" in first or "?words=brew&page=2" in first
    last = client.get(reverse("groups"), {"words": "brew", "page": "3"}).content.decode()
    assert ("Group 44" in last, "Page 3 of 3" in last) == (True, True)


def test_more_than_anyone_counts(client: Client, make_group: Callable[..., Group]) -> None:
    one = make_group()
    copies = [
        Group(name=f"G{number:04}", kind="other", words=one.words, last_verified=date.today()) for number in range(LOTS)
    ]
    Group.objects.bulk_create(copies)
    assert f"More than {LOTS:,} found" in words(client.get(reverse("groups"), {"words": "brew"}))


def test_a_group_s_page_says_everything_in_words(client: Client, some_groups: Group) -> None:
    page = words(client.get(reverse("group", args=[some_groups.uuid])))
    for said in (
        "Every other Thursday, 10am to 12 noon", "Next:", "Parish hall, Hull, HU1 1AA", "Has: step-free.",
        "Has not: parking for disabled people.", "Bus: 57", "tea included. Usually £2.50", "18 and over",
        "Women only: for women who fled violence", "<li>A crisis</li>",
    ):  # fmt: skip
        assert said in page


def test_the_map_has_a_point_for_each_group_and_a_row_in_its_table(client: Client, some_groups: Group) -> None:
    page = client.get(reverse("groups-map")).content.decode()
    assert page.count('<circle class="wm-map__point"') == 2
    assert page.count('<th scope="row">') == 3
    assert "Not on the map" in page
    assert "http" not in page.split("<svg", 1)[1].split("</svg>")[0]


def test_paper_has_what_one_needs_to_go(client: Client, some_groups: Group) -> None:
    page = words(client.get(reverse("groups-print"), {"language": "Polish"}))
    assert FOUND in page
    assert "Parish hall, Hull, HU1 1AA" in page
    assert "Debt line" not in page


@pytest.mark.parametrize("days", [548, 549])
def test_the_public_sees_an_entry_for_a_year_and_a_half(
    days: int, client: Client, keeper: Client, make_group: Callable[..., Group]
) -> None:
    group = make_group(last_verified=date.today() - timedelta(days=days), added_on=date(2019, 4, 1))
    shown = 200 if days == 548 else 410
    assert Client().get(reverse("group", args=[group.uuid])).status_code == shown
    assert keeper.get(reverse("group", args=[group.uuid])).status_code == 200


def test_an_old_entry_that_came_today_is_shown_last_and_as_not_checked_since(
    client: Client, make_group: Callable[..., Group]
) -> None:
    """As from a feed whose keeper looked long ago: hidden at once, half a council's directory would never be seen."""
    long_ago = date(2021, 5, 3)
    old = make_group("A shed of long ago", last_verified=long_ago, source="Hull")
    make_group("Shed next door", last_verified=date.today())
    page = client.get(reverse("groups"), {"words": "shed"}).content.decode()
    assert page.index("Shed next door") < page.index("A shed of long ago")
    assert "Not checked since 3 May 2021" in page
    assert Client().get(reverse("group", args=[old.uuid])).status_code == 200
    Group.objects.filter(pk=old.pk).update(added_on=date.today() - timedelta(days=549))
    assert "A shed of long ago" not in client.get(reverse("groups"), {"words": "shed"}).content.decode()


@pytest.mark.parametrize(
    ("name", "query", "most"),
    [
        ("groups", {}, 5),
        ("groups", {"words": "brew"}, 6),
        ("groups", {"words": "brew", "near": "Hull", "day": "3", "language": "Polish"}, 7),
        ("groups-map", {"near": "Hull"}, 6),
        ("groups-print", {}, 5),
    ],
)
def test_the_database_is_asked_no_more_the_more_there_is(
    name: str, query: dict[str, str], most: int, client: Client, make_group: Callable[..., Group]
) -> None:
    for _ in range(25):
        make_group(languages="Polish", places=[at("Hull", HULL)], meetings=[{"weekday": 3, "place": 0}])
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name), query).status_code == 200
    assert len(caught) == most, [query["sql"][:80] for query in caught]
