"""Unmet needs through the gate: all areas, needs and reasons together, whichever of them a page asks for, and as
whoever looked a quarter ago and before saw them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from whatmatters.measurement.disclosure.tables import looked_at

Cell = tuple[str, str, str, str, int]
LEVELS = {"authority": "icb", "lsoa": "pcn", "part": "practice"}


class Place(NamedTuple):
    """An authority or a small area (``by``), for one need or, where it is empty, for all. ``part`` is what an authority
    has in a small area, or in none that is known: on no page, but it adds up to both.
    """

    by: str
    code: str
    need: str


def gated(looks: Iterable[Iterable[Cell]], reason: str) -> dict[Place, int | None]:
    """What may be shown of the last look for a reason (or all), to whoever saw those before it, oldest first. A look
    is the exact counts by authority, small area, need and reason of one span of time."""
    return _gated(tuple(tuple(sorted(look)) for look in looks)).get(reason or "all", {})


@lru_cache(maxsize=16)  # seconds of work for a whole system of care, and the counts stand still for a quarter
def _gated(looks: tuple[tuple[Cell, ...], ...]) -> dict[str, dict[Place, int | None]]:
    """By reason, all at once: they are weighed together."""
    parents: dict[Place, set[Place]] = {}
    counted = [_counted(look, parents) for look in looks]
    places = {place for counts in counted for place, _ in counts}
    names = {place: f"{number}" for number, place in enumerate(sorted(places))}
    tree = {names[place]: {names[one] for one in above} for place, above in parents.items()}
    found: dict[str, dict[Place, int | None]] = defaultdict(dict)
    for row in looked_at([_rows(counts, names) for counts in counted], parents=tree):
        found[row["group"]][row["place"]] = row["shown_numerator"]
    return dict(found)


def _counted(cells: Iterable[Cell], parents: dict[Place, set[Place]]) -> Counter[tuple[Place, str]]:
    """Counts by place and reason ("" = all); what adds up to what is added to ``parents``."""
    counts: Counter[tuple[Place, str]] = Counter()
    for authority, lsoa, need, why, how_many in cells:
        part = f"{authority}/{lsoa}"
        for place in (Place("authority", authority, need), Place("lsoa", lsoa, need), Place("part", part, need)):
            parents.setdefault(place, set()).add(place._replace(need=""))
            for one, because in product((place, place._replace(need="")), (why, "")):
                counts[one, because] += how_many
        for named in (need, ""):
            above = {Place("authority", authority, named), Place("lsoa", lsoa, named)}
            parents.setdefault(Place("part", part, named), set()).update(above)
    return counts


def _rows(counts: Counter[tuple[Place, str]], names: Mapping[Place, str]) -> list[dict[str, Any]]:
    return [
        {
            "indicator": "unmet", "definition": 1, "period": "2022-23", "organisation": names[place],
            "level": LEVELS[place.by] + (" of a need" if place.need else ""), "source": "computed",
            "breakdown": "reason" if why else "all", "group": why or "all", "numerator": count, "denominator": None,
            "place": place,
        }
        for (place, why), count in sorted(counts.items())
    ]  # fmt: skip
