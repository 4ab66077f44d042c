"""``import list-sizes``: the published counts of registered people, checked against the published levels above.

What is stored is the practices' own rows and our sums of them. Every published sum must be the same as ours, or
nothing is stored. Files of one day add to each other and to what is stored of that day, a newer file's cells replacing
the same cells of an older; so a file of one ICB does not undo a file of England.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.interop.imports.layouts import UNALLOCATED
from whatmatters.interop.imports.layouts.list_sizes import ALL, SEXES
from whatmatters.interop.imports.list_size_files import Gathered
from whatmatters.interop.imports.organisations import A_COUNTRY, CUT_SHORT
from whatmatters.interop.imports.refusals import SHOWN, ImportRefused
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
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.programme import results
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Source

REGISTERED = "registered-patients"


@dataclass(frozen=True)
class Day:
    """One day's list sizes: those in the files and those stored of it before."""

    day: date
    practices: Sizes
    where: dict[str, Above]
    compared: Comparison

    @property
    def people(self) -> int:
        return sum(groups.get(ALL, 0) for groups in self.practices.values())

    def unplaced(self, level: Kind) -> int:
        """Practices that no membership of the day places at a level: they count in none of its organisations."""
        return sum(level not in self.where.get(practice, {}) for practice in self.practices)


@dataclass(frozen=True)
class Summary:
    """``written`` figures differ from those stored before; ``left_out`` are codes not known here."""

    days: list[Day]
    written: int
    left_out: tuple[str, ...]


def import_list_sizes(
    paths: Sequence[Path],
    *,
    by: Actor,
    leave_out_unknown: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Raises ImportRefused; then nothing has changed."""
    gathered = Gathered(dict(Organisation.objects.values_list("code", "kind")), leave_out_unknown)
    for path in paths:
        tell(f"Reading {path.name}")
        gathered.read(path)
    tell("Adding up")
    days = [_added_up(day, levels) for day, levels in sorted(gathered.days.items())]
    tell("Storing")
    labels = [one.day.isoformat() for one in days]
    rows = (row for one in days for row in _rows(one))
    # ``replace`` holds the database while it writes and no longer, so the audit follows in a moment of its own.
    written = results.replace(rows, source=Source.PUBLISHED, indicators=[REGISTERED], periods=labels)
    with transaction.atomic():
        audit.record("imported list sizes", by=by, detail={"days": labels})
    return Summary(days, written, tuple(gathered.unknown))


def _added_up(day: date, levels: Levels) -> Day:
    where = places(day)
    _refuse_half(day, levels.get(Kind.PRACTICE, {}), where)
    practices = _with_stored(day, levels.get(Kind.PRACTICE, {}))
    compared = compare(levels, practices, where)
    if compared.mismatches:
        total = len(compared.mismatches)
        lines = "".join(f"\n  {line}" for line in compared.mismatches[:SHOWN])
        more = f"\n  and {total - SHOWN:,} more" if total > SHOWN else ""
        raise ImportRefused(
            f"{day}: {total:,} of {compared.cells:,} published sums differ from ours, so nothing was imported; "
            f"is the practice map of that day imported?{lines}{more}"
        )
    return Day(day, practices, where, compared)


def _refuse_half(day: date, new: Sizes, where: dict[str, Above]) -> None:
    """A file of practices only, cut off between two of them, agrees with all that is published: nothing above is in it.

    A file of one ICB is whole too, so the practices due are those of the sub-ICBs that it speaks of.
    """
    areas = {where.get(practice, {}).get(Kind.SUB_ICB) for practice in new} - {None}
    due = sum(above.get(Kind.SUB_ICB) in areas for above in where.values())
    if due >= A_COUNTRY and len(new) < CUT_SHORT * due:
        raise ImportRefused(
            f"{day}: the files list {len(new):,} practices and the sub-ICBs they speak of have {due:,}, so nothing was "
            "imported: is a file cut short?"
        )


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


def _rows(one: Day) -> Iterator[dict[str, object]]:
    day, practices, where = one.day, one.practices, one.where
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
