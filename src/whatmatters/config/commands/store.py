"""``measure --store``: from the working record to the stored results that every page reads. Not itself a command.

The engine runs here, in a process of its own: the web process never loads it.
"""

import argparse
import fcntl
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from whatmatters.config.commands import Refused, start


def arguments(parser: argparse.ArgumentParser) -> None:
    """What ``measure`` adds to its own arguments for storing."""
    parser.add_argument("--store", action="store_true", help="measure the working record and store the results")
    parser.add_argument(
        "--watch", type=_seconds, metavar="SECONDS", help="with --store: look for changes this often, and measure again"
    )


def _seconds(text: str) -> float:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a whole number of seconds, 1 or more")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Measures ``options.period`` (default: all that the record's events touch); with ``watch``, again on change."""
    start.django()
    labels = _labels(getattr(options, "period", None))
    seconds = getattr(options, "watch", None)
    if not seconds:
        with _alone():
            store(labels, afresh=True)
        return 0
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: _stop(asked, number))
    try:
        with _alone():
            watch(labels, seconds, asked)
    except KeyboardInterrupt:
        pass
    return 0


def _stop(asked: list[int], number: int) -> None:
    """Ends the loop so that its temporary folder goes too. DuckDB makes its own error of an exit: hence the note."""
    asked.append(number)
    sys.exit(0)


def watch(labels: list[str] | None, seconds: float, asked: Sequence[int] = ()) -> None:
    """Measures whenever the record has changed, until stopped (``asked``). An error is told and tried again."""
    from django.db import close_old_connections  # Django is set up by now

    measured: object = None
    while not asked:
        try:
            now = fingerprint()
            if now != measured:
                store(labels, afresh=measured is None)
                measured = now
        except Exception as error:
            if asked:
                return
            print(f"Not measured ({type(error).__name__}: {error}). Trying again in {seconds:g} s.", file=sys.stderr)
        finally:
            close_old_connections()  # one that broke is not used again
        time.sleep(seconds)


def store(labels: list[str] | None = None, *, afresh: bool = False) -> int:
    """Extracts, measures and replaces the stored results of the periods; returns how many rows changed.

    ``afresh`` also settles again what anyone may see of results that did not change: the gate may be a newer one, or
    the organisations may have moved.
    """
    from whatmatters.interop import extract
    from whatmatters.measurement import measure
    from whatmatters.measurement.compared import compare
    from whatmatters.programme import comparisons, publishing, results
    from whatmatters.programme.indicators import INDICATORS
    from whatmatters.programme.indicators.questions import QUESTIONS

    began, labels = time.monotonic(), labels or touched()
    with tempfile.TemporaryDirectory(prefix="whatmatters-facts-") as folder:
        facts = Path(folder) / "facts"
        extract.extract(facts)
        table = measure(facts, labels, INDICATORS.values(), as_at=date.today())
        years = [label for label in labels if "Q" not in label]
        compared = compare(facts, years, QUESTIONS.values(), as_at=date.today())
    changed = results.replace(table.to_pylist(), source="computed", periods=labels)
    comparisons.replace(compared.to_pylist(), periods=years)
    if afresh:
        publishing.publish_all(labels)
    took = time.monotonic() - began
    told = f"Measured {len(labels)} periods: {len(table):,} results, {changed:,} changed ({took:.1f} s)"
    print(told, file=sys.stderr)
    if kept := publishing.withheld(labels):
        print(kept, file=sys.stderr)
    return changed


def touched() -> list[str]:
    """The financial years that the record's events fall in and the current one, each with its quarters begun by now."""
    from django.db.models.functions import TruncMonth

    from whatmatters.events.models import Event
    from whatmatters.periods import financial_year, quarters

    today = date.today()
    months = Event.objects.filter(on__lte=today).order_by().annotate(month=TruncMonth("on")).values_list("month")
    years = {financial_year(month) for (month,) in months.distinct()} | {financial_year(today)}
    spans = [span for year in sorted(years) for span in (year, *quarters(year)) if span.start <= today]
    return [span.label for span in spans]


def fingerprint() -> tuple[Any, ...]:
    """Changes when anything that is measured has: events, people and their lists, posts, organisations, or the day."""
    from django.db.models import Count, Max, Sum

    from whatmatters.events.models import Event
    from whatmatters.organisations.models import Membership, Organisation
    from whatmatters.people.models import Person, Registration
    from whatmatters.workforce.models import Post

    dated = {"newest": Max("pk"), "rows": Count("pk"), "ended": Count("end"), "last": Max("end")}
    return (
        date.today(),
        Event.objects.aggregate(newest=Max("pk")),
        Person.objects.aggregate(rows=Count("pk"), edits=Sum("revision"), died=Count("died")),
        Registration.objects.aggregate(**dated),
        Post.objects.aggregate(**dated, wte=Sum("wte")),
        Membership.objects.aggregate(**dated),
        Organisation.objects.aggregate(rows=Count("pk"), closed=Count("closed")),
    )


def _labels(given: list[str] | None) -> list[str] | None:
    from whatmatters.periods import period

    try:
        return [period(label).label for label in given] if given else None
    except ValueError as error:
        raise Refused(str(error)) from None


@contextmanager
def _alone() -> Iterator[None]:
    """One measurement at a time: two would race to store."""
    from django.conf import settings

    with open(settings.HOME / "measuring", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("another measurement is running: wait for it, or stop it (a --watch runs on)") from None
        yield
