"""Where help is missing: unmet needs by local authority or small area, as anyone may see them.

Counts of 1 to 7 are hidden and others rounded to the nearest 5; and whatever else, taken from another of these counts
(an area's from its authority's, one need's or reason's from all), would tell of a hidden one is hidden too.
They stand still for a quarter: four quarters that are over, so that nobody sees one person added from day to day. What
two quarters' pages would tell together is hidden as what one would.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, QuerySet
from django.db.models.functions import TruncQuarter

from whatmatters.components.social_prescribing.missing_gate import Cell, gated
from whatmatters.components.social_prescribing.models import UnmetNeed
from whatmatters.components.social_prescribing.outcomes import HIDDEN
from whatmatters.directory.models import Postcode
from whatmatters.periods import financial_year, quarters
from whatmatters.web import maps

CELL = ("authority", "lsoa", "need", "reason")
AREAS = {"authority": "Local authority", "lsoa": "Small area (LSOA)"}
MOST = 300  # rows of one page; the page says when there are more
LOOKS = 4  # quarters whose pages are held against one another: once a year lies between two, they share no need


@dataclass(frozen=True)
class Area:
    """One row of the table, and one point of the map where a lookup says where it is."""

    number: int
    code: str
    shown: str
    at: maps.Coordinates | None
    name: str = ""


def over(today: date) -> tuple[date, date]:
    """The last four quarters that are over: from a day (in) to a day (out)."""
    year = financial_year(today)
    begun = [one for one in quarters(year) if one.start <= today]
    end = begun[-1].start
    before = end - timedelta(days=1)
    start = next(one.start for one in quarters(financial_year(before)) if before in one)
    return start.replace(year=start.year - 1) + (end - start), end


def areas(
    practices: Collection[int], by: str, since: date, until: date, *, need: str = "", reason: str = ""
) -> list[Area]:
    """Most first; of one ``need`` or ``reason``, where one is asked for. Areas not known come last, as one."""
    looks = _looks(practices, since, until)
    shown = {place.code: count for place, count in gated(looks, reason).items() if (place.by, place.need) == (by, need)}
    order = sorted((code for code in shown if code), key=lambda code: (-(shown[code] or 0), code))[:MOST]
    where = _where(Postcode.objects.filter(**{f"{by}__in": order}), by)
    words = {code: HIDDEN if count is None else str(count) for code, count in shown.items()}
    found = [Area(number, code, words[code], where.get(code)) for number, code in enumerate(order, 1)]
    return [*found, Area(len(found) + 1, "", words[""], None)] if "" in words else found


def _looks(practices: Collection[int], since: date, until: date) -> list[list[Cell]]:
    """Exact counts as the page had them a quarter ago, and so on back, oldest first; one query."""
    begins = [since]
    while len(begins) < LOOKS:
        begins.append(_quarter_before(begins[-1]))
    rows = UnmetNeed.objects.filter(practice__in=practices, on__gte=begins[-1], on__lt=until)
    of_quarters = rows.annotate(quarter=TruncQuarter("on")).order_by().values_list("quarter", *CELL)
    found = list(of_quarters.annotate(how_many=Count("pk")))
    return [
        [(*cell, many) for quarter, *cell, many in found if begin <= quarter < begin.replace(year=begin.year + 1)]
        for begin in reversed(begins)
    ]


def _quarter_before(day: date) -> date:
    """The first day of the quarter before the one that begins on this day."""
    return (day - timedelta(days=80)).replace(day=1)


def _where(postcodes: QuerySet[Postcode], by: str) -> dict[str, maps.Coordinates]:
    middles = postcodes.values_list(by).annotate(latitude_=Avg("latitude"), longitude_=Avg("longitude"))
    return {code: (latitude, longitude) for code, latitude, longitude in middles}
