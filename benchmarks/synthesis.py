"""What a million invented people cost, and the memory that more of them take.

    PYTHONPATH=src .venv/bin/python benchmarks/synthesis.py [--people 1000000 --people 4000000] [--rounds 3]

Beside it, the bare minimum: writing the same rows again as Parquet from memory, one core, the same compression.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq
from timing import Taken, alone, head, row, worked_so_far

from whatmatters.measurement import facts
from whatmatters.measurement.synthesis.writing import ROWS, synthesise


def made(people: int) -> dict[str, int]:
    with tempfile.TemporaryDirectory(dir="var") as place:
        return synthesise(Path(place) / "facts", people, 1)


def rewritten(folder: str) -> float:
    """CPU seconds to write the rows of people as they are; reading them is not counted."""
    given, seconds = facts.read(Path(folder)), 0.0
    with tempfile.TemporaryDirectory(dir="var") as place:
        for name in ("people", "registrations", "events"):
            for part in given.tables[name]:
                table = pq.read_table(part)
                began = worked_so_far()
                pq.write_table(
                    table, Path(place) / "again.parquet", compression="zstd", compression_level=1, row_group_size=ROWS
                )
                seconds += worked_so_far() - began
    return seconds


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--people", type=int, action="append")
    wanted.add_argument("--rounds", type=int, default=3)
    options = wanted.parse_args()
    Path("var").mkdir(exist_ok=True)
    head("people", "what", "CPU seconds, median", "a million", "ratio", "peak memory of a process")
    sizes = options.people or [1_000_000, 4_000_000]
    found: dict[int, list[Taken]] = {}
    for _ in range(options.rounds):
        for people in sizes:
            found.setdefault(people, []).append(alone(made, people))
    with tempfile.TemporaryDirectory(dir="var") as place:
        folder = Path(place) / "facts"
        synthesise(folder, sizes[0], 1)
        floor = median(alone(rewritten, str(folder)).gave for _ in range(options.rounds)) / sizes[0]
    row(f"{sizes[0]:,}", "writing alone", floor * sizes[0], floor * 1e6, 1.0, "")
    for people, all_ in found.items():
        took = median(one.cpu for one in all_)
        peak = f"{max(one.peak for one in all_) / 1e9:.2f} GB"
        row(f"{people:,}", "synthesise", took, took / people * 1e6, took / people / floor, peak)


if __name__ == "__main__":
    main()
