"""``import organisations``: published files in, dated history out. All of it lands, or nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.config.cli import main
from whatmatters.interop.imports import organisations
from whatmatters.interop.imports.organisations import Summary, import_organisations
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.imports.saving import Changes
from whatmatters.organisations.evidence import Evidence
from whatmatters.organisations.history import History, history
from whatmatters.organisations.models import Kind, Membership, Organisation, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Publish = Callable[..., Path]


def take(*paths: Path, as_at: date | None = None) -> Summary:
    return import_organisations(paths, by=THE_SYSTEM, as_at=as_at)


def links(child: str) -> list[tuple[str, str, str | None]]:
    rows = Membership.objects.filter(child__code=child).order_by("start", "parent__code")
    return [(row.parent.code, str(row.start), row.end and str(row.end)) for row in rows.select_related("parent")]


def everything() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    organisations = Organisation.objects.order_by("code").values_list("code", "name", "kind", "opened", "closed")
    memberships = Membership.objects.order_by("child__code", "start", "parent__code")
    return list(organisations), list(memberships.values_list("child__code", "parent__code", "start", "end"))


def test_a_map_becomes_six_levels_from_its_day_on(publish: Publish) -> None:
    take(publish("map", {"PRACTICE_CODE": "B81001"}))
    assert {one.code: (one.kind, one.name) for one in Organisation.objects.all()} == {
        "B81001": ("practice", "HARBOUR SURGERY"),
        "U10001": ("pcn", "EAST HULL PCN"),
        "03F": ("sub_icb", "NHS Humber ICB - 03F"),
        "QOQ": ("icb", "NHS Humber Integrated Care Board"),
        "Y63": ("region", "North East and Yorkshire"),
        "ENG": ("nation", "England"),
    }
    assert links("B81001") == [("03F", "2026-07-01", None), ("U10001", "2026-07-01", None)]
    assert links("03F") == [("QOQ", "2026-07-01", None)]
    assert links("QOQ") == [("Y63", "2026-07-01", None)]
    assert links("Y63") == [("ENG", "2026-07-01", None)]


def test_unallocated_is_no_network(publish: Publish) -> None:
    done = take(publish("map", {"PRACTICE_CODE": "B81001", "PCN_CODE": "U", "PCN_NAME": "Unallocated"}))
    assert links("B81001") == [("03F", "2026-07-01", None)]
    assert not Organisation.objects.filter(kind=Kind.PCN).exists()
    assert done.unallocated == 1


def test_a_practice_may_be_in_a_network_of_another_sub_icb_and_is_counted(publish: Publish) -> None:
    elsewhere = {"SUB_ICB_LOCATION_CODE": "02Y", "SUB_ICB_LOCATION_NAME": "NHS Humber ICB - 02Y"}
    done = take(
        publish(
            "map", {"PRACTICE_CODE": "B81001"}, {"PRACTICE_CODE": "B81002"}, {"PRACTICE_CODE": "B81003", **elsewhere}
        )
    )
    assert links("B81003") == [("02Y", "2026-07-01", None), ("U10001", "2026-07-01", None)]
    assert (done.day, done.elsewhere) == (date(2026, 7, 1), 1)


def test_before_july_2022_a_ccg_is_the_sub_icb_and_an_stp_the_icb(publish: Publish) -> None:
    practice = {"PRACTICE_CODE": "B81001"}
    take(publish("ccg_map", {**practice, "EXTRACT_DATE": "01Jan2022"}), publish("map", practice))
    assert links("B81001") == [("03F", "2022-01-01", None), ("U10001", "2022-01-01", None)]
    assert links("03F") == [("QOQ", "2022-01-01", None)]
    assert Organisation.objects.get(code="03F").name == "NHS Humber ICB - 03F"


def test_network_and_register_rows_give_the_true_days(publish: Publish) -> None:
    moved = {"practice_code": "B81001", "pcn_code": "U10002", "pcn_name": "WEST HULL PCN", "start_date": "20220701"}
    closed = {"code": "B81002", "close_date": "20240630", "left_parent_date": "20240630"}
    before = [{"PRACTICE_CODE": code, "EXTRACT_DATE": "01Jan2022"} for code in ("B81001", "B81002")]
    take(
        publish("ccg_map", *before),
        publish("map", {"PRACTICE_CODE": "B81001", "PCN_CODE": "U10002", "PCN_NAME": "WEST HULL PCN"}),
        publish("members", {"practice_code": "B81001", "end_date": "20220630"}, moved),
        publish("details", {}, {"pcn_code": "U10002", "pcn_name": "WEST HULL PCN", "open_date": "20220701"}),
        publish("register", {"code": "B81001"}, closed),
    )
    assert links("B81001") == [
        ("03F", "2013-04-01", None), ("U10001", "2019-10-01", "2022-07-01"), ("U10002", "2022-07-01", None),
    ]  # fmt: skip
    assert links("B81002") == [("03F", "2013-04-01", "2024-07-01"), ("U10001", "2022-01-01", "2024-07-01")]
    dates = dict(Organisation.objects.values_list("code", "opened"))
    assert (dates["B81001"], dates["U10002"]) == (date(1974, 4, 1), date(2022, 7, 1))
    assert Organisation.objects.get(code="B81002").closed == date(2024, 7, 1)


def test_a_qof_map_has_its_day_from_its_name_or_from_the_sender(publish: Publish) -> None:
    named = publish("qof_map", {"PRACTICE_CODE": "B81001"}, name="map_qof_2020-21.csv")
    take(named)
    assert links("B81001")[0] == ("03F", "2021-04-01", None)
    with pytest.raises(ImportRefused, match="a QOF map does not say its day: give it with --as-at"):
        take(publish("qof_map", {"PRACTICE_CODE": "B81001"}, name="map.csv"))
    take(publish("qof_map", {"PRACTICE_CODE": "B81001"}, name="map.csv"), as_at=date(2020, 4, 1))
    assert links("B81001")[0] == ("03F", "2020-04-01", None)


def test_importing_twice_changes_nothing(publish: Publish) -> None:
    files = [publish("map", {"PRACTICE_CODE": "B81001"}), publish("members", {"practice_code": "B81001"})]
    first = take(*files)
    before = everything()
    again = take(*files)
    assert (first.organisations, first.memberships) == (Changes(6, 0, 0), Changes(5, 0, 0))
    assert (again.organisations, again.memberships) == (Changes(0, 0, 6), Changes(0, 0, 5))
    assert everything() == before
    assert Publication.objects.count() == 2


def test_the_order_of_import_does_not_matter(publish: Publish) -> None:
    before = [{"PRACTICE_CODE": code, "EXTRACT_DATE": "01Jan2022"} for code in ("B81001", "B81002")]
    unallocated = {"PCN_CODE": "U", "PCN_NAME": "Unallocated"}
    files = [
        publish("ccg_map", *before),
        publish("map", {"PRACTICE_CODE": "B81001", **unallocated}, {"PRACTICE_CODE": "B81003"}),
        publish("members", {"practice_code": "B81001", "end_date": "20240331"}, {"practice_code": "B81002"}),
        publish("register", {"code": "B81002", "close_date": "20250131"}, {"code": "B81003", "open_date": "20230301"}),
    ]  # fmt: skip
    outcomes = []
    for order in permutations(files):
        with transaction.atomic():
            for path in order:
                take(path)
            outcomes.append(everything())
            transaction.set_rollback(True)
    assert len(outcomes) == 24
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert outcomes[0][1]


def test_a_corrected_file_of_the_same_day_takes_the_place_of_the_first(publish: Publish) -> None:
    take(publish("map", {"PRACTICE_CODE": "B81001"}))
    take(publish("map", {"PRACTICE_CODE": "B81001", "PCN_CODE": "U10002", "PCN_NAME": "WEST HULL PCN"}))
    assert links("B81001") == [("03F", "2026-07-01", None), ("U10002", "2026-07-01", None)]
    assert Publication.objects.count() == 1


def test_organisations_that_no_file_names_are_left_alone(publish: Publish) -> None:
    home = Organisation.objects.create(code="HOME1", name="The Elms", kind=Kind.CARE_HOME)
    practice = Organisation.objects.create(code="X99999", name="Invented", kind=Kind.PRACTICE)
    Membership.objects.create(child=home, parent=practice, start=date(2020, 1, 1))
    take(publish("map", {"PRACTICE_CODE": "B81001"}))
    assert links("HOME1") == [("X99999", "2020-01-01", None)]
    assert Organisation.objects.get(code="X99999").closed is None


def test_a_code_held_here_as_another_kind_is_refused(publish: Publish) -> None:
    Organisation.objects.create(code="B81001", name="The Elms", kind=Kind.CARE_HOME)
    with pytest.raises(ImportRefused, match="B81001 is a practice in the files and is held here as a care_home"):
        take(publish("map", {"PRACTICE_CODE": "B81001"}))
    assert Organisation.objects.count() == 1


def test_one_bad_file_among_good_ones_and_none_lands(publish: Publish) -> None:
    good = publish("map", {"PRACTICE_CODE": "B81001"})
    bad = publish("members", {"practice_code": "B81001", "start_date": "20229999"})
    with pytest.raises(ImportRefused):
        take(good, bad)
    assert everything() == ([], [])
    assert not Publication.objects.exists()


def test_a_map_cut_off_between_two_lines_is_refused_beside_a_whole_one(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organisations, "A_COUNTRY", 10)
    codes = [f"B8{number:04d}" for number in range(10)]
    take(publish("map", *({"PRACTICE_CODE": code} for code in codes)))
    half = publish("map", *({"PRACTICE_CODE": code, "EXTRACT_DATE": "01Oct2026"} for code in codes[:7]))
    with pytest.raises(ImportRefused, match=r"lists 7 practices where map-0.csv lists 10: is it cut short\?"):
        take(half)
    assert Organisation.objects.filter(kind=Kind.PRACTICE, closed=None).count() == 10


def test_the_import_is_in_the_audit(publish: Publish) -> None:
    take(publish("map", {"PRACTICE_CODE": "B81001"}))
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.role) == ("imported organisations", "system")
    assert entry.detail == {"files": [["practice-map", "2026-07-01"]]}


def test_an_import_that_another_overtook_is_refused(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other finishes between the reading of what is held and the saving."""
    first, second = publish("map", {"PRACTICE_CODE": "B81001"}), publish("members", {"practice_code": "B81001"})
    overtake = iter([lambda: take(second)])

    def work_out(files: Iterable[Evidence]) -> History:
        next(overtake, lambda: None)()
        return history(files)

    monkeypatch.setattr(organisations, "history", work_out)
    with pytest.raises(ImportRefused, match="Another import of organisations finished meanwhile: run this one again"):
        take(first)
    assert [one.layout for one in Publication.objects.all()] == ["epcn-members"]
    assert AuditEntry.objects.count() == 1


def test_the_command_says_what_it_did(publish: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "organisations", str(publish("map", {"PRACTICE_CODE": "B81001"}))]) == 0
    said = capsys.readouterr()
    assert "Organisations: 6 new, 0 changed, 0 unchanged\nMemberships: 5 new" in said.out
    assert "Reading map-0.csv" in said.err


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "people", "x.csv"]) == 1
    assert "'people' cannot be imported: choose from organisations, list-sizes" in capsys.readouterr().err


@pytest.mark.slow
def test_on_a_fresh_machine_the_command_makes_its_database_first(publish: Publish, tmp_path: Path) -> None:
    path = publish("map", {"PRACTICE_CODE": "B81001"})
    fresh = {
        "WHATMATTERS_HOME": str(tmp_path / "home"),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-W", "error", "-m", "whatmatters.config.cli", "import", "organisations", str(path)]
    outcomes = [subprocess.run(command, env=fresh, capture_output=True, text=True, check=True) for _ in range(2)]
    assert "Bringing the database up to date" in outcomes[0].stderr
    assert "Organisations: 6 new, 0 changed, 0 unchanged" in outcomes[0].stdout
    assert "Bringing" not in outcomes[1].stderr
    assert "Organisations: 0 new, 0 changed, 6 unchanged" in outcomes[1].stdout
