"""ePCN (Organisation Data Service, quarterly): the networks, and their practices from day to day since October 2019.

The files carry no date of their own: they are as at the latest day they mention, unless their sender says otherwise.
End dates are the last day.
"""

from datetime import date

from whatmatters.interop.imports import tables
from whatmatters.interop.imports.gathering import after, claim, forwards, see, tell
from whatmatters.interop.imports.layouts import Layout
from whatmatters.interop.imports.refusals import ImportRefused, Problems
from whatmatters.interop.imports.tables import Row, Table
from whatmatters.organisations.evidence import Evidence, Fact
from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span


def read_details(table: Table, as_at: date | None, problems: Problems) -> Evidence:
    evidence = Evidence(as_at or date.min, rank=2)
    for line, row in table:
        with problems.of_line(line):
            opened, last = _dates(row, "open_date", "close_date", evidence, as_at)
            network = Fact(
                Kind.PCN,
                tables.name(row, "pcn_name"),
                tables.postcode(row, "postcode"),
                dated=True,
                opened=opened,
                closed=after(last),
            )
            tell(evidence, tables.code(row, "pcn_code"), network, "pcn_code")
            sub_icb = Fact(Kind.SUB_ICB, tables.name(row, "sub_icb_name"))
            tell(evidence, tables.code(row, "sub_icb_code"), sub_icb, "sub_icb_code")
    return _finished(evidence, table, problems)


def read_members(table: Table, as_at: date | None, problems: Problems) -> Evidence:
    """A practice's sub-ICB is taken from the row that still holds; it may differ from its network's."""
    evidence = Evidence(as_at or date.min, rank=3)
    for line, row in table:
        with problems.of_line(line):
            start, last = _dates(row, "start_date", "end_date", evidence, as_at)
            practice, network = tables.code(row, "practice_code"), tables.code(row, "pcn_code")
            tell(evidence, practice, Fact(Kind.PRACTICE, tables.name(row, "practice_name")), "practice_name")
            tell(evidence, network, Fact(Kind.PCN, tables.name(row, "pcn_name")), "pcn_name")
            claim(evidence, practice, Kind.PCN, Span(start, after(last), network))
            sub_icb = tables.code(row, "practice_sub_icb_code")
            if last is None:
                see(evidence, practice, Kind.SUB_ICB, sub_icb, "practice_sub_icb_code")
    return _finished(evidence, table, problems)


def _dates(row: Row, first: str, last: str, evidence: Evidence, as_at: date | None) -> tuple[date, date | None]:
    start, end = tables.day(row, first), tables.day_or_none(row, last)
    forwards(start, after(end), last)
    if as_at is None:
        evidence.as_at = max(evidence.as_at, start, end or start)
    return start, end


def _finished(evidence: Evidence, table: Table, problems: Problems) -> Evidence:
    problems.refuse_if_any()
    if not evidence.facts:
        raise ImportRefused(f"{table.name}: there is no network in it: download it again")
    return evidence


DETAILS = Layout(
    "epcn-details",
    "ePCN details",
    frozenset({"pcn_code", "pcn_name", "sub_icb_code", "sub_icb_name", "open_date", "close_date", "postcode"}),
    read_details,
)
MEMBERS = Layout(
    "epcn-members",
    "ePCN members",
    frozenset(
        {"practice_code", "practice_name", "practice_sub_icb_code", "pcn_code", "pcn_name", "start_date", "end_date"}
    ),
    read_members,
)
