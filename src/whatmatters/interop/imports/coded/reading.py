"""A large CSV into a table of its lines, all text, in bounded memory; lines that do not fit the header are counted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pyarrow import csv

from whatmatters.interop.imports.coded.layouts import LAYOUTS, Layout
from whatmatters.interop.imports.refusals import ImportRefused

AT_ONCE = 1 << 24  # bytes


def lines(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Layout, int]:
    """Makes the table ``lines`` (line, and the layout's columns, trimmed); gives the layout and how many did not fit.

    ``line`` counts the lines that do. Raises ImportRefused for what is no CSV, and for a header no layout knows.
    """
    torn: list[int] = []

    def unfit(row: Any) -> str:
        torn.append(1)
        return "skip"

    try:
        reader = csv.open_csv(
            path,
            csv.ReadOptions(block_size=AT_ONCE, encoding="utf-8"),
            csv.ParseOptions(invalid_row_handler=unfit),
            csv.ConvertOptions(column_types=_text(path), strings_can_be_null=False),
        )
        layout, names = _layout(path, [name.lstrip("\ufeff") for name in reader.schema.names])
        given = pa.RecordBatchReader.from_batches(
            pa.schema([(f"c{at}", pa.string()) for at in range(len(reader.schema))]),
            (
                pa.RecordBatch.from_arrays(batch.columns, [f"c{at}" for at in range(batch.num_columns)])
                for batch in reader
            ),
        )
        connection.register("given", given)
        columns = [
            f"trim(c{names[name]}) AS {name}" if name in names else f"CAST('' AS VARCHAR) AS {name}"
            for name in layout.columns
        ]
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE lines AS "
            f"SELECT row_number() OVER () AS line, {', '.join(columns)} FROM given"
        )
    except (OSError, pa.ArrowInvalid, duckdb.InvalidInputException) as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else "is it CSV in UTF-8, and whole?"
        raise ImportRefused(f"{path.name} cannot be read: {why}") from error
    return layout, len(torn)


def _text(path: Path) -> dict[str, pa.DataType]:
    """Every column is text: what is a number or a date is decided here, where it can be counted when it is not."""
    with csv.open_csv(
        path, csv.ReadOptions(block_size=AT_ONCE), csv.ParseOptions(invalid_row_handler=lambda _: "skip")
    ) as file:
        return dict.fromkeys(file.schema.names, pa.string())


def _layout(path: Path, header: Sequence[str]) -> tuple[Layout, dict[str, int]]:
    """The first layout whose columns are all there, with the place of each."""
    said = [name.strip().lower().replace(" ", "_") for name in header]
    if len(set(said)) != len(said):
        raise ImportRefused(f"{path.name}: line 1 names a column twice")
    wants = []
    for layout in LAYOUTS:
        found = {
            column: said.index(next(name for name in names if name in said))
            for column, names in layout.columns.items()
            if any(name in said for name in names)
        }
        missing = [names[0] for column, names in layout.columns.items() if column not in {*found, *layout.optional}]
        if not missing:
            return layout, found
        wants.append(f"\n  {layout.title}: {', '.join(names[0] for names in layout.columns.values())}")
    raise ImportRefused(
        f"{path.name}: the columns its first line names are those of no layout known here. Known are:{''.join(wants)}"
    )
