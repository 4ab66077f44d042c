"""The contract, the commitments and the trajectories as shipped, and what is refused in a file of them."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whatmatters.programme import commitments, contract, expectations, trajectories
from whatmatters.programme.declared import Wrong
from whatmatters.programme.results import Row
from whatmatters.programme.targets import standing, targets


def reference(shared_data: Path, name: str) -> list[dict[str, str]]:
    with (shared_data.parent / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(value: Any) -> str:
    """As the reference tables write it: no value is empty, whole numbers have no point."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def as_rows(made: Any, names: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(written(getattr(one, name)) for name in names) for one in made)


@pytest.mark.realdata
def test_every_requirement_of_the_contracts_is_there_word_for_word(shared_data: Path) -> None:
    expected = reference(shared_data, "contract-requirements")
    ours = [one for year in contract.contracts() for one in year.requirements]
    assert as_rows(ours, list(expected[0])) == Counter(tuple(row.values()) for row in expected)


@pytest.mark.realdata
def test_every_commitment_is_there(shared_data: Path) -> None:
    expected = reference(shared_data, "commitments")
    assert as_rows(commitments.commitments(), list(expected[0])) == Counter(tuple(row.values()) for row in expected)


@pytest.mark.realdata
def test_every_rate_is_there(shared_data: Path) -> None:
    ours = Counter(
        (one.component, one.year, written(one.lower), written(one.upper), f"{one.per} {one.of}", one.basis, one.source)
        for year in contract.contracts()
        for one in year.rates
    )
    assert ours == Counter(tuple(row.values()) for row in reference(shared_data, "rates-per-1000"))


@pytest.mark.realdata
def test_every_bound_of_the_trajectory_is_there(shared_data: Path) -> None:
    ours = Counter(
        (one.row, one.component, one.unit, one.year, bound, written(value))
        for trajectory in trajectories.trajectories()
        if trajectory.organisation == "QOQ"
        for one in trajectory.milestones
        for bound, value in one.bounds.items()
    )
    assert ours == Counter(tuple(row.values()) for row in reference(shared_data, "trajectories-hcv"))


@pytest.mark.realdata
def test_what_is_always_expected_is_as_the_papers_have_it(shared_data: Path) -> None:
    quality = {row["id"]: row for row in reference(shared_data, "quality-indicators")}
    model = {row["id"]: row for row in reference(shared_data, "standard-model")}
    for one in expectations.expectations():
        paper = one.id.split(" ", maxsplit=1)[0]  # a row that takes two numbers has words after its id
        if paper in quality:
            row = quality[paper]
            bound = one.upper if row["threshold_is"] and row["direction"] == "at most" else one.lower
            assert (written(bound), one.component, one.source) == (row["threshold"], row["component"], row["source"])
            said = (
                one.of
                if row["unit"] in ("cohorts", "scale 1-10", "yes/no", "percent change")
                else f"percent of {one.of}"
            )
            assert (said, one.per) == (
                row["unit"],
                100 if "percent" in row["unit"] else None if said == "cohorts" else 1,
            )
        else:
            row = model[paper]
            assert (str(one.per), one.component, one.source) == (row["value"], row["component"], row["source"])


@pytest.mark.realdata
def test_every_threshold_is_a_target_unless_it_is_more_or_less_than_nothing(shared_data: Path) -> None:
    targeted = {one.id.split(" ", maxsplit=1)[0] for one in expectations.expectations()}
    rows = reference(shared_data, "quality-indicators")
    assert {row["id"] for row in rows} - targeted == {row["id"] for row in rows if row["threshold"] == "0"}


def test_every_commitment_names_the_number_that_tells_of_it() -> None:
    assert [one.id for one in commitments.commitments() if not one.measured_by] == []


def test_every_requirement_names_a_number_that_tells_of_it() -> None:
    assert [one.id for year in contract.contracts() for one in year.requirements if not one.measured_by] == []


def test_every_rate_is_judged_on_a_number() -> None:
    assert [one for year in contract.contracts() for one in year.rates if not one.indicator] == []


def test_an_expected_plain_count_is_judged_on_the_count_and_a_ceiling_from_below() -> None:
    over = {"as_at": date(2026, 4, 30)}
    (cohorts,) = targets("phb-cohorts", "2025-26", ["QTT"])
    assert (cohorts.lower, cohorts.per, cohorts.of) == (4, None, "cohorts")
    count = result("QTT", 4, 0, indicator="phb-cohorts", **over)._replace(denominator=None)
    assert standing(cohorts, count) == "met"
    assert standing(cohorts, count._replace(numerator=3)) == "missed"
    (largest,) = targets("phb-largest-cohort-share", "2025-26", ["QTT"])
    assert standing(largest, result("QTT", 50, 100, indicator="phb-largest-cohort-share", **over)) == "met"
    assert standing(largest, result("QTT", 51, 100, indicator="phb-largest-cohort-share", **over)) == "missed"


def test_a_change_is_judged_on_its_fall() -> None:
    (fall,) = targets("activation-gp-appointments-change", "2025-26", ["QTT"])
    changed = {"indicator": "activation-gp-appointments-change", "as_at": date(2026, 4, 30)}
    assert standing(fall, result("QTT", -9, 100, **changed)) == "met"
    assert standing(fall, result("QTT", -8, 100, **changed)) == "missed"


def test_what_is_always_expected_is_a_target_of_every_year() -> None:
    for label in ("2019-20", "2025-26"):
        (target,) = targets("sp-taken-up-share", label, ["A81001"])
        assert (target.lower, target.per, target.of) == (80, 100, "people referred")
    facts = {"indicator": "sp-taken-up-share", "as_at": date(2025, 10, 1)}
    assert standing(target, result("A81001", 8, 10, **facts)) == "met"
    assert standing(target, result("A81001", 7, 10, **facts)) == "behind"  # a share has no pro rata


def humber() -> dict[tuple[str, str], trajectories.Milestone]:
    (found,) = (one for one in trajectories.trajectories() if one.organisation == "QOQ")
    return {(one.row, one.year): one for one in found.milestones}


def test_the_notes_of_the_trajectory_say_what_its_figures_say() -> None:
    (trajectory,) = (one for one in trajectories.trajectories() if one.organisation == "QOQ")
    notes, rows = " ".join(trajectory.notes), humber()
    last = "2023-24"
    assert rows["social_prescribing", last].bounds["lower"] / 16 == 1389.5
    assert "1,389.5 thousand" in notes
    assert rows["phb", last].bounds["lower"] / 3 == 3031
    assert "3,031 thousand" in notes
    below = [row for (row, _), one in rows.items() if one.bounds.get("mou", 10**6) < (one.lower or 0)]
    assert below == ["social_prescribing", "pam", "pcsp"]
    assert "1,350 against 1,390" in notes
    referred = {year: rows["social_prescribing", year].bounds for year in ("2020-21", "2021-22", "2022-23", last)}
    assert referred["2022-23"]["upper"] > referred[last]["lower"]
    assert referred["2020-21"]["upper"] < referred["2021-22"]["lower"]
    each = {y: referred[y]["upper"] / rows["link_workers", y].bounds["target"] for y in ("2021-22", "2022-23", last)}
    assert [round(number) for number in each.values()] == [235, 260, 278]
    assert "260 people of each link worker in 2022-23" in notes
    training = rows["training", "2022-23"].bounds
    assert training["primary"] + training["secondary"] != training["all"]
    assert "which make 644" in notes


REQUIREMENT = """
year = "2022-23"
[[requirement]]
id = "A1"
contract = "Network Contract DES 2022-23"
standing = "contractual"
component = "social_prescribing"
due = 2022-09-30
due_is = "stated"
requirement = "something is done"
evidence = "a record of it"
source = "001"
"""
RATE = """
year = "2022-23"
[[rate]]
component = "social_prescribing"
indicator = "sp-referred-per-1000"
lower = 4
upper = 7
per = 1000
of = "registered people"
basis = "stated"
source = "000"
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2022-09-30", "2022-09-31"), "not a TOML file"),
        (("due = 2022-09-30", 'due = "30 September"'), "due '30 September' must be a date"),
        (('standing = "contractual"', 'standing = "firm"'), "standing 'firm' is not known: use contractual"),
        (('component = "social_prescribing"', 'component = "gardening"'), "component 'gardening' is not known"),
        (('source = "001"', 'source = "999"'), "source '999' is not known"),
        (('evidence = "a record of it"', ""), "requirement 1: evidence is missing"),
        (('evidence = "a record of it"', 'evidence = " "'), "evidence must say something"),
        (('id = "A1"', 'id = "A1"\nby = "May"'), "'by' is not known"),
        (('id = "A1"', 'id = "A1"\nmeasured_by = "reached;reach"'), "measured_by 'reach' is not known"),
        (('year = "2022-23"', 'year = "2021-22"'), "year must be '2022-23', as the file is named"),
        (('year = "2022-23"', 'year = "2022-23"\nrequirements = 1'), "'requirements' is not known"),
    ],
)
def test_a_wrong_requirement_is_refused_and_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "2022-23.toml").write_text(REQUIREMENT.replace(*change), "utf-8")
    with pytest.raises(Wrong, match=said):
        contract.load(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("sp-referred-per-1000", "sp-referred"), "indicator 'sp-referred' is not known"),
        (("sp-referred-per-1000", "sp-declined-share"), "no better direction"),
        (("upper = 7", "upper = 3"), "upper 3 is below lower 4"),
        (("upper = 7", "upper = nan"), "upper must be a number"),
        (("lower = 4\nupper = 7", ""), "a lower or an upper bound is missing"),
        (("per = 1000", 'per = "1000"'), "per must be a whole number"),
    ],
)
def test_a_wrong_rate_is_refused_and_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    (tmp_path / "2022-23.toml").write_text(RATE.replace(*change), "utf-8")
    with pytest.raises(Wrong, match=said):
        contract.load(tmp_path)


def test_a_requirement_that_two_years_share_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2022-23.toml").write_text(REQUIREMENT, "utf-8")
    (tmp_path / "2023-24.toml").write_text(REQUIREMENT.replace('year = "2022-23"', 'year = "2023-24"'), "utf-8")
    with pytest.raises(Wrong, match="'A1' is there twice"):
        contract.load(tmp_path)


TRAJECTORY = """
organisation = "QTT"
name = "Tidewater"
source = "a paper of our own"
[[milestone]]
row = "referrals"
component = "social_prescribing"
unit = "people"
indicator = "sp-referred-per-1000"
year = "2025-26"
bounds = { lower = 80, upper = 120 }
[[milestone]]
row = "referrals, rate"
component = "social_prescribing"
unit = "registered people"
indicator = "sp-referred-per-1000"
year = "2025-26"
per = 1000
bounds = { lower = 16 }
[[milestone]]
row = "overdue"
component = "care_planning"
unit = "people with a plan"
indicator = "pcsp-review-overdue-share"
year = "2025-26"
per = 100
bounds = { upper = 20 }
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('year = "2025-26"', 'year = "2025"'), "'2025' is not a period"),
        (("{ lower = 80, upper = 120 }", "{ least = 80 }"), "bound 'least' is not known"),
        (("{ lower = 80, upper = 120 }", "{ lower = 80, upper = 12 }"), "upper 12 is below lower 80"),
        (("{ lower = 80, upper = 120 }", "{}"), "bounds are missing"),
        (('row = "referrals, rate"', 'row = "referrals"'), "'referrals 2025-26' is there twice"),
        (('organisation = "QTT"', ""), "organisation is missing"),
        (('source = "a paper of our own"', 'source = "a paper"\nnotes = "one"'), "notes must be a list"),
    ],
)
def test_a_wrong_trajectory_is_refused_and_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(TRAJECTORY.replace(*change), "utf-8")
    with pytest.raises(Wrong, match=said):
        trajectories.load(path)


@pytest.fixture
def tidewater(settings: Any, tmp_path: Path) -> Callable[..., None]:
    path = tmp_path / "own.toml"
    path.write_text(TRAJECTORY, "utf-8")
    settings.TRAJECTORIES = [path]
    trajectories.trajectories.cache_clear()
    yield
    trajectories.trajectories.cache_clear()


def result(organisation: str, numerator: float, denominator: float, **cells: Any) -> Row:
    usual = {
        "indicator": "sp-referred-per-1000", "definition": 1, "period": "2025-26", "level": "icb", "breakdown": "all",
        "group": "all", "source": "computed", "coverage": 1.0, "as_at": date(2026, 4, 30),
    }  # fmt: skip
    return Row(**{**usual, **cells, "organisation": organisation, "numerator": numerator, "denominator": denominator})


@pytest.mark.usefixtures("tidewater")
def test_a_count_is_asked_of_the_system_that_agreed_it_and_a_rate_of_everyone_below() -> None:
    own = targets("sp-referred-per-1000", "2025-26", ["QTT", "ENG"])
    below = targets("sp-referred-per-1000", "2025-26", ["T81001", "QTT", "ENG"])
    assert [(one.lower, one.per) for one in own] == [(80, None), (16, 1000)]
    assert [(one.lower, one.per) for one in below] == [(16, 1000)]
    assert targets("sp-referred-per-1000", "2025-26", ["ENG"]) == []
    assert targets("sp-referred-per-1000", "2025-26-Q1", ["QTT"]) == []  # a year's target is not judged on a quarter


@pytest.mark.usefixtures("tidewater")
def test_a_count_is_judged_on_the_numerator_a_rate_on_the_value_and_a_ceiling_from_below() -> None:
    (count, rate) = targets("sp-referred-per-1000", "2025-26", ["QTT"])
    assert standing(count, result("QTT", 79, 5000)) == "missed"
    assert standing(rate, result("QTT", 80, 5000)) == "met"  # 16 in 1000, exactly
    assert standing(rate, result("QTT", 80, 5001)) == "missed"
    assert standing(rate, result("QTT", 80, 0)) == "not known"
    assert standing(rate, None) == "not known"
    (overdue,) = targets("pcsp-review-overdue-share", "2025-26", ["QTT"])
    assert standing(overdue, result("QTT", 21, 100, indicator="pcsp-review-overdue-share")) == "missed"
    assert standing(overdue, result("QTT", 20, 100, indicator="pcsp-review-overdue-share")) == "met"


def test_the_rates_derived_from_one_system_are_asked_of_no_other() -> None:
    humber_practice = targets("sp-referred-per-1000", "2023-24", ["B81002", "03F", "QOQ", "Y63", "ENG"])
    elsewhere = targets("sp-referred-per-1000", "2023-24", ["A81001", "16C", "QHM", "Y63", "ENG"])
    assert [one.basis for one in humber_practice] == [
        "derived from the HCV trajectory", "draft PCN specification",
    ]  # fmt: skip
    assert [one.basis for one in elsewhere] == ["draft PCN specification"]
