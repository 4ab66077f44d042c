"""epraccur (Organisation Data Service, quarterly): when a practice opened and closed, and when it joined its sub-ICB.

It also lists clinics, hospices and prisons that prescribe, so it settles nothing's kind: it dates the practices that a
map or a network file names. It is as at the latest day it mentions, unless its sender says otherwise.
"""

from datetime import date

from whatmatters.interop.imports import tables
from whatmatters.interop.imports.gathering import after, claim, forwards, tell
from whatmatters.interop.imports.layouts import Layout
from whatmatters.interop.imports.refusals import ImportRefused, Problems
from whatmatters.interop.imports.tables import Row, Table
from whatmatters.organisations.evidence import Evidence, Fact
from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span


def read(table: Table, as_at: date | None, problems: Problems) -> Evidence:
    evidence = Evidence(as_at or date.min, rank=0)
    for line, row in table:
        with problems.of_line(line):
            _line(row, evidence, as_at)
    problems.refuse_if_any()
    if not evidence.facts:
        raise ImportRefused(f"{table.name}: there is no practice in it: download it again")
    return evidence


def _line(row: Row, evidence: Evidence, as_at: date | None) -> None:
    code, name = tables.code(row, "code"), tables.name(row, "name")
    opened, closed = tables.day(row, "open_date"), tables.day_or_none(row, "close_date")
    joined, left = tables.day_or_none(row, "join_parent_date"), tables.day_or_none(row, "left_parent_date")
    forwards(opened, after(closed), "close_date")
    if as_at is None:
        evidence.as_at = max(day for day in (evidence.as_at, opened, closed, joined, left) if day)
    fact = Fact(None, name, tables.postcode(row, "postcode"), dated=True, opened=opened, closed=after(closed))
    tell(evidence, code, fact, "code")
    if row["parent_code"] and joined:
        forwards(joined, after(left), "left_parent_date")
        span = Span(joined, after(left), tables.code(row, "parent_code"))
        claim(evidence, code, Kind.SUB_ICB, span)


REGISTER = Layout(
    "epraccur",
    "practice register (epraccur)",
    frozenset(
        {"code", "name", "postcode", "open_date", "close_date", "parent_code", "join_parent_date", "left_parent_date"}
    ),
    read,
)
