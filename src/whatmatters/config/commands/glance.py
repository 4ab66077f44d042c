"""A few of the numbers for the screen, while all of them go to a file. Not itself a command."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from whatmatters.measurement.indicators import LEVELS, UNITS, Indicator
from whatmatters.programme.indicators import HEADLINES

if TYPE_CHECKING:
    import pyarrow as pa

FEW = 8
Row = dict[str, Any]


def watched(tables: "Iterable[pa.Table]", into: list[Row]) -> "Iterator[pa.Table]":
    """The same tables; everyone's rows at the highest level of each go into the list, a few of each period."""
    import pyarrow.compute as pc

    for table in tables:
        everyone = table.filter(pc.equal(table["breakdown"], "all"))
        for one in everyone.group_by(["indicator", "period"]).aggregate([]).to_pylist():
            here = everyone.filter(
                pc.and_(pc.equal(everyone["indicator"], one["indicator"]), pc.equal(everyone["period"], one["period"]))
            )
            top = max(here["level"].unique().to_pylist(), key=LEVELS.index)
            into += here.filter(pc.equal(here["level"], top)).slice(0, FEW).to_pylist()
        yield table


def lines(rows: Iterable[Row], indicators: Mapping[str, Indicator], last: str) -> Iterator[str]:
    """The headlines, or else the first indicators there are, of the period ``last`` at the highest level of all."""
    kept = [row for row in rows if row["period"] == last]
    if not kept:
        return
    top = max((row["level"] for row in kept), key=LEVELS.index)
    order = [*HEADLINES, *indicators]
    kept = sorted((row for row in kept if row["level"] == top), key=lambda row: order.index(row["indicator"]))
    cells = [_cells(row, indicators[row["indicator"]]) for row in kept[:FEW]]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    yield f"{last}, {len(cells)} of the numbers:"
    for row in cells:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(row: Row, indicator: Indicator) -> tuple[str, str, str, str]:
    numerator, denominator = row["numerator"], row["denominator"]
    value, of = _plain(numerator), ""
    if denominator is not None:
        rate = f"{numerator / denominator * UNITS[indicator.unit]:,.1f}" if denominator else "-"
        value = rate + {"percent": "%", "mean": " on average"}.get(indicator.unit, f" {indicator.unit}")
        of = f"({_plain(numerator)} of {_plain(denominator)})"
    return row["organisation"], indicator.id, value, of


def _plain(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"
