"""``import KIND FILE…``: published files and extracts in. Each kind is a line of KINDS."""

import argparse
import sys
from datetime import date
from pathlib import Path

from whatmatters.config.commands import Refused, start

HELP = "Read published NHS files: organisations, list-sizes."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="CSV, or a zip that holds one")
    parser.add_argument(
        "--as-at", type=date.fromisoformat, metavar="DAY", help="the day (2021-04-01) that undated files speak of"
    )


def run(options: argparse.Namespace) -> None:
    if options.kind not in KINDS:
        raise Refused(f"{options.kind!r} cannot be imported: choose from {', '.join(KINDS)}")
    start.django()
    from whatmatters.interop.imports.refusals import ImportRefused  # noqa: PLC0415  # needs Django up

    try:
        KINDS[options.kind](options)
    except ImportRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def _organisations(options: argparse.Namespace) -> None:
    from whatmatters.access.actors import THE_SYSTEM  # noqa: PLC0415
    from whatmatters.interop.imports.organisations import import_organisations  # noqa: PLC0415

    done = import_organisations(options.files, by=THE_SYSTEM, as_at=options.as_at, tell=_tell)
    for what, changes in (("Organisations", done.organisations), ("Memberships", done.memberships)):
        removed = f", {changes.removed:,} removed" if changes.removed else ""
        print(f"{what}: {changes.new:,} new, {changes.changed:,} changed, {changes.unchanged:,} unchanged{removed}")
    if done.day:
        print(
            f"On {done.day}: {done.unallocated:,} practices without a network; "
            f"{done.elsewhere:,} whose network lies mostly in another sub-ICB"
        )


KINDS = {"organisations": _organisations}
