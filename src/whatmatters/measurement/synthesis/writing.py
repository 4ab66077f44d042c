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
from whatmatters.measurement.synthesis.arrays import span
from whatmatters.measurement.synthesis.bucket import Work
from whatmatters.measurement.synthesis.country import country
from whatmatters.measurement.synthesis.england import LIST_MEAN
from whatmatters.measurement.synthesis.folder import written
from whatmatters.measurement.synthesis.tree import planted

UNTIL = date(2024, 3, 31)
AT_ONCE = 2  # buckets, each a process of some 400 MB
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
    found = lines.read(organisations) if organisations else lines.invented(people, LIST_MEAN)
    lots, years = np.random.default_rng([seed, people, 0]), span(until)
    tree = planted(found, years, lots, invent=organisations is None)
    work = Work(country(tree, people, years, lots), people, seed)
    whole = {
        "organisations": tree.organisations,
        "memberships": tree.memberships,
        "staff": doings.staff(work.country),
        "staff_events": doings.staff_events(work.country, lots),
        "organisation_events": doings.organisation_events(work.country, lots),
    }
    with written(folder, people * BYTES_A_PERSON) as beside:
        for name, table in whole.items():
            pq.write_table(table, beside / f"{name}.parquet", compression="zstd")
        rows = {name: len(table) for name, table in whole.items()}
        for name in ("people", "registrations", "events"):
            (beside / name).mkdir()
            rows[name] = 0
        done = 0
        for counts in _buckets(work, beside):
            for name, count in counts.items():
                rows[name] += count
            done += counts["people"]
            tell(done, people)
    return rows


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
    return _write(work, which, folder)


def _write(work: Work, which: int, folder: Path) -> dict[str, int]:
    tables = bucket.tables(work, which)
    for name, table in tables.items():
        path = folder / name / f"part-{which:05d}.parquet"
        pq.write_table(table, path, compression="zstd", compression_level=1, row_group_size=ROWS)
    return {name: len(table) for name, table in tables.items()}
