"""Where help is missing: unmet needs by local authority or small area, as anyone may see them.

Counts of 1 to 7 are hidden and others rounded to the nearest 5, each by itself; there is no total to take them from.
They stand still for a quarter: four quarters that are over, so that nobody sees one person added from day to day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, QuerySet

from whatmatters.components.social_prescribing.models import UnmetNeed
from whatmatters.components.social_prescribing.outcomes import told
from whatmatters.directory.models import AreaName, Postcode
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


def areas(practices: Collection[int], by: str, since: date, until: date, **only: str) -> list[Area]:
    """Most first. ``only``: ``need`` or ``reason``, where one is asked for. Areas not known come last, as one."""
    rows = UnmetNeed.objects.filter(practice__in=practices, on__gte=since, on__lt=until)
    asked = {name: value for name, value in only.items() if value}
    counts = dict(rows.filter(**asked).values_list(by).annotate(how_many=Count("pk")))
    order = sorted((code for code in counts if code), key=lambda code: (_shown_first(counts[code]), code))[:MOST]
    where = _where(Postcode.objects.filter(**{f"{by}__in": order}), by)
    names = dict(AreaName.objects.filter(code__in=order).values_list("code", "name"))
    found = [
        Area(number, code, told(counts[code], False), where.get(code), names.get(code, ""))
        for number, code in enumerate(order, 1)
    ]
    unknown = counts.get("", 0)
    return [*found, Area(len(found) + 1, "", told(unknown, False), None)] if unknown else found


def _shown_first(count: int) -> float:
    """By what is shown, not by what is hidden: an order among the hidden would tell of them."""
    shown = told(count, False)
    return -float(shown) if shown.isdigit() else 0


def _where(postcodes: QuerySet[Postcode], by: str) -> dict[str, maps.Coordinates]:
    middles = postcodes.values_list(by).annotate(latitude_=Avg("latitude"), longitude_=Avg("longitude"))
    return {code: (latitude, longitude) for code, latitude, longitude in middles}
