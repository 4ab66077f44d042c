"""``import coded-events``: extracts in, a facts folder out. Each file of events becomes a part of ``events/`` named for
its content, so that the same file twice is there once and a new month is one more part, read alone by what follows.

Organisations and memberships are this system's own (``import organisations`` brings them).
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from whatmatters.interop import extract
from whatmatters.interop.imports.coded import checks, people, reading
from whatmatters.interop.imports.coded.layouts import PEOPLE, Layout
from whatmatters.interop.imports.coded.value_sets import Meaning
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.measurement.facts import SCHEMAS
from whatmatters.organisations.models import Organisation

Reasons = list[tuple[str, int, int, str]]


@dataclass(frozen=True)
class Done:
    """What became of one file: ``taken`` rows of facts, and what was left out or emptied, by reason."""

    file: str
    layout: str
    taken: int
    reasons: Reasons


def import_coded_events(
    files: Iterable[Path], into: Path, meanings: list[Meaning], tell: Callable[[str], None] = lambda _: None
) -> list[Done]:
    """Reads each file into the facts folder ``into``. Raises ImportRefused; what earlier files brought in stays."""
    if not Organisation.objects.exists():
        raise ImportRefused("no organisations are known here yet: run ./whatmatters import organisations first")
    _prepare(into)
    done = []
    with _connected() as connection:
        checks.meant(connection, meanings)
        for path in files:
            tell(f"reading {path.name}")
            layout, torn = reading.lines(connection, path)
            taken, reasons = (_people if layout is PEOPLE else _events)(connection, into, path, layout)
            if torn:
                reasons = [("line with more or fewer cells than the header", torn, 0, ""), *reasons]
            done.append(Done(path.name, layout.title, taken, reasons))
    return done


def _prepare(into: Path) -> None:
    """A folder that is there must be one of ours; what a facts folder needs and no file has brought is there, empty."""
    if into.exists() and (not into.is_dir() or (any(into.iterdir()) and not (into / "events").is_dir())):
        raise ImportRefused(f"{into} exists and was not made by this import: choose another place")
    (into / "events").mkdir(parents=True, exist_ok=True)
    for name in ("organisations", "memberships"):
        with _whole(into / f"{name}.parquet") as beside:
            extract.write_table(beside, name)
    for name in ("people", "registrations"):
        if not (into / f"{name}.parquet").exists():
            with _whole(into / f"{name}.parquet") as beside:
                pq.write_table(SCHEMAS[name].empty_table(), beside)
    if not any((into / "events").glob("*.parquet")):
        with _whole(into / "events" / "none.parquet") as beside:
            pq.write_table(SCHEMAS["events"].empty_table(), beside)


def _people(connection: duckdb.DuckDBPyConnection, into: Path, _: Path, __: Layout) -> tuple[int, Reasons]:
    reasons = people.read(connection)
    for name in ("registrations", "people"):
        former = into / f"{name}.parquet"
        _copy(connection, people.merged(connection, name, former), former, "person")
    return _rows(connection, "new_registrations"), reasons


def _events(connection: duckdb.DuckDBPyConnection, into: Path, path: Path, layout: Layout) -> tuple[int, Reasons]:
    checks.check(connection, layout.said)
    part = into / "events" / f"{layout.key}-{_digest(path)}.parquet"
    number = checks.NUMBER.format
    select = f"""
        SELECT {number("person")} AS person, concept AS code, "on", CASE WHEN carries THEN value END AS value, detail,
               CASE WHEN episode IS NOT NULL THEN {number("episode")} END AS episode,
               nullif(place, '') AS organisation, CAST(NULL AS BIGINT) AS worker, CAST(NULL AS VARCHAR) AS role,
               'coded: {layout.key}' AS source
        FROM checked WHERE reason IS NULL"""
    _copy(connection, select, part, 'person, "on", code')
    return _rows(connection, "checked WHERE reason IS NULL"), checks.counted(connection)


def _rows(connection: duckdb.DuckDBPyConnection, of: str) -> int:
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {of}").fetchall()
    return int(rows)


def _copy(connection: duckdb.DuckDBPyConnection, select: str, to: Path, order: str) -> None:
    with _whole(to) as beside:
        connection.execute(
            f"COPY (SELECT * FROM ({select}) ORDER BY {order}) TO '{str(beside).replace(chr(39), chr(39) * 2)}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file written beside, then named: whole or not at all."""
    beside = path.with_name(f".{path.name}.unfinished")
    try:
        yield beside
        os.replace(beside, path)
    except (duckdb.IOException, OSError) as error:
        raise ImportRefused(f"{path} could not be written ({error}): is the disk full?") from error
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _connected() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory() as scratch:
        connection = duckdb.connect(config={"temp_directory": scratch})
        try:
            yield connection
        finally:
            connection.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
