"""``compare FACTS``: did people with a support use less care afterwards than people like them? Facts in, a file out.

Touches no database. ``measure --store`` does the same with the working record and stores it.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from whatmatters.config.commands import Refused, day, rows


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("facts", type=Path, metavar="FACTS", help="folder of Parquet tables")
    parser.add_argument("--period", action="append", required=True, metavar="P", help="2023-24; repeatable")
    parser.add_argument("--indicator", action="append", metavar="ID", help="only this one; repeatable")
    parser.add_argument("--level", action="append", metavar="L", help="practice, pcn, sub_icb, icb, region, nation")
    parser.add_argument("--as-at", metavar="DAY", help="how far the facts go; without it, the latest event's day")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.csv or FILE.parquet")


def run(options: Namespace) -> int:
    from whatmatters.measurement.compared import compare
    from whatmatters.measurement.comparison_rows import COLUMNS  # heavy
    from whatmatters.measurement.facts import FactsError
    from whatmatters.measurement.indicators import LEVELS
    from whatmatters.programme.indicators.questions import QUESTIONS

    out: Path = options.out
    if out.suffix not in rows.SUFFIXES:
        raise Refused("say where the results go: --out FILE.csv or --out FILE.parquet")
    if not out.parent.is_dir():
        raise Refused(f"there is no folder {out.parent}: make it first")
    for name in options.indicator or ():
        if name not in QUESTIONS:
            raise Refused(f"{name!r} is not compared with people like them: choose from {', '.join(QUESTIONS)}")
    asked = [QUESTIONS[name] for name in dict.fromkeys(options.indicator or QUESTIONS)]
    try:
        levels = options.level or LEVELS
        table = compare(options.facts, options.period, asked, levels=levels, as_at=day("--as-at", options.as_at))
    except (FactsError, ValueError) as error:
        raise Refused(str(error)) from error
    try:
        rows.write([table], COLUMNS, out)
    except OSError as error:
        raise Refused(f"{out} could not be written: {error.strerror or error}") from error
    told = table["refused"].to_pylist()
    print(f"{len(told):,} comparisons, {told.count('')} of them attributable: {out}")
    return 0
