"""Reads what mail servers tell of letters that did not arrive, and puts what hung on them before someone at once.

Made to be piped to by a mail server, which keeps a message for later when the answer is 75 (sysexits.h, EX_TEMPFAIL):
so that a database that is down loses nothing. A message that is no report of ours is counted and answered with 0, or
the mail server would write to whoever sent it.
"""

import argparse
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from whatmatters.config.commands import Refused, start

TRY_LATER = 75
A_MONTH = timedelta(days=30)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="one message each; default: standard input")
    parser.add_argument("--counts", action="store_true", help="only say what came in the last 30 days")


def run(options: argparse.Namespace) -> int:
    if options.counts:
        start.looking()
        return _counts()
    messages = [_read(path) for path in options.files] or [_piped()]
    try:
        start.django()
        done = _taken(messages)
    except Exception as error:  # its words may hold an address; whatever it was, the message is not to be lost
        print(f"whatmatters bounced: not done, try again later ({type(error).__name__})", file=sys.stderr)
        return TRY_LATER
    for kind, many in done.items():
        print(f"{many} {kind}")
    return 0


def _taken(messages: list[bytes]) -> Counter[str]:
    from whatmatters.config.commands.round import came_back
    from whatmatters.letters.returned import take

    done = Counter(str(take(raw).label) for raw in messages)
    came_back()
    return done


def _counts() -> int:
    from whatmatters.letters.models import Returned

    rows = Returned.objects.filter(on__gt=date.today() - A_MONTH)
    for row in rows:
        print(f"{row.on}  {row.many:>6}  {row.get_kind_display()}")
    if not rows:
        print("No reports in the last 30 days")
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror})") from error


def _piped() -> bytes:
    if sys.stdin.isatty():
        raise Refused("name the files of the reports, or pipe one in: docs/letters.md says how a mail server does")
    return sys.stdin.buffer.read()
