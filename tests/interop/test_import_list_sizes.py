"""``import list-sizes``: published counts in, and every published sum is the same as ours or nothing lands."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.config.cli import main
from whatmatters.interop.imports import list_sizes
from whatmatters.interop.imports.list_sizes import Summary, import_list_sizes
from whatmatters.interop.imports.organisations import import_organisations
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.organisations.models import Kind
from whatmatters.periods import AGE_BANDS
from whatmatters.programme.models import Result

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Publish = Callable[..., Path]
Rows = list[dict[str, object]]


def take(*paths: Path, leave_out_unknown: bool = False) -> Summary:
    return import_list_sizes(paths, by=THE_SYSTEM, leave_out_unknown=leave_out_unknown)


def total(code: str, people: object, kind: str = "GP") -> dict[str, object]:
    return {"ORG_TYPE": kind, "ORG_CODE": code, "NUMBER_OF_PATIENTS": people}


def by_age(code: str, women: int, men: int, kind: str = "GP") -> Rows:
    """All 43 lines of an organisation: everyone aged 40 to 44."""
    found = [total(code, women + men, kind)]
    for sex, people in (("FEMALE", women), ("MALE", men)):
        found.append({**total(code, people, kind), "SEX": sex})
        for band in AGE_BANDS:
            number = people if band == "40-44" else 0
            found.append({**total(code, number, kind), "SEX": sex, "AGE_GROUP_5": band.replace("-", "_")})
    return found


def stored(group: str = "all") -> dict[str, float]:
    return dict(Result.objects.filter(group=group).values_list("organisation", "numerator"))


@pytest.fixture
def mapped(publish: Publish) -> None:
    """Two practices in East Hull PCN (ICB QOQ, region Y63), one in no network, one in ICB QWO of the same region."""
    leeds = {
        "SUB_ICB_LOCATION_CODE": "15F", "SUB_ICB_LOCATION_NAME": "Leeds", "ICB_CODE": "QWO", "ICB_NAME": "W Yorkshire",
        "PCN_CODE": "U20001", "PCN_NAME": "LEEDS PCN",
    }  # fmt: skip
    unallocated = {"PCN_CODE": "U", "PCN_NAME": "Unallocated"}
    path = publish(
        "map", {"PRACTICE_CODE": "B81001"}, {"PRACTICE_CODE": "B81002"}, {"PRACTICE_CODE": "B81003", **unallocated},
        {"PRACTICE_CODE": "B86001", **leeds},
    )  # fmt: skip
    import_organisations([path], by=THE_SYSTEM)


ALL = [("B81001", 1000), ("B81002", 2000), ("B81003", 300), ("B86001", 40)]
SUMS = [
    total("U10001", 3000, "PCN"), total("U20001", 40, "PCN"), total("U", 300, "PCN"),
    total("03F", 3300, "SUB_ICB_LOCATION_CODE"), total("15F", 40, "SUB_ICB_LOCATION_CODE"), total("QOQ", 3300, "ICB"),
    total("QWO", 40, "ICB"), total("Y63", 3340, "Comm Region"),
]  # fmt: skip


@pytest.mark.usefixtures("mapped")
def test_practices_add_up_to_every_level_and_agree_with_what_is_published(publish: Publish) -> None:
    done = take(publish("sizes", *SUMS, *(total(*one) for one in ALL)))
    assert stored() == {
        "B81001": 1000, "B81002": 2000, "B81003": 300, "B86001": 40, "U10001": 3000, "U20001": 40, "03F": 3300,
        "15F": 40, "QOQ": 3300, "QWO": 40, "Y63": 3340, "ENG": 3340,
    }  # fmt: skip
    assert [(one.day, len(one.practices), one.people) for one in done.days] == [(date(2026, 7, 1), 4, 3340)]
    assert (done.days[0].compared.cells, done.days[0].compared.unchecked) == (8, {})


@pytest.mark.usefixtures("mapped")
def test_a_stored_figure_says_what_it_is(publish: Publish) -> None:
    take(publish("sizes", *by_age("B81001", 30, 20), *by_age("B81002", 1, 2)))
    row = Result.objects.get(organisation="U10001", group="F 40-44")
    assert (row.indicator, row.period, row.level, row.breakdown) == (
        "registered-patients",
        "2026-07-01",
        "pcn",
        "age_sex",
    )
    assert (row.numerator, row.denominator, row.source, row.as_at) == (31, None, "published", date(2026, 7, 1))
    assert stored("M 40-44")["ENG"] == 22
    assert stored("M 95+")["ENG"] == 0
    assert set(Result.objects.values_list("breakdown", flat=True)) == {"all", "age_sex"}
    assert Result.objects.filter(organisation="B81001").count() == 41


@pytest.mark.usefixtures("mapped")
def test_coverage_is_the_share_of_the_practices_below_that_gave_a_number(publish: Publish) -> None:
    take(publish("sizes", total("B81001", 1000), total("B81002", 2000)))
    coverage = dict(Result.objects.values_list("organisation", "coverage"))
    assert coverage["U10001"] == 1
    assert coverage["03F"] == pytest.approx(2 / 3)
    assert coverage["ENG"] == pytest.approx(1 / 2)


@pytest.mark.usefixtures("mapped")
@pytest.mark.parametrize(
    ("published", "problem"),
    [
        (total("U10001", 3001, "PCN"), "pcn U10001, all: published 3,001, ours 3,000"),
        (total("U", 299, "PCN"), "pcn U, all: published 299, ours 300"),
        (total("03F", 3000, "SUB_ICB_LOCATION_CODE"), "sub_icb 03F, all: published 3,000, ours 3,300"),
        (total("QOQ", 3299, "ICB"), "icb QOQ, all: published 3,299, ours 3,300"),
        (total("Y63", 9999, "Comm Region"), "region Y63, all: published 9,999, ours 3,340"),
    ],
)
def test_one_published_cell_that_differs_refuses_the_file(
    publish: Publish, published: dict[str, object], problem: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        take(publish("sizes", published, *(total(*one) for one in ALL)))
    assert "1 of 1 published sums differ from ours, so nothing was imported" in str(refused.value)
    assert problem in str(refused.value)
    assert not Result.objects.exists()


@pytest.mark.usefixtures("mapped")
def test_a_file_of_one_icb_checks_what_it_can_and_says_what_it_could_not(publish: Publish) -> None:
    hull = [total(*one) for one in ALL[:3]]
    done = take(publish("sizes", total("QOQ", 3300, "ICB"), total("Y63", 3340, "Comm Region"), *hull))
    assert (done.days[0].compared.cells, done.days[0].compared.unchecked) == (1, {"Y63": 1})


@pytest.mark.usefixtures("mapped")
def test_a_network_without_some_of_its_practices_is_a_file_cut_short(publish: Publish) -> None:
    with pytest.raises(
        ImportRefused, match="published 3,000, ours 1,000 without 1 practices that the file does not list"
    ):
        take(publish("sizes", total("U10001", 3000, "PCN"), total("B81001", 1000)))


@pytest.mark.usefixtures("mapped")
def test_a_file_of_one_icb_after_one_of_england_undoes_nothing(publish: Publish) -> None:
    england = [by_age("B81001", 30, 20), by_age("B81002", 1, 2), by_age("B81003", 3, 4), by_age("B86001", 5, 6)]
    take(publish("sizes", *(line for lines in england for line in lines)))
    before = list(Result.objects.order_by("pk").values())
    done = take(
        publish(
            "sizes", *by_age("Y63", 39, 32, "Comm Region"), *by_age("U10001", 31, 22, "PCN"), *england[0], *england[1]
        )
    )
    assert (done.days[0].compared.cells, done.written) == (86, 0)
    take(publish("sizes", total("Y63", 71, "Comm Region"), total("B81001", 50)))
    assert list(Result.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("mapped")
def test_importing_twice_changes_nothing(publish: Publish) -> None:
    path = publish("sizes", *SUMS, *(total(*one) for one in ALL))
    assert take(path).written == 12
    before = list(Result.objects.order_by("pk").values())
    assert take(path).written == 0
    assert list(Result.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("mapped")
def test_other_stored_results_are_left_alone(publish: Publish) -> None:
    for source, indicator, period in (
        ("computed", "registered-patients", "2026-07-01"), ("published", "other", "2026-07-01"),
        ("published", "registered-patients", "2026-04-01"),
    ):  # fmt: skip
        Result.objects.create(
            source=source, indicator=indicator, period=period, organisation="B81001", level="practice", numerator=7,
            as_at=date(2026, 7, 1),
        )  # fmt: skip
    take(publish("sizes", total("B81001", 1000), total("B81002", 2000)))
    assert Result.objects.filter(numerator=7).count() == 3


def test_older_files_have_other_columns(publish: Publish) -> None:
    before = {"PRACTICE_CODE": "B81001", "EXTRACT_DATE": "01Jan2021"}
    import_organisations([publish("ccg_map", before)], by=THE_SYSTEM)
    done = take(publish("old_sizes", {"CODE": "B81001", "NUMBER_OF_PATIENTS": 5903}))
    assert (done.days[0].day, stored()["QOQ"]) == (date(2021, 1, 1), 5903)


def test_practices_that_nothing_places_on_the_day_count_in_no_level_and_are_told(publish: Publish) -> None:
    import_organisations([publish("map", {"PRACTICE_CODE": "B81001"})], by=THE_SYSTEM)
    done = take(publish("old_sizes", {"CODE": "B81001", "NUMBER_OF_PATIENTS": 5903}))
    assert stored() == {"B81001": 5903}
    assert [done.days[0].unplaced(level) for level in (Kind.SUB_ICB, Kind.ICB, Kind.REGION)] == [1, 1, 1]


@pytest.mark.usefixtures("mapped")
def test_an_unknown_practice_is_refused_or_left_out_and_told(publish: Publish) -> None:
    path = publish("sizes", total("B81001", 1000), total("B81002", 2000), total("X99999", 5))
    with pytest.raises(ImportRefused, match="line 4, ORG_CODE: X99999 is no GP practice known here"):
        take(path)
    assert not Result.objects.exists()
    assert take(path, leave_out_unknown=True).left_out == ("X99999",)
    assert stored()["ENG"] == 3000


@pytest.mark.usefixtures("mapped")
def test_a_zip_is_read_as_the_file_in_it(publish: Publish, tmp_path: Path) -> None:
    path = publish("sizes", total("B81001", 1000), total("B81002", 2000))
    with zipfile.ZipFile(tmp_path / "sizes.zip", "w") as packed:
        packed.write(path, "folder/sizes.csv")
    take(tmp_path / "sizes.zip")
    assert stored()["U10001"] == 3000


@pytest.mark.usefixtures("mapped")
def test_two_files_that_contradict_each_other_are_refused(publish: Publish) -> None:
    with pytest.raises(ImportRefused, match="line 2, NUMBER_OF_PATIENTS: B81001 all is 1,000 on an earlier line"):
        take(publish("sizes", total("B81001", 1000)), publish("sizes", total("B81001", 1001)))


@pytest.mark.usefixtures("mapped")
def test_a_file_cut_off_between_two_lines_of_a_practice_is_refused(publish: Publish) -> None:
    lines = [*by_age("B81001", 30, 20), *by_age("B81002", 1, 2), *by_age("B81003", 3, 4)]
    with pytest.raises(ImportRefused, match=r"B81003 has 40 lines and the others 43: is the file cut short\?"):
        take(publish("sizes", *lines[:-3]))


@pytest.mark.usefixtures("mapped")
def test_the_command_says_what_agreed_and_the_audit_that_it_was_done(
    publish: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "list-sizes", str(publish("sizes", *SUMS, *(total(*one) for one in ALL)))]) == 0
    said = capsys.readouterr().out
    assert "2026-07-01: 3,340 people in 4 practices" in said
    assert "12 stored figures changed" in said
    assert "0 mismatches of 8 published cells" in said
    assert AuditEntry.objects.get(act="imported list sizes").detail == {"days": ["2026-07-01"]}


@pytest.mark.usefixtures("mapped")
def test_a_file_of_practices_cut_off_between_two_lines_is_refused(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_sizes, "A_COUNTRY", 3)  # East Hull's sub-ICB has three practices, Leeds one
    with pytest.raises(ImportRefused, match=r"list 2 practices and the sub-ICBs they speak of have 3.*cut short\?"):
        take(publish("sizes", *(total(*one) for one in ALL[:2])))
    assert stored() == {}
    take(publish("sizes", *(total(*one) for one in ALL[3:])))
    take(publish("sizes", *(total(*one) for one in ALL[:3])))
    assert stored()["ENG"] == 3340
