"""``import list-sizes``: the published counts of registered people, checked against the published levels above.

What is stored is the practices' own rows and our sums of them. Every published sum must be the same as ours, or
nothing is stored. Files of one day add to each other and to what is stored of that day, a newer file's cells replacing
the same cells of an older; so a file of one ICB does not undo a file of England.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.access.audit import record
from whatmatters.interop.imports import files
from whatmatters.interop.imports.layouts.list_sizes import ALL, SEXES, UNALLOCATED, cell, columns_of
from whatmatters.interop.imports.refusals import SHOWN, ImportRefused, Problems, Wrong
from whatmatters.interop.imports.roll_up import (
    Above,
    Comparison,
    Levels,
    Sizes,
    compare,
    expected,
    places,
    reporting,
    roll_up,
)
from whatmatters.interop.imports.tables import Table
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.programme import results
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Source

REGISTERED = "registered-patients"


@dataclass(frozen=True)
class Summary:
    """One day. ``people`` are those of its practices; ``unplaced`` counts practices in no sub-ICB, ICB or region."""

    day: date
    practices: int
    people: int
    written: int
    compared: Comparison
    unplaced: dict[str, int]
    left_out: tuple[str, ...]


class Gathered:
    """Cells by day, level, organisation and group, from any number of files that must not contradict each other."""

    def __init__(self, known: dict[str, str], leave_out_unknown: bool) -> None:
        self.known, self.leave_out_unknown = known, leave_out_unknown
        self.days: dict[date, Levels] = {}
        self.unknown: dict[str, None] = {}

    def read(self, path: Path) -> None:
        table = Table(path.name, files.text(path))
        columns, problems = columns_of(table), Problems(path.name)
        groups: dict[tuple[date, Kind, str], int] = {}
        for line, row in table:
            with problems.of_line(line):
                one = cell(row, columns)
                if self._is_known(one.kind, one.code, columns.code):
                    sizes = self.days.setdefault(one.day, {}).setdefault(one.kind, {}).setdefault(one.code, {})
                    said = sizes.setdefault(one.group, one.people)
                    if said != one.people:
                        raise Wrong("NUMBER_OF_PATIENTS", f"{one.code} {one.group} is {said:,} on an earlier line")
                    groups[one.day, one.kind, one.code] = groups.get((one.day, one.kind, one.code), 0) + 1
        problems.refuse_if_any()
        _refuse_uneven(path.name, groups)

    def _is_known(self, kind: Kind, code: str, column: str) -> bool:
        if self.known.get(code) == kind or (kind == Kind.PCN and code == UNALLOCATED):
            return True
        if code not in self.unknown:
            self.unknown[code] = None
            if not self.leave_out_unknown:
                raise Wrong(
                    column,
                    f"{code} is no {kind.label} known here: import the practice map of that day first, "
                    "or leave such out with --leave-out-unknown",
                )
        return False


def _refuse_uneven(name: str, groups: dict[tuple[date, Kind, str], int]) -> None:
    """A file cut off between two lines has an organisation with fewer groups than the others."""
    if not groups:
        raise ImportRefused(
            f"{name}: there is no organisation known here in it: import a practice map of its day first"
        )
    usual = Counter(groups.values()).most_common(1)[0][0]
    for (_, _, code), number in groups.items():
        if number != usual:
            raise ImportRefused(f"{name}: {code} has {number} lines and the others {usual}: is the file cut short?")


@transaction.atomic
def import_list_sizes(
    paths: Sequence[Path],
    *,
    by: Actor,
    leave_out_unknown: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Summary]:
    """Raises ImportRefused; then nothing has changed."""
    gathered = Gathered(dict(Organisation.objects.values_list("code", "kind")), leave_out_unknown)
    for path in paths:
        tell(f"Reading {path.name}")
        gathered.read(path)
    done = []
    for day, levels in sorted(gathered.days.items()):
        tell(f"Adding up {day}")
        done.append(_import_day(day, levels, tuple(gathered.unknown)))
    record("imported list sizes", by=by, detail={"days": [str(one.day) for one in done]})
    return done


def _import_day(day: date, levels: Levels, left_out: tuple[str, ...]) -> Summary:
    practices, where = _with_stored(day, levels.get(Kind.PRACTICE, {})), places(day)
    compared = compare(levels, practices, where)
    if compared.mismatches:
        total = len(compared.mismatches)
        lines = "".join(f"\n  {line}" for line in compared.mismatches[:SHOWN])
        more = f"\n  and {total - SHOWN:,} more" if total > SHOWN else ""
        raise ImportRefused(
            f"{day}: {total:,} of {compared.cells:,} published sums differ from ours, so nothing was imported; "
            f"is the practice map of that day imported?{lines}{more}"
        )
    written = results.replace(
        _rows(day, practices, where), source=Source.PUBLISHED, indicators=[REGISTERED], periods=[day.isoformat()]
    )
    unplaced = {
        level.label: sum(level not in where.get(practice, {}) for practice in practices)
        for level in (Kind.SUB_ICB, Kind.ICB, Kind.REGION)
    }
    people = sum(groups.get(ALL, 0) for groups in practices.values())
    return Summary(day, len(practices), people, written, compared, unplaced, left_out)


def _with_stored(day: date, new: Sizes) -> Sizes:
    whole: Sizes = {}
    for row in results.read(indicators=[REGISTERED], periods=[day.isoformat()], levels=[Kind.PRACTICE]):
        if row.source == Source.PUBLISHED:
            groups = whole.setdefault(row.organisation, {})
            groups[row.group] = int(row.numerator)
            if row.breakdown != ALL:
                sex = row.group[0]
                groups[sex] = groups.get(sex, 0) + int(row.numerator)
    for code, groups in new.items():
        whole.setdefault(code, {}).update(groups)
    return whole


def _rows(day: date, practices: Sizes, where: dict[str, Above]) -> Iterator[dict[str, object]]:
    given, due = reporting(practices, where), expected(where)
    for level, sizes in {Kind.PRACTICE: practices, **roll_up(practices, where)}.items():
        for code, groups in sizes.items():
            for group in groups if code != UNALLOCATED else ():
                if group in SEXES.values():
                    continue  # the sum of its bands
                whole = level == Kind.PRACTICE
                yield {
                    "indicator": REGISTERED,
                    "definition": INDICATORS[REGISTERED].version,
                    "period": day.isoformat(),
                    "organisation": code,
                    "level": str(level),
                    "breakdown": "all" if group == ALL else "age_sex",
                    "group": group,
                    "numerator": float(groups[group]),
                    "source": str(Source.PUBLISHED),
                    "coverage": 1.0 if whole else given[level][code][group] / due[level, code],
                    "as_at": day,
                }
