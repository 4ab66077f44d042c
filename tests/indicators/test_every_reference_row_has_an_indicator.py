"""Every row of the programme's papers that facts can carry is the source of an indicator; the rest say why not."""

import csv
import re
from pathlib import Path

import pytest

from whatmatters.programme.indicators import INDICATORS

pytestmark = pytest.mark.realdata

LESSER = "another bound on the count of ltp-phb, or an earlier one: a target, not another number"
CLINICAL = "clinical care of residents, no part of personalised care: its codes are not among our concepts"
NOT_BY_INDICATOR = {
    "mandate-phb-2019": LESSER,
    "mandate-phb-lower": LESSER,
    "phb-april-2019": LESSER,
    "SM-8": "a length of a course, not a count",
    "SM-9": "an example of a sample's size, not a count",
    "EHCH05": CLINICAL,
    "EHCH14": CLINICAL,
    "EHCH24": CLINICAL,
}
ELSEWHERE = {"NCD013", "NCDMI004", "NCDMI104"}
"""Ids outside our file of definitions: it begins with 2023-24 and holds personalised care and care homes alone."""
REFERENCES = ("quality-indicators", "metrics", "commitments", "standard-model", "contract-requirements")
AN_ID = re.compile(
    r"\b(?:(?:SP|PAM|PCSP|PHB|SDM|CH)-Q\d\w?|SM-\d+|DRAFT\d+-\w+|DES\d+-\w+|NCD(?:MI)?\d+|PC\d\d|EHCH\d\d)\b"
)


def rows(path: Path, column: str = "id") -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def published(shared_data: Path) -> list[str]:
    ids = [one for name in REFERENCES for one in rows(shared_data.parent / "reference" / f"{name}.csv")]
    return ids + sorted(set(rows(shared_data / "ncdes" / "ncd_personalised_care_indicators.csv", "indicator")))


def named(row: str, text: str) -> bool:
    """Whether a text names this row and not one whose id goes on after it."""
    return bool(re.search(rf"(?<![\w-]){re.escape(row)}(?![\w-])", text))


def carried(row: str) -> list[str]:
    return [indicator.id for indicator in INDICATORS.values() if named(row, indicator.source)]


def test_every_row_is_named_by_an_indicators_source_or_has_a_reason(published):
    assert len(published) > 100
    assert [row for row in published if not carried(row) and row not in NOT_BY_INDICATOR] == []


def test_no_row_with_an_indicator_has_a_reason_for_having_none(published):
    assert [row for row in NOT_BY_INDICATOR if carried(row) or row not in published] == []


def test_no_indicator_names_a_row_that_was_never_published(published):
    known = {*published, *ELSEWHERE}
    sources = [indicator.source for indicator in INDICATORS.values()]
    assert {one for source in sources for one in AN_ID.findall(source)} - known == set()


def test_every_exclusion_and_adjustment_of_the_contract_is_told_on_its_indicators_page(shared_data):
    """The published rules of an indicator (SOCPRESDEC, PCSPDEC ...) are named where its definition is explained."""
    with (shared_data / "ncdes" / "ncd_personalised_care_indicators.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rules = {
            (row["indicator"], row["part"])
            for row in csv.DictReader(file)
            if row["part"] not in ("Numerator", "Denominator") and row["indicator"] not in NOT_BY_INDICATOR
        }
    assert ("PC01", "SOCPRESDEC") in rules
    silent = set()
    for row, rule in rules:
        for one in INDICATORS.values():
            published = "Published" in type(one.numerator).__name__ or one.denominator is None
            if named(row, one.source) and one.id.startswith(("pc", "ehch", "ncdmi")) and not published:
                told = " ".join((one.out_of, *one.caveats))
                silent |= set() if named(rule, told) else {(one.id, rule)}
    assert silent == set()
