"""Spark on one and on two local cores against DuckDB on as many: every indicator, one year.

    PYTHONPATH=src .venv/bin/python benchmarks/spark.py FACTS [--rounds 1] [--only spark]

Each run is a process of its own, Spark's with a session that is there before the clock starts; runs take turns. Memory
is the most that the DuckDB process, or Spark's Java process, held at once.
"""

import argparse
import os
from statistics import median
from time import perf_counter

from timing import alone, head, most_of, row

from measurement import COMPUTED, YEAR, measured, people_of

Found = tuple[float, int]
"""Seconds, bytes."""


def on_spark(folder: str, cores: int) -> Found:
    from whatmatters.measurement.engines.spark import session

    spark = session(f"local[{cores}]")
    try:
        began = perf_counter()
        measured(folder, "spark", COMPUTED, (YEAR,))
        return perf_counter() - began, most_of(spark.sparkContext._gateway.proc.pid)
    finally:
        spark.stop()


def on_duckdb(folder: str, cores: int) -> Found:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    began = perf_counter()
    measured(folder, "duckdb", COMPUTED, (YEAR,))
    return perf_counter() - began, most_of(os.getpid())


ENGINES = {"duckdb": on_duckdb, "spark": on_spark}


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("facts", metavar="FACTS")
    wanted.add_argument("--rounds", type=int, default=1)
    wanted.add_argument("--only", choices=tuple(ENGINES))
    options = wanted.parse_args()
    runs = [(name, cores) for name in ENGINES if name == (options.only or name) for cores in (1, 2)]
    people = f"{people_of(options.facts):,}"
    head("people", "what", "median", "against duckdb on as many cores", "peak memory")
    found: dict[tuple[str, int], list[Found]] = {}
    for _ in range(options.rounds):
        for name, cores in runs:
            found.setdefault((name, cores), []).append(alone(ENGINES[name], options.facts, cores).gave)
    took = {run: median(seconds for seconds, _ in all_) for run, all_ in found.items()}
    for (name, cores), all_ in found.items():
        floor = took.get(("duckdb", cores))
        times = f"{took[name, cores] / floor:.1f} ×" if floor else ""
        peak = max(peak for _, peak in all_) / 1e9
        row(people, f"{name}, cores: {cores}", f"{took[name, cores]:.1f} s", times, f"{peak:.2f} GB")
    for name in {name for name, _ in runs}:
        row(people, f"{name}: from one core to two", f"{took[name, 1] / took[name, 2]:.2f} × as fast", "", "")


if __name__ == "__main__":
    main()
