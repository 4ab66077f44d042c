"""Spark on one and on two local cores against DuckDB and the kernel: every indicator, one year.

    PYTHONPATH=src .venv/bin/python benchmarks/spark.py FACTS [--rounds 1]

Each run is a process of its own with a session of its own, which is there before the clock starts; runs take turns.
DuckDB takes the cores it finds: one line holds it to a single core. Memory is the Java process's.
"""

import argparse
from statistics import median

from timing import Taken, alone, head, row

from measurement import COMPUTED, YEAR, measured, people_of


def on_spark(folder: str, master: str) -> float:
    """Seconds without those the session took to start."""
    from time import perf_counter

    from whatmatters.measurement.engines.spark import session

    spark = session(master)
    try:
        began = perf_counter()
        measured(folder, "spark", COMPUTED, (YEAR,))
        return perf_counter() - began
    finally:
        spark.stop()


def on_duckdb(folder: str, cores: int) -> float:
    import os
    from time import perf_counter

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    began = perf_counter()
    measured(folder, "duckdb", COMPUTED, (YEAR,))
    return perf_counter() - began


RUNS = {
    "duckdb, one core": (on_duckdb, 1),
    "duckdb, two cores": (on_duckdb, 2),
    "spark, local[1]": (on_spark, "local[1]"),
    "spark, local[2]": (on_spark, "local[2]"),
}


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("facts", metavar="FACTS")
    wanted.add_argument("--rounds", type=int, default=1)
    options = wanted.parse_args()
    head("people", "what", "median", "ratio", "peak memory")
    found: dict[str, list[Taken]] = {}
    for _ in range(options.rounds):
        for name, (task, given) in RUNS.items():
            found.setdefault(name, []).append(alone(task, options.facts, given))
    took = {name: median(one.gave for one in all_) for name, all_ in found.items()}
    people = f"{people_of(options.facts):,}"
    for name, all_ in found.items():
        times = f"{took[name] / took['duckdb, two cores']:.1f} × duckdb on two cores"
        row(people, name, f"{took[name]:.1f} s", times, f"{max(one.peak for one in all_) / 1e9:.2f} GB")
    for engine, one, two in (("duckdb", "duckdb, one core", "duckdb, two cores"),
                             ("spark", "spark, local[1]", "spark, local[2]")):  # fmt: skip
        row(people, f"{engine}: from one core to two", "", f"{took[one] / took[two]:.2f} × as fast", "")


if __name__ == "__main__":
    main()
