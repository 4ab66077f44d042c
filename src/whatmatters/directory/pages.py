"""One page of what was found: told how much there is, as far as anybody wants to know."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from whatmatters.directory.models import Group

LOTS = 1_000  # counted up to here: to count all takes as long as to find them


@dataclass(frozen=True)
class Page:
    """``count`` found, or ``lots``: more than that; ``first``: the number of the first row, from 1."""

    rows: list[Group]
    number: int
    of: int
    first: int
    count: int
    lots: bool


def page(found: "QuerySet[Group]", number: object, size: int) -> Page:
    """The page of this number, or the nearest there is. Groups have their places and meetings with them.

    First which, then what of them: to put many in order an index is enough, without their sentences.
    """
    counted = found.order_by().values("pk")[: LOTS + 1].count()
    count = min(counted, LOTS)
    of = max(1, -(-count // size))
    at = min(max(_number(number), 1), of)
    columns = ("pk", "squared") if "squared" in found.query.annotations else ("pk",)
    ordered = list(found.values_list(*columns)[(at - 1) * size : min(at * size, LOTS)])
    rows = Group.objects.prefetch_related("places", "meetings").in_bulk([pk for pk, *_ in ordered])
    for pk, *squared in ordered:
        rows[pk].squared = squared[0] if squared else None  # type: ignore[attr-defined]  # as the search annotates
    return Page([rows[pk] for pk, *_ in ordered], at, of, (at - 1) * size + 1, count, counted > LOTS)


def _number(typed: Any) -> int:
    return int(typed) if isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
