"""``import survey``: what people answered, as a survey published it, each number beside where it was published."""

import re
from pathlib import Path

import pytest
from django.test import Client

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.config.cli import main
from whatmatters.interop.imports.organisations import import_organisations
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.imports.surveys import import_surveys
from whatmatters.programme.models import Publication, Result

pytestmark = [pytest.mark.django_db, pytest.mark.database]

INVOLVED = "sdm-involved-general-practice-share"
COUNTS = "indicator,period,organisation,source,numerator,denominator"
SHARES = "indicator,period,organisation,source,percentage,base"
# GP Patient Survey 2026, question 29, integrated care system QOQ: yes, of all who gave an opinion, weighted
HUMBER = f"{INVOLVED},2025-26,QOQ,GP Patient Survey 2026,15586.418278,16892.245606"


@pytest.fixture(autouse=True)
def mapped(publish):
    import_organisations([publish("map", {"PRACTICE_CODE": "B81001"})], by=THE_SYSTEM)


@pytest.fixture
def survey(tmp_path):
    def write(*lines: str, name: str = "survey.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def stored() -> dict[tuple[str, str], tuple[float, float | None]]:
    rows = Result.objects.filter(source="published")
    return {(row.organisation, row.period): (row.numerator, row.denominator) for row in rows}


def refused(path: Path) -> str:
    with pytest.raises(ImportRefused) as refusal:
        import_surveys([path], by=THE_SYSTEM)
    assert stored() == {}
    return str(refusal.value)


def test_a_published_number_stands_on_its_page_with_the_survey_it_is_from(survey, capsys):
    assert main(["import", "survey", str(survey(COUNTS, HUMBER))]) == 0
    assert capsys.readouterr().out == f"{INVOLVED}: 1 published, 1 changed\n"
    assert stored() == {("QOQ", "2025-26"): (15586.418278, 16892.245606)}
    page = Client().get(f"/numbers/QOQ/{INVOLVED}/?period=2025-26", follow=True).content.decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "92.3%" in said
    assert "Where it was published: GP Patient Survey 2026." in said
    assert "Published figure for" in said
    assert AuditEntry.objects.filter(act="imported published figures").count() == 1


def test_a_survey_that_says_what_its_answers_are_worth_has_the_interval_it_publishes(survey):
    # 17,708 answers, 16,611 with an opinion, design effect 1.7237: published as 91.7% to 92.8%.
    import_surveys([survey(f"{COUNTS},effective_base", f"{HUMBER},9636.81")], by=THE_SYSTEM)
    page = Client().get(f"/numbers/QOQ/{INVOLVED}/?period=2025-26", follow=True).content.decode()
    assert "95% confidence interval: 91.7 to 92.8%" in page


def test_without_it_no_interval_is_made_up(survey):
    import_surveys([survey(f"{COUNTS},effective_base", f"{HUMBER},")], by=THE_SYSTEM)
    page = Client().get(f"/numbers/QOQ/{INVOLVED}/?period=2025-26", follow=True).content.decode()
    assert "confidence interval" not in page


def test_a_percentage_of_those_who_answered_is_as_good(survey):
    import_surveys([survey(SHARES, "pcsp-useful-share,2025-26,B81001,Our own survey,62.5,80")], by=THE_SYSTEM)
    assert stored() == {("B81001", "2025-26"): (50, 80)}


def test_a_second_file_changes_what_it_names_and_leaves_the_rest(survey):
    import_surveys([survey(COUNTS, HUMBER)], by=THE_SYSTEM)
    practice = f"{INVOLVED},2025-26,B81001,GP Patient Survey 2026,90,100"
    assert import_surveys([survey(COUNTS, practice)], by=THE_SYSTEM).changed == 1
    assert import_surveys([survey(COUNTS, practice, HUMBER)], by=THE_SYSTEM).changed == 0
    import_surveys([survey(COUNTS, practice.replace("2026,90", "2026 (corrected),91"))], by=THE_SYSTEM)
    assert stored() == {("QOQ", "2025-26"): (15586.418278, 16892.245606), ("B81001", "2025-26"): (91, 100)}
    assert Publication.objects.get(organisation="B81001").name == "GP Patient Survey 2026 (corrected)"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sp-referred-per-1000,2025-26,QOQ,Ours,1,2", "line 2, indicator: 'sp-referred-per-1000' is counted from the"),
        ("nope,2025-26,QOQ,Ours,1,2", "line 2, indicator: 'nope' is not an indicator: choose from "),
        ("registered-patients,2025-26,QOQ,Ours,1,", "line 2, indicator: list sizes have their own import"),
        (f"{INVOLVED},2025-27,QOQ,Ours,1,2", "line 2, period: '2025-27' is not a period"),
        (f"{INVOLVED},2025-26,QXX,Ours,1,2", "line 2, organisation: QXX is not known here"),
        ("choice-online-needs-met-share,2025-26,B81001,Ours,1,2", "line 2, organisation: B81001 is a practice, and"),
        (f"{INVOLVED},2025-26,QOQ,,1,2", "line 2, source: a name of 1 to 200 characters must stand here"),
        (f"{INVOLVED},2025-26,QOQ,Ours,92%,100", "line 2, numerator: '92%' is not a number, nought or more"),
        (f"{INVOLVED},2025-26,QOQ,Ours,nan,100", "line 2, numerator: 'nan' is not a number"),
        (f"{INVOLVED},2025-26,QOQ,Ours,101,100", "line 2, denominator: '100' must be over nought, and not under"),
        (f"{INVOLVED},2025-26,QOQ,Ours,0,0", "line 2, denominator: '0' must be over nought"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_stored(survey, line, message):
    assert message in refused(survey(COUNTS, line, HUMBER))


def test_a_file_that_is_no_such_file_says_what_it_lacks(survey):
    assert "line 1 lacks source: add these columns" in refused(survey(COUNTS.replace(",source", ""), "a,b,c,1,2"))
    assert "give one pair" in refused(survey(COUNTS + ",percentage,base", HUMBER + ",1,2"))
    assert "there is no line of figures" in refused(survey(COUNTS))
    assert "QOQ has this number twice" in refused(survey(COUNTS, HUMBER, HUMBER))
    over = f"{INVOLVED},2025-26,QOQ,Ours,100.1,5"
    assert "percentage: '100.1' is over 100" in refused(survey(SHARES, over))
    mean = "phb-experience-mean,2025-26,QOQ,Ours,7,5"
    assert "phb-experience-mean is no percentage" in refused(survey(SHARES, mean))


@pytest.mark.parametrize(
    ("worth", "message"),
    [
        ("many", "line 2, effective_base: 'many' is not a number, nought or more"),
        ("0", "line 2, effective_base: is nought: leave the cell empty"),
    ],
)
def test_an_effective_base_is_a_number_or_left_empty(survey, worth, message):
    assert message in refused(survey(f"{COUNTS},effective_base", f"{HUMBER},{worth}"))
