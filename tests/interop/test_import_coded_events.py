"""``import coded-events``: coded extracts in, a facts folder out; what cannot be used is counted by reason."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from whatmatters.config.cli import main
from whatmatters.interop.imports.coded import snomed
from whatmatters.interop.imports.coded.into_facts import Done, import_coded_events
from whatmatters.interop.imports.coded.value_sets import meanings, unsure
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.measurement import facts, measure
from whatmatters.measurement.quality import quality
from whatmatters.organisations.models import Membership, Organisation
from whatmatters.programme.indicators import INDICATORS

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("place"), pytest.mark.slow]

REFERRED, DECLINED, PAM, FRAIL = "871731000000106", "871711000000103", "925431000000109", "925861000000102"
PEOPLE = "person,born,sex,ethnicity,deprivation,died,practice,registered,left\n"
EVENTS = "person,snomed,date,value,practice\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return to


def take(into: Path, *files: Path, more: tuple[Path, ...] = ()) -> list[Done]:
    return import_coded_events(files, into, meanings(more))


def left_out(done: Done) -> dict[str, int]:
    return {reason: rows for reason, rows, _, _ in done.reasons}


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return facts.read(folder).table(table).to_pylist()


def test_an_extract_becomes_facts_that_can_be_measured(tmp_path: Path, write: Write) -> None:
    people = write(
        "people.csv",
        PEOPLE + "a1,1958-06-14,F,A,3,,B81001,2015-04-01,\nb2,1971-02-01,M,H,9,,B81001,2020-01-01,\n",
    )
    events = write("gp.csv", EVENTS + f"a1,{REFERRED},2022-05-03,,B81001\na1,{PAM},2022-06-01,47.1,B81001\n")
    [about, coded] = take(tmp_path / "facts", people, events)
    assert (about.taken, coded.taken, about.reasons, coded.reasons) == (2, 2, [], [])
    table = measure(tmp_path / "facts", ["2022-23"], [INDICATORS["sp-referred-per-1000"]], breakdowns=["all"])
    found = {(row["level"], row["organisation"]): (row["numerator"], row["denominator"]) for row in table.to_pylist()}
    assert found["practice", "B81001"] == (1, 2)
    assert found["nation", "ENG"] == (1, 2)
    faults = quality(facts.read(tmp_path / "facts")).to_pylist()
    assert {row["check"] for row in faults if row["count"] and row["table"] in ("events", "registrations")} == set()
    born = {row["born"] for row in rows(tmp_path / "facts", "people")}
    assert born == {date(1958, 6, 1), date(1971, 2, 1)}, "the first of the month, as format version 1 asks"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f",{REFERRED},2022-05-03,,B81001", "no person"),
        ("a1,88961000000101,2022-05-03,,B81001", "SNOMED id: wrong check digit"),
        ("a1,1488625019,2022-05-03,,B81001", "SNOMED id: id of a description, not of a concept"),
        ("a1,8T09,2022-05-03,,B81001", "SNOMED id: not an id: 6 to 18 digits"),
        ("a1,22298006,2022-05-03,,B81001", "SNOMED id in no value set"),
        ("a1,962851000000103,2022-05-03,2,B81001", "SNOMED id known, counts for nothing"),
        (f"a1,{REFERRED},,,B81001", "date missing or not a date"),
        (f"a1,{REFERRED},2022-02-30,,B81001", "date missing or not a date"),
        (f"a1,{REFERRED},1888-02-03,,B81001", "date before 1900"),
        (f"a1,{REFERRED},{date.today() + timedelta(1)},,B81001", "date in the future"),
        (f"a1,{REFERRED},2022-05-03,,Bridge Street", "practice or provider not an ODS code"),
        (f"a1,{PAM},2022-05-03,,B81001", "value missing"),
        (f"a1,{PAM},2022-05-03,high,B81001", "value not a number"),
        (f"a1,{PAM},2022-05-03,nan,B81001", "value not a number"),
        (f"a1,{PAM},2022-05-03,100.1,B81001", "value out of range"),
        (f"a1,{REFERRED}", "line with more or fewer cells than the header"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_counted_by_reason(
    tmp_path: Path, write: Write, line: str, reason: str
) -> None:
    good = f"a1,{REFERRED},03/05/2022,,b81001"
    [done] = take(tmp_path / "facts", write("gp.csv", f"{EVENTS}{line}\n{good}\n"))
    assert (done.taken, left_out(done)) == (1, {reason: 1})
    assert [row["code"] for row in rows(tmp_path / "facts", "events")] == ["social-prescribing-referral"]


def test_the_limits_of_a_value_are_in_range_and_a_value_nobody_asked_for_is_not_kept(
    tmp_path: Path, write: Write
) -> None:
    lines = f"a1,{PAM},2022-05-03,0,\na1,{PAM},2022-05-04,100,\na1,{FRAIL},2022-05-05,7,\n"
    take(tmp_path / "facts", write("gp.csv", EVENTS + lines))
    kept = [(row["code"], row["value"], row["detail"]) for row in rows(tmp_path / "facts", "events")]
    assert kept == [("activation-score", 0.0, None), ("activation-score", 100.0, None), ("frailty", None, "severe")]


def test_the_same_file_twice_is_there_once_and_a_new_month_is_one_more_part(tmp_path: Path, write: Write) -> None:
    april = write("april.csv", EVENTS + f"a1,{REFERRED},2022-04-03,,B81001\n")
    may = write("may.csv", EVENTS + f"a1,{DECLINED},2022-05-03,,B81001\n")
    take(tmp_path / "facts", april)
    before = {part: part.read_bytes() for part in (tmp_path / "facts" / "events").iterdir()}
    take(tmp_path / "facts", april, may)
    after = {part: part.read_bytes() for part in (tmp_path / "facts" / "events").iterdir()}
    assert {part: after[part] for part in before} == before
    assert len(after) == len(before) + 1
    people = {row["person"] for row in rows(tmp_path / "facts", "events")}
    assert len(people) == 1, "one pseudonym is one person, in every file"


def test_the_newest_word_on_a_person_replaces_the_former(tmp_path: Path, write: Write) -> None:
    first = write("1.csv", PEOPLE + "a1,1958-06-01,F,A,3,,B81001,2015-04-01,\nb2,1971-02-01,M,,,,B81001,2020-01-01,\n")
    moved = write(
        "2.csv",
        PEOPLE + "a1,1958-06-01,F,A,4,,B81001,2015-04-01,2022-08-01\na1,1958-06-01,F,A,4,,B81003,2022-08-01,\n",
    )
    take(tmp_path / "facts", first)
    take(tmp_path / "facts", moved)
    assert sorted((row["sex"], row["deprivation"]) for row in rows(tmp_path / "facts", "people")) == [
        ("F", 4),
        ("M", None),
    ]
    spans = sorted(
        (row["practice"], str(row["start"]), str(row["end"])) for row in rows(tmp_path / "facts", "registrations")
    )
    assert spans == [
        ("B81001", "2015-04-01", "2022-08-01"),
        ("B81001", "2020-01-01", "None"),
        ("B81003", "2022-08-01", "None"),
    ]  # fmt: skip


def test_what_is_wrong_about_a_person_is_emptied_and_counted(tmp_path: Path, write: Write) -> None:
    lines = (
        "a1,14 June,female,Q,11,never,B81001,2015-04-01,\n"
        "b2,1971-02-01,M,A,5,,B81001,2015-04-01,2015-04-01\n"
        "c3,1971-02-01,M,A,5,,Bridge Street,2015-04-01,\n"
        "d4,1971-02-01,M,A,5,,B81001,,\n"
    )
    [done] = take(tmp_path / "facts", write("people.csv", PEOPLE + lines))
    assert done.taken == 1
    assert left_out(done) == {
        "birth not a date: left empty": 1, "death not a date: left empty": 1, "sex not F, M or X: left empty": 1,
        "ethnicity not one of the 16+1 codes: left empty": 1, "deprivation not 1 to 10: left empty": 1,
        "registration that ends on or before its start": 1, "practice missing or not an ODS code": 1,
        "registration without a start": 1,
    }  # fmt: skip
    [person] = rows(tmp_path / "facts", "people")
    assert [person[name] for name in ("born", "sex", "ethnicity", "deprivation", "died")] == [None] * 5


@pytest.mark.parametrize(
    ("header", "line", "becomes"),
    [
        (
            "person,booked,plan_agreed,plan_reviewed,pregnancy_ended,provider",
            "a1,2022-04-05,2022-05-01,,2022-10-30,RWA",
            ["pregnancy", "care-plan-agreed", "pregnancy-ended"],
        ),
        (
            "person,diagnosed,hna_completed,plan_offer_status,plan_offered,plan_completed,provider",
            "a1,2022-04-05,2022-05-01,03,2022-05-01,2022-05-20,RWA",
            ["condition", "holistic-needs-assessment", "care-plan-agreed"],
        ),
        (
            "person,diagnosed,hna_completed,plan_offer_status,plan_offered,plan_completed,provider",
            "a1,2022-04-05,,02,2022-05-01,,RWA",
            ["condition", "care-plan-declined"],
        ),
        (
            "person,care_plan_id,care_plan_type,agreed,reviewed,provider",
            "a1,77,Personalised care and support plan,2022-05-01,2022-06-01,RWA",
            ["care-plan-agreed", "care-plan-reviewed"],
        ),
        (
            "person,care_plan_id,care_plan_type,agreed,provider",
            "a1,77,Wound care,2022-05-01,RWA",
            ["care-plan-otherwise"],
        ),
    ],
)
def test_maternity_cancer_and_community_extracts_tell_of_plans(
    tmp_path: Path, write: Write, header: str, line: str, becomes: list[str]
) -> None:
    [done] = take(tmp_path / "facts", write("other.csv", f"{header}\n{line}\n"))
    events = sorted(rows(tmp_path / "facts", "events"), key=lambda row: row["on"])
    assert ([row["code"] for row in events], done.reasons) == (becomes, [])
    plans = {row["episode"] for row in events if row["code"] in ("care-plan-agreed", "care-plan-reviewed")}
    assert len(plans) <= 1, "an agreement and its review are of one plan"


def test_a_deployments_value_set_adds_codes_and_replaces_meanings(tmp_path: Path, write: Write) -> None:
    local = write(
        "local.csv",
        "code,term,concept,detail,least,most,source,status\n"
        "22298006,Myocardial infarction,condition,coronary-heart-disease,,,our refset,local\n"
        f"{DECLINED},x,,,,,ours,local\n",
    )
    events = write("gp.csv", EVENTS + f"a1,22298006,2022-05-03,,\na1,{DECLINED},2022-05-03,,\n")
    [done] = take(tmp_path / "facts", events, more=(local,))
    assert left_out(done) == {"SNOMED id known, counts for nothing": 1}
    assert [(row["code"], row["detail"]) for row in rows(tmp_path / "facts", "events")] == [
        ("condition", "coronary-heart-disease")
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("88961000000101,x,carer,,,,s,local", "code: '88961000000101' is wrong check digit"),
        ("22298006,x,hugged,,,,s,local", "concept: 'hugged' is not a concept"),
        ("22298006,x,carer,old,,,s,local", "detail: events of 'carer' carry no detail"),
        ("22298006,x,carer,,low,,s,local", "least: 'low' is not a number"),
        ("22298006,x,carer,,,,s,sure", "status: 'sure' is not one of"),
    ],
)
def test_a_value_set_that_is_wrong_is_refused_with_line_and_column(write: Write, row: str, says: str) -> None:
    path = write("local.csv", f"code,term,concept,detail,least,most,source,status\n{row}\n")
    with pytest.raises(ImportRefused, match=f"line 2, {says}"):
        meanings([path])


def test_every_shipped_code_is_an_id_and_says_where_it_was_seen() -> None:
    shipped = meanings()
    assert all(not snomed.fault(one.code) and one.source for one in shipped)
    assert {"1187911000000105", "871691000000100"} <= {one.code for one in unsure(shipped)}
    assert REFERRED not in {one.code for one in unsure(shipped)}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("gp.csv", "who,what\na1,b\n", "layout known here"),
        ("gp.csv", "person,person,snomed,date\na1,a1,1,2\n", "names a column twice"),
        ("gp.csv", "", "cannot be read"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, write: Write, name: str, text: str, says: str) -> None:
    with pytest.raises(ImportRefused, match=says):
        take(tmp_path / "facts", write(name, text))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, write: Write) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-gran.txt").write_text("Dear Gran")
    with pytest.raises(ImportRefused, match="was not made by this import"):
        take(tmp_path / "letters", write("gp.csv", EVENTS))


def test_without_organisations_nothing_could_be_counted_so_it_says_what_to_do_first(
    tmp_path: Path, write: Write
) -> None:
    Membership.objects.all().delete()
    Organisation.objects.all().delete()
    with pytest.raises(ImportRefused, match="import organisations first"):
        take(tmp_path / "facts", write("gp.csv", EVENTS))


def test_the_command_prints_the_reasons_and_never_a_person(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    events = write("gp.csv", EVENTS + f"secret7,{REFERRED},soon,,B81001\nsecret7,22298006,2022-05-03,,B81001\n")
    assert main(["import", "coded-events", str(events), "--into", str(tmp_path / "facts")]) == 0
    out = capsys.readouterr().out
    assert "1 row: date missing or not a date (first on line 2: 871731000000106)" in out
    assert "1 row: SNOMED id in no value set (first on line 3: 22298006)" in out
    assert "secret7" not in out
    assert main(["import", "coded-events", str(events)]) == 1


def test_a_part_is_sorted_by_person(tmp_path: Path, write: Write) -> None:
    take(tmp_path / "facts", write("gp.csv", EVENTS + "".join(f"p{n},{REFERRED},2022-05-03,,\n" for n in range(99))))
    people = pq.read_table(tmp_path / "facts" / "events")["person"].to_pylist()
    assert people == sorted(people)
    assert len(set(people)) == 99
