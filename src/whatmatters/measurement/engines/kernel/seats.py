"""Who sits where: people in the order of the practice they were last registered with, then of their ids.

Once given, a seat is kept from one mart to the next, because a person's events lie at it; newcomers sit at the end.
That someone has moved on since costs a little speed, for they are visited from afar, and no correctness.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from whatmatters.measurement.engines.kernel.columns import Words, batches, day, present, whole, words
from whatmatters.measurement.engines.kernel.labels import Former, Stamps, array, narrow, offsets
from whatmatters.measurement.engines.kernel.sorting import distinct, last_practices, order_by, positions
from whatmatters.measurement.engines.kernel.tables import ABSENT, NEVER, UNBORN, Narrow, Whole
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.quality import there_twice

FILES = ["ids", "seat", "born", "died", "about", "registration_at", "practice", "start", "end", "visit_at", "visit"]
ETHNIC_GROUPS = {"HJKL": 1, "MNP": 2, "DEFG": 3, "RS": 4, "ABC": 5}  # as ``naming`` calls them
LETTERS = {letter: group for letters, group in ETHNIC_GROUPS.items() for letter in letters}
SEXES = {"F": 1, "M": 2}


@dataclass(frozen=True)
class Seats:
    """``seat`` of each of the sorted ``ids``."""

    ids: Whole
    seat: Narrow
    practices: list[str]
    born: list[int]


def seat_people(facts: Facts, now: Stamps, former: Former | None, fresh: Sequence[Path], into: Path) -> Seats:
    """Writes ``FILES``. People are all whom any table speaks of, for a row about them may yet come.

    Raises FactsError for a person whom ``people`` has twice.
    """
    before = array(former.folder, "ids") if former else np.empty(0, np.int64)
    same = former and all(former.label.parts[table] == now[table] for table in ("people", "registrations"))
    if former and same and not len(_strangers(before, _persons(facts, fresh))):
        for name in FILES:
            os.link(former.folder / f"{name}.npy", into / f"{name}.npy")
        return Seats(before, array(into, "seat"), former.label.practices, former.label.born)
    people, stays, practices = _people(facts), *_stays(facts)
    _refuse_twice(people["person"])
    ids = before
    for persons in ([people["person"]], [stays["person"]], _persons(facts, fresh)):
        if len(strangers := _strangers(ids, persons)):
            ids = distinct(np.concatenate([ids, strangers]))
    seat = _seats(ids, before, former, stays)
    np.save(into / "ids.npy", ids)
    np.save(into / "seat.npy", seat)
    _write_people(into, people, seat[positions(ids, people["person"])], len(ids))
    _write_stays(into, stays, seat[positions(ids, stays["person"])], len(ids), len(practices))
    known = people["born"][people["born"] != UNBORN]
    return Seats(ids, seat, practices, [int(known.min()), int(known.max())] if len(known) else [0, 0])


def _refuse_twice(persons: Whole) -> None:
    """Here, once for each state of the files: no number comes from a mart that could not be made."""
    in_order = np.sort(persons)
    if len(again := distinct(in_order[1:][in_order[1:] == in_order[:-1]])):
        raise there_twice("people", "person", len(again), again[0])


def _strangers(ids: Whole, persons: Sequence[Whole] | Iterator[Whole]) -> Whole:
    return distinct(np.concatenate([np.empty(0, np.int64), *(some[positions(ids, some) < 0] for some in persons)]))


def _persons(facts: Facts, fresh: Sequence[Path]) -> Iterator[Whole]:
    for batch in batches(facts, "events", ["person"], fresh):
        yield whole(batch["person"])[present(batch["person"])]


def _people(facts: Facts) -> dict[str, Narrow]:
    """Columns of ``people`` in the types of ``tables.Mart``."""
    names = ["person", "born", "sex", "ethnicity", "deprivation", "died"]
    return _gathered(_about(batch) for batch in batches(facts, "people", names))


def _about(batch: pa.RecordBatch) -> dict[str, Narrow]:
    sex, ethnic = _coded(batch["sex"], SEXES), _coded(batch["ethnicity"], LETTERS)
    decile = whole(batch["deprivation"])
    quintile = np.where((decile >= 1) & (decile <= 10), (decile + 1) // 2, 0)
    columns = {
        "person": whole(batch["person"]),
        "born": day(batch["born"], UNBORN),
        "died": day(batch["died"], NEVER),
        "about": (sex * 36 + ethnic * 6 + quintile).astype(np.uint8),
    }
    return {name: column[present(batch["person"])] for name, column in columns.items()}


def _coded(column: pa.Array, numbers: dict[str, int]) -> Narrow:
    known: Words = {}
    found = words(column, known)
    return np.array([*(numbers.get(word or "", 0) for word in known), 0])[found]


def _stays(facts: Facts) -> tuple[dict[str, Narrow], list[str]]:
    """Registrations that last a day or more, and the practices, in order of code."""
    known: Words = {}
    found = _gathered(
        _registered(batch, known) for batch in batches(facts, "registrations", ["person", "practice", "start", "end"])
    )
    practices = sorted(word for word in known if word is not None)
    ranks = {word: rank for rank, word in enumerate(practices)}
    rank = np.array([*(ranks[word or ""] for word in known), 0], narrow(len(practices)))
    return {**found, "practice": rank[found["practice"]]}, practices


def _registered(batch: pa.RecordBatch, known: Words) -> dict[str, Narrow]:
    columns = {
        "person": whole(batch["person"]),
        "practice": words(batch["practice"], known),
        "start": day(batch["start"], NEVER),
        "end": day(batch["end"], NEVER),
    }
    kept = present(batch["person"]) & (columns["practice"] >= 0) & (columns["start"] < columns["end"])
    return {name: column[kept] for name, column in columns.items()}


def _gathered(batches: Iterator[dict[str, Narrow]]) -> dict[str, Narrow]:
    parts = list(batches)
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}


def _seats(ids: Whole, before: Whole, former: Former | None, stays: dict[str, Narrow]) -> Narrow:
    seat = np.empty(len(ids), np.int32)
    if former:
        seat[positions(ids, before)] = array(former.folder, "seat")
    new = np.flatnonzero(positions(before, ids) < 0)
    last = last_practices(len(ids), positions(ids, stays["person"]), stays["practice"], stays["start"])
    seat[new[np.argsort(last[new], kind="stable")]] = np.arange(len(before), len(ids))
    return seat


def _write_people(into: Path, people: dict[str, Narrow], seat: Narrow, seats: int) -> None:
    for name, missing in (("born", UNBORN), ("died", NEVER), ("about", ABSENT)):
        column = np.full(seats, missing, people[name].dtype)
        column[seat] = people[name]
        np.save(into / f"{name}.npy", column)


def _write_stays(into: Path, stays: dict[str, Narrow], seat: Narrow, seats: int, practices: int) -> None:
    order, at = order_by(seat, seats, np.arange(len(seat)))
    np.save(into / "registration_at.npy", offsets(at))
    for name in ("practice", "start", "end"):
        np.save(into / f"{name}.npy", stays[name][order])
    _write_visits(into, seat[order], stays["practice"][order], practices)


def _write_visits(into: Path, seat: Narrow, practice: Narrow, practices: int) -> None:
    """For each practice the seats of all who were ever registered there, each once, in order."""
    order, at = order_by(practice, practices, np.arange(len(seat)))
    seat = seat[order]
    kept = np.ones(len(seat), bool)
    kept[1:] = seat[1:] != seat[:-1]
    kept[at[:-1][at[:-1] < len(seat)]] = True
    passed = np.concatenate([[0], np.cumsum(kept)])
    np.save(into / "visit_at.npy", offsets(passed[at]))
    np.save(into / "visit.npy", seat[kept])
