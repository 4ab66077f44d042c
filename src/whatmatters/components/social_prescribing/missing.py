"""Where help is missing: unmet needs by local authority or small area, as anyone may see them.

Counts of 1 to 7 are hidden and others rounded to the nearest 5; and whatever else, taken from another of these counts
(an area's from its authority's, one need's or reason's from all), would tell of a hidden one is hidden too.
They stand still for a quarter: four quarters that are over, so that nobody sees one person added from day to day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, QuerySet

from whatmatters.components.social_prescribing.missing_gate import gated
from whatmatters.components.social_prescribing.models import UnmetNeed
from whatmatters.components.social_prescribing.outcomes import HIDDEN
from whatmatters.directory.models import Postcode
from whatmatters.periods import financial_year, quarters
from whatmatters.web import maps

AREAS = {"authority": "Local authority", "lsoa": "Small area (LSOA)"}
MOST = 300  # rows of one page; the page says when there are more


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
    rows = UnmetNeed.objects.filter(practice__in=practices, on__gte=since, on__lt=until)
    cells = rows.values_list("authority", "lsoa", "need", "reason").annotate(how_many=Count("pk")).order_by()
    shown = {place.code: count for place, count in gated(cells, reason).items() if (place.by, place.need) == (by, need)}
    order = sorted((code for code in shown if code), key=lambda code: (-(shown[code] or 0), code))[:MOST]
    where = _where(Postcode.objects.filter(**{f"{by}__in": order}), by)
    words = {code: HIDDEN if count is None else str(count) for code, count in shown.items()}
    found = [Area(number, code, words[code], where.get(code)) for number, code in enumerate(order, 1)]
    return [*found, Area(len(found) + 1, "", words[""], None)] if "" in words else found


def _where(postcodes: QuerySet[Postcode], by: str) -> dict[str, maps.Coordinates]:
    middles = postcodes.values_list(by).annotate(latitude_=Avg("latitude"), longitude_=Avg("longitude"))
    return {code: (latitude, longitude) for code, latitude, longitude in middles}
