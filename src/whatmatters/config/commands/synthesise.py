"""``synthesise FACTS``: a facts folder of invented people, in England's shape and of any size."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from whatmatters.config.commands import Refused, day


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("facts", type=Path, metavar="FACTS", help="the folder to write; older facts are replaced")
    parser.add_argument("--people", required=True, metavar="N", help="how many people: 100000, or 60_000_000")
    parser.add_argument("--seed", default="1", metavar="S", help="a whole number: the same gives the same people")
    parser.add_argument(
        "--organisations", type=Path, metavar="FILE", help="NHS England's practice map; without it, invented ones"
    )
    parser.add_argument("--until", metavar="DAY", help="last day of the five years told (2024-03-31)")


def run(options: Namespace) -> None:
    from whatmatters.measurement.facts import FactsError
    from whatmatters.measurement.synthesis.writing import UNTIL, synthesise  # heavy

    people, seed = _whole("--people", options.people), _whole("--seed", options.seed)
    until = day("--until", options.until) or UNTIL
    try:
        rows = synthesise(options.facts, people, seed, organisations=options.organisations, until=until, tell=_teller())
    except (FactsError, ValueError) as error:
        raise Refused(str(error)) from error
    print(f"{options.facts}: " + ", ".join(f"{count:,} {name}" for name, count in rows.items()))


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refused(f"{name} {text!r} is not a whole number: write it as 100000") from None


def _teller() -> Callable[[int, int], None]:
    """A line on stderr every two seconds, and what is still to come."""
    began = last = monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if (now := monotonic()) - last >= 2:
            last = now
            left = (now - began) * (of - done) / done
            print(f"{done:,} of {of:,} people, about {left:.0f} s to go", file=sys.stderr)

    return tell
