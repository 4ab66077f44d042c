"""Stored comparisons with people like those supported: replaced by a measurement, read for a page."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from whatmatters.measurement.disclosure.rules import rounded, small
from whatmatters.measurement.questions import FEWEST
from whatmatters.programme.models import Comparison

PEOPLE = ("supported", "unmatched", "comparators", "died", "moved")


@dataclass(frozen=True)
class Compared:
    """One comparison as its reader may see it; a count of people is None where it is hidden."""

    indicator: str
    period: str
    refused: str
    percent: float | None
    percent_lower: float | None
    percent_upper: float | None
    placebo: float | None
    placebo_lower: float | None
    placebo_upper: float | None
    before: float | None
    after: float | None
    supported: int | None
    unmatched: int | None
    comparators: int | None
    died: int | None
    moved: int | None
    balance: tuple[Mapping[str, Any], ...]
    as_at: date

    @property
    def clear(self) -> bool:
        """Whether the limits of the percentage leave out no change at all."""
        lower, upper = self.percent_lower, self.percent_upper
        return lower is not None and upper is not None and not lower <= 0 <= upper


@transaction.atomic
def replace(rows: Iterable[Mapping[str, Any]], *, periods: Collection[str]) -> int:
    """All comparisons of these periods are these from now on; returns how many."""
    Comparison.objects.filter(period__in=list(periods)).delete()
    made = [Comparison(**{**row, "balance": json.loads(row["balance"])}) for row in rows]
    return len(Comparison.objects.bulk_create(made, 1000))


def read(organisation: str, level: str, *, exact: bool, indicators: Collection[str] | None = None) -> list[Compared]:
    """Those of an organisation, in one query. Not exact: counts of 1 to 7 hidden and the rest rounded to the nearest 5;
    of a comparison of too few people nothing but that it was refused.
    """
    asked = {} if indicators is None else {"indicator__in": list(indicators)}
    found = Comparison.objects.filter(organisation=organisation, level=level, **asked).order_by("indicator", "period")
    return [_seen(row, exact) for row in found]


def _seen(row: Comparison, exact: bool) -> Compared:
    cells = {name: getattr(row, name) for name in Compared.__dataclass_fields__}
    cells["balance"] = tuple(row.balance)
    if not exact:
        few = row.supported + row.unmatched < FEWEST
        numbers = [name for name, value in cells.items() if isinstance(value, float)]
        cells |= {name: None if few or small(cells[name]) else rounded(cells[name]) for name in PEOPLE}
        cells |= dict.fromkeys(numbers) if few else {}
    return Compared(**cells)
