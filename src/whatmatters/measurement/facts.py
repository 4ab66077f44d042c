"""Facts format version 1: what goes into measurement. A folder of Parquet tables without personal identifiers.

A table is ``NAME.parquet`` or a folder ``NAME/`` of part files. Intervals are half-open: ``start`` is in, ``end`` is
out, null is open. Types are taken tolerantly where nothing can be lost: any whole number, any text, any float, a column
of nulls; and as pandas writes them, whole numbers as floats with NaN for none, and dates as midnights without a time
zone (``loose``: the values are looked at before anything is counted). A timestamp with a time zone is refused, because
its day depends on a place only its maker knows.
"""

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

WORD = pa.dictionary(pa.int32(), pa.string())
TEXT, DAY, WHOLE, NUMBER = pa.string(), pa.date32(), pa.int64(), pa.float64()

_EVENT = {"code": WORD, "on": DAY, "value": NUMBER, "detail": WORD, "episode": WHOLE}
_BY = {"organisation": TEXT, "worker": WHOLE, "role": WORD, "source": TEXT}
_WITHOUT = {key: {k: v for k, v in _BY.items() if k != key} for key in ("organisation", "worker")}

SCHEMAS: dict[str, pa.Schema] = {
    name: pa.schema(list(columns.items()))
    for name, columns in {
        "people": {"person": WHOLE, "born": DAY, "sex": TEXT, "ethnicity": TEXT, "deprivation": WHOLE, "died": DAY},
        "registrations": {"person": WHOLE, "practice": TEXT, "start": DAY, "end": DAY},
        "events": {"person": WHOLE, **_EVENT, **_BY},
        "organisations": {"code": TEXT, "name": TEXT, "kind": TEXT, "opened": DAY, "closed": DAY},
        "memberships": {"child": TEXT, "parent": TEXT, "start": DAY, "end": DAY},
        "staff": {"worker": WHOLE, "role": TEXT, "organisation": TEXT, "wte": NUMBER, "start": DAY, "end": DAY},
        "staff_events": {"worker": WHOLE, **_EVENT, **_WITHOUT["worker"]},
        "organisation_events": {"organisation": TEXT, **_EVENT, **_WITHOUT["organisation"]},
    }.items()
}
REQUIRED = ("people", "registrations", "events", "organisations", "memberships")
KINDS = ("practice", "pcn", "sub_icb", "icb", "region", "nation", "care_home", "provider", "group")

URL = re.compile(r"[a-z][a-z0-9+.-]+:/")
"""How an address begins that only Spark reads from: s3a://, abfss://, dbfs:/ (a Windows drive has one letter)."""

Source: TypeAlias = pa.Table | tuple[Path, ...]


class FactsError(ValueError):
    """The facts cannot be measured without a number being wrong; names the table, the column and the fix."""


@dataclass(frozen=True)
class Facts:
    """Tables by name, each in memory or as part files on disk. Optional tables that do not exist are empty.

    Spark's own facts hold a URL where a table of people would be: nobody else opens them.
    """

    tables: Mapping[str, Source]

    def rows(self, name: str) -> int:
        """How many rows a table has, from the files' footers."""
        source = self.tables[name]
        if isinstance(source, str):
            raise FactsError(f"{source} is not on this machine: measure it with --engine spark")
        return len(source) if isinstance(source, pa.Table) else sum(pq.read_metadata(part).num_rows for part in source)

    def loose(self, name: str) -> dict[str, pa.DataType]:
        """The columns of a table whose values could be lost in the type they must have, with that type."""
        source = self.tables[name]
        schemas = [source.schema] if isinstance(source, pa.Table) else [_schema(Path(part)) for part in source]
        return loose(name, schemas)

    def table(self, name: str) -> pa.Table:
        """The whole table in memory, in the types of ``SCHEMAS`` (dictionaries as plain text)."""
        source, schema = self.tables[name], _plain(SCHEMAS[name])
        parts = [source] if isinstance(source, pa.Table) else [pq.ParquetFile(part).read() for part in source]
        return pa.concat_tables(
            pa.table([settled(part[field.name], field.type) for field in schema], schema) for part in parts
        )


def loose(name: str, found: Iterable[pa.Schema]) -> dict[str, pa.DataType]:
    """The same of any schemas that a table's parts have."""
    return {
        field.name: field.type
        for field in SCHEMAS[name]
        for schema in found
        if _loose(schema.field(field.name).type, field.type)
    }


def settled(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """A column in the type it must have, NaN being no whole number. Raises FactsError for what would be lost."""
    if kind == WHOLE and pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    try:
        return column.cast(kind)
    except pa.ArrowInvalid as error:
        raise FactsError(f"a column must be {_said(kind)} and holds something else") from error


def of(tables: Mapping[str, pa.Table]) -> Facts:
    """Facts from tables in memory. Raises FactsError as ``read`` does."""
    for name in REQUIRED:
        if name not in tables:
            raise FactsError(f"the table {name} is missing")
    for name, table in tables.items():
        check_columns(name, table.schema, "in memory")
    return Facts({name: tables.get(name, SCHEMAS[name].empty_table()) for name in SCHEMAS})


def read(folder: Path) -> Facts:
    """Opens a facts folder; reads only the files' footers. Raises FactsError for what is missing or not readable."""
    if not folder.is_dir():
        raise FactsError(f"{folder} is not a folder: facts are a folder of Parquet tables")
    sources: dict[str, Source] = {}
    for name, schema in SCHEMAS.items():
        parts = _parts(folder, name)
        if not parts and name in REQUIRED:
            raise FactsError(f"the table {name} is missing: {folder} has neither {name}.parquet nor {name}/*.parquet")
        for part in parts:
            check_columns(name, _schema(part), part.name)
        sources[name] = parts or schema.empty_table()
    return Facts(sources)


def _parts(folder: Path, name: str) -> tuple[Path, ...]:
    single, many = folder / f"{name}.parquet", tuple(sorted((folder / name).glob("**/*.parquet")))
    if single.is_file() and many:
        raise FactsError(f"the table {name} is there twice, as {name}.parquet and as the folder {name}/: remove one")
    return (single,) if single.is_file() else many


def _schema(part: Path) -> pa.Schema:
    try:
        return pq.read_schema(part)
    except (pa.ArrowInvalid, OSError) as error:
        raise FactsError(f"{part} is not a whole Parquet file (cut short?): write it again") from error


def check_columns(name: str, found: pa.Schema, where: str) -> None:
    for field in SCHEMAS[name]:
        if len(found.get_all_field_indices(field.name)) != 1:
            raise FactsError(f"{name} ({where}): the column {field.name} is missing or there twice")
        kind = found.field(field.name).type
        if not _fits(kind, field.type):
            raise FactsError(f"{name} ({where}): the column {field.name} is {kind} and must be {_said(field.type)}")


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    kinds = pa.types
    if kinds.is_null(found) or (kinds.is_dictionary(found) and _fits(found.value_type, wanted)):
        return True
    if _loose(found, wanted):
        return True
    if wanted == WHOLE:
        return bool(kinds.is_integer(found))
    if wanted == NUMBER:
        return bool(kinds.is_integer(found) or kinds.is_floating(found) or kinds.is_decimal(found))
    if wanted == DAY:
        return bool(kinds.is_date(found))
    return bool(kinds.is_string(found) or kinds.is_large_string(found) or kinds.is_string_view(found))


def _loose(found: pa.DataType, wanted: pa.DataType) -> bool:
    if wanted == WHOLE:
        return bool(pa.types.is_floating(found))
    return bool(wanted == DAY and pa.types.is_timestamp(found) and found.tz is None)


def _said(wanted: pa.DataType) -> str:
    words = {WHOLE: "a whole number (int64)", NUMBER: "a number (double)", DAY: "a date, without a time (date32)"}
    return words.get(wanted, "text (string)")


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(field.name, TEXT if field.type == WORD else field.type) for field in schema])


def write(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Writes a facts folder whole or not at all, people, registrations and events sorted by person.

    An older facts folder of the same name is replaced; anything else there is refused with FactsError.
    """
    given = of(tables)
    if folder.exists() and not all((folder / f"{name}.parquet").is_file() for name in REQUIRED):
        raise FactsError(f"{folder} exists and is not a facts folder: choose another place")
    beside = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        for name, schema in SCHEMAS.items():
            table = given.table(name)
            table = table.sort_by("person") if "person" in schema.names else table
            pq.write_table(table.cast(schema), beside / f"{name}.parquet", compression="zstd")
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    if folder.exists():
        shutil.rmtree(folder)
    os.replace(beside, folder)
