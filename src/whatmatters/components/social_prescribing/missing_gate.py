"""Unmet needs through the gate: all areas, needs and reasons together, whichever of them a page asks for."""

from collections import Counter
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from whatmatters.measurement import disclosure

LEVELS = {"authority": "icb", "lsoa": "pcn", "part": "practice"}


class Place(NamedTuple):
    """An authority or a small area (``by``), for one need or, where it is empty, for all. ``part`` is what an authority
    has in a small area, or in none that is known: on no page, but it adds up to both.
    """

    by: str
    code: str
    need: str


def gated(cells: Iterable[tuple[str, str, str, str, int]], reason: str) -> dict[Place, int | None]:
    """What may be shown for a reason (or all) of exact counts by authority, small area, need and reason."""
    counts: Counter[tuple[Place, str]] = Counter()
    parents: dict[Place, set[Place]] = {}
    for authority, lsoa, need, why, how_many in cells:
        part = f"{authority}/{lsoa}"
        for place in (Place("authority", authority, need), Place("lsoa", lsoa, need), Place("part", part, need)):
            parents.setdefault(place, set()).add(place._replace(need=""))
            for one, because in product((place, place._replace(need="")), (why, "")):
                counts[one, because] += how_many
        for named in (need, ""):
            above = {Place("authority", authority, named), Place("lsoa", lsoa, named)}
            parents.setdefault(Place("part", part, named), set()).update(above)
    names = {place: f"{number}" for number, place in enumerate(sorted({place for place, _ in counts}))}
    rows = [
        {
            "indicator": "unmet", "definition": 1, "period": "2022-23", "organisation": names[place],
            "level": LEVELS[place.by] + (" of a need" if place.need else ""), "source": "computed",
            "breakdown": "reason" if why else "all", "group": why or "all", "numerator": count, "denominator": None,
            "place": place,
        }
        for (place, why), count in sorted(counts.items())
    ]  # fmt: skip
    tree = {names[place]: {names[one] for one in above} for place, above in parents.items()}
    published = disclosure.publish(rows, parents=tree, solver=False)
    return {row["place"]: row["shown_numerator"] for row in published if row["group"] == (reason or "all")}
