"""From a seed to a facts folder: buckets made side by side, each process holding one at a time."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from whatmatters.measurement.synthesis import bucket, doings, lines
from whatmatters.measurement.synthesis.arrays import Span, span
from whatmatters.measurement.synthesis.bucket import Work
from whatmatters.measurement.synthesis.country import Country, country
from whatmatters.measurement.synthesis.england import LIST_MEAN
from whatmatters.measurement.synthesis.folder import written
from whatmatters.measurement.synthesis.tree import planted

UNTIL = date(2024, 3, 31)
AT_ONCE = 2  # buckets, each a process of some 400 MB
BUCKET = 250_000  # people: about 1.1 million events; told.py has room for 262,144
BYTES_A_PERSON = 40  # on disk, measured
ROWS = 125_000  # in a row group

Tell = Callable[[int, int], None]
"""(people written, all)"""


def synthesise(
    folder: Path,
    people: int,
    seed: int,
    *,
    organisations: Path | None = None,
    until: date = UNTIL,
    tell: Tell = lambda done, of: None,
) -> dict[str, int]:
    """Writes the facts of so many people over the five years to ``until``; returns the rows of each table.

    ``organisations`` is NHS England's practice map; without it a country is invented. Raises FactsError for a map that
    cannot be read and a place that cannot be written, and ValueError for numbers that make no sense; then nothing is
    left behind.
    """
    _refuse(people, seed, until)
    with written(folder, people * BYTES_A_PERSON) as beside:
        lots = np.random.default_rng([seed, people, 0])
        work = _work(people, seed, span(until), organisations, lots)
        rows = _whole(work.country, beside, lots)
        for counts in _buckets(work, beside):
            for name, count in counts.items():
                rows[name] = rows.get(name, 0) + count
            tell(rows["people"], people)
    return rows


def _work(people: int, seed: int, years: Span, organisations: Path | None, lots: np.random.Generator) -> Work:
    found = lines.read(organisations) if organisations else lines.invented(people, LIST_MEAN)
    tree = planted(found, years, lots, invent=organisations is None)
    return Work(country(tree, people, years, lots), people, seed, BUCKET)


def _whole(of: Country, folder: Path, lots: np.random.Generator) -> dict[str, int]:
    """Writes the tables that are not split by people; their rows."""
    tables = {
        "organisations": of.tree.organisations,
        "memberships": of.tree.memberships,
        "staff": doings.staff(of),
        "staff_events": doings.staff_events(of, lots),
        "organisation_events": doings.organisation_events(of, lots),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    return {name: len(table) for name, table in tables.items()}


def _refuse(people: int, seed: int, until: date) -> None:
    if people < 1:
        raise ValueError(f"{people} people cannot be invented: give a whole number of 1 or more")
    if seed < 0:
        raise ValueError(f"the seed {seed} is below 0: give a whole number of 0 or more")
    if not date(1990, 1, 1) <= until < date.today():
        raise ValueError(f"{until} cannot be the last day told: give a day since 1990 that is over")


def _buckets(work: Work, folder: Path) -> Iterator[dict[str, int]]:
    """Rows of each bucket as it is written. A fresh process inherits no lock and no thread of this one."""
    if work.buckets == 1:
        yield _write(work, 0, folder)
        return
    context = multiprocessing.get_context("spawn")
    processes = min(AT_ONCE, os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, context, initializer=_start, initargs=(work, folder)) as pool:
        waiting: set[Future[dict[str, int]]] = set()
        try:
            for which in range(work.buckets):
                waiting.add(pool.submit(_one, which))
                if len(waiting) > processes:
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in finished)
            yield from (one.result() for one in waiting)
        finally:
            pool.shutdown(cancel_futures=True)


_GIVEN: list[tuple[Work, Path]] = []


def _start(work: Work, folder: Path) -> None:
    """What a process is given once, instead of with every bucket. An interrupt is the first process's to deal with."""
    _GIVEN.append((work, folder))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)


def _one(which: int) -> dict[str, int]:
    ((work, folder),) = _GIVEN
    first = multiprocessing.parent_process()
    if first is not None and not first.is_alive():
        raise SystemExit  # killed: a later run may be writing there by now
    return _write(work, which, folder)


def _write(work: Work, which: int, folder: Path) -> dict[str, int]:
    tables = bucket.tables(work, which)
    for name, table in tables.items():
        path = folder / name / f"part-{which:05d}.parquet"
        path.parent.mkdir(exist_ok=True)
        pq.write_table(table, path, compression="zstd", compression_level=1, row_group_size=ROWS)
    return {name: len(table) for name, table in tables.items()}
