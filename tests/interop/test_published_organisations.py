"""The real files of NHS England and the Organisation Data Service, as they were published."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count, Sum

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.interop.imports.list_sizes import import_list_sizes
from whatmatters.interop.imports.organisations import Summary, import_organisations
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.organisations.tree import in_force
from whatmatters.programme.models import Result

pytestmark = [pytest.mark.realdata, pytest.mark.slow, pytest.mark.xdist_group("published organisations")]

JANUARY_2022, JULY_2026 = date(2022, 1, 1), date(2026, 7, 1)


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: object, shared_data: Path) -> object:
    """All fifteen files, imported once for the whole module and taken back at its end."""
    from django.db import transaction  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield import_organisations(sorted((shared_data / "organisations").glob("*.csv")), by=THE_SYSTEM)
        transaction.set_rollback(True)


def links(child: str) -> list[tuple[str, str, str | None]]:
    rows = Membership.objects.filter(child__code=child).order_by("start", "parent__code")
    return [(row.parent.code, str(row.start), row.end and str(row.end)) for row in rows.select_related("parent")]


def in_place(kind: Kind, on: date) -> int:
    rows = Membership.objects.filter(in_force(on), child__kind=kind)
    return rows.aggregate(found=Count("child", distinct=True))["found"]


def test_the_organisations_of_july_2026_are_as_many_as_published(imported: Summary) -> None:
    below_icb = Membership.objects.filter(in_force(JULY_2026), parent__kind=Kind.SUB_ICB)
    assert below_icb.count() == 6139
    in_networks = Membership.objects.filter(in_force(JULY_2026), parent__kind=Kind.PCN)
    assert in_networks.count() == 6139 - 52
    assert in_networks.aggregate(found=Count("parent", distinct=True))["found"] == 1298
    assert [in_place(kind, JULY_2026) for kind in (Kind.SUB_ICB, Kind.ICB, Kind.REGION)] == [106, 36, 7]
    assert (imported.day, imported.unallocated) == (JULY_2026, 52)


def test_in_january_2022_there_were_42_icbs_and_every_practice_of_the_map_has_its_ccg(imported: Summary) -> None:
    assert [in_place(kind, JANUARY_2022) for kind in (Kind.SUB_ICB, Kind.ICB, Kind.REGION)] == [106, 42, 7]


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        # Stockton-on-Tees: its CCG merged into Tees Valley in April 2020.
        ("A81001", [("U89141", "2019-10-01", None), ("00K", "2019-12-01", "2020-04-01"), ("16C", "2020-04-01", None)]),
        # Craven's neighbours moved from 03Q to 42D on the true day, told by the register between two maps.
        ("B82002", [("03Q", "2013-04-01", "2024-04-01"), ("U66218", "2019-10-01", None), ("42D", "2024-04-01", None)]),
        # Surrey Heath left Frimley between the maps of October 2025 and July 2026; no file tells the day.
        (
            "H81013",
            [
                ("U67032", "2019-10-01", None), ("10C", "2019-12-01", "2021-04-01"),
                ("D4U1Y", "2021-04-01", "2026-07-01"), ("92A", "2026-07-01", None),
            ],
        ),
        # North West London's ICB was joined with North Central London's.
        ("W2U3Z", [("QRV", "2021-04-01", "2026-07-01"), ("Z9B2Z", "2026-07-01", None)]),
        ("QOQ", [("Y63", "2021-04-01", None)]),
    ],
)  # fmt: skip
def test_known_moves_are_there_with_their_days(
    imported: Summary, child: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert links(child) == expected


def test_names_are_the_latest_and_what_is_gone_keeps_its_last(imported: Summary) -> None:
    names = dict(Organisation.objects.values_list("code", "name"))
    assert names["W2U3Z"] == "NHS West and North London ICB - W2U3Z"
    assert names["07Y"] == "NHS HOUNSLOW CCG"
    gone = Organisation.objects.get(code="07Y")
    assert (gone.kind, gone.closed) == (Kind.SUB_ICB, date(2021, 4, 1))


def test_nobody_is_in_two_places_of_a_kind_at_once(imported: Summary) -> None:
    rows = Membership.objects.order_by("child", "parent__kind", "start")
    last: dict[tuple[int, str], date | None] = {}
    for child, kind, start, end in rows.values_list("child", "parent__kind", "start", "end"):
        assert (child, kind) not in last or (last[child, kind] or date.max) <= start
        last[child, kind] = end


def test_importing_the_files_again_the_other_way_round_changes_nothing(imported: Summary, shared_data: Path) -> None:
    again = import_organisations(sorted((shared_data / "organisations").glob("*.csv"))[::-1], by=THE_SYSTEM)
    for done in (again.organisations, again.memberships):
        assert (done.new, done.changed, done.removed) == (0, 0, 0)
    assert again.memberships.unchanged == imported.memberships.new


def test_practices_add_up_to_every_published_cell_of_july_2026(imported: Summary, shared_data: Path) -> None:
    """1,448 organisations above practices, 43 cells of age and sex each: no mismatch."""
    folder = shared_data / "population"
    paths = [folder / name for name in ("gp-reg-pat-prac-quin-age.zip", "list_size_5yr_age_sex_QOQ_2026-07.csv")]
    (done,) = import_list_sizes([*paths, folder / "list_size_total_all_orgs_2026-07.csv"], by=THE_SYSTEM)
    assert (done.compared.cells, done.compared.mismatches, done.compared.unchecked) == (1448 * 43, [], {})
    assert (done.practices, done.people, set(done.unplaced.values())) == (6139, 63_436_508, {0})
    stored = Result.objects.filter(indicator="registered-patients", period="2026-07-01", source="published")
    by_level = (
        stored.values("level", "breakdown")
        .annotate(people=Sum("numerator"))
        .values_list("level", "breakdown", "people")
    )
    in_no_network = 220_330
    assert {(level, breakdown): people for level, breakdown, people in by_level} == {
        (level, breakdown): 63_436_508 - (in_no_network if level == "pcn" else 0)
        for level in ("practice", "pcn", "sub_icb", "icb", "region", "nation")
        for breakdown in ("all", "age_sex")
    }
    assert set(stored.exclude(level="practice").values_list("coverage", flat=True)) == {1.0}
    (again,) = import_list_sizes(paths[1:], by=THE_SYSTEM)
    assert (again.written, again.compared.unchecked) == (0, {})


def test_totals_of_january_2021_need_the_three_practices_no_map_lists_left_out(
    imported: Summary, shared_data: Path
) -> None:
    (done,) = import_list_sizes(
        [shared_data / "population" / "list_size_total_2021-01.csv"], by=THE_SYSTEM, leave_out_unknown=True
    )
    assert sorted(done.left_out) == ["F81688", "Y00367", "Y02509"]
    assert (done.practices, done.people) == (6655, 60_605_133)
