"""``measure --store``: from the working record to the stored results that every page reads. Not itself a command.

The engine runs here, in a process of its own: the web process never loads it.
"""

import argparse
import fcntl
import hashlib
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from whatmatters.config.commands import Refused, start

EXTRACT = "interop/extract.py"


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
            while weigh_one():
                pass
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
    """Measures whenever the record has changed, until stopped (``asked``). An error is told and tried again.

    At each turn it weighs one of the years that are owed, so that neither who may see exact numbers waits for the
    gate, nor the public for a quiet hour. What is measured already, by this very code, is not measured again because a
    server starts.
    """
    from django.db import close_old_connections  # Django is set up by now

    measured = None if labels else remembered()
    while not asked:
        try:
            now = fingerprint()
            if now != measured:
                store(labels, afresh=measured is None or now[1] != measured[1])
                measured = now
            if weigh_one():
                continue
        except Exception as error:
            if asked:
                return
            print(f"Not measured ({type(error).__name__}: {error}). Trying again in {seconds:g} s.", file=sys.stderr)
        finally:
            close_old_connections()  # one that broke is not used again
        time.sleep(seconds)


def weigh_one() -> bool:
    """Settles what anyone may see of a year that is owed, if any is; says whether one was."""
    from whatmatters.programme import publishing

    began = time.monotonic()
    for year in publishing.owed()[:1]:
        publishing.weigh([year])
        print(f"Weighed what anyone may see of {year} ({time.monotonic() - began:.1f} s)", file=sys.stderr)
        if kept := publishing.withheld(year):
            print(kept, file=sys.stderr)
        return True
    return False


def store(labels: list[str] | None = None, *, afresh: bool = False) -> int:
    """Extracts, measures and replaces the stored results of the periods; returns how many rows changed.

    What anyone may see of them is owed after that.

    ``afresh`` also settles again what anyone may see of results that did not change: the gate may be a newer one, or
    the organisations may have moved.
    """
    from whatmatters.interop import extract
    from whatmatters.measurement import measure
    from whatmatters.measurement.compared import compare
    from whatmatters.programme import comparisons, publishing, results
    from whatmatters.programme.indicators import INDICATORS
    from whatmatters.programme.indicators.questions import QUESTIONS

    began, whole = time.monotonic(), None if labels else fingerprint()
    labels = labels or touched()
    with tempfile.TemporaryDirectory(prefix="whatmatters-facts-") as folder:
        facts = Path(folder) / "facts"
        extract.extract(facts)
        table = measure(facts, labels, INDICATORS.values(), as_at=date.today())
        years = [label for label in labels if "Q" not in label]
        compared = compare(facts, years, QUESTIONS.values(), as_at=date.today())
    comparisons.replace(compared.to_pylist(), periods=years)
    if afresh:
        publishing.owe({label[:7] for label in labels})
    changed = results.replace(table.to_pylist(), source="computed", periods=labels)
    if whole:
        _remember(whole)
    took = time.monotonic() - began
    told = f"Measured {len(labels)} periods: {len(table):,} results, {changed:,} changed ({took:.1f} s)"
    print(told, file=sys.stderr)
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


def fingerprint() -> tuple[str, str]:
    """What is measured, and the ground it stands on: either changes when anything of it has.

    The first: the day, what happened to people, workers and organisations, people and their lists, posts. The second,
    which also decides what anyone may see: organisations, what belongs to what, the code that measures and hides.
    """
    from django.db.models import Count, Max, Sum

    from whatmatters.events.models import Event, OrganisationEvent
    from whatmatters.organisations.models import Membership, Organisation
    from whatmatters.people.models import Person, Registration
    from whatmatters.workforce.models import Post, StaffEvent

    dated = {"newest": Max("pk"), "rows": Count("pk"), "ended": Count("end"), "last": Max("end")}
    told = (
        date.today(),
        *(
            kind.objects.aggregate(newest=Max("pk"), rows=Count("pk"))
            for kind in (Event, OrganisationEvent, StaffEvent)
        ),
        Person.objects.aggregate(rows=Count("pk"), edits=Sum("revision"), died=Count("died")),
        Registration.objects.aggregate(**dated),
        Post.objects.aggregate(**dated, wte=Sum("wte")),
    )
    ground = (
        Membership.objects.aggregate(**dated),
        Organisation.objects.aggregate(rows=Count("pk"), closed=Count("closed")),
        _code(),
    )
    return repr(told), repr(ground)


@cache
def _code() -> str:
    """Of the files that decide what a number is and who may see it."""
    rooms, digest = Path(__file__).parents[2], hashlib.sha256()
    for file in sorted([*rooms.glob("measurement/**/*.py"), *rooms.glob("programme/**/*.py"), rooms / EXTRACT]):
        digest.update(file.relative_to(rooms).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def remembered() -> tuple[str, str] | None:
    """The fingerprint of the record as it was when last measured whole, if it ever was."""
    note = _note()
    if not note.exists():
        return None
    told, _, ground = note.read_text("utf-8").partition("\n")
    return told, ground


def _remember(measured: tuple[str, str]) -> None:
    _note().write_text("\n".join(measured), "utf-8")


def _note() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "measured"


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
