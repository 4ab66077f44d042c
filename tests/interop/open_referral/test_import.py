# ruff: noqa: E501  # a table reads best with a case a line
"""Saved answers of Open Referral in: what becomes of them, what is found amiss, and that nothing lands by half."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.interop.open_referral.conftest import ONE, Service, Take

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.directory import actions
from whatmatters.directory.models import Feed, Group, Meeting, Origin, Place, Provider
from whatmatters.directory.search import search
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.open_referral.importing import Done, import_directory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
TWO = "b" + ONE[1:]


def found(done: Done) -> list[tuple[str, str, str]]:
    """Where, what, and what was done about it."""
    return [(row.place, row.kind.value, row.done) for row in done.report.rows]


def test_a_sound_service_lands_whole_and_without_findings(take: Take, service: Service) -> None:
    done = take([service()], source="Hull directory", licence="OGL v3.0")
    group = Group.objects.get()
    place, meeting = group.places.get(), group.meetings.get()
    assert (done.summary.new, found(done)) == (
        1,
        [("attributes", "unknown value", "taken as 'Company and friendship' from its words")],
    )
    assert (f"{group.uuid}", group.original_id, group.source, group.last_verified) == (
        ONE,
        ONE,
        "Hull directory",
        date(2026, 9, 1),
    )
    assert (group.name, group.kind, group.age_from, group.languages, group.price, group.cost) == (
        "Holderness Road Shed",
        "company",
        18,
        "Polish",
        200,
        "with tea",
    )
    assert (place.said, place.latitude, place.longitude) == (
        "The old school, 1 Holderness Road, Hull, HU9 1AA",
        53.75,
        -0.3,
    )
    assert (meeting.weekday, f"{meeting.opens}", meeting.place) == (1, "10:00:00", place)
    assert Provider.objects.get(groups=group).name == "Hull Sheds"
    assert Feed.objects.get().licence == "OGL v3.0"
    assert [one.name for one in search("tools polish hu9")] == ["Holderness Road Shed"]
    assert [one.act for one in AuditEntry.objects.all()] == ["imported a directory"]


LOCATION = "service_at_locations__0__location"
# What is changed; the place and kind of the finding, and what was done; a field of the group and what it is then.
CASES: dict[str, tuple[dict[str, Any], tuple[str, str, str] | None, str, Any]] = {
    "no status": ({"status": None}, ("status", "mandatory field missing", "taken as it is"), "standing", "active"),
    "a status of nobody": ({"status": "open"}, ("status", "unknown value", "left out"), "standing", "active"),
    "a status in capitals": ({"status": "Temporarily Closed"}, ("status", "unknown value", "mended"), "standing", "paused"),
    "no description": ({"description": None}, None, "about", "A charity"),
    "a number for a name": ({"name": 7}, ("name", "wrong type", "mended"), "name", "7"),
    "a list for a description": ({"description": ["a"]}, ("description", "wrong type", "left out"), "about", "A charity"),
    "an object for a list": ({"languages": {"id": ONE, "code": "ur"}}, ("languages", "wrong type", "mended"), "languages", "Urdu"),
    "a text for a list": ({"schedules": "Tuesdays"}, ("schedules", "wrong type", "left out"), "where", ""),
    "a text for an object": ({"organization": "Hull Sheds"}, ("organization", "wrong type", "left out"), "provider", None),
    "an age as a text": ({"minimum_age": "21"}, ("minimum_age", "wrong type", "mended"), "age_from", 21),
    "an age that is none": ({"minimum_age": "adult"}, ("minimum_age", "wrong type", "left out"), "age_from", None),
    "an age beyond all": ({"maximum_age": 999}, ("maximum_age", "unknown value", "taken as no limit"), "age_to", None),
    "ages the wrong way round": ({"minimum_age": 60, "maximum_age": 20}, ("minimum_age", "unknown value", "both left out"), "age_from", None),
    "a British date": ({"assured_date": "2/9/2026"}, ("assured_date", "bad date or time", "read as 2026-09-02"), "last_verified", date(2026, 9, 2)),
    "a date that is none": ({"assured_date": "2026-02-30"}, ("assured_date", "bad date or time", "left out"), "last_verified", None),
    "a date to come": ({"assured_date": "2099-01-01"}, ("assured_date", "bad date or time", "left out: it is still to come"), "last_verified", None),
    "a date long past": ({"assured_date": "2005-01-01"}, ("assured_date", "last checked more than a year ago", "shown as not checked since then, after those that are"), "last_verified", date(2005, 1, 1)),
    "an address without its scheme": ({"url": "shed.example.org"}, ("url", "bad web address", "mended"), "website", "https://shed.example.org"),
    "an address that runs": ({"url": "javascript:alert(1)"}, ("url", "bad web address", "left out"), "website", ""),
    "an address that is none": ({"url": "our page"}, ("url", "bad web address", "left out"), "website", ""),
    "no e-mail address": ({"email": "at the desk"}, ("email", "bad e-mail address", "left out"), "email", ""),
    "a small postcode": ({f"{LOCATION}__addresses__0__postal_code": "hu91aa"}, None, "postcode", "HU9 1AA"),
    "no postcode": ({f"{LOCATION}__addresses__0__postal_code": "ABC 1234"}, ("service_at_locations[0].location.addresses[0].postal_code", "bad postcode", "left out"), "postcode", ""),
    "no place at all": ({LOCATION: None}, ("service_at_locations[0].location", "reference to nothing", "left out"), "postcode", ""),
    "a language by its code": ({"languages__0": {"id": ONE, "code": "bn"}}, None, "languages", "Bengali"),
    "a code of nobody": ({"languages__0": {"id": ONE, "code": "xx"}}, ("languages[0]", "unknown language", "left out"), "languages", ""),
    "a name of nobody": ({"languages__0": {"id": ONE, "name": "Klingon"}}, ("languages[0]", "unknown language", "taken as it is"), "languages", "Klingon"),
    "a field of nobody": ({"opening_soon": True}, ("opening_soon", "unknown field", "left out"), "name", "Holderness Road Shed"),
    "a field without a place here": ({"accreditations": "ISO"}, ("accreditations", "no place for it here", "left out"), "name", "Holderness Road Shed"),
    "an id that is no UUID": ({"id": "shed-1"}, ("id", "id is no UUID", "taken as it is"), "original_id", "shed-1"),
    "a person's name": ({"contacts": [{"id": ONE, "name": "Ann Persona"}]}, ("contacts[0].name", "no place for it here", "left out: nobody's name or own address is taken"), "contact", ""),
    "a parent that is not there": ({"organization__parent_organization_id": TWO}, ("organization.parent_organization_id", "reference to nothing", "left out"), "name", "Holderness Road Shed"),
    "a parent that is itself": ({"organization__parent_organization_id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"}, ("organization.parent_organization_id", "reference in a circle", "left out"), "name", "Holderness Road Shed"),
    "a place of another service": ({"schedules__0__service_at_location_id": TWO}, ("schedules[0].service_at_location_id", "reference to nothing", "taken as it is"), "name", "Holderness Road Shed"),
    "HTML": ({"description": "<p>Tools &amp; <b>tea</b>.</p><ul><li>Free</li></ul>"}, ("description", "markup in a text", "kept as words alone"), "about", "Tools & tea.\n\nFree"),
    "a script": ({"description": "Hi<script>alert('x')</script> there"}, ("description", "markup in a text", "kept as words alone"), "about", "Hi there"),
    "a mother's table": ({"name": "Robert'); DROP TABLE directory_group;--"}, None, "name", "Robert'); DROP TABLE directory_group;--"),
    "a name turned round": ({"name": "Sheds\u202emoor"}, ("name", "characters that cannot be seen", "mended"), "name", "Shedsmoor"),
    "fifty megabytes": ({"description": "long " * 10_000_000}, ("description", "too long", "cut to 10,000 letters"), "about", "long " * 998 + "long…"),
    "only words of when": ({"schedules__0": {"id": ONE, "description": "When the tide is in"}}, None, "where", "When the tide is in"),
    "the last Friday": ({"schedules__0": {"id": ONE, "freq": "MONTHLY", "byday": "-1FR", "description": "Last Friday"}}, ("schedules[0].byday", "unknown value", "kept in words, where there are any"), "where", "Last Friday"),
    "a price of last year": ({"cost_options__0__valid_to": "2020-01-01"}, ("cost_options[0]", "over already", "left out"), "price", None),
    "a telephone elsewhere": ({"contacts": [{"id": ONE, "phones": [{"id": ONE, "number": "01482 1"}]}]}, None, "phone", "01482 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_thing_amiss(
    take: Take, service: Service, case: tuple[dict[str, Any], tuple[str, str, str] | None, str, Any]
) -> None:
    changes, finding, field, value = case
    done = take(service(**changes))
    others = [one for one in found(done) if one[0] != "attributes"]
    assert (others[0] if finding else None) == finding
    assert len(others) <= 2
    assert getattr(Group.objects.get(), field) == value


@pytest.mark.parametrize(
    ("given", "held", "done"),
    [
        ((53.75, -0.3), (53.75, -0.3), None),
        ((-0.3, 53.75), (53.75, -0.3), "mended: latitude and longitude were the wrong way round"),
        ((100, 101), (None, None), "left out"),
        ((0, 0), (None, None), "left out"),
        ((40.7, -74.0), (None, None), "left out"),
        (("53.75", "-0.3"), (53.75, -0.3), "mended"),
        ((53.75, None), (None, None), "left out"),
        (("NaN", "x"), (None, None), "left out"),
    ],
)
def test_coordinates(take: Take, service: Service, given: Any, held: Any, done: str | None) -> None:
    north, east = given
    report = take(service(**{f"{LOCATION}__latitude": north, f"{LOCATION}__longitude": east})).report
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == held
    assert next((row.done for row in report.rows if row.place.endswith("tude")), None) == done


MADE: dict[str, tuple[Callable[[dict[str, Any]], Any], int]] = {
    "a page": (lambda one: {"total_items": 1, "total_pages": 1, "page_number": 1, "contents": [one]}, 1),
    "a single service": (lambda one: one, 1),
    "a dump": (lambda one: [one, {**one, "id": TWO}], 2),
    "an organisation with services": (lambda one: {**one["organization"], "services": [{n: v for n, v in one.items() if n != "organization"}]}, 1),
    "a service at a location": (lambda one: {**one["service_at_locations"][0], "service": {n: v for n, v in one.items() if n != "service_at_locations"}}, 1),
    "a page of services at locations": (lambda one: {"page_number": 1, "total_pages": 1, "contents": [{**one["service_at_locations"][0], "service": one}]}, 1),
}  # fmt: skip


@pytest.mark.parametrize(("make", "services"), MADE.values(), ids=MADE)
def test_every_shape_gives_the_same_service(
    take: Take, service: Service, make: Callable[[dict[str, Any]], Any], services: int
) -> None:
    take(make(service()))
    assert Group.objects.count() == services
    group = Group.objects.get(uuid=ONE)
    assert (group.places.get().postcode, group.meetings.get().weekday) == ("HU9 1AA", 1)
    assert Provider.objects.get(groups=group).name == "Hull Sheds"


def test_lines_of_json_are_read_too(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "all.ndjson"
    path.write_text(f"{json.dumps(service())}\n\n{json.dumps(service(id=TWO))}\n", "utf-8")
    assert import_directory([path], by=THE_SYSTEM, tell=lambda _: None).summary.new == 2


def page(number: int, pages: int, *services: dict[str, Any]) -> dict[str, Any]:
    return {"total_items": pages, "total_pages": pages, "page_number": number, "contents": list(services)}


def test_a_short_and_a_full_view_of_a_service_are_put_together(take: Take, service: Service) -> None:
    short = {name: value for name, value in service().items() if not isinstance(value, list)}
    done = take(page(1, 1, short), service())
    assert Group.objects.get().places.count() == 1
    assert "id stands twice" not in [kind for _, kind, _ in found(done)]


def test_of_two_that_differ_the_newer_is_taken_and_it_is_said(take: Take, service: Service) -> None:
    newer = service(name="The newer", last_modified="2026-10-01T00:00:00Z")
    done = take([service(), newer, service()])
    assert Group.objects.get().name == "The newer"
    assert [row.found for row in done.report.rows if row.kind.value == "id stands twice"] == [
        "'last_modified, name'"
    ] * 2


def test_a_service_without_an_id_or_a_name_is_left_out_and_the_others_are_not(take: Take, service: Service) -> None:
    done = take([service(id=None), service(id=TWO, name=None), service(), 7])
    assert [group.name for group in Group.objects.all()] == ["Holderness Road Shed"]
    assert {(row.place, row.done) for row in done.report.rows if "service left out" in row.done} == {
        ("id", "service left out: it could not be told again"), ("name", "service left out"),
    }  # fmt: skip
    assert ("[3]", "wrong type", "left out") in found(done)


def test_a_closed_service_is_not_taken_and_one_that_closes_is_closed(take: Take, service: Service) -> None:
    assert take(service(status="defunct")).summary.left_out == 1
    assert not Group.objects.exists()
    take(service())
    take(service(status="inactive"))
    assert Group.objects.get().standing == "closed"


def test_the_same_again_changes_nothing(take: Take, service: Service) -> None:
    take([service()], source="Hull")
    before = list(Group.objects.values())
    summary = take([service()], source="Hull").summary
    assert (summary.unchanged, summary.new, summary.changed, summary.gone) == (1, 0, 0, 0)
    assert list(Group.objects.values()) == before


def test_only_what_changed_is_changed(take: Take, service: Service) -> None:
    take([service(), service(id=TWO, name="Other")], source="Hull")
    place = Place.objects.get(group__uuid=ONE).pk
    summary = take([service(name="Renamed"), service(id=TWO, name="Other")], source="Hull").summary
    assert (summary.changed, summary.unchanged) == (1, 1)
    assert sorted(Group.objects.values_list("name", "revision")) == [("Other", 1), ("Renamed", 2)]
    assert Place.objects.get(group__uuid=ONE).pk == place
    assert [one.name for one in search("renamed")] == ["Renamed"]


def test_what_a_keeper_checked_later_is_kept_and_said(take: Take, service: Service) -> None:
    take(service(), source="Hull")
    actions.verify(group=Group.objects.get(), by=THE_SYSTEM, on=date(2026, 10, 1))
    done = take(service(name="As the source has it"), source="Hull")
    assert (done.summary.kept, Group.objects.get().name) == (1, "Holderness Road Shed")
    assert ("", "checked here later than in the source", "left as it is here") in found(done)
    later = take(service(name="Checked there since", assured_date="2026-10-02"), source="Hull")
    assert (later.summary.changed, Group.objects.get().name) == (1, "Checked there since")
    assert Group.objects.get().last_verified == date(2026, 10, 2)


def test_what_a_keeper_changed_later_is_kept(take: Take, service: Service) -> None:
    take(service(), source="Hull")
    group = Group.objects.get()
    actions.change(group=group, by=THE_SYSTEM, revision=group.revision, about="As we know it")
    assert take(service(name="Other"), source="Hull").summary.kept == 1
    assert Group.objects.get().about == "As we know it"


def test_a_source_without_dates_never_overrules_a_keeper(take: Take, service: Service) -> None:
    take(service(assured_date=None, last_modified=None), source="Hull")
    actions.verify(group=Group.objects.get(), by=THE_SYSTEM, on=date(2020, 1, 1))
    assert take(service(assured_date=None, last_modified=None, name="Other"), source="Hull").summary.kept == 1


def test_whether_there_is_room_is_the_groups_to_say(take: Take, service: Service) -> None:
    take(service())
    actions.set_capacity(group=Group.objects.get(), by=THE_SYSTEM, capacity="full")
    take(service(name="Renamed"))
    assert (Group.objects.get().capacity, Group.objects.get().name) == ("full", "Renamed")


def test_services_gone_from_a_whole_source_are_marked_and_shown_with_a_note(take: Take, service: Service) -> None:
    take(page(1, 2, service()), page(2, 2, service(id=TWO, name="Gone")), source="Hull")
    done = take([service()], source="Hull")
    gone = Group.objects.get(name="Gone")
    assert (done.summary.gone, gone.standing, gone.notice) == (
        1,
        "active",
        "Hull no longer lists this: ask before you go",
    )
    assert Origin.objects.get(group=gone).gone_on == TODAY
    assert take([service()], source="Hull").summary.gone == 0
    back = take([service(), service(id=TWO, name="Gone")], source="Hull")
    gone.refresh_from_db()
    assert (back.summary.changed, gone.notice, Origin.objects.get(group=gone).gone_on) == (1, "", None)


@pytest.mark.parametrize("source", ["Hull", ""])
@pytest.mark.parametrize("shape", ["a page is missing", "fewer items than said", "one service alone", "unreadable"])
def test_nothing_is_gone_unless_all_of_the_source_is_there(
    take: Take, service: Service, shape: str, source: str
) -> None:
    first = [service(), service(id=TWO, name="Not gone")]
    take(first, source=source)
    again: dict[str, Any] = {
        "a page is missing": page(1, 2, service()),
        "fewer items than said": {**page(1, 1, service()), "total_items": 2},
        "one service alone": service(),
        "unreadable": [service(), {"id": TWO, "status": "active"}],
    }
    assert take(again[shape], source=source).summary.gone == 0
    assert not Origin.objects.exclude(gone_on=None).exists()


def test_when_most_of_a_source_is_missing_nothing_is_marked(take: Take, service: Service) -> None:
    many = [service(id=f"{number:08x}{ONE[8:]}", service_at_locations=None) for number in range(50)]
    take(many, source="Hull")
    done = take(many[:20], source="Hull")
    assert done.summary.gone == 0
    assert "none was marked: is the source whole?" in [row.done for row in done.report.rows]


def test_two_sources_and_our_own_entries_do_not_touch_one_another(take: Take, service: Service, own: Any) -> None:
    ours = own()
    take([service()], source="Hull")
    take([service(name="The same id elsewhere")], source="Leeds")
    assert sorted(Group.objects.values_list("source", "name")) == [
        ("", "Men in Sheds"), ("Hull", "Holderness Road Shed"), ("Leeds", "The same id elsewhere"),
    ]  # fmt: skip
    assert len(set(Group.objects.values_list("uuid", flat=True))) == 3
    done = take([service(id=f"{ours.uuid}", name="Ours, come back")], source="Leeds")
    assert (done.summary.left_out, Group.objects.get(pk=ours.pk).name) == (1, "Men in Sheds")


def test_an_organisation_is_there_once_and_is_kept_up_to_date(take: Take, service: Service) -> None:
    take([service(), service(id=TWO)])
    assert Provider.objects.count() == 1
    take([service(organization__name="Hull Men’s Sheds"), service(id=TWO)])
    assert Provider.objects.get().name == "Hull Men’s Sheds"


def broken(service: Service) -> dict[str, tuple[bytes, str]]:
    raw = json.dumps(service()).encode()
    return {
        "truncated": (raw[:-40], "it ends too early: is it cut short?"),
        "half a letter": (raw.replace(b"Shed", "Shéd".encode()[:-2], 1), "this byte is not UTF-8"),
        "Latin-1": (json.dumps(service(name="Café"), ensure_ascii=False).encode("latin-1"), "this byte is not UTF-8"),
        "UTF-16": (json.dumps(service()).encode("utf-16"), "this is UTF-16: save or ask for it as UTF-8"),
        "ten thousand deep": (b'{"id": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "objects and lists lie more than 64 deep"),
        "an object deep": (b'{"organization":' * 10_000 + b"1" + b"}" * 10_000, "objects and lists lie more than 64 deep"),
        "a name twice": (raw.replace(b'"status"', b'"name"'), "name (line 1, column"),
        "not a number": (raw.replace(b"53.75", b"NaN"), "service_at_locations[0].location.latitude (line 1"),
        "an error page": (b"<!doctype html><p>Sign in", "this is not JSON"),
        "nothing": (b"", "it ends too early"),
        "a NUL": (raw.replace(b"Tools", rb"T\u0000ols"), "description (line 1"),
    }  # fmt: skip


@pytest.mark.parametrize("how", ["truncated", "half a letter", "Latin-1", "UTF-16", "ten thousand deep", "an object deep", "a name twice", "not a number", "an error page", "nothing", "a NUL"])  # fmt: skip
def test_a_broken_file_is_refused_by_name_and_place_and_nothing_of_the_others_is_saved(
    take: Take, service: Service, how: str
) -> None:
    raw, said = broken(service)[how]
    with pytest.raises(ImportRefused) as refusal:
        take([service(id=TWO)], raw)
    assert "1.json" in str(refusal.value)
    assert said in str(refusal.value)
    assert not Group.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_mark_of_byte_order_does_no_harm(take: Take, service: Service) -> None:
    assert take(b"\xef\xbb\xbf" + json.dumps(service()).encode()).summary.new == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [({"version": "HSDS-UK-3.0"}, "No service was found"), ([], "No service was found"), (3, "No service was found")],
)
def test_files_without_services_are_refused(take: Take, value: Any, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        take(value)


def test_a_folder_without_files_is_refused(take: Take) -> None:
    with pytest.raises(ImportRefused, match=r"no \.json file lies in this folder"):
        take()


def test_a_fault_half_way_leaves_nothing(take: Take, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("whatmatters.interop.open_referral.saving.learn", fail)
    with pytest.raises(OSError, match="the disk is full"):
        take([service()])
    assert not any(model._default_manager.exists() for model in (Group, Place, Meeting, Provider, Feed, Origin))


def test_terms_that_lie_in_a_circle_come_to_an_end(take: Take, service: Service) -> None:
    terms = [
        {"id": ONE, "name": "Befriending", "description": "x", "parent_id": TWO},
        {"id": TWO, "name": "Isolation", "description": "x", "parent_id": ONE},
    ]
    done = take(
        service(attributes=[{"id": ONE, "taxonomy_term_id": ONE}]), {"id": ONE, "name": "T", "taxonomy_terms": terms}
    )
    assert ("attributes[0].taxonomy_term.parent_id", "reference in a circle", "left out") in found(done)
    assert Group.objects.get().taxonomy[0]["name"] == "Befriending"


def test_services_within_services_come_to_an_end(take: Take, service: Service) -> None:
    inner: dict[str, Any] = service()
    for _ in range(15):
        inner = {**service(), "organization": {**service()["organization"], "services": [inner]}}
    take(inner)
    assert Group.objects.count() == 1


def test_the_findings_are_a_table_that_no_spreadsheet_runs(take: Take, service: Service, tmp_path: Path) -> None:
    done = take(service(url="=cmd|' /C calc'!A0", name="=1+1"))
    done.report.write(tmp_path / "findings.csv")
    lines = (tmp_path / "findings.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "file,id,name,place,finding,found,done"
    assert "'=1+1" in lines[1]
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))


def test_the_age_of_an_entry_is_that_of_its_source(take: Take, service: Service) -> None:
    take(service(assured_date=f"{TODAY - timedelta(days=400)}"))
    assert Group.objects.get().stale
