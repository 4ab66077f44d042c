"""``import survey``: results of surveys, returns and publications, a line for each number.

Columns: ``indicator``, ``period``, ``organisation``, ``source`` (the publication's name and year), and either
``numerator`` and ``denominator`` (left empty for a plain count) or ``percentage`` and ``base`` (how many answered). A
share may bring ``effective_base``, the unweighted base over the design effect, which gives it its interval.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whatmatters.access.actors import Actor
from whatmatters.interop.imports import files, tables
from whatmatters.interop.imports.list_sizes import REGISTERED
from whatmatters.interop.imports.refusals import ImportRefused, Problems, Wrong, quoted
from whatmatters.measurement.indicators import Indicator
from whatmatters.organisations.models import Organisation
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.published import Told, store

WHOSE = ("indicator", "period", "organisation", "source")
COUNTS, SHARES = ("numerator", "denominator"), ("percentage", "base")


@dataclass(frozen=True)
class Summary:
    """``changed`` of the ``read`` numbers are not what was stored before."""

    read: int
    changed: int
    indicators: Collection[str]


def import_surveys(paths: Sequence[Path], *, by: Actor) -> Summary:
    """Raises ImportRefused; then nothing has changed."""
    kinds = dict(Organisation.objects.values_list("code", "kind"))
    found: dict[tuple[str, str, str], Told] = {}
    for path in paths:
        table, problems = tables.Table(path.name, files.text(path)), Problems(path.name)
        _refuse_columns(table)
        for line, row in table:
            with problems.of_line(line):
                told = _told(row, kinds)
                if told.key in found:
                    raise Wrong("organisation", f"{told.organisation} has this number twice: keep one line of them")
                found[told.key] = told
        problems.refuse_if_any()
    if not found:
        raise ImportRefused("there is no line of figures in it, so nothing was imported")
    return Summary(len(found), store(found.values(), by=by), {one.indicator for one in found.values()})


def _refuse_columns(table: tables.Table) -> None:
    if missing := [name for name in WHOSE if name not in table.columns]:
        raise ImportRefused(f"{table.name}: line 1 lacks {', '.join(missing)}: add these columns")
    if sum(set(pair) <= set(table.columns) for pair in (COUNTS, SHARES)) != 1:
        raise ImportRefused(
            f"{table.name}: line 1 must have either numerator and denominator, or percentage and base: give one pair"
        )


def _told(row: tables.Row, kinds: Mapping[str, str]) -> Told:
    indicator, label = _indicator(row["indicator"]), _period(row["period"])
    code = tables.code(row, "organisation")
    if code not in kinds:
        raise Wrong("organisation", f"{code} is not known here: import organisations first, or check the code")
    if kinds[code] not in indicator.levels:
        raise Wrong(
            "organisation", f"{code} is a {kinds[code]}, and {indicator.id} is of {', '.join(indicator.levels)}"
        )
    counts = _shares(row, indicator) if "percentage" in row else _counts(row, indicator)
    return Told(indicator.id, label, code, kinds[code], *counts, tables.name(row, "source"), _worth(row, indicator))


def _indicator(name: str) -> Indicator:
    found = INDICATORS.get(name)
    if name == REGISTERED:
        raise Wrong("indicator", "list sizes have their own import: import list-sizes FILE")
    if found is None or found.computed:
        known = [one.id for one in INDICATORS.values() if not one.computed and one.id != REGISTERED]
        why = "is counted from the record, never imported" if found else "is not an indicator"
        raise Wrong("indicator", f"{quoted(name)} {why}: choose from {', '.join(known)}")
    return found


def _period(label: str) -> str:
    try:
        return period(label).label
    except ValueError as error:
        raise Wrong("period", str(error)) from error


def _counts(row: tables.Row, indicator: Indicator) -> tuple[float, float | None]:
    numerator = _number(row, "numerator")
    if indicator.denominator is None:
        if row["denominator"]:
            raise Wrong("denominator", f"{indicator.id} is a plain count: leave the cell empty")
        return numerator, None
    denominator = _number(row, "denominator")
    if not denominator or (indicator.unit == "percent" and numerator > denominator):
        raise Wrong("denominator", f"{quoted(row['denominator'])} must be over nought, and not under the numerator")
    return numerator, denominator


def _shares(row: tables.Row, indicator: Indicator) -> tuple[float, float]:
    if indicator.unit != "percent":
        raise Wrong("percentage", f"{indicator.id} is no percentage: give a file with numerator and denominator")
    share, base = _number(row, "percentage"), _number(row, "base")
    if share > 100:
        raise Wrong("percentage", f"{quoted(row['percentage'])} is over 100")
    if not base:
        raise Wrong("base", "nobody answered: leave the line out")
    return share * base / 100, base


def _worth(row: tables.Row, indicator: Indicator) -> float | None:
    if not row.get("effective_base"):
        return None
    if indicator.unit != "percent":
        raise Wrong("effective_base", f"{indicator.id} is no percentage: leave the cell empty")
    if not (found := _number(row, "effective_base")):
        raise Wrong("effective_base", "is nought: leave the cell empty where the publication does not say")
    return found


def _number(row: tables.Row, column: str) -> float:
    try:
        found = float(row[column])
    except ValueError:
        found = math.nan
    if not 0 <= found < 1e12:
        raise Wrong(column, f"{quoted(row[column])} is not a number, nought or more (12345.6, no % or comma)")
    return found
