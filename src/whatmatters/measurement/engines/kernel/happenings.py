"""Events brought to the seats of those they happened to, in order of day, in bounded memory.

First the new rows are dealt out to a file for each block of seats. Then block by block they are put in order, together
with what the former mart has there, and written to the columns.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from whatmatters.measurement.engines.kernel.columns import Words, batches, day, number, present, whole, words
from whatmatters.measurement.engines.kernel.labels import Former, array, narrow, offsets
from whatmatters.measurement.engines.kernel.seats import Seats
from whatmatters.measurement.engines.kernel.sorting import NO_EPISODE, numbered, order_by, positions, tally
from whatmatters.measurement.engines.kernel.tables import Narrow
from whatmatters.measurement.facts import Facts

BLOCK = 1 << 19
"""Seats in a block: a few million events to sort at a time."""
ROW = np.dtype(
    [("seat", "i4"), ("day", "i4"), ("kind", "i4"), ("organisation", "i4"), ("episode", "i8"), ("value", "f8")]
)
NAMES = ["person", "code", "on", "value", "detail", "episode", "organisation"]


@dataclass(frozen=True)
class Vocabulary:
    """Words by number: pairs of a code and a detail; organisations from 1. New ones are numbered on."""

    kinds: dict[tuple[str, str | None], int]
    organisations: Words


@dataclass(frozen=True)
class Numbers:
    """How many events each seat has, and how many of them with a value."""

    events: Narrow
    values: Narrow


def bring_events(
    facts: Facts, former: Former | None, fresh: Sequence[Path] | None, seats: Seats, into: Path
) -> dict[str, Any]:
    """Writes the columns of events; what ``Label`` says of them."""
    label = former.label if former else None
    known = Vocabulary(
        {(code or "", detail): place for place, (code, detail) in enumerate(label.named if label else ())},
        {word: place for place, word in enumerate(label.organisations if label else [None])},
    )
    numbers = _former_numbers(former, len(seats.ids))
    with tempfile.TemporaryDirectory(dir=into.parent) as scratch:
        for batch in batches(facts, "events", NAMES, fresh):
            _deal(_rows(batch, seats, known), numbers, Path(scratch))
        said = _write(former, Path(scratch), numbers, known, into)
    return {"organisations": list(known.organisations), "named": list(known.kinds), **said}


def _former_numbers(former: Former | None, seats: int) -> Numbers:
    found = Numbers(np.zeros(seats, np.int32), np.zeros(seats, np.int32))
    if former:
        for one, name in ((found.events, "event_at"), (found.values, "value_at")):
            before = np.diff(array(former.folder, name))
            one[: len(before)] = before
    return found


def _rows(batch: pa.RecordBatch, seats: Seats, known: Vocabulary) -> np.ndarray:
    codes: Words = {}
    details: Words = {}
    code, detail = words(batch["code"], codes), words(batch["detail"], details)
    kept = present(batch["person"]) & present(batch["on"]) & (code >= 0)
    rows = np.empty(np.count_nonzero(kept), ROW)
    rows["seat"] = seats.seat[positions(seats.ids, whole(batch["person"])[kept])]
    rows["day"] = day(batch["on"], 0)[kept]
    rows["kind"] = _kinds(code[kept], detail[kept], list(codes), list(details), known)
    rows["organisation"] = words(batch["organisation"], known.organisations)[kept]
    rows["episode"] = whole(batch["episode"], NO_EPISODE)[kept]
    rows["value"] = number(batch["value"])[kept]
    np.maximum(rows["organisation"], 0, out=rows["organisation"])
    return rows


def _kinds(
    code: Narrow, detail: Narrow, codes: list[str | None], details: list[str | None], known: Vocabulary
) -> Narrow:
    """Numbers of kinds, looking each pair that there is up once."""
    width = len(details) + 1
    pair = code.astype(np.int64) * width + detail + 1
    found = np.zeros(len(codes) * width, np.int64)
    for one in np.flatnonzero(np.bincount(pair, minlength=len(found))):
        named = (codes[one // width] or "", details[one % width - 1] if one % width else None)
        found[one] = known.kinds.setdefault(named, len(known.kinds))
    return found[pair]


def _deal(rows: np.ndarray, numbers: Numbers, scratch: Path) -> None:
    valued = rows["seat"][~np.isnan(rows["value"])]
    for one, seats in ((numbers.events, np.ascontiguousarray(rows["seat"])), (numbers.values, valued)):
        tally(one, seats)
    blocks = (rows["seat"] // BLOCK).astype(np.int16)
    order = np.argsort(blocks, kind="stable")
    for block in np.flatnonzero(np.bincount(blocks)):
        first, last = np.searchsorted(blocks, (block, block + 1), sorter=order)
        with (scratch / str(block)).open("ab") as file:
            rows[order[first:last]].tofile(file)


def _write(former: Former | None, scratch: Path, numbers: Numbers, known: Vocabulary, into: Path) -> dict[str, Any]:
    seats, most = len(numbers.events), int(numbers.events.max(initial=0))
    event_at, value_at = (
        np.concatenate([[0], np.cumsum(one, dtype=np.int64)]) for one in (numbers.events, numbers.values)
    )
    np.save(into / "event_at.npy", offsets(event_at))
    np.save(into / "value_at.npy", offsets(value_at))
    kinds = 2 * len(known.kinds)
    types: dict[str, Any] = {
        "day": np.int32,
        "kind": narrow(kinds),
        "episode": narrow(most),
        "organisation": narrow(len(known.organisations)),
        "number": np.int64,  # the episode's own, of which the next mart makes others
    }
    often, largest, total = np.zeros(kinds, np.int64), np.zeros(kinds), np.zeros(kinds)
    with ExitStack() as files:
        columns = {name: files.enter_context(_column(into, name, kind, event_at[-1])) for name, kind in types.items()}
        values = files.enter_context(_column(into, "value", np.float64, value_at[-1]))
        for block in range(0, seats, BLOCK):
            rows, at = _ordered(former, scratch / str(block // BLOCK), block, min(block + BLOCK, seats))
            valued = ~np.isnan(rows["value"])
            kind = 2 * rows["kind"] + valued
            episode = np.empty(len(rows), types["episode"])
            numbered(at, np.ascontiguousarray(rows["episode"]), episode)
            written = {name: rows[name] for name in ("day", "organisation")}
            written |= {"kind": kind, "episode": episode, "number": rows["episode"]}
            for name, column in written.items():
                columns[name].write(np.ascontiguousarray(column, types[name]).data)
            values.write(np.ascontiguousarray(rows["value"][valued]).data)
            often += np.bincount(kind, minlength=kinds)
            sizes = np.abs(rows["value"][valued])
            np.maximum.at(largest, kind[valued], sizes)
            total += np.bincount(kind[valued], sizes, kinds)
    return {"number": often.tolist(), "largest": largest.tolist(), "total": total.tolist(), "most": most}


def _column(into: Path, name: str, kind: Any, rows: int) -> BinaryIO:
    """A file of so many rows, to be written from first to last."""
    file = (into / f"{name}.npy").open("wb")
    about = {"descr": np.lib.format.dtype_to_descr(np.dtype(kind)), "fortran_order": False, "shape": (int(rows),)}
    np.lib.format.write_array_header_1_0(file, about)
    return file


def _ordered(former: Former | None, dealt: Path, first: int, last: int) -> tuple[np.ndarray, Narrow]:
    """A block's events by seat and day, old and new; where each seat's begin."""
    parts = [np.fromfile(dealt, ROW)] if dealt.exists() else [np.empty(0, ROW)]
    if former:
        parts.append(_former_rows(former.folder, first, last))
    rows = np.concatenate(parts)
    since = rows["day"] - rows["day"].min(initial=0)
    by_day, _ = order_by(since, int(since.max(initial=0)) + 1, np.arange(len(rows)))
    order, at = order_by(rows["seat"] - np.int32(first), last - first, by_day)
    return rows[order], at


def _former_rows(folder: Path, first: int, last: int) -> np.ndarray:
    at, value_at = (array(folder, name)[first : last + 1] for name in ("event_at", "value_at"))
    if len(at) < 2:
        return np.empty(0, ROW)
    here = slice(at[0], at[-1])
    kind = array(folder, "kind")[here].astype(np.int32)
    rows = np.empty(len(kind), ROW)
    rows["seat"] = np.repeat(np.arange(first, first + len(at) - 1), np.diff(at))
    rows["day"] = array(folder, "day")[here]
    rows["kind"] = kind // 2
    rows["organisation"] = array(folder, "organisation")[here]
    rows["episode"] = array(folder, "number")[here]
    rows["value"] = np.nan
    rows["value"][kind % 2 == 1] = array(folder, "value")[value_at[0] : value_at[-1]]
    return rows
