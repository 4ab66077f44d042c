"""Walks the audit chain: says how long it is and where it stands, or each break."""

from argparse import ArgumentParser, Namespace

from whatmatters.config.commands import start


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    start.looking()
    from whatmatters.access.chain import verify  # after setup

    verdict = verify()
    if not verdict.problems:
        print(f"{verdict.entries:,} entries, unbroken, head {verdict.head or 'none'}")
        return 0
    for problem in verdict.problems:
        print(problem[0].upper() + problem[1:])
    print(f"{verdict.entries:,} entries, BROKEN: keep the database and the anchors file as they are")
    return 1
