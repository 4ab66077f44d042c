"""Funnel limits for proportions, and how far units differ beyond chance. Standard library only: pages import this."""

from collections.abc import Iterable
from math import isfinite, sqrt
from statistics import quantiles

from whatmatters.measurement.intervals import count, normal


def limits(average: float, denominator: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """The funnel at one denominator: average ± z·sqrt(p(1-p)/n), clipped to 0..1 (Spiegelhalter 2005).

    ``average`` is a share from 0 to 1. Draw it at 0.95 and 0.998. None where the denominator is 0.
    """
    _share(average)
    n, z = count("denominators", denominator), normal(confidence)
    if n == 0:
        return None
    half = z * sqrt(average * (1 - average) / n)
    return max(average - half, 0.0), min(average + half, 1.0)


def overdispersion(
    numerators: Iterable[float], denominators: Iterable[float], average: float | None = None
) -> float | None:
    """Multiplicative phi: how many times as much the units vary as chance alone would have them.

    The mean square of the units' z-scores about the average, winsorised: the lowest and highest tenth are drawn in to
    the first and last decile, so that a few outliers do not excuse themselves (Spiegelhalter 2005, Statistics in
    Medicine 24:1185). Chance alone gives about 0.7, as the drawn-in tails count for less. ``average`` is all
    numerators over all denominators unless given. For reporting beside a funnel: no limit here is widened by it. None
    for fewer than two units, or an average of 0 or 1.
    """
    pairs = [
        (count("numerators", x), count("denominators", n)) for x, n in _paired(list(numerators), list(denominators))
    ]
    if any(x > n for x, n in pairs):
        raise ValueError("numerators has one greater than its denominator: a share cannot pass 1")
    pairs = [(x, n) for x, n in pairs if n > 0]
    if len(pairs) < 2:
        return None
    p = sum(x for x, _ in pairs) / sum(n for _, n in pairs) if average is None else _share(average)
    if p in (0, 1):
        return None
    scores = [(x / n - p) * sqrt(n / (p * (1 - p))) for x, n in pairs]
    low, *_, high = quantiles(scores, n=10, method="inclusive")
    return sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)


def beyond_chance(phi: float, units: int) -> bool:
    """Whether phi is two standard errors above 1 (its variance by chance, tails and all, is 2 over the units)."""
    return phi > 1 + 2 * sqrt(2 / units)


def _paired(numerators: list[float], denominators: list[float]) -> Iterable[tuple[float, float]]:
    if len(numerators) != len(denominators):
        raise ValueError(f"numerators and denominators differ in length: {len(numerators)} and {len(denominators)}")
    return zip(numerators, denominators, strict=True)


def _share(average: float) -> float:
    if average is None or not isfinite(average) or not 0 <= average <= 1:
        raise ValueError("average is a share from 0 to 1")
    return average
