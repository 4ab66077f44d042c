"""Patients registered at a GP practice (NHS England, monthly): totals, or five-year age bands by sex.

Each line is one cell of one organisation. Files since 2026 give practices and every level above; older ones only
practices. Single years of age come in other files, which are refused.
"""

from dataclasses import dataclass
from datetime import date

from whatmatters.interop.imports import tables
from whatmatters.interop.imports.layouts import UNALLOCATED
from whatmatters.interop.imports.refusals import ImportRefused, Wrong, quoted
from whatmatters.interop.imports.tables import Row, Table
from whatmatters.organisations.models import Kind
from whatmatters.periods import AGE_BANDS

KINDS = {
    "GP": Kind.PRACTICE,
    "PCN": Kind.PCN,
    "SUB_ICB_LOCATION_CODE": Kind.SUB_ICB,
    "ICB": Kind.ICB,
    "Comm Region": Kind.REGION,
}
ALL = "all"
SEXES = {"FEMALE": "F", "MALE": "M"}
GROUPS = {
    ("ALL", "ALL"): ALL,
    **{(sex, "ALL"): letter for sex, letter in SEXES.items()},
    **{(sex, band.replace("-", "_")): f"{letter} {band}" for sex, letter in SEXES.items() for band in AGE_BANDS},
}
DAY, SEX, COUNT = "EXTRACT_DATE", "SEX", "NUMBER_OF_PATIENTS"


@dataclass(frozen=True)
class Columns:
    kind: str
    code: str
    age: str

    @property
    def all(self) -> set[str]:
        return {DAY, SEX, COUNT, self.kind, self.code, self.age}


LAYOUTS = (Columns("ORG_TYPE", "ORG_CODE", "AGE_GROUP_5"), Columns("TYPE", "CODE", "AGE"))


@dataclass(frozen=True)
class Cell:
    """``group``: ``all``, ``F``, ``M``, or sex and band as ``F 40-44``."""

    day: date
    kind: Kind
    code: str
    group: str
    people: int


def columns_of(table: Table) -> Columns:
    for layout in LAYOUTS:
        if layout.all <= set(table.columns):
            return layout
    needed = ", ".join(sorted(LAYOUTS[0].all))
    raise ImportRefused(f"{table.name}: line 1 is not the header of a list-size file, which has {needed}")


def cell(row: Row, columns: Columns) -> Cell:
    """Raises Wrong."""
    kind = KINDS.get(row[columns.kind])
    if kind is None:
        raise Wrong(columns.kind, f"{quoted(row[columns.kind])} is not one of {', '.join(KINDS)}")
    unallocated = kind == Kind.PCN and row[columns.code] == UNALLOCATED
    code = UNALLOCATED if unallocated else tables.code(row, columns.code)
    group = GROUPS.get((row[SEX], row[columns.age]))
    if group is None:
        asked = f"sex {quoted(row[SEX])} and age {quoted(row[columns.age])}"
        raise Wrong(columns.age, f"{asked} are not FEMALE, MALE or ALL with ALL or a five-year band, as 40_44 or 95+")
    day = tables.day(row, DAY)
    if day > date.today():
        raise Wrong(DAY, f"{day} is still to come: check the date")
    return Cell(day, kind, code, group, tables.count(row, COUNT))
