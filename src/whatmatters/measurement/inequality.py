"""The gap between groups of people in one number. Standard library only: pages may import this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Any

from whatmatters.measurement.indicators import UNITS, Indicator
from whatmatters.measurement.intervals import WITHHELD, Estimate, normal, one_proportion, one_rate

# Against White and not against all others: everyone else is another mix of people in every place, so that gaps could
# not be compared between places, and would be withheld with any one of the groups.
AGAINST = {
    "deprivation": ("5", ("1",)),
    "ethnicity": ("White", ("Asian", "Black", "Mixed", "Other")),
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """``difference`` is group less against, in the indicator's unit; ``ratio`` is group over against.

    ``recorded`` is the share, 0 to 1, of the denominator whose deprivation or ethnic group is known.
    """

    indicator: str
    period: str
    organisation: str
    source: str
    breakdown: str
    group: str
    against: str
    difference: Estimate
    ratio: Estimate
    recorded: float | None


def gap(
    rows: Iterable[Row], indicators: Mapping[str, Indicator], breakdown: str = "deprivation", confidence: float = 0.95
) -> list[Gap]:
    """Gaps from result rows: the most against the least deprived fifth, or each ethnic group against White.

    One for each indicator, period, organisation and source that has rows of the breakdown; other rows are passed
    over, as are indicators that are counts, not in ``indicators``, or not to be broken down. Rows that went through
    the disclosure gate are read as the gate shows them. Everything is withheld where a part is missing or hidden.

    Difference: limits from those of the two values (Newcombe 1998, Statistics in Medicine 17:873, method 10, where
    they are Wilson's; Zou and Donner 2008, 27:1693, where they are rates'). Ratio: log method (Katz and others 1978
    for percentages; the same without the finite groups for rates); no limits where a numerator is 0 or both groups
    are whole. A mean has a difference only, without limits: result rows do not hold how the readings vary.
    """
    if breakdown not in AGAINST:
        raise ValueError(f"breakdown is not one of {', '.join(AGAINST)}: {breakdown!r}")
    normal(confidence)
    against, groups = AGAINST[breakdown]
    families: dict[tuple[str, str, str, str], dict[str, Row]] = {}
    for row in rows:
        one = indicators.get(row["indicator"])
        if row["breakdown"] == breakdown and one is not None and one.denominator is not None and one.splits:
            key = (row["indicator"], row["period"], row["organisation"], row.get("source", "computed"))
            families.setdefault(key, {})[row["group"]] = row
    return [
        Gap(
            *key, breakdown, group, against,
            *_compared(family.get(group), family.get(against), indicators[key[0]].unit, confidence),
            _recorded(family),
        )
        for key, family in families.items()
        for group in groups
    ]  # fmt: skip


def _compared(group: Row | None, against: Row | None, unit: str, confidence: float) -> tuple[Estimate, Estimate]:
    """Difference and ratio."""
    sides = [(_shown(row, "numerator"), _shown(row, "denominator")) for row in (group, against)]
    whole = [(x, n) for x, n in sides if x is not None and n]
    if len(whole) < 2:
        return WITHHELD, WITHHELD
    difference = _difference(*(_value(x, n, unit, confidence) for x, n in whole))
    if unit == "mean":
        return difference, WITHHELD
    return difference, _ratio(whole[0], whole[1], normal(confidence), finite=unit == "percent")


def _shown(row: Row | None, side: str) -> float | None:
    if row is None:
        return None
    number: float | None = row[f"shown_{side}" if f"shown_{side}" in row else side]
    return number


def _value(x: float, n: float, unit: str, confidence: float) -> Estimate:
    per = UNITS[unit]
    if unit == "mean":
        return Estimate(x / n, None, None)
    if unit == "percent":
        one = one_proportion(x, n, confidence)
        return Estimate(one.value * per, one.lower * per, one.upper * per)
    return one_rate(x, n, per, confidence)


def _difference(group: Estimate, against: Estimate) -> Estimate:
    value = group.value - against.value
    if group.lower is None or against.lower is None:
        return Estimate(value, None, None)
    return Estimate(
        value,
        value - hypot(group.value - group.lower, against.upper - against.value),
        value + hypot(group.upper - group.value, against.value - against.lower),
    )


def _ratio(group: tuple[float, float], against: tuple[float, float], z: float, finite: bool) -> Estimate:
    (x, n), (y, m) = group, against
    if y == 0:
        return WITHHELD
    value = (x / n) / (y / m)
    variance = 1 / x + 1 / y - (1 / n + 1 / m if finite else 0) if x else 0
    if variance <= 0:
        return Estimate(value, None, None)
    half = z * sqrt(variance)
    return Estimate(value, exp(log(value) - half), exp(log(value) + half))


def _recorded(family: dict[str, Row]) -> float | None:
    known = {group: _shown(row, "denominator") for group, row in family.items()}
    total = 0.0
    for number in known.values():
        if number is None:
            return None
        total += number
    return 1 - (known.get("unknown") or 0) / total if total else None
