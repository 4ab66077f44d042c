"""Results on their way to a reader: exact for those who may, as the disclosure gate left them for everyone else."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from whatmatters.measurement import disclosure
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Source
from whatmatters.programme.results import COLUMNS, Row, wanted

SHOWN = ("shown__numerator", "shown__denominator", "shown__value", "shown__hidden")


class Figure(NamedTuple):
    """A result as its reader may see it: a hidden one has no numerator and value, and perhaps no denominator."""

    indicator: str
    definition: int
    period: str
    organisation: str
    level: str
    breakdown: str
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    hidden: bool
    source: str
    coverage: float | None
    as_at: date


def read(*, exact: bool, **filters: Collection[str] | None) -> list[Figure]:
    """Figures in a settled order, in one query; the filters are those of ``results.wanted``."""
    found = wanted(**filters)
    if exact:
        return [_exact(Row(*cells)) for cells in found.values_list(*COLUMNS)]
    width = len(COLUMNS)
    return [_public(Row(*cells[:width]), *cells[width:]) for cells in found.values_list(*COLUMNS, *SHOWN)]


def _exact(row: Row) -> Figure:
    indicator = INDICATORS.get(row.indicator)  # one that was taken out may have left results behind
    value = indicator.value(row.numerator, row.denominator) if indicator else None
    return _figure(row, row.numerator, row.denominator, value, False)


def _public(
    row: Row, numerator: float | None, denominator: float | None, value: float | None, hidden: bool | None
) -> Figure:
    if row.source == Source.PUBLISHED:  # public already, so it gives nothing away: rounded and hidden by itself
        (one,) = disclosure.publish([row._asdict()], INDICATORS)
        numerator, denominator, value = one["shown_numerator"], one["shown_denominator"], one["shown_value"]
        hidden = one["hidden"]
    return _figure(row, numerator, denominator, value, hidden is not False)  # what the gate has not seen stays hidden


def _figure(row: Row, numerator: float | None, denominator: float | None, value: float | None, hidden: bool) -> Figure:
    return Figure(*row[:7], numerator, denominator, value, hidden, row.source, row.coverage, row.as_at)
