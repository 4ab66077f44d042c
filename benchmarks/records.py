"""The working record out (``extract``) and coded extracts in (``import coded-events``), against their bare minimum.

    PYTHONPATH=src .venv/bin/python benchmarks/records.py [--people 50000] [--rows 2000000] [--rounds 3]

``extract`` reads the record of the pages' benchmark, made once in var/benchmark; its floor is reading the same tables'
rows from SQLite and letting them go. ``import coded-events`` reads one general practice extract, made here from known
SNOMED ids; its floor is reading the same CSV as text with Arrow, in the same batches.
"""

import argparse
import csv
import sqlite3
import tempfile
from pathlib import Path
from statistics import median

from pages import record
from timing import Taken, alone, head, row, worked_so_far


def extracted() -> tuple[float, dict[str, int]]:
    from whatmatters.config.commands.start import django

    django()
    from whatmatters.interop.extract import extract

    with tempfile.TemporaryDirectory(dir="var") as place:
        began = worked_so_far()
        rows = extract(Path(place) / "facts")
        return worked_so_far() - began, rows


def read_rows() -> float:
    """Every column of every row of the tables that are extracted."""
    from whatmatters.config.commands.start import django

    django()
    from django.conf import settings

    from whatmatters.interop.extract import CROSSINGS

    tables = [crossing.model._meta.db_table for crossing in CROSSINGS.values()]
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as connection:
        began = worked_so_far()
        for table in tables:
            for _ in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - ours
                pass
        return worked_so_far() - began


def imported(path: str) -> float:
    from whatmatters.config.commands.start import django

    django()
    from whatmatters.interop.imports.coded.into_facts import import_coded_events
    from whatmatters.interop.imports.coded.value_sets import meanings

    with tempfile.TemporaryDirectory(dir="var") as place:
        began = worked_so_far()
        (done,) = import_coded_events([Path(path)], Path(place) / "facts", meanings([]))
        assert done.taken, done
        return worked_so_far() - began


def read_text(path: str) -> float:
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = HEADER
    began = worked_so_far()
    reader = arrow.open_csv(
        path,
        arrow.ReadOptions(block_size=1 << 24),
        convert_options=arrow.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    assert sum(len(batch) for batch in reader)
    return worked_so_far() - began


HEADER = ("person", "snomed_code", "date", "value", "practice")


def coded(path: Path, rows: int) -> None:
    """Lines of made-up people: four in five with an id of our value sets, the others with one that nothing means."""
    import numpy as np

    from whatmatters.interop.imports.coded.value_sets import meanings

    lots = np.random.default_rng(1)
    ids = np.array([one.code for one in meanings([]) if one.concept])
    ids = np.where(lots.random(rows) < 0.8, ids[lots.integers(0, len(ids), rows)], "22298006")
    people, days = lots.integers(0, rows // 5, rows), lots.integers(0, 1800, rows).astype("timedelta64[D]")
    dates = (np.datetime64("2019-04-01") + days).astype(str)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        for one, code, day, place in zip(people, ids, dates, lots.integers(1000, 8000, rows), strict=True):
            lines.writerow((f"pseudonym-{one:010d}", code, day, "5", f"A{place:05d}"))


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--people", type=int, default=50_000)
    wanted.add_argument("--rows", type=int, default=2_000_000)
    wanted.add_argument("--rounds", type=int, default=3)
    options = wanted.parse_args()
    alone(record, options.people)
    head("what", "CPU seconds, median", "ratio", "peak memory")
    found: dict[str, list[Taken]] = {}
    with tempfile.TemporaryDirectory(dir="var") as place:
        path = Path(place) / "extract.csv"
        coded(path, options.rows)
        for _ in range(options.rounds):
            for name, run in (
                ("reading the record's rows", lambda: alone(read_rows)),
                ("extract", lambda: alone(extracted)),
                ("reading the CSV as text", lambda: alone(read_text, str(path))),
                ("import coded-events", lambda: alone(imported, str(path))),
            ):
                found.setdefault(name, []).append(run())
    took = {name: median(_seconds(one) for one in all_) for name, all_ in found.items()}
    floor = {"extract": "reading the record's rows", "import coded-events": "reading the CSV as text"}
    for name, all_ in found.items():
        times = f"{took[name] / took[floor[name]]:.1f} ×" if name in floor else ""
        row(name, took[name], times, f"{max(one.peak for one in all_) / 1e9:.2f} GB")
    events = found["extract"][0].gave[1]
    print(f"\nextract: {', '.join(f'{count:,} {name}' for name, count in events.items())}")
    million = took["import coded-events"] / options.rows * 1e6
    print(f"import coded-events: {options.rows:,} rows, {million:.1f} s per million")


def _seconds(one: Taken) -> float:
    return one.gave[0] if isinstance(one.gave, tuple) else one.gave


if __name__ == "__main__":
    main()
