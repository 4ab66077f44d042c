# ruff: noqa: E501  # a table reads best with a case a line
"""Bad input, case by case: one clear sentence that names the place and the fix, and nothing half-saved."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.interop.imports import files
from whatmatters.interop.imports.list_sizes import import_list_sizes
from whatmatters.interop.imports.organisations import import_organisations
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.organisations.models import Membership, Organisation, Publication
from whatmatters.programme.models import Result

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Publish = Callable[..., Path]
Rows = tuple[dict[str, object], ...]


def saved() -> list[int]:
    return [model._default_manager.count() for model in (Organisation, Membership, Publication, Result, AuditEntry)]


@pytest.fixture
def known(publish: Publish) -> list[int]:
    """One practice is on record; gives what is saved so far."""
    import_organisations([publish("map", {"PRACTICE_CODE": "B81001"})], by=THE_SYSTEM)
    return saved()


def refused(path: Path, what: str = "organisations") -> str:
    take = import_organisations if what == "organisations" else import_list_sizes
    with pytest.raises(ImportRefused) as refusal:
        take([path], by=THE_SYSTEM)
    return str(refusal.value)


B2 = {"PRACTICE_CODE": "B81002"}
CELLS: dict[str, tuple[str, Rows, str]] = {
    "a date that is no date": ("map", ({**B2, "EXTRACT_DATE": "soon"},), "line 2, EXTRACT_DATE: 'soon' is not a date: write it as 2019-10-01"),
    "a day the calendar has not": ("map", ({**B2, "EXTRACT_DATE": "31Feb2026"},), "line 2, EXTRACT_DATE: '31Feb2026' is not a day of the calendar"),
    "a year long past": ("details", ({"open_date": "00191001"},), "line 2, open_date: '00191001' is not between 1900 and 2100"),
    "an American date": ("members", ({"practice_code": "B81002", "start_date": "10/01/2019"},), "line 2, start_date: '10/01/2019' is not a date"),
    "digits of another script": ("members", ({"practice_code": "B81002", "start_date": "٢٠١٩١٠٠١"},), "line 2, start_date"),
    "two days in one map": ("map", (B2, {"PRACTICE_CODE": "B81003", "EXTRACT_DATE": "01Aug2026"}), "line 3, EXTRACT_DATE: 2026-08-01 differs from 2026-07-01"),
    "an end before the start": ("members", ({"practice_code": "B81002", "end_date": "20180101"},), "line 2, end_date: the last day comes before the first, 2019-10-01: check both dates"),
    "a code in small letters": ("map", ({"PRACTICE_CODE": "b81002"},), "line 2, PRACTICE_CODE: 'b81002' is not an ODS code: 3 to 6 capital letters and digits"),
    "no code": ("map", ({"PRACTICE_CODE": ""},), "line 2, PRACTICE_CODE: empty is not an ODS code"),
    "a code too long": ("map", ({**B2, "ICB_CODE": "QOQQOQQ"},), "line 2, ICB_CODE: 'QOQQOQQ' is not an ODS code"),
    "no name": ("map", ({**B2, "PRACTICE_NAME": " "},), "line 2, PRACTICE_NAME: a name of 1 to 200 characters must stand here"),
    "a name without end": ("map", ({**B2, "PRACTICE_NAME": "X" * 201},), "line 2, PRACTICE_NAME: a name of 1 to 200 characters must stand here"),
    "a formula for a name": ("map", ({**B2, "PRACTICE_NAME": "=cmd|' /C calc'!A0"},), "line 2, PRACTICE_NAME: \"=cmd|' /C calc'!A0\" is a spreadsheet formula: write the name itself"),
    "a formula in full": ("map", ({**B2, "PCN_NAME": "@SUM(A1)"},), "line 2, PCN_NAME: '@SUM(A1)' is a spreadsheet formula"),
    "a right-to-left override": ("map", ({**B2, "PRACTICE_NAME": "SURGERY \u202eYREGRUS"},), r"line 2, PRACTICE_NAME: 'SURGERY \u202eYREGRUS' holds an invisible control character: type the name again"),
    "a terminal's escape": ("map", ({**B2, "PRACTICE_NAME": "\x1b[31mRED"},), r"line 2, PRACTICE_NAME: '\x1b[31mRED' holds an invisible control character"),
    "a line break in a name": ("map", ({**B2, "PRACTICE_NAME": "TWO\nLINES"},), r"line 3, PRACTICE_NAME: 'TWO\nLINES' holds an invisible control character"),
    "no postcode at all": ("map", ({**B2, "PRACTICE_POSTCODE": "ring the bell"},), "line 2, PRACTICE_POSTCODE: 'ring the bell' is not a postcode"),
    "one practice in two networks": ("map", (B2, {**B2, "PCN_CODE": "U10002", "PCN_NAME": "WEST"}), "line 3, PCN_CODE: B81002 belongs to U10001 on an earlier line and to U10002 here"),
    "one sub-ICB in two ICBs": ("map", (B2, {"PRACTICE_CODE": "B81003", "ICB_CODE": "QWO", "ICB_NAME": "WEST"}), "line 3, ICB_CODE: 03F belongs to QOQ on an earlier line and to QWO here"),
    "one code with two names": ("map", (B2, {**B2, "PRACTICE_NAME": "OTHER SURGERY"}), "line 3, PRACTICE_CODE: B81002 is there twice with different facts: HARBOUR SURGERY and OTHER SURGERY"),
    "one code with two closing dates": ("register", ({"code": "B81002"}, {"code": "B81002", "close_date": "20250101"}), "line 3, code: B81002 is there twice with different facts: none and 2025-01-02"),
    "a practice that is also a network": ("map", ({"PRACTICE_CODE": "U10001"},), "line 2, PCN_CODE: U10001 is there twice with different facts: practice and pcn"),
}  # fmt: skip


@pytest.mark.parametrize(("layout", "rows", "problem"), CELLS.values(), ids=CELLS)
def test_a_bad_cell_of_an_organisations_file(
    publish: Publish, known: list[int], layout: str, rows: Rows, problem: str
) -> None:
    said = refused(publish(layout, *rows, name="bad.csv"))
    assert said.startswith("bad.csv: 1 row is wrong, so nothing was imported:")
    assert problem in said
    assert saved() == known


SIZES: dict[str, tuple[dict[str, object], str]] = {
    "fewer than nobody": ({"NUMBER_OF_PATIENTS": -1}, "line 2, NUMBER_OF_PATIENTS: '-1' is not a whole number of people, nought or more"),
    "half a person": ({"NUMBER_OF_PATIENTS": "1.5"}, "line 2, NUMBER_OF_PATIENTS: '1.5' is not a whole number"),
    "not a number": ({"NUMBER_OF_PATIENTS": "NaN"}, "line 2, NUMBER_OF_PATIENTS: 'NaN' is not a whole number"),
    "a comma for thousands": ({"NUMBER_OF_PATIENTS": "1,000"}, "line 2, NUMBER_OF_PATIENTS: '1,000' is not a whole number"),
    "no count": ({"NUMBER_OF_PATIENTS": ""}, "line 2, NUMBER_OF_PATIENTS: empty is not a whole number"),
    "more than everyone": ({"NUMBER_OF_PATIENTS": "9" * 30}, "line 2, NUMBER_OF_PATIENTS"),
    "a practice unknown": ({"ORG_CODE": "X99999"}, "line 2, ORG_CODE: X99999 is no GP practice known here: import the practice map of that day first"),
    "a practice called a network": ({"ORG_TYPE": "PCN"}, "line 2, ORG_CODE: B81001 is no Primary care network known here"),
    "a level unknown": ({"ORG_TYPE": "TRUST"}, "line 2, ORG_TYPE: 'TRUST' is not one of GP, PCN, SUB_ICB_LOCATION_CODE, ICB, Comm Region"),
    "a single year of age": ({"AGE_GROUP_5": "37", "SEX": "FEMALE"}, "line 2, AGE_GROUP_5: sex 'FEMALE' and age '37' are not"),
    "a day that is none": ({"EXTRACT_DATE": "2026-13-01"}, "line 2, EXTRACT_DATE: '2026-13-01' is not a day of the calendar"),
    "a day to come": ({"EXTRACT_DATE": "2099-07-01"}, "line 2, EXTRACT_DATE: 2099-07-01 is still to come: check the date"),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "problem"), SIZES.values(), ids=SIZES)
def test_a_bad_cell_of_a_list_size_file(
    publish: Publish, known: list[int], cells: dict[str, object], problem: str
) -> None:
    path = publish("sizes", {"ORG_CODE": "B81001", "NUMBER_OF_PATIENTS": 9, **cells}, name="bad.csv")
    assert problem in refused(path, "list-sizes")
    assert saved() == known


def test_a_list_size_file_of_two_days_is_refused(publish: Publish, known: list[int]) -> None:
    row = {"ORG_CODE": "B81001", "NUMBER_OF_PATIENTS": 9}
    path = publish("sizes", {**row, "EXTRACT_DATE": "2026-07-01"}, {**row, "EXTRACT_DATE": "2025-07-01"})
    said = "line 3, EXTRACT_DATE: 2025-07-01 stands here and 2026-07-01 above: a file is of one day"
    assert said in refused(path, "list-sizes")
    assert saved() == known


WHOLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "UTF-16": (lambda raw: raw.decode().encode("utf-16"), "bad.csv: the file is UTF-16: save it as CSV UTF-8"),
    "Latin-1": (lambda raw: raw.replace(b"HARBOUR", b"CAF\xc9"), "bad.csv: line 2 is not UTF-8: save the file as CSV UTF-8"),
    "NUL": (lambda raw: raw.replace(b"HARBOUR", b"HARB\0OUR"), "bad.csv: line 2 holds a NUL character, so the file is damaged"),
    "half a file": (lambda raw: raw[: len(raw) - 60], "bad.csv: line 2 has 13 cells where the header has 17: is the file cut short?"),
    "an open quotation": (lambda raw: raw + b'X,"Y', "bad.csv: line 3 is not CSV (unexpected end of data): is the file cut short?"),
    "a column missing": (lambda raw: raw.replace(b"PCN_NAME", b"PCN_TITLE"), "bad.csv: line 1: a practice map also has PCN_NAME"),
    "a column twice": (lambda raw: raw.replace(b"PCN_NAME", b"PCN_CODE"), "bad.csv: line 1 names a column twice"),
    "another file": (lambda raw: b"animal,legs\ncat,4\n", "bad.csv: line 1 is the header of no file known here, which are: practice map;"),
    "a header alone": (lambda raw: raw.splitlines(keepends=True)[0], "bad.csv: there is no practice in it: download it again"),
    "nothing": (lambda raw: b"", "bad.csv: the file is empty: download it again"),
    "a page of the web": (lambda raw: b"<!DOCTYPE html>\n<html>\n", "bad.csv: line 1 is the header of no file known here"),
    "half a zip": (lambda raw: b"PK\x03\x04" + raw, "bad.csv: the zip is cut short, damaged or locked: download it again"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "problem"), WHOLE.values(), ids=WHOLE)
def test_a_bad_file(publish: Publish, known: list[int], spoil: Callable[[bytes], bytes], problem: str) -> None:
    path = publish("map", {"PRACTICE_CODE": "B81002"}, name="bad.csv")
    path.write_bytes(spoil(path.read_bytes()))
    assert refused(path).startswith(problem)
    assert saved() == known


def test_a_mark_at_the_start_and_lines_of_windows_are_fine(publish: Publish) -> None:
    path = publish("map", {"PRACTICE_CODE": "B81002"})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert import_organisations([path], by=THE_SYSTEM).organisations.new == 6


@pytest.mark.parametrize(
    "name", ["Meddygfa Tŷ Bryn", "عيادة السلام", "מרפאה", "诊所 CLINIC", "HEART ❤️ SURGERY", "Ó'BRIEN & SONS"]
)
def test_names_of_every_script_are_kept_as_they_are(publish: Publish, name: str) -> None:
    import_organisations([publish("map", {"PRACTICE_CODE": "B81002", "PRACTICE_NAME": name})], by=THE_SYSTEM)
    assert Organisation.objects.get(code="B81002").name == name


def test_the_same_row_twice_is_once(publish: Publish) -> None:
    done = import_organisations(
        [publish("map", {"PRACTICE_CODE": "B81002"}, {"PRACTICE_CODE": "B81002"})], by=THE_SYSTEM
    )
    assert done.memberships.new == 5


def test_every_broken_row_is_counted_and_twenty_are_shown(publish: Publish) -> None:
    said = refused(publish("map", *({"PRACTICE_CODE": f"bad{number}"} for number in range(25))))
    assert "25 rows are wrong" in said
    assert "line 21, PRACTICE_CODE" in said
    assert "line 22" not in said
    assert said.endswith("and 5 more")


def test_a_missing_file_and_a_folder(tmp_path: Path, db: None) -> None:
    assert "there is no such file: check the name and the folder" in refused(tmp_path / "nowhere.csv")
    assert "this is a folder or device: name the files in it" in refused(tmp_path)


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path, db: None) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    tracemalloc.start()
    try:
        assert "huge.csv: 2,000 MB is more than the 100 MB" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in members.items():
            packed.writestr(name, raw)
    return path


def test_a_zip_of_two_files_and_of_none(tmp_path: Path, db: None) -> None:
    assert "two.zip: the zip holds 2 files: it should hold one CSV" in refused(
        zipped(tmp_path / "two.zip", a=b"1", b=b"2")
    )
    assert "none.zip: the zip holds 0 files: it should hold one CSV" in refused(zipped(tmp_path / "none.zip"))


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 1_000_000)
    bomb = zipped(tmp_path / "bomb.zip", a=bytes(50_000_000))
    assert bomb.stat().st_size < 100_000
    assert "bomb.zip, unpacked: 50 MB is more than the 1 MB" in refused(bomb)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path, db: None) -> None:
    """The directory says 10 bytes, the data unpacks to a million."""
    path = zipped(tmp_path / "liar.zip", a=bytes(1_000_000))
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10)))
    assert "liar.zip: the zip is cut short, damaged or locked" in refused(path)


def test_a_name_never_reaches_the_terminal_as_it_is(publish: Publish) -> None:
    said = refused(publish("map", {"PRACTICE_CODE": "\x1b]0;owned\x07"}))
    assert "\x1b" not in said
    assert said.isascii()
