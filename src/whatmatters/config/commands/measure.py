"""Facts in, a file of numbers out. Touches no database; with ``--store`` hands over to ``store``, which does."""

import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from whatmatters.config.commands import Refused, day, glance, rows, store

if TYPE_CHECKING:
    import pyarrow as pa

    from whatmatters.measurement.indicators import Indicator
    from whatmatters.measurement.results import Asked


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("facts", nargs="?", metavar="FACTS", help="folder of Parquet tables, or with spark a URL")
    parser.add_argument(
        "--period", action="append", metavar="P", help="2022-23, or 2022-23-Q1; repeatable; needed without --store"
    )
    parser.add_argument(
        "--engine", default="duckdb", metavar="E", help="duckdb (the default), kernel, spark or reference"
    )
    parser.add_argument("--master", metavar="URL", help="with spark: the cluster; without it, this machine")
    parser.add_argument("--explain", action="store_true", help="print how it would be done, and do nothing")
    parser.add_argument("--indicator", action="append", metavar="ID", help="only this one; repeatable")
    parser.add_argument("--level", action="append", metavar="L", help="practice, pcn, sub_icb, icb, region, nation")
    parser.add_argument("--by", action="append", metavar="B", help="all, age_sex, ethnicity, deprivation, detail")
    parser.add_argument(
        "--organisations", default="then", metavar="then|now", help="memberships of the period's last day, or as at now"
    )
    parser.add_argument("--as-at", metavar="DAY", help="how far the facts go; without it, the latest event's day")
    parser.add_argument("--out", type=Path, metavar="FILE", help="FILE.csv or FILE.parquet")
    store.arguments(parser)


def run(options: Namespace) -> int:
    if options.store:
        _only_periods(options)
        return store.run(options)
    if options.watch:
        raise Refused("--watch goes with --store: it keeps the stored results fresh")
    if options.master and options.engine != "spark":
        raise Refused("--master names a Spark cluster: it goes with --engine spark")
    if options.explain:
        return _explain(options)
    from whatmatters.measurement.facts import FactsError  # heavy

    out = _out(options)
    try:
        _to_file(options, out)
    except (FactsError, ValueError) as error:
        raise Refused(str(error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"{out} could not be written: {error.strerror or error}") from error
    return 0


def _only_periods(options: Namespace) -> None:
    """The stored results are whole: whoever names a part of them means a file."""
    asked = {
        "FACTS": options.facts, "--out": options.out, "--indicator": options.indicator, "--level": options.level,
        "--by": options.by, "--as-at": options.as_at,
        "--engine": options.engine != "duckdb", "--organisations": options.organisations != "then",
        "--master": options.master, "--explain": options.explain,
    }  # fmt: skip
    if extra := [name for name, given in asked.items() if given]:
        raise Refused(f"--store measures all of the working record: leave out {', '.join(extra)}, or leave out --store")


def _out(options: Namespace) -> Path:
    if options.facts is None:
        raise Refused("say which facts to measure: measure FACTS --period 2022-23 --out FILE.csv")
    if not options.period:
        raise Refused("say for which period: --period 2022-23, or --period 2022-23-Q1")
    out: Path | None = options.out
    if out is None or out.suffix not in rows.SUFFIXES:
        raise Refused("say where the results go: --out FILE.csv or --out FILE.parquet")
    if not out.parent.is_dir():
        raise Refused(f"there is no folder {out.parent}: make it first")
    return out


def _to_file(options: Namespace, out: Path) -> None:
    from whatmatters.measurement import facts, results  # heavy
    from whatmatters.measurement.quality import COLUMNS, quality
    from whatmatters.periods import period

    wanted, asked = _asked(options)
    remote = bool(facts.URL.match(options.facts))
    given = options.facts if remote else facts.read(Path(options.facts))
    seen: list[glance.Row] = []
    with _progress("measuring"):
        count = rows.write(glance.watched(results.streamed(given, asked), seen), results.COLUMNS, out)
    for one in wanted:
        if not one.computed:
            print(f"{one.id} is published, not computed: it comes from an import", file=sys.stderr)
    if remote:
        print("The facts are not here, so that only what would make a number wrong was looked for in them.")
    else:
        with _progress("checking the facts"):
            faults = quality(given, map(period, dict.fromkeys(options.period)))
        rows.write([faults], COLUMNS, out.with_suffix(".quality.csv"))
        _say(faults, out)
    for line in glance.lines(seen, {one.id: one for one in wanted}, period(options.period[-1]).label):
        print(line)
    print(f"{count:,} {'number' if count == 1 else 'numbers'} written to {out}")


def _asked(options: Namespace) -> "tuple[list[Indicator], Asked]":
    from whatmatters.measurement import indicators
    from whatmatters.measurement.results import Asked
    from whatmatters.programme.indicators import INDICATORS, chosen

    wanted = chosen(options.indicator or list(INDICATORS))
    return wanted, Asked(
        list(dict.fromkeys(options.period)),
        wanted,
        options.level or indicators.LEVELS,
        options.by or indicators.BREAKDOWNS,
        options.organisations,
        options.engine,
        day("--as-at", options.as_at),
        options.master or "",
    )


def _explain(options: Namespace) -> int:
    from whatmatters.measurement import results
    from whatmatters.measurement.engines.explain import explained
    from whatmatters.periods import financial_year

    options.period = options.period or [financial_year(date.today()).label]
    try:
        results.ready(options.engine)
        _, asked = _asked(options)
        as_at = asked.as_at or _how_far(options.facts)
        for line in explained(results.planned(asked, as_at), options.engine):
            print(line)
    except ValueError as error:
        raise Refused(str(error)) from error
    return 0


def _how_far(given: str | None) -> date:
    """As ``measure`` finds it in facts that are here; today where none are named, or they are elsewhere."""
    from whatmatters.measurement import facts
    from whatmatters.measurement.engines.views import connected
    from whatmatters.measurement.quality import latest_day

    if given is None or facts.URL.match(given):
        return date.today()
    try:
        with connected(facts.read(Path(given))) as connection:
            return latest_day(lambda select: connection.execute(select).fetchall())
    except facts.FactsError as error:
        raise Refused(str(error)) from error


def _say(faults: "pa.Table", out: Path) -> None:
    found = [row for row in faults.to_pylist() if row["count"]]
    for row in found:
        such = f" (such as {row['examples']})" if row["examples"] else ""
        print(f"{row['table']}: {row['check']}: {row['count']:,}{such}")
    print(f"{len(found)} of {len(faults)} checks of the facts found something: {out.with_suffix('.quality.csv')}")


@contextmanager
def _progress(doing: str) -> Iterator[None]:
    """A line on stderr every two seconds while it lasts."""
    done, start = threading.Event(), time.monotonic()

    def tell() -> None:
        while not done.wait(2):
            print(f"{doing}: {time.monotonic() - start:.0f} s", file=sys.stderr)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
