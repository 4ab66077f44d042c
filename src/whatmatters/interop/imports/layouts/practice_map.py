"""Which practice belongs where, on one day: practice, network, sub-ICB, ICB and region in one line.

- NHS England, Patients Registered at a GP Practice, the mapping file: all England on its extract date. Until July 2022
  its columns name CCGs and STPs, then sub-ICB locations and ICBs: the same levels.
- NHS England, Quality and Outcomes Framework, the mapping file: no date inside. It shows the structure of the 1 April
  that follows its year (106 CCGs in that of 2020-21), so that is the day it speaks of.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import pairwise

from whatmatters.interop.imports import tables
from whatmatters.interop.imports.gathering import see, tell
from whatmatters.interop.imports.layouts import UNALLOCATED, Layout
from whatmatters.interop.imports.refusals import ImportRefused, Problems, Wrong
from whatmatters.interop.imports.tables import Row, Table
from whatmatters.organisations.evidence import Evidence, Fact
from whatmatters.organisations.models import Kind
from whatmatters.periods import period

Columns = Mapping[Kind, tuple[str, str]]  # where the code and the name stand

WAY_UP = (Kind.PRACTICE, Kind.SUB_ICB, Kind.ICB, Kind.REGION)
ENGLAND = "ENG"
DAY, POST = "EXTRACT_DATE", "PRACTICE_POSTCODE"
YEAR = re.compile(r"(?<!\d)\d{4}-\d\d(?!\d)", re.ASCII)


def _columns(sub_icb: str, icb: str, region: str, code: str) -> Columns:
    return {
        Kind.PRACTICE: ("PRACTICE_CODE", "PRACTICE_NAME"),
        Kind.PCN: (f"PCN_{code}", "PCN_NAME"),
        Kind.SUB_ICB: (f"{sub_icb}_{code}", f"{sub_icb}_NAME"),
        Kind.ICB: (f"{icb}_{code}", f"{icb}_NAME"),
        Kind.REGION: (f"{region}_{code}", f"{region}_NAME"),
    }


def _read_map(columns: Columns, table: Table, as_at: date | None, problems: Problems) -> Evidence:
    evidence = Evidence(date.min, rank=4, whole=True)
    for line, row in table:
        with problems.of_line(line):
            day = tables.day(row, DAY)
            if evidence.as_at not in (day, date.min):
                raise Wrong(DAY, f"{day} differs from {evidence.as_at}, the day of the lines above")
            evidence.as_at = day
            _line(row, columns, evidence)
    return _finished(evidence, table, problems)


def _read_qof(columns: Columns, table: Table, as_at: date | None, problems: Problems) -> Evidence:
    evidence = Evidence(as_at or _first_day_after_year(table.name), rank=1)
    for line, row in table:
        with problems.of_line(line):
            _line(row, columns, evidence)
    return _finished(evidence, table, problems)


def _line(row: Row, columns: Columns, evidence: Evidence) -> None:
    """One practice and all above it."""
    codes = {kind: tables.code(row, columns[kind][0]) for kind in WAY_UP}
    for kind, code in codes.items():
        postcode = tables.postcode(row, POST) if kind == Kind.PRACTICE and POST in row else ""
        tell(evidence, code, Fact(kind, tables.name(row, columns[kind][1]), postcode), columns[kind][0])
    for child, parent in pairwise(WAY_UP):
        see(evidence, codes[child], parent, codes[parent], columns[parent][0])
    tell(evidence, ENGLAND, Fact(Kind.NATION, "England"), columns[Kind.REGION][0])
    see(evidence, codes[Kind.REGION], Kind.NATION, ENGLAND, columns[Kind.REGION][0])
    _network(row, *columns[Kind.PCN], codes[Kind.PRACTICE], evidence)


def _network(row: Row, code: str, name: str, practice: str, evidence: Evidence) -> None:
    if row[code] == UNALLOCATED:
        see(evidence, practice, Kind.PCN, None, code)
        return
    network = tables.code(row, code)
    tell(evidence, network, Fact(Kind.PCN, tables.name(row, name)), code)
    see(evidence, practice, Kind.PCN, network, code)


def _finished(evidence: Evidence, table: Table, problems: Problems) -> Evidence:
    problems.refuse_if_any()
    if not evidence.facts:
        raise ImportRefused(f"{table.name}: there is no practice in it: download it again")
    return evidence


def _first_day_after_year(name: str) -> date:
    years = YEAR.findall(name)
    try:
        return period(years[-1]).end
    except (IndexError, ValueError):
        raise ImportRefused(
            f"{name}: a QOF map does not say its day: give it with --as-at 2021-04-01, or keep the year in the "
            "file's name, as practice_map_qof_2020-21.csv"
        ) from None


def _layout(key: str, title: str, columns: Columns, *others: str) -> Layout:
    named = frozenset(column for pair in columns.values() for column in pair)
    return Layout(key, title, named | frozenset(others), partial(_read_map if DAY in others else _read_qof, columns))


SUB_ICB_MAP = _layout(
    "practice-map", "practice map", _columns("SUB_ICB_LOCATION", "ICB", "COMM_REGION", "CODE"), DAY, POST
)
CCG_MAP = _layout("practice-map", "practice map (CCGs)", _columns("CCG", "STP", "COMM_REGION", "CODE"), DAY, POST)
QOF_MAP = _layout("qof-map", "QOF practice map", _columns("CCG", "STP", "REGION", "ODS_CODE"))
