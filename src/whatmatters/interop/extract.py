"""From the working record to a facts folder (format version 1): the fields named here cross over, all others stay.

A person crosses as a number, month of birth, sex, ethnic category, deprivation decile and, where it is known, the day
of death. No name, NHS number, address or written word can: nothing here reads one.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import BigIntegerField, Model, Value

from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.measurement.facts import DAY, NUMBER, REQUIRED, SCHEMAS, WHOLE, FactsError
from whatmatters.organisations.models import Membership, Organisation
from whatmatters.people.models import Person, Registration
from whatmatters.workforce.models import Post, StaffEvent

AT_ONCE = 20_000  # rows in memory
NOTHING = Value(None, output_field=BigIntegerField())


@dataclass(frozen=True)
class Crossing:
    """``fields`` is the whole list of what is read, by the column of the facts it becomes; other columns are null."""

    model: type[Model]
    fields: Mapping[str, str]
    order: tuple[str, ...]


# What refers to something is read before what it refers to: while others work on, no fact can name a person or an
# organisation that is not there.
CROSSINGS = {
    "events": Crossing(
        Event,
        {
            "person": "person_id", "code": "code", "on": "on", "value": "value", "detail": "detail",
            "episode": "episode_id", "organisation": "organisation", "worker": "worker", "role": "role",
            "source": "source",
        },
        ("person_id", "on", "pk"),
    ),
    "staff_events": Crossing(
        StaffEvent,
        {
            "worker": "worker_id", "code": "code", "on": "on", "value": "value", "detail": "detail",
            "organisation": "organisation", "role": "role", "source": "source",
        },
        ("worker_id", "on", "pk"),
    ),
    "organisation_events": Crossing(
        OrganisationEvent,
        {
            "organisation": "subject__code", "code": "code", "on": "on", "value": "value", "detail": "detail",
            "worker": "worker", "role": "role", "source": "source",
        },
        ("subject__code", "on", "pk"),
    ),
    "registrations": Crossing(
        Registration,
        {"person": "person_id", "practice": "practice__code", "start": "start", "end": "end"},
        ("person_id", "start", "pk"),
    ),
    "people": Crossing(
        Person,
        {
            "person": "pk", "born": "born", "sex": "sex", "ethnicity": "ethnicity", "deprivation": "deprivation",
            "died": "died",
        },
        ("pk",),
    ),
    "staff": Crossing(
        Post,
        {
            "worker": "worker_id", "role": "role", "organisation": "organisation__code", "wte": "wte", "start": "start",
            "end": "end",
        },
        ("pk",),
    ),
    "memberships": Crossing(
        Membership, {"child": "child__code", "parent": "parent__code", "start": "start", "end": "end"}, ("pk",)
    ),
    "organisations": Crossing(
        Organisation,
        {"code": "code", "name": "name", "kind": "kind", "opened": "opened", "closed": "closed"},
        ("code",),
    ),
}  # fmt: skip


def _first_of_month(born: date) -> date:
    return born.replace(day=1)


COARSER: dict[tuple[str, str], Callable[[Any], Any]] = {("people", "born"): _first_of_month}


def extract(folder: Path, tell: Callable[[str], None] = lambda _: None) -> dict[str, int]:
    """Writes the facts, whole or not at all; returns the rows of each table.

    An earlier extract there is replaced. Raises FactsError where the folder holds anything else.
    """
    _refuse_other(folder)
    beside = folder.with_name(f"{folder.name}.unfinished-{os.getpid()}")
    try:
        beside.mkdir(parents=True)
        counts = {}
        for name in CROSSINGS:
            counts[name] = write_table(beside / f"{name}.parquet", name)
            tell(f"{counts[name]:,} {name}")
        _replace(folder, beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return counts


def anyone() -> bool:
    """Whether there is a person on record."""
    return Person.objects.exists()


def _refuse_other(folder: Path) -> None:
    if not folder.exists():
        return
    tables = {f"{name}.parquet" for name in SCHEMAS}
    # What begins with a dot is what an engine keeps beside the facts; it goes with the facts it was made from.
    found = {entry.name for entry in folder.iterdir() if entry.name[0] != "."} if folder.is_dir() else {"a file"}
    if found and not ({f"{name}.parquet" for name in REQUIRED} <= found <= tables):
        raise FactsError(f"{folder} exists and is not a facts folder: choose another place")


def _replace(folder: Path, made: Path) -> None:
    old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write_table(path: Path, name: str) -> int:
    """Writes one table of the facts; returns its rows."""
    schema, crossing, rows = SCHEMAS[name], CROSSINGS[name], 0
    columns = [crossing.fields.get(column, NOTHING) for column in schema.names]
    found = crossing.model._default_manager.order_by(*crossing.order).values_list(*columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for some in _batches(found.iterator(AT_ONCE)):
            file.write_batch(pa.record_batch(list(_columns(name, some)), schema=schema))
            rows += len(some)
    return rows


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _columns(name: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.Array]:
    for field, cells in zip(SCHEMAS[name], zip(*rows, strict=True), strict=True):
        yield pa.array(_cells(field.type, COARSER.get((name, field.name)), cells), field.type)


def _cells(kind: pa.DataType, coarser: Callable[[Any], Any] | None, cells: Iterable[Any]) -> list[Any]:
    if coarser:
        return [cell if cell is None else coarser(cell) for cell in cells]
    if kind == NUMBER:
        return [cell if cell is None else float(cell) for cell in cells]
    return list(cells) if kind in (DAY, WHOLE) else [cell or None for cell in cells]  # empty text is not held: null
