"""A file is written whole or not at all; results as they come, whatever their size. Not itself a command."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIXES = (".csv", ".parquet")


def write(tables: "Iterable[pa.Table]", schema: "pa.Schema", out: Path) -> int:
    """Writes them one after another, beside and then under its name; returns how many rows."""
    from pyarrow import csv, parquet

    beside, rows = out.with_name(f".{out.name}.unfinished"), 0
    try:
        if out.suffix == ".parquet":
            writer = parquet.ParquetWriter(beside, schema, compression="zstd")
        else:
            writer = csv.CSVWriter(beside, schema, write_options=csv.WriteOptions(quoting_header="none"))
        with writer:
            for table in tables:
                writer.write_table(table)
                rows += len(table)
        os.replace(beside, out)
    finally:
        beside.unlink(missing_ok=True)
    return rows


def whole(path: Path, text: str, mode: int = 0o644) -> None:
    """The file as it was or as it shall be, never cut short."""
    handle, beside = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
