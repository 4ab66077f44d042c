"""The directory as open data: it passes the published schemas, says nothing of anybody, and cannot be abused."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.interop.open_referral.conftest import ONE, Service, Take
from tests.interop.open_referral.schema import extras, faults

from whatmatters.access.models import AuditEntry
from whatmatters.directory.models import Group, Postcode
from whatmatters.interop.open_referral.terms import CONDITIONS, NEEDS, ROOM, TAXONOMIES, term_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
HSDS_ALONE = {  # of HSDS 3, and taken out of the British profile, which allows them
    ".eligibility_description", ".application_process", ".wait_time", ".phones", ".languages.name", ".languages.code",
    ".service_at_locations.location.transportation",
}  # fmt: skip


def everything(own: Callable[..., Group], name: str = "Ślask café & <friends>") -> Group:
    """A group of which all is known."""
    place = {
        "name": "The old school", "address": "1 Holderness Road", "town": "Hull", "postcode": "HU9 1AA",
        "latitude": 53.75, "longitude": -0.3, "step_free": True, "toilet": False, "bus": "56 and 57",
        "access": "Ring the bell for the lift",
    }  # fmt: skip
    meetings = [
        {"place": 0, "weekday": 1, "opens": time(10), "closes": time(12, 30), "note": "Not in August"},
        {"place": None, "weekday": 3, "in_month": "13", "first": date(2026, 1, 1)},
    ]
    return own(
        name, places=[place], meetings=meetings, also=["mood"], conditions=["dementia"], carers="welcome", sex="F",
        sex_why="It is for survivors", not_for=["Anyone in crisis"], who_for="Women of Hull", age_from=18, age_to=99,
        area="East Hull", outward="HU8 HU9", online=True, home_visits=False, languages="Polish, BSL, Klingon",
        cost_kind="pays", price=250, cost="with tea", phone="01482 000000", email="cafe@example.org",
        website="https://cafe.example.org/", joining="Just come", notice="Closed at Christmas", wait_weeks=3,
        capacity="waiting", last_verified=TODAY, contact="Ann Persona", letters_to="ann@persona.example",
        taxonomy=[{"vocabulary": "esdServiceTypes", "id": "831", "name": "Befriending"}],
    )  # fmt: skip


def got(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    answer = client.get(f"/openreferral/{path}", query)
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


@pytest.fixture
def compiled(shared_data: Path) -> Path:
    return shared_data / "directory/oruk_uk_profile/schema/compiled"


@pytest.mark.realdata
def test_the_checker_passes_the_published_examples_and_refuses_what_is_wrong_with_them(
    shared_data: Path, compiled: Path
) -> None:
    mock = json.loads((shared_data / "directory/V3.0-UK-Default/service_full.json").read_text("utf-8"))
    assert faults(mock, compiled / "service.json") == []
    mock["schedules"][0]["freq"] = "DAILY"
    mock["organization"]["id"] = "one"
    mock["minimum_age"] = "12"
    del mock["status"]
    assert faults(mock, compiled / "service.json") == [
        ": status is missing",
        ".minimum_age: '12' is no number",
        ".schedules[0].freq: 'DAILY' is none of ['WEEKLY', 'MONTHLY']",
        ".organization.id: 'one' is no uuid",
    ]
    warned = json.loads((shared_data / "directory/V3.0-UK-Warn/taxonomy_term.json").read_text("utf-8"))
    assert faults(warned, compiled.parent / "taxonomy_term.json") == [
        ": description is missing",
        ".term_uri: 'example_com' is no uri",
    ]


@pytest.mark.realdata
def test_every_answer_passes_the_published_schemas(
    client: Client, own: Callable[..., Group], take: Take, service: Service, compiled: Path
) -> None:
    everything(own)
    own("Bare")
    own("With a postcode alone", postcode="HU1 1AA")
    take(service(id="not a uuid"), source="Hull directory", licence="OGL v3.0")
    lists = {"services": "service_list", "service_at_locations": "service_at_location_list"}
    for what, short in lists.items():
        for contents, schema in (
            (got(client, what), short),
            (got(client, what, full="true"), short.removesuffix("_list")),
        ):
            assert contents["size"] == contents["total_items"] == len(contents["contents"])
            for one in contents["contents"]:
                assert faults(one, compiled / f"{schema}.json") == []
                whole = got(client, f"{what}/{one['id']}")
                assert faults(whole, compiled / f"{short.removesuffix('_list')}.json") == []
                if what == "services":
                    assert extras(whole, compiled / "service.json") <= HSDS_ALONE
    for one in got(client, "organizations")["contents"]:
        assert faults(one, compiled / "organization_list.json") == []
        assert faults(got(client, f"organizations/{one['id']}"), compiled / "organization.json") == []
    for what in ("taxonomies", "taxonomy_terms"):
        schema = "taxonomy" if what == "taxonomies" else "taxonomy_term"
        for one in got(client, what, per_page=100)["contents"]:
            assert faults(one, compiled.parent / f"{schema}.json") == []
            assert faults(got(client, f"{what}/{one['id']}"), compiled.parent / f"{schema}.json") == []


def test_a_service_says_all_that_its_page_says(client: Client, own: Callable[..., Group]) -> None:
    group = everything(own)
    said = got(client, f"services/{group.uuid}")
    (place,) = said["service_at_locations"]
    assert said["name"] == "Ślask café & <friends>"
    assert said["assured_date"] == f"{TODAY}"
    assert said["eligibility_description"].splitlines() == [
        "Women of Hull", "Women only: It is for survivors", "Not for: Anyone in crisis",
    ]  # fmt: skip
    assert [one.get("code") for one in said["languages"]] == ["pl", "bfi", None]
    assert [(one["freq"], one["byday"], one.get("service_at_location_id")) for one in said["schedules"]] == [
        ("WEEKLY", "TU", place["id"]), ("MONTHLY", "1TH,3TH", None),
    ]  # fmt: skip
    assert said["cost_options"][0]["amount"] == 2.5
    assert [one["taxonomy_term"]["name"] for one in said["attributes"]] == [
        "Company and friendship", "Low mood, worry or stress", "Dementia or memory problems", "A carer may come along",
        "Women only", "Can be joined online", "Does not visit people at home", "Has a waiting list", "Befriending",
    ]  # fmt: skip
    assert [(one["description"], one.get("details")) for one in place["location"]["accessibility"]] == [
        ("Step-free", "yes"), ("Accessible toilet", "no"), ("Ring the bell for the lift", None),
    ]  # fmt: skip


def test_nobody_is_named(client: Client, own: Callable[..., Group]) -> None:
    group = everything(own)
    for path in ("services?full=true", f"services/{group.uuid}", "service_at_locations?full=true", "organizations"):
        said = client.get(f"/openreferral/{path}").content.decode()
        assert "Ann" not in said
        assert "persona" not in said


def test_what_the_pages_do_not_show_is_not_given(client: Client, own: Callable[..., Group]) -> None:
    own("Closed", standing="closed")
    own("Faded", last_verified=TODAY - timedelta(days=600), added_on=TODAY - timedelta(days=600))
    paused = own("Paused", standing="paused")
    (one,) = got(client, "services")["contents"]
    assert (one["name"], one["status"]) == ("Paused", "temporarily closed")
    for gone in Group.objects.exclude(pk=paused.pk):
        assert got(client, f"services/{gone.uuid}", 404) == {"error": "there is nothing of this id"}
        got(client, f"organizations/{gone.uuid}", 404)
        got(client, f"service_at_locations/{gone.uuid}", 404)


def test_what_was_read_from_elsewhere_keeps_its_source_and_licence(
    client: Client, take: Take, service: Service
) -> None:
    take(service(), source="Hull directory", licence="Open Government Licence v3.0")
    last = got(client, f"services/{ONE}")["attributes"][-1]
    assert (last["link_type"], last["taxonomy_term"]["name"]) == ("source", "Hull directory")
    assert last["taxonomy_term"]["description"] == "Open Government Licence v3.0"


def test_pages_are_cut_and_counted(client: Client, own: Callable[..., Group]) -> None:
    names = [own(f"Group {at}").name for at in range(5)]
    pages = [got(client, "services", per_page=2, page=at) for at in (1, 2, 3, 4)]
    assert [one["name"] for page in pages for one in page["contents"]] == names
    assert [(page["first_page"], page["last_page"], page["empty"], page["size"]) for page in pages] == [
        (True, False, False, 2), (False, False, False, 2), (False, True, False, 1), (False, True, True, 0),
    ]  # fmt: skip
    assert {(page["total_items"], page["total_pages"]) for page in pages} == {(5, 3)}
    assert got(client, "services", page=10**17)["empty"]


def test_no_page_is_larger_than_a_hundred_and_its_queries_do_not_grow(
    client: Client, own: Callable[..., Group], django_assert_max_num_queries: Any
) -> None:
    for at in range(4):
        everything(own, f"Group {at}")
    assert got(client, "services", per_page=10**17)["size"] == 4
    with django_assert_max_num_queries(6):
        got(client, "services", full="true")
    Group.objects.bulk_create(Group(name=f"{at}", kind="company", about="x", words="x") for at in range(120))
    assert got(client, "services", per_page=1000)["size"] == 100


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"}, {"page": "-1"}, {"page": "one"}, {"per_page": "1.5"}, {"page": "9" * 30}, {"full": "perhaps"},
        {"taxonomy_term_id": "x"}, {"taxonomy_id": "x"}, {"organization_id": "x"}, {"modified_after": "soon"},
        {"minimum_age": "-1"}, {"day": "someday"}, {"day": "t"}, {"start_time": "25:00"}, {"page": "²"},
    ],
)  # fmt: skip
def test_what_is_asked_unclearly_is_refused_by_name(client: Client, query: dict[str, str]) -> None:
    (name,) = query
    assert got(client, "services", 422, **query)["error"].startswith(f"{name}: ")


def test_filters(client: Client, own: Callable[..., Group]) -> None:
    cafe = everything(own, "Café")
    shed = own("Shed", about="Tools", age_from=50, meetings=[{"weekday": 1, "opens": time(9)}], places=[])
    both = {"Café", "Shed"}
    for query, names in (
        ({"search": "tools"}, {"Shed"}),
        ({"search": "a\0b"}, set()),
        ({"taxonomy_term_id": term_of(NEEDS, "mood").id}, {"Café"}),
        ({"taxonomy_term_id": term_of(CONDITIONS, "dementia").id}, {"Café"}),
        ({"taxonomy_term_id": term_of(ROOM, "open").id}, {"Shed"}),
        ({"taxonomy_id": NEEDS.id}, both),
        ({"taxonomy_id": CONDITIONS.id}, {"Café"}),
        ({"taxonomy_id": f"{cafe.uuid}"}, set()),
        ({"organization_id": f"{shed.uuid}"}, {"Shed"}),
        ({"minimum_age": "40"}, {"Shed"}),
        ({"maximum_age": "99"}, {"Café"}),
        ({"day": "TU"}, both),
        ({"day": "Tuesday", "start_time": "10:00"}, {"Café"}),
        ({"day": "th", "end_time": "13:00"}, set()),
        ({"modified_after": "2020-01-01T00:00:00+01:00"}, both),
        ({"modified_after": f"{TODAY + timedelta(days=2)}"}, set()),
        ({"of_no_standard": "x"}, both),
    ):
        assert {one["name"] for one in got(client, "services", **query)["contents"]} == names, query
    assert [one["service"]["name"] for one in got(client, "service_at_locations", search="café")["contents"]] == [
        "Café"
    ]
    assert all(
        got(client, "services", taxonomy_id=one.id)["total_items"] <= 2 for one in TAXONOMIES
    )  # every one can be asked by


def test_places_near_a_postcode_and_those_that_serve_it(client: Client, own: Callable[..., Group]) -> None:
    Postcode.objects.create(code="HU91AA", latitude=53.75, longitude=-0.3)
    for name, north, outward in (
        ("Here", 53.75, ""),
        ("A mile off", 53.7645, "HU9"),
        ("Ten miles off", 53.9, "HU1 HU17"),
    ):
        own(name, places=[{"name": name, "latitude": north, "longitude": -0.3}], meetings=[], outward=outward)
    for query, names in (
        ({"postcode": "hu9 1aa", "proximity": "1500"}, ["Here"]),
        ({"postcode": "HU91AA", "proximity": "1700"}, ["Here", "A mile off"]),
        ({"postcode": "HU9 1AA", "proximity": "20000"}, ["Here", "A mile off", "Ten miles off"]),
        ({"postcode": "HU9 1AA"}, ["Here", "A mile off"]),
        ({"postcode": "HU17 1AA"}, ["Here", "Ten miles off"]),
        ({"postcode": "HU7 1AA"}, ["Here"]),
    ):
        contents = got(client, "service_at_locations", **query)["contents"]
        assert [one["service"]["name"] for one in contents] == names, query
    for query in ({"postcode": "nowhere"}, {"proximity": "5"}, {"postcode": "LS1 4DY", "proximity": "5"}):
        got(client, "service_at_locations", 422, **query)


def test_it_is_open_to_other_sites_and_kept_for_a_while(client: Client, own: Callable[..., Group]) -> None:
    own()
    answer = client.get("/openreferral/services")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    again = client.get("/openreferral/services", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.options("/openreferral/services")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post("/openreferral/services").status_code == 405
    refused = client.get("/openreferral/services", {"page": "x"})
    assert (refused["Access-Control-Allow-Origin"], refused["Cache-Control"]) == ("*", "no-store")


def test_reading_is_not_noted(client: Client, own: Callable[..., Group]) -> None:
    own()
    before = AuditEntry.objects.count()
    client.get("/openreferral/services")
    assert AuditEntry.objects.count() == before
