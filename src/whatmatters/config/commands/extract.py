"""``extract FACTS``: the working record as facts that can be measured, nothing personal among them."""

import argparse
import sys
from pathlib import Path

from whatmatters.config.commands import Refused, start


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("facts", metavar="FACTS", type=Path, help="the folder to write; an earlier extract is replaced")


def run(options: argparse.Namespace) -> None:
    start.django()
    from whatmatters.interop import extract  # needs Django up
    from whatmatters.measurement.facts import FactsError

    if not extract.anyone():
        raise Refused("there is nobody on record to extract: register people first, or try the demo")
    try:
        counts = extract.extract(options.facts, tell=lambda words: print(words, file=sys.stderr))
    except FactsError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{options.facts} cannot be written: {error.strerror}") from error
    print(f"{options.facts}: " + ", ".join(f"{rows:,} {name}" for name, rows in counts.items()))
