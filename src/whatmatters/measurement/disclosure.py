"""The one gate between exact counts and everyone who may not see them.

Counts of 1 to 7 are hidden and others rounded to the nearest 5; rates and percentages are taken from what is shown.
A numerator is hidden too where those not counted are 1 to 7, or its denominator is hidden. Then, where exactly one
number of a family is hidden (the groups of a breakdown; the organisations of a level under one parent), the next
smallest is hidden with it, so that the total does not give it away.

Not protected yet: two hidden numbers told apart by several totals at once; the same number in overlapping periods;
indicators that are parts of one another; publications taken together over time. Rounding to 5 leaves such sums
inexact but is no proof; the exact solver over the whole tree is still to be built.

Standard library only: pages call this in a request.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import floor
from typing import Any

from whatmatters.measurement.indicators import UNITS, Indicator

Row = dict[str, Any]
SIDES = ("numerator", "denominator")
SMALL, NEAREST = 8, 5


def publish(
    rows: Iterable[Mapping[str, Any]],
    indicators: Mapping[str, Indicator] | None = None,
    parents: Mapping[str, Collection[str]] | None = None,
) -> list[Row]:
    """Copies of result rows with ``shown_numerator``, ``shown_denominator``, ``shown_value`` and ``hidden``.

    ``indicators`` by id give the unit of ``shown_value`` (without them a plain ratio) and tell means from counts: the
    sum behind a mean may be small or negative, and is hidden only with its number of pairs. ``parents`` names, for an
    organisation, those it adds up to; without it, all rows of a level are taken as one family. Exact numbers stay in
    the rows: drop ``numerator`` and ``denominator`` before they leave the building.
    """
    published = [dict(row) for row in rows]
    units = {key: one.unit for key, one in (indicators or {}).items()}
    secret: dict[str, set[int]] = {side: set() for side in SIDES}
    for at, row in enumerate(published):
        mean = units.get(row["indicator"]) == "mean"
        if _small(row["denominator"]):
            secret["denominator"].add(at)
        if not mean and (_small(row["numerator"]) or _small_rest(row)):
            secret["numerator"].add(at)
    families = _families(published, parents)
    while _hide_a_second(published, families, secret):
        pass
    for at, row in enumerate(published):
        _show(row, {side for side in SIDES if at in secret[side]}, units.get(row["indicator"]))
    return published


def _small(number: float | None) -> bool:
    return number is not None and 0 < abs(number) < SMALL


def _small_rest(row: Row) -> bool:
    return row["denominator"] is not None and _small(row["denominator"] - row["numerator"])


def _families(rows: list[Row], parents: Mapping[str, Collection[str]] | None) -> list[list[int]]:
    """Rows that add up to another: groups of one breakdown, and organisations of one level under one parent."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        what = (row["indicator"], row["period"], row["breakdown"], row["level"], row.get("source"))
        if row["breakdown"] != "all":
            found["groups", *what, row["organisation"]].append(at)
        for parent in ("",) if parents is None else parents.get(row["organisation"], ()):
            found["organisations", *what, row["group"], parent].append(at)
    return [family for family in found.values() if len(family) > 1]


def _hide_a_second(rows: list[Row], families: list[list[int]], secret: dict[str, set[int]]) -> bool:
    """Hides one more in each family with a single secret; says whether it hid any (what it hides may be single)."""
    changed = False
    for side in SIDES:
        for family in families:
            if sum(at in secret[side] for at in family) == 1:
                others = [at for at in family if at not in secret[side] and rows[at][side]]
                if others:
                    secret[side].add(min(others, key=lambda at: (abs(rows[at][side]), at)))
                    changed = True
    return changed


def _show(row: Row, secret: set[str], unit: str | None) -> None:
    hidden = secret | ({"numerator"} if "denominator" in secret else set())
    for side in SIDES:
        row[f"shown_{side}"] = None if side in hidden or row[side] is None else _rounded(row[side])
    above, below = row["shown_numerator"], row["shown_denominator"]
    row["shown_value"] = None
    if above is not None and row["denominator"] is None:
        row["shown_value"] = above
    elif above is not None and below:
        row["shown_value"] = above * UNITS.get(unit or "", 1) / below
    row["hidden"] = bool(hidden)


def _rounded(number: float) -> int:
    return NEAREST * floor(number / NEAREST + 0.5)
