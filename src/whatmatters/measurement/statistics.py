"""Estimates with their limits, by published methods named below. Uses numpy and scipy: never imported by a web process.

Give numbers and get numbers, or None where the estimate is withheld; give lists or arrays and get arrays of the
broadcast shape, with nan where it is withheld. Withheld: nothing to divide by, or what a function says itself. What
cannot be counted (below 0, missing, not a number) raises ValueError naming the argument.

Pages import ``xmr``, ``funnel`` and ``intervals``, which need neither library.
"""

from math import isfinite

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from whatmatters.measurement import funnel
from whatmatters.measurement.comparison import difference_in_differences
from whatmatters.measurement.funnel import overdispersion
from whatmatters.measurement.intervals import FEW, Estimate, Numbers, byar, exact, normal, wilson
from whatmatters.measurement.xmr import xmr

__all__ = [
    "Estimate",
    "difference_in_differences",
    "directly_standardised_rate",
    "funnel_limits",
    "indirectly_standardised_ratio",
    "mean",
    "overdispersion",
    "proportion",
    "rate",
    "survey_percentage",
    "xmr",
]

Array = NDArray[np.float64]


def proportion(numerator: Numbers, denominator: Numbers, confidence: float = 0.95) -> Estimate:
    """A share from 0 to 1 with its Wilson score interval (Wilson 1927).

    Raises ValueError for a numerator below 0 or above its denominator.
    """
    shape, (x, n) = _together(numerator=numerator, denominator=denominator)
    if np.any(x > n):
        raise ValueError("numerator is greater than its denominator: a share cannot pass 1")
    return _estimate(shape, n > 0, *_wilson(x, n, normal(confidence)))


def rate(count: Numbers, denominator: Numbers, per: float = 1000, confidence: float = 0.95) -> Estimate:
    """A rate with Byar's limits (Breslow and Day 1987); exact Poisson limits where the count is under 10.

    Raises ValueError for a count below 0. Counts may be fractions (whole-time equivalents).
    """
    shape, (x, n) = _together(count=count, denominator=denominator)
    return _rate(shape, x, n, _per(per), confidence)


def directly_standardised_rate(
    counts: Numbers, populations: Numbers, standard: Numbers, per: float = 100_000, confidence: float = 0.95
) -> Estimate:
    """What the rate would be in the standard population, with Dobson's limits (Dobson and others 1991, Statistics in
    Medicine 10:457) on Byar's for the total count.

    ``counts`` and ``populations`` are (..., groups), ``standard`` (groups,): the last axis is summed. Withheld where
    the total count is under 10 (OHID's rule), or nobody is in a group that the standard has people in. A group that
    the standard has nobody in counts nowhere.
    """
    shape, (x, n) = _together(counts=counts, populations=populations)
    (weight,) = _counts(standard=standard)
    if not shape or weight.shape != shape[-1:]:
        raise ValueError(f"standard has {weight.size} groups: counts and populations need as many along the last axis")
    if not weight.sum() > 0:
        raise ValueError("standard has nobody in it")
    x, n, weight = x[..., weight > 0], n[..., weight > 0], weight[weight > 0]
    total = np.atleast_1d(x.sum(axis=-1))
    known = (total >= FEW) & np.all(n > 0, axis=-1)
    each = weight / weight.sum() / np.where(n > 0, n, 1) * _per(per)
    value = (each * x).sum(axis=-1)
    spread = np.sqrt((each * each * x).sum(axis=-1) / np.where(total > 0, total, 1))
    lower, upper = (value + spread * (limit - total) for limit in _poisson(total, confidence))
    return _estimate(shape[:-1], known, value, lower, upper)


def indirectly_standardised_ratio(observed: Numbers, expected: Numbers, confidence: float = 0.95) -> Estimate:
    """Observed over expected, 1 as expected, with limits as ``rate``'s: the expected is taken to be known exactly."""
    shape, (x, n) = _together(observed=observed, expected=expected)
    return _rate(shape, x, n, 1, confidence)


def mean(values: Numbers, confidence: float = 0.95) -> Estimate:
    """The mean along the last axis with Student's t limits (Student 1908).

    One value has a mean but no limits; none has neither. Raises ValueError for a missing value: leave those out.
    """
    given = np.atleast_1d(_array("values", values))
    normal(confidence)
    n = given.shape[-1]
    none = np.full(given.shape[:-1], np.nan)
    value = given.mean(axis=-1) if n else none
    half = stdtrit(n - 1, (1 + confidence) / 2) * given.std(axis=-1, ddof=1) / np.sqrt(n) if n > 1 else none
    return _estimate(given.shape[:-1], True, value, value - half, value + half)


def survey_percentage(percentage: Numbers, base: Numbers, design_effect: Numbers, confidence: float = 0.95) -> Estimate:
    """A weighted percentage (0 to 100, in and out) with Wilson limits on the effective base (Kish 1965).

    The effective base is the unweighted ``base`` over the ``design_effect``, so that the limits are as wide as those
    of a simple random sample that tells as much. Raises ValueError for a percentage over 100 or no design effect.
    """
    shape, (p, n, effect) = _together(percentage=percentage, base=base, design_effect=design_effect)
    if np.any(p > 100):
        raise ValueError("percentage is over 100")
    if np.any(effect == 0):
        raise ValueError("design_effect is 0: 1 stands for a simple random sample")
    n = n / effect
    _, lower, upper = _wilson(p / 100 * n, n, normal(confidence))
    return _estimate(shape, n > 0, p, np.minimum(lower * 100, p), np.maximum(upper * 100, p))


def funnel_limits(average: Numbers, denominators: Numbers, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """``funnel.limits`` for many denominators: (lower, upper), nan where the denominator is 0."""
    shape, (p, n) = _together(average=average, denominators=denominators)
    found = [funnel.limits(*pair, confidence) or (np.nan, np.nan) for pair in zip(p.flat, n.flat, strict=True)]
    both = _estimate(shape, n > 0, p, *np.array(found).reshape(-1, 2).transpose())
    return both.lower, both.upper


def _rate(shape: tuple[int, ...], x: Array, n: Array, per: float, confidence: float) -> Estimate:
    lower, upper = _poisson(x, confidence)
    known = n > 0
    scale = per / np.where(known, n, 1)
    return _estimate(shape, known, x * scale, lower * scale, upper * scale)


def _wilson(x: Array, n: Array, z: float) -> tuple[Array, Array, Array]:
    n = np.where(n > 0, n, 1)
    p = x / n
    middle, half = wilson(x, n, z)
    # At 0 and at n the limit is exactly 0 or 1; arithmetic alone can miss by a rounding error.
    lower = np.where(x == 0, 0.0, np.clip(middle - half, 0, p))
    upper = np.where(x == n, 1.0, np.clip(middle + half, p, 1))
    return p, lower, upper


def _poisson(x: Array, confidence: float) -> tuple[Array, Array]:
    few = x < FEW
    lower, upper = byar(np.where(few, FEW, x), normal(confidence))
    counts, place = np.unique(x[few], return_inverse=True)
    if counts.size:
        lower[few], upper[few] = np.array([exact(float(one), confidence) for one in counts])[place].transpose()
    return lower, upper


def _together(**given: Numbers) -> tuple[tuple[int, ...], list[Array]]:
    """Their common shape, and each as an array of it; with an axis at least: one number goes the way of many."""
    arrays = _counts(**given)
    try:
        together = np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in arrays)
        raise ValueError(f"{' and '.join(given)} differ in length: {shapes}") from None
    return together[0].shape, [np.atleast_1d(array) for array in together]


def _counts(**given: Numbers) -> list[Array]:
    arrays = [_array(name, numbers) for name, numbers in given.items()]
    for name, array in zip(given, arrays, strict=True):
        if np.any(array < 0):
            raise ValueError(f"{name} is below 0")
    return arrays


def _array(name: str, numbers: Numbers) -> Array:
    try:
        array = np.asarray(numbers, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is not a number, nor numbers in rows of one length") from None
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} is missing or not a number in places: leave those out")
    return array


def _per(per: float) -> float:
    if not (isfinite(per) and per > 0):
        raise ValueError("per is a number above 0, such as 1000")
    return per


def _estimate(shape: tuple[int, ...], known: Numbers, *limits: Array) -> Estimate:
    shown = [np.where(np.ravel(known), np.ravel(limit), np.nan) for limit in limits]
    if shape:
        return Estimate(*(limit.reshape(shape) for limit in shown))
    return Estimate(*(None if np.isnan(limit[0]) else float(limit[0]) for limit in shown))
