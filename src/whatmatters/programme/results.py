"""Storing results and reading them back. A reader sees the results before a replacement or after it, never between."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from whatmatters.measurement.indicators import LEVELS
from whatmatters.periods import period
from whatmatters.programme import publishing
from whatmatters.programme.models import Result, Source
from whatmatters.programme.writing import insert

AT_ONCE = 5_000  # rows deleted in one statement


class Row(NamedTuple):
    """A stored result as it is read: the columns of ``Result``, without the weight of a model."""

    indicator: str
    definition: int
    period: str
    organisation: str
    level: str
    breakdown: str
    group: str
    numerator: float
    denominator: float | None
    source: str
    coverage: float | None
    as_at: date

    @property
    def key(self) -> tuple[str, ...]:
        return self.indicator, self.period, self.organisation, self.breakdown, self.group


COLUMNS = Row._fields


def replace(
    rows: Iterable[Mapping[str, Any]],
    *,
    source: str,
    periods: Collection[str],
    indicators: Collection[str] | None = None,
) -> int:
    """Makes ``rows`` all that is stored from this source for these periods (and, if given, only these indicators).

    Rows have the keys of ``COLUMNS``; ``source`` may be left out, ``definition`` is then 1, ``breakdown`` and ``group``
    ``all``, ``denominator`` and ``coverage`` None. What has not changed is not written again, so that a measurement
    after one new event holds the database for a moment only. Of computed rows the public sees what it saw before until
    the gate has weighed the years they now owe (``publishing``). Returns how many rows were written or removed. Raises
    ValueError for a row outside what it replaces, and for one that is there twice; then nothing has changed.
    """
    new = _by_key(rows, Source(source), periods, indicators)
    stored = Result.objects.filter(source=source, period__in=periods)
    stored = stored if indicators is None else stored.filter(indicator__in=indicators)
    stale: dict[int, Row] = {}
    for pk, *cells in stored.values_list("pk", *COLUMNS).iterator():
        row = Row(*cells)
        if new.get(row.key) == row:
            del new[row.key]
        else:
            stale[pk] = row
    weighed = {row.period for row in (*stale.values(), *new.values())} if source == Source.COMPUTED else ()
    _write(list(stale), list(new.values()), weighed)
    return len(stale) + len(new)


@transaction.atomic
def _write(gone: list[int], new: Collection[Row], weighed: Collection[str]) -> None:
    """``weighed``: the periods whose numbers pass the gate."""
    seen = publishing.carried(weighed)
    for start in range(0, len(gone), AT_ONCE):
        Result.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    insert(Result, COLUMNS, new)  # two replacements at once of the same rows stop here, at the unique constraint
    publishing.carry(seen, weighed)
    publishing.owe({label[:7] for label in weighed})


def _by_key(
    rows: Iterable[Mapping[str, Any]], source: Source, periods: Collection[str], indicators: Collection[str] | None
) -> dict[tuple[str, ...], Row]:
    for label in periods:
        period(label)
    usual = {
        "definition": 1, "breakdown": "all", "group": "all", "denominator": None, "coverage": None,
        "source": source.value,
    }  # fmt: skip
    found: dict[tuple[str, ...], Row] = {}
    for cells in rows:
        row = Row(**{**usual, **cells})
        asked = row.period in periods and row.source == source and (indicators is None or row.indicator in indicators)
        where = f"{row.indicator} of {row.organisation} in {row.period} ({row.breakdown}: {row.group})"
        if not asked:
            raise ValueError(f"{where} is not among what is being replaced")
        if row.level not in LEVELS:
            raise ValueError(f"{where}: {row.level!r} is not a level")
        if row.key in found:
            raise ValueError(f"{where} is there twice")
        found[row.key] = row
    return found


def wanted(
    *,
    indicators: Collection[str] | None = None,
    organisations: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    levels: Collection[str] | None = None,
    breakdowns: Collection[str] | None = None,
) -> QuerySet[Result]:
    """Stored results in a settled order; None asks for all of that kind, an empty collection for none."""
    asked = {
        "indicator__in": indicators, "organisation__in": organisations, "period__in": periods, "level__in": levels,
        "breakdown__in": breakdowns,
    }  # fmt: skip
    found = Result.objects.filter(**{name: list(values) for name, values in asked.items() if values is not None})
    return found.order_by(*COLUMNS[:7], "source")


def read(**filters: Collection[str] | None) -> list[Row]:
    """The exact rows; the filters are those of ``wanted``."""
    return [Row(*cells) for cells in wanted(**filters).values_list(*COLUMNS)]


def known(column: str) -> set[str]:
    """The different values of a column among what is stored."""
    return set(Result.objects.order_by().values_list(column, flat=True).distinct())
