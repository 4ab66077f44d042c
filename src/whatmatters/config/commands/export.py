"""``export KIND``: the social prescribing minimum dataset, or coded events, as a file.

It is the act of an account that may, on the audit chain as if taken from the page.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from whatmatters.config.commands import Refused, rows, start

KINDS = ("minimum-dataset", "coded-events")
PURPOSES = ("record", "return", "quality", "evaluation")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=" or ".join(KINDS))
    parser.add_argument("--as", dest="account", required=True, metavar="EMAIL", help="whose act it is: who may do it")
    parser.add_argument("--purpose", required=True, choices=PURPOSES, help="what it is for: " + ", ".join(PURPOSES))
    parser.add_argument(
        "--period", metavar="PERIOD", help="2026-27, 2026-27-Q1 or a day; this financial year if left out"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write; replaced if there")
    parser.add_argument("--nhs-numbers", action="store_true", help="name people by NHS number and not by a pseudonym")
    parser.add_argument("--free-text", action="store_true", help="minimum-dataset: with what was written in words")


def run(options: argparse.Namespace) -> None:
    start.django()
    from whatmatters.access.gate import actor, grants_of
    from whatmatters.access.models import User
    from whatmatters.interop.social_prescribing import leaving
    from whatmatters.periods import financial_year, period

    if options.free_text and options.kind != "minimum-dataset":
        raise Refused("--free-text: coded events hold no words; leave it out")
    try:
        during = period(options.period) if options.period else financial_year(date.today())
    except ValueError as problem:
        raise Refused(f"--period: {problem}") from None
    account = User.objects.filter(email__iexact=options.account, active=True).first()
    grants = grants_of(account, leaving.EXPORT)
    if account is None or not grants:
        raise Refused(f"--as: no account with this address may export: give it a role that has “{leaving.EXPORT}”")
    asked: dict[str, Any] = {
        "grants": grants, "during": during, "purpose": options.purpose, "by_number": options.nhs_numbers,
        "by": actor(account, grants[0]),
    }  # fmt: skip
    if options.kind == "minimum-dataset":
        file = leaving.minimum_dataset(**asked, free_text=options.free_text)
    else:
        file = leaving.events_coded(**asked)
    try:
        rows.whole(options.out, file.content, mode=0o600)  # for nobody's eyes but the writer's
    except OSError as error:
        raise Refused(f"{options.out} cannot be written: {error.strerror}") from error
    for words in file.left_out:
        print(f"left out: {words}", file=sys.stderr)
    print(f"{options.out}: {file.rows:,} rows, {during.label}")
