"""Training completed, from a list: worker (e-mail address or registration number), course, date, minutes.

What is right is taken in; every row that is not is told with its line and what to do. Read twice, a list says of each
row that it is there already, and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.events.codes import TRAINED
from whatmatters.interop.imports import files
from whatmatters.interop.imports.refusals import ImportRefused, Wrong, quoted
from whatmatters.interop.imports.tables import Row, Table, count, day
from whatmatters.workforce import actions_support
from whatmatters.workforce.models import Course, StaffEvent, Worker

COLUMNS = ("worker", "course", "date", "minutes")
LONG_ENOUGH = {Course.DECISIONS_ONLINE: 30}
"""Minutes that the contract's e-learning takes (standard model SM-8)."""
NAMES = {str(name).casefold(): Course(value) for value, label in Course.choices for name in (value, label)}


@dataclass
class Done:
    file: str
    taken: int = 0
    left_out: list[str] = field(default_factory=list)


def import_training(paths: Iterable[Path], *, by: Actor) -> list[Done]:
    """Raises ImportRefused for a file that is no such list; rows are told of in ``left_out``."""
    found = []
    for path in paths:
        table = Table(path.name, files.text(path))
        if missing := [one for one in COLUMNS if one not in table.columns]:
            raise ImportRefused(f"{path.name}: line 1 lacks {', '.join(missing)}: it must name {', '.join(COLUMNS)}")
        with transaction.atomic():
            found.append(_file(path.name, table, by))
    return found


def _file(name: str, table: Table, by: Actor) -> Done:
    done = Done(name)
    for line, row in table:
        try:
            _row(row, by)
            done.taken += 1
        except Wrong as wrong:
            done.left_out.append(f"line {line}, {wrong.column}: {wrong.reason}")
    return done


def _row(row: Row, by: Actor) -> None:
    worker, on, minutes = _worker(row["worker"].strip()), day(row, "date"), count(row, "minutes")
    course = NAMES.get(row["course"].strip().casefold())
    if course is None:
        raise Wrong("course", f"{quoted(row['course'])} is no course here: write one of {', '.join(Course.values)}")
    if on > date.today():
        raise Wrong("date", f"{on.isoformat()} is still to come: training counts when it is completed")
    if minutes < LONG_ENOUGH.get(course, 1):
        raise Wrong("minutes", f"{minutes} minutes is not the whole course of {LONG_ENOUGH.get(course, 1)}")
    if StaffEvent.objects.filter(worker=worker, code=TRAINED, detail=course, on=on).exists():
        raise Wrong("worker", "this training of that day is on file already, or stands in the list twice")
    actions_support.trained(worker=worker, course=course, on=on, by=by, words=f"{minutes} minutes, from a list")


def _worker(name: str) -> Worker:
    if not name:
        raise Wrong("worker", "empty: write an e-mail address or a registration number")
    if "@" in name:
        rows = Worker.objects.filter(account__email__iexact=name)
    else:
        rows = Worker.objects.filter(registration__iexact=name)
    found = list(rows[:2])
    if not found:
        raise Wrong("worker", "nobody here has this address or number: check it, or add them under Team")
    if len(found) > 1:
        raise Wrong("worker", "several people have this number: correct it under Team")
    return found[0]
