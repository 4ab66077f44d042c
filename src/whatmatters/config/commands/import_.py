"""``import KIND FILE…``: published files and extracts in. Each kind is a line of KINDS."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.config.commands import Refused, start

SOME = 8  # codes named in a summary


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="CSV, or a zip that holds one; directory, referrals, plans: JSON",
    )
    parser.add_argument(
        "--leave-out-unknown", action="store_true", help="list-sizes: leave out organisations that are not known here"
    )
    parser.add_argument("--into", type=Path, metavar="FACTS", help="coded-events: the facts folder they go to")
    parser.add_argument(
        "--value-set",
        action="append",
        default=[],
        type=Path,
        metavar="CSV",
        help="coded-events: more codes; repeatable",
    )
    parser.add_argument(
        "--from-source", default="", metavar="NAME", help="directory: whose services these are; all that NAME has"
    )
    parser.add_argument("--licence", default="", metavar="WORDS", help="directory: the source's licence, to be shown")
    parser.add_argument("--findings", type=Path, metavar="CSV", help="directory: where the report of findings goes")
    parser.add_argument("--as-at", type=_day, metavar="DAY", help="the day (2021-04-01) that undated files speak of")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day: write it as 2021-04-01") from None


def run(options: argparse.Namespace) -> None:
    if options.kind not in KINDS:
        raise Refused(f"{options.kind!r} cannot be imported: choose from {', '.join(KINDS)}")
    start.django()
    from whatmatters.interop.imports.refusals import ImportRefused  # needs Django up

    try:
        KINDS[options.kind](options)
    except ImportRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _tell(words: str) -> None:
    print(words, file=sys.stderr)


def _organisations(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.organisations import import_organisations

    done = import_organisations(options.files, by=THE_SYSTEM, as_at=options.as_at, tell=_tell)
    for what, changes in (("Organisations", done.organisations), ("Memberships", done.memberships)):
        removed = f", {changes.removed:,} removed" if changes.removed else ""
        print(f"{what}: {changes.new:,} new, {changes.changed:,} changed, {changes.unchanged:,} unchanged{removed}")
    if done.day:
        print(
            f"On {done.day}: {done.unallocated:,} practices without a network; "
            f"{done.elsewhere:,} whose network lies mostly in another sub-ICB"
        )


def _list_sizes(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.list_sizes import import_list_sizes
    from whatmatters.organisations.models import Kind

    done = import_list_sizes(options.files, by=THE_SYSTEM, leave_out_unknown=options.leave_out_unknown, tell=_tell)
    for day in done.days:
        print(f"{day.day}: {day.people:,} people in {len(day.practices):,} practices")
        if day.compared.cells:
            print(f"0 mismatches of {day.compared.cells:,} published cells of networks, sub-ICBs, ICBs and regions")
        else:
            print("Nothing above practices was published in it to check our sums against")
        if day.compared.unchecked:
            cells, codes = sum(day.compared.unchecked.values()), ", ".join(list(day.compared.unchecked)[:SOME])
            print(f"{cells:,} cells could not be checked, for want of some of their practices: {codes}")
        for level in (Kind.SUB_ICB, Kind.ICB, Kind.REGION):
            if practices := day.unplaced(level):
                print(f"{practices:,} practices were in no {level.label} known on that day, and count in none")
    if done.left_out:
        print(f"{len(done.left_out):,} organisations were left out as unknown: {', '.join(done.left_out[:SOME])}")
    print(f"{done.written:,} stored figures changed")


def _coded_events(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.coded.into_facts import import_coded_events
    from whatmatters.interop.imports.coded.value_sets import meanings, unsure

    if options.into is None:
        raise Refused("say which facts folder they go to: import coded-events FILE… --into FACTS")
    meant = meanings(options.value_set)
    for done in import_coded_events(options.files, options.into, meant, _tell):
        print(f"{done.file}: {done.layout}: {done.taken:,} rows taken")
        for reason, rows, line, ids in done.reasons:
            where = f" (first on line {line + 1}{': ' + ids if ids else ''})" if line else ""
            print(f"  {rows:,} {'row' if rows == 1 else 'rows'}: {reason}{where}")
    if doubtful := unsure(meant):
        codes = ", ".join(dict.fromkeys(one.code for one in doubtful[:SOME]))
        print(f"{len(doubtful)} ids rest on one source or on memory: check them against TRUD: {codes} …")


def _referrals(options: argparse.Namespace) -> None:
    from whatmatters.interop.fhir.taking_in import import_referrals

    for done in import_referrals(options.files, by=THE_SYSTEM):
        print(f"{done.file}: {done.said}")


def _plans(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.plans import import_plans

    for done in import_plans(options.files, by=THE_SYSTEM):
        print(
            f"{done.file}: {done.new:,} plans taken in, {done.known:,} known already, {len(done.left_out):,} left out"
        )
        for place, reason in done.left_out:
            print(f"  {place}: {reason}")


def _directory(options: argparse.Namespace) -> None:
    from django.conf import settings

    from whatmatters.interop.open_referral.importing import SOURCE, import_directory

    source, licence = options.from_source, options.licence
    done = import_directory(options.files, by=THE_SYSTEM, source=source, licence=licence, tell=_tell)
    made = done.summary
    print(
        f"{source or SOURCE}: {made.new:,} new, {made.changed:,} changed, {made.unchanged:,} unchanged, "
        f"{made.kept:,} kept because they were checked here later, {made.left_out:,} left out"
    )
    if source and done.whole:
        print(f"{made.gone:,} are no longer in the source: they are marked, not deleted")
    else:
        print("Nothing was looked at as gone: that takes every page of the source, and its name (--from-source)")
    for kind, often, places in done.report.by_kind():
        print(f"  {often:,} × {kind.value}, in {places:,} {'entry' if places == 1 else 'entries'}")
    if done.report.rows:
        path = options.findings or settings.HOME / "directory-findings.csv"
        done.report.write(path)
        print(f"Each with its place and what was done: {path}")


def _postcodes(options: argparse.Namespace) -> None:
    from whatmatters.directory.postcodes import load

    _lookup(options, load, "where {:,} postcodes are is known from it")


def _area_names(options: argparse.Namespace) -> None:
    from whatmatters.directory.area_names import load_names

    _lookup(options, load_names, "{:,} areas are named by it")


def _lookup(options: argparse.Namespace, load: Callable[..., int], done: str) -> None:

    for path in options.files:
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                known = load(lines, by=THE_SYSTEM)
        except OSError as problem:
            raise Refused(f"{path} cannot be opened ({problem.strerror}): check its name") from problem
        except ValueError as problem:
            raise Refused(f"{path.name}: {problem}. Nothing of it was kept") from problem
        print(f"{path.name}: {done.format(known)}")


def _training(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.training import import_training

    for done in import_training(options.files, by=THE_SYSTEM):
        print(f"{done.file}: {done.taken:,} taken, {len(done.left_out):,} left out")
        for said in done.left_out:
            print(f"  {said}")


def _wording(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.wording import import_wording

    for path in options.files:
        row = import_wording(path, by=THE_SYSTEM)
        print(f"{path.name}: the questions of {row.get_instrument_display()} are shown in these words from now on")


def _survey(options: argparse.Namespace) -> None:
    from whatmatters.interop.imports.surveys import import_surveys

    done = import_surveys(options.files, by=THE_SYSTEM)
    print(f"{', '.join(sorted(done.indicators))}: {done.read:,} published, {done.changed:,} changed")


KINDS = {
    "organisations": _organisations,
    "list-sizes": _list_sizes,
    "survey": _survey,
    "coded-events": _coded_events,
    "referrals": _referrals,
    "plans": _plans,
    "directory": _directory,
    "postcodes": _postcodes,
    "area-names": _area_names,
    "training": _training,
    "wording": _wording,
}
