"""How long every indicator takes, side by side with what bounds it, on facts that ``synthesise`` wrote.

    PYTHONPATH=src .venv/bin/python benchmarks/measurement.py FACTS… [--rounds 3] [--engine duckdb --engine kernel]

One year (2022-23), every computed indicator, level and breakdown, unless a line says otherwise. Each run is a process
of its own; runs take turns, round after round, so that a change in the machine's speed meets them alike, and the
medians' ratios count. What each line is:

- *bare scan*: one DuckDB statement a table that decodes every value of the columns the plan reads (sums of numbers, of
  days and of the lengths of texts), and keeps nothing.
- *one statement per indicator*: the DuckDB engine asked for one indicator alone, again and again. Up to a million
  people each of them is run; above, ``--sample`` of them spread over the list, and the sum is their mean times the
  number of all.
- *copy*: numpy copying an array of 1 GB, read and written: what the memory can do.
- *kernel*: after a first run that makes its mart and compiles; that one is given by itself. What takes minutes is run
  once, in the first round: the number of runs stands beside each median.
- *one more indicator*: the time of all less that of each half of them (every second one), over their number.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import NamedTuple

import pyarrow.parquet as pq
from timing import Taken, alone, head, row

from whatmatters.measurement import facts
from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS
from whatmatters.programme.indicators import INDICATORS

YEAR = "2022-23"
FIVE = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24")
COMPUTED = tuple(one.id for one in INDICATORS.values() if one.computed)
READ = {
    "people": ("person", "born", "sex", "ethnicity", "deprivation", "died"),
    "registrations": ("person", "practice", "start", "end"),
    "events": ("person", "code", "on", "value", "detail", "episode", "organisation"),
}
SMALL = 1_000_000  # people: up to here every indicator is run by itself
MIDDLE = 10_000_000  # up to here the SQL engine runs everything in every round


def scan(folder: str) -> None:
    import duckdb

    given = facts.read(Path(folder))
    with duckdb.connect() as connection:
        for name, columns in READ.items():
            files = ", ".join(f"'{part}'" for part in given.tables[name])
            kinds = {column: str(facts.SCHEMAS[name].field(column).type) for column in columns}
            sums = ", ".join(_summed(column, kind) for column, kind in kinds.items())
            connection.execute(f"SELECT {sums} FROM read_parquet([{files}])").fetchall()  # noqa: S608 - ours


def _summed(column: str, kind: str) -> str:
    if kind.startswith("date"):
        return f"sum(\"{column}\" - DATE '1970-01-01')"
    return f'sum("{column}")' if kind in ("int64", "double") else f'sum(strlen("{column}"))'


def copied() -> float:
    """Bytes a second, read and written, over an array far larger than any cache."""
    import numpy as np

    here, there = np.ones(1 << 27), np.zeros(1 << 27)
    began = perf_counter()
    for _ in range(8):
        np.copyto(there, here)
    return 8 * 2 * here.nbytes / (perf_counter() - began)


def measured(folder: str, engine: str, ids: Iterable[str], periods: Iterable[str]) -> int:
    """Rows of results, let go as they come: all England's need not be held at once."""
    from whatmatters.measurement.results import Asked, streamed

    asked = Asked(periods, [INDICATORS[one] for one in ids], LEVELS, BREAKDOWNS, "then", engine, None)
    return sum(len(table) for table in streamed(folder, asked))


class Run(NamedTuple):
    """``once``: too long for every round."""

    task: Callable[..., object]
    given: tuple[object, ...]
    warm: tuple[object, ...] | None = None
    once: bool = False


def runs(folder: str, people: int, engines: list[str]) -> dict[str, Run]:
    """What is measured in turn. The kernel loads what it compiled by counting one indicator before the clock starts."""
    found = {"bare scan": Run(scan, (folder,))}
    for engine in engines:
        slow = engine == "duckdb"
        warm = None if slow else (folder, engine, COMPUTED[:1], (YEAR,))
        found[engine] = Run(measured, (folder, engine, COMPUTED, (YEAR,)), warm, slow and people > MIDDLE)
        if slow and people > MIDDLE:
            continue
        for name, ids, periods in (
            ("every second indicator", COMPUTED[::2], (YEAR,)),
            ("the other half", COMPUTED[1::2], (YEAR,)),
            ("five years", COMPUTED, FIVE),
        ):
            once = people > (SMALL if slow or len(periods) > 1 else MIDDLE)
            found[f"{engine}, {name}"] = Run(measured, (folder, engine, ids, periods), warm, once)
    return found


def taken(folder: str, people: int, engines: list[str], rounds: int) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = {}
    for number in range(rounds):
        for name, run in runs(folder, people, engines).items():
            if not (number and run.once):
                found.setdefault(name, []).append(alone(run.task, *run.given, warm=run.warm))
    return found


def tell(people: int, found: dict[str, list[Taken]]) -> dict[str, float]:
    """A row for each; returns the medians."""
    took = {name: median(one.seconds for one in all_) for name, all_ in found.items()}
    for name, all_ in found.items():
        worked = {each: median(one.cpu for one in found[each]) for each in (name, "bare scan")}
        times = f"{took[name] / took['bare scan']:.1f} × scan (CPU {worked[name] / worked['bare scan']:.1f} ×)"
        peak = max(one.peak for one in all_) / 1e9
        row(f"{people:,}", name, f"{took[name]:.2f} s (of {len(all_)})", times, f"{peak:.2f} GB")
    return took


def compared(people: int, engine: str, took: dict[str, float]) -> None:
    """What one more indicator costs, and five years against one."""
    halves = [took.get(f"{engine}, {half}") for half in ("every second indicator", "the other half")]
    if None in halves or engine not in took:
        return
    each = (took[engine] - mean(one for one in halves if one)) / (len(COMPUTED) / 2)
    row(f"{people:,}", f"{engine}: one more indicator", f"{each:.4f} s", f"{100 * each / took[engine]:.2f}% of all", "")
    years = took[f"{engine}, five years"] / took[engine]
    row(f"{people:,}", f"{engine}: five years against one", "", f"{years:.2f} ×", "")


def one_by_one(folder: str, people: int, sample: int) -> float:
    """Seconds for one statement per indicator, all of them; says how many were run."""
    ids = COMPUTED if people <= SMALL else COMPUTED[:: max(1, len(COMPUTED) // sample)][:sample]
    each: list[float] = alone(each_by_itself, folder, ids).gave
    total = mean(each) * len(COMPUTED)
    how = f"all {len(ids)} run" if len(ids) == len(COMPUTED) else f"{len(ids)} run, times {len(COMPUTED)}"
    row(f"{people:,}", f"one statement per indicator ({how})", f"{total:.1f} s", f"{median(each):.2f} s each", "")
    return total


def each_by_itself(folder: str, ids: Iterable[str]) -> list[float]:
    seconds = []
    for one in ids:
        began = perf_counter()
        measured(folder, "duckdb", (one,), (YEAR,))
        seconds.append(perf_counter() - began)
    return seconds


def people_of(folder: str) -> int:
    parts = facts.read(Path(folder)).tables["people"]
    return sum(pq.ParquetFile(part).metadata.num_rows for part in parts)


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("facts", nargs="+", metavar="FACTS")
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--sample", type=int, default=6, help="indicators run by themselves above a million people")
    wanted.add_argument("--engine", action="append", choices=("duckdb", "kernel"))
    options = wanted.parse_args()
    engines = options.engine or ["duckdb", "kernel"]
    head("people", "what", "median", "ratio", "peak memory")
    speed = median(alone(copied).gave for _ in range(options.rounds)) / 1e9
    row("", "copy of memory, one core", f"{speed:.1f} GB/s", f"{len(COMPUTED)} indicators", "")
    before: dict[str, float] = {}
    for folder in options.facts:
        before = of_folder(folder, engines, options, before)


def of_folder(
    folder: str, engines: list[str], options: argparse.Namespace, before: dict[str, float]
) -> dict[str, float]:
    """The rows of one folder; returns its medians, which those of the next are set against."""
    people = people_of(folder)
    if "kernel" in engines:
        first = alone(measured, folder, "kernel", COMPUTED, (YEAR,))
        peak = f"{first.peak / 1e9:.2f} GB"
        row(f"{people:,}", "kernel, the first time here (mart, compiling)", f"{first.seconds:.1f} s", "", peak)
    took = tell(people, taken(folder, people, engines, options.rounds))
    singly = one_by_one(folder, people, options.sample)
    for engine in engines:
        compared(people, engine, took)
        row(f"{people:,}", f"one statement per indicator against {engine}", "", f"{singly / took[engine]:.1f} ×", "")
        if before:
            growth = took[engine] / before[engine] / (people / before["people"])
            row(f"{people:,}", f"{engine}: growth from {before['people']:,}", "", f"{growth:.2f} × linear", "")
    return {**took, "people": people}


if __name__ == "__main__":
    main()
