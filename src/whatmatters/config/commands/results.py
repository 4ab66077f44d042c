"""``results``: what is stored, computed and published, as CSV; exact, or as the public may see it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whatmatters.config.commands import Refused, rows, start
from whatmatters.measurement.indicators import LEVELS
from whatmatters.periods import period
from whatmatters.programme import tables
from whatmatters.programme.indicators import chosen

PUBLIC = (
    "indicator", "definition", "period", "organisation", "level", "breakdown", "group",
    "shown_numerator", "shown_denominator", "shown_value", "hidden", "source", "coverage", "as_at",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indicator", action="append", metavar="ID", help="only this indicator (may be repeated)")
    parser.add_argument("--level", action="append", metavar="LEVEL", help=f"only this level: {', '.join(LEVELS)}")
    parser.add_argument("--period", action="append", metavar="P", help="only this period: 2022-23 or 2022-23-Q1")
    parser.add_argument("--organisation", action="append", metavar="CODE", help="only this organisation")
    parser.add_argument("--public", action="store_true", help="as the public may see it: 1 to 7 hidden, others rounded")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.csv", help="the file to write")


def run(options: argparse.Namespace) -> int:
    """Writes the file whole or not at all."""
    if options.out.suffix != ".csv":
        raise Refused(f"--out {options.out}: results are CSV: name the file {options.out.with_suffix('.csv')}")
    if not options.out.absolute().parent.is_dir():
        raise Refused(f"--out {options.out}: there is no folder {options.out.parent}: make it first")
    _known_levels(options.level)
    try:
        ids = [one.id for one in chosen(options.indicator)] if options.indicator else None
        periods = [period(label).label for label in options.period] if options.period else None
    except ValueError as error:
        raise Refused(str(error)) from None
    start.looking()
    columns, found = _found(options, ids, periods)
    rows.whole(options.out, tables.text(columns, found))
    print(f"{len(found):,} results written to {options.out}" + (", for the public" if options.public else ", exact"))
    return 0


def _known_levels(asked: list[str] | None) -> None:
    for level in asked or ():
        if level not in LEVELS:
            raise Refused(f"{level!r} is not a level: choose from {', '.join(LEVELS)}")


def _found(
    options: argparse.Namespace, ids: list[str] | None, periods: list[str] | None
) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    """The header and the rows; for the public never the exact numerator and denominator."""
    from whatmatters.organisations.models import Organisation  # Django is set up by now
    from whatmatters.programme import figures, results

    codes = [code.upper() for code in options.organisation or ()] or None
    known = set(Organisation.objects.filter(code__in=codes or ()).values_list("code", flat=True))
    for code in codes or ():
        if code not in known:
            raise Refused(f"no organisation has the code {code!r}: import organisations first, or check the code")
    asked = {"indicators": ids, "levels": options.level, "periods": periods, "organisations": codes}
    if not results.wanted(**asked).exists():
        stored = ", ".join(sorted(results.known("period")))
        raise Refused(
            f"nothing is stored for that. Periods stored: {stored}" if stored
            else "nothing is stored yet: run ./whatmatters measure --store, or import published figures"
        )  # fmt: skip
    if options.public:
        return PUBLIC, figures.read(exact=False, **asked)
    return results.COLUMNS, results.read(**asked)
