"""What is given out, read into an empty directory, is given out again the same."""

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.directory import actions
from whatmatters.directory.conditions import Condition
from whatmatters.directory.models import Capacity, Carers, Cost, Group, Place, Provider, Sex
from whatmatters.directory.needs import Need
from whatmatters.interop.open_referral.importing import import_directory

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()

LETTERS = st.characters(exclude_categories=["C", "Zl", "Zp"])
MARKED = st.sampled_from(
    ["<b>bold</b>", "&amp;", "Not for: ", "Women only: ", "Free", "a, b and c", "O'Brien-Núñez", "😀"]
)


def line(most: int) -> st.SearchStrategy[str]:
    """One line of words, as an entry may hold: never blank, for a blank one is none."""
    parts = st.lists(MARKED | st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=3)
    return parts.map(lambda some: " ".join(" ".join(some).split())[:most].strip()).filter(bool)


def maybe(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | some


def words(most: int) -> st.SearchStrategy[str]:
    return st.just("") | line(most)


def one_of(*given: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *given])


def some_of(given: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(given), max_size=3, unique=True)


POSTCODES = one_of("HU9 1AA", "LS1 4DY")
YES_NO = st.none() | st.booleans()
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
PLACES = st.fixed_dictionaries({
    "name": words(150), "address": words(300), "town": words(80), "postcode": POSTCODES, "step_free": YES_NO,
    "toilet": YES_NO, "hearing_loop": YES_NO, "parking": YES_NO, "bus": words(150), "access": words(500),
    "coordinates": maybe(st.tuples(st.floats(50, 60), st.floats(-8, 1.9))),
}).filter(lambda place: any(value not in ("", None) for value in place.values()))  # fmt: skip
MEETINGS = st.fixed_dictionaries({
    "weekday": st.integers(0, 6), "opens": maybe(st.times(time(0), time(23, 59))),
    "closes": maybe(st.times(time(0), time(23, 59))), "every": st.integers(1, 4),
    "in_month": st.sampled_from(["", "1", "13", "31"]), "first": maybe(DAYS), "days": maybe(st.integers(7, 500)),
    "note": words(200), "place": st.integers(0, 3),
})  # fmt: skip
TERMS = st.fixed_dictionaries({"vocabulary": line(50), "id": st.uuids().map(str), "name": line(50)})
GROUPS = st.fixed_dictionaries({
    "name": line(150), "kind": st.sampled_from(Need.values), "also": some_of(Need.values), "about": line(5000),
    "notice": words(300), "who_for": words(300), "age_from": maybe(st.integers(0, 40)),
    "age_to": maybe(st.integers(40, 150)), "sex": one_of(*Sex.values), "sex_why": line(200),
    "conditions": some_of(Condition.values), "carers": one_of(*Carers.values), "area": words(200),
    "outward": one_of("HU8", "HU8 HU9"), "not_for": st.lists(line(100), max_size=2), "where": words(300),
    "online": YES_NO, "home_visits": YES_NO, "languages": one_of("Polish, BSL and Punjabi", "Klingon"),
    "cost_kind": one_of(*Cost.values), "price": maybe(st.integers(0, 99_999)), "cost": words(300),
    "phone": one_of("01482 000000"), "email": one_of("a@example.org"),
    "website": one_of("https://example.org/a?b=c&d"), "joining": words(300),
    "capacity": st.sampled_from(Capacity.values), "wait_weeks": maybe(st.integers(0, 300)),
    "last_verified": maybe(st.dates(TODAY - timedelta(days=500), TODAY)),
    "standing": st.sampled_from(["active", "paused"]), "taxonomy": st.lists(TERMS, max_size=2),
})  # fmt: skip
ENTRIES = st.tuples(
    GROUPS, st.lists(PLACES, max_size=3), st.lists(MEETINGS, max_size=3), maybe(st.tuples(line(200), words(500)))
)


def add(group: dict[str, Any], places: list[dict[str, Any]], meetings: list[dict[str, Any]], provider: Any) -> None:
    made = []
    for place in places:
        given = dict(place)
        latitude, longitude = given.pop("coordinates") or (None, None)
        made.append({**given, "latitude": latitude, "longitude": longitude})
    when = []
    for meeting in meetings:
        given = dict(meeting)
        days, at = given.pop("days"), given.pop("place")
        given["last"] = given["first"] + timedelta(days=days) if given["first"] and days else None
        given["every"] = given["every"] if given["first"] else 1
        when.append({**given, "place": at if at < len(made) else None})
    facts = {**group, "sex_why": group["sex_why"] if group["sex"] else ""}
    if provider:
        facts["provider"] = Provider.objects.create(name=provider[0], about=provider[1])
    actions.add(by=THE_SYSTEM, places=made, meetings=when, **facts)


def given_out() -> list[dict[str, Any]]:
    """All services in full, in the order of their ids, without the note on where they were read from."""
    contents = json.loads(Client().get("/openreferral/services", {"full": "true"}).content)["contents"]
    for one in contents:
        one["attributes"] = [found for found in one["attributes"] if found["link_type"] != "source"]
    return sorted(contents, key=lambda one: str(one["id"]))


def differing(first: Any, again: Any, at: str = "") -> list[str]:
    """The places that differ, and how; a whole entry would be too long to read."""
    if isinstance(first, dict) and isinstance(again, dict):
        names = sorted(first.keys() | again.keys())
        return [one for name in names for one in differing(first.get(name), again.get(name), f"{at}.{name}")]
    if isinstance(first, list) and isinstance(again, list) and len(first) == len(again):
        pairs = enumerate(zip(first, again, strict=True))
        return [one for number, (a, b) in pairs for one in differing(a, b, f"{at}[{number}]")]
    return [] if first == again else [f"{at}: {first!r} became {again!r}"]


# Not made smaller: that takes minutes, and ``differing`` says what differs.
@settings(
    phases=[Phase.generate],
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ENTRIES, min_size=1, max_size=2))
def test_out_in_and_out_again_is_the_same(tmp_path: Path, entries: list[Any]) -> None:
    with transaction.atomic():
        for entry in entries:
            add(*entry)
        first = given_out()
        Group.objects.all().delete()
        Provider.objects.all().delete()
        path = tmp_path / "all.json"
        path.write_text(json.dumps(first), "utf-8")
        done = import_directory([path], by=THE_SYSTEM, tell=lambda _: None)
        assert differing(first, given_out()) == []
        assert done.summary.new == len(first)
        assert {row.kind.value for row in done.report.rows} <= ALLOWED
        places = sorted(Place.objects.values_list("uuid", flat=True))
        again = import_directory([path], by=THE_SYSTEM, tell=lambda _: None)
        assert (again.summary.unchanged, sorted(Place.objects.values_list("uuid", flat=True))) == (len(first), places)
        transaction.set_rollback(True)


ALLOWED = {  # true of some entries, and so said
    "over already", "unknown language", "closed or inactive", "last checked more than a year ago",
}  # fmt: skip
