"""Confidence intervals by published methods, each named below. Uses scipy: never imported by a web process.

Give numbers and get numbers, or None where the estimate is withheld; give numpy arrays and get arrays of the
broadcast shape, with nan where it is withheld. Withheld: nothing to divide by.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import gammaincinv, ndtri

Numbers = Any  # a number or anything numpy makes an array of
FEW = 10


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence limits: ``lower <= value <= upper``."""

    value: Numbers
    lower: Numbers
    upper: Numbers


def proportion(numerator: Numbers, denominator: Numbers, confidence: float = 0.95) -> Estimate:
    """A share from 0 to 1 with its Wilson score interval (Wilson 1927).

    Raises ValueError for a numerator below 0 or above its denominator.
    """
    x, n = _checked(numerator, denominator, confidence)
    if np.any(x > n):
        raise ValueError("a numerator is greater than its denominator: a share cannot pass 1")
    z = _z(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        middle = (x + z * z / 2) / (n + z * z)
        half = z * np.sqrt(n * p * (1 - p) + z * z / 4) / (n + z * z)
        # At 0 and at n the limit is exactly 0 or 1; arithmetic alone can miss by a rounding error.
        lower = np.where(x == 0, 0.0, np.clip(middle - half, 0, p))
        upper = np.where(x == n, 1.0, np.clip(middle + half, p, 1))
    return _estimate(p, lower, upper, n)


def rate(count: Numbers, denominator: Numbers, per: float = 1000, confidence: float = 0.95) -> Estimate:
    """A rate with Byar's limits (Breslow and Day 1987); exact Poisson limits where the count is under 10.

    Raises ValueError for a count below 0. Counts may be fractions (whole-time equivalents).
    """
    x, n = _checked(count, denominator, confidence)
    z, tail = _z(confidence), (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        byar_lower = x * _cubed(1 - 1 / (9 * x) - z / (3 * np.sqrt(x)))
        more = x + 1
        byar_upper = more * _cubed(1 - 1 / (9 * more) + z / (3 * np.sqrt(more)))
        exact_lower = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1), tail), 0.0)
        exact_upper = gammaincinv(more, 1 - tail)
        lower = np.where(x < FEW, exact_lower, byar_lower)
        upper = np.where(x < FEW, exact_upper, byar_upper)
        return _estimate(x / n * per, lower / n * per, upper / n * per, n)


def _checked(above: Numbers, below: Numbers, confidence: float) -> tuple[Any, Any]:
    if not 0 < confidence < 1:
        raise ValueError("confidence is a share between 0 and 1, such as 0.95")
    x, n = np.broadcast_arrays(np.asarray(above, dtype=float), np.asarray(below, dtype=float))
    if np.any(x < 0) or np.any(n < 0):
        raise ValueError("a count or its denominator is below 0")
    return x, n


def _cubed(x: Any) -> Any:
    """By multiplication: numpy's power differs in the last digit between a number alone and one in an array."""
    return x * x * x


def _z(confidence: float) -> float:
    """1.959963984540054 for 0.95, 3.090232306167813 for 0.998."""
    return float(ndtri(1 - (1 - confidence) / 2))


def _estimate(value: Any, lower: Any, upper: Any, denominator: Any) -> Estimate:
    if denominator.ndim == 0:
        if not denominator > 0 or np.isnan(value):
            return Estimate(None, None, None)
        return Estimate(float(value), float(lower), float(upper))
    known = denominator > 0
    return Estimate(*(np.where(known, limit, np.nan) for limit in (value, lower, upper)))
