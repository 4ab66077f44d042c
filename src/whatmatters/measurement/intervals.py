"""Confidence limits of a single figure: standard library only, so that a page may show them.

``statistics`` gives the same answers for whole columns. The formulas below that take ``x`` work on numbers and on
numpy arrays alike; the others on numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan, cos, exp, fsum, isfinite, lgamma, log, pi, sin
from statistics import NormalDist
from typing import Any

Numbers = Any  # a number or anything numpy makes an array of
FEW = 10


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence limits: ``lower <= value <= upper``; None (nan in an array) where withheld."""

    value: Numbers
    lower: Numbers
    upper: Numbers


WITHHELD = Estimate(None, None, None)


def one_proportion(numerator: float, denominator: float, confidence: float = 0.95) -> Estimate:
    """A share from 0 to 1 with its Wilson score interval (Wilson 1927); withheld where the denominator is 0."""
    x, n = count("numerator", numerator), count("denominator", denominator)
    if x > n:
        raise ValueError("numerator is greater than its denominator: a share cannot pass 1")
    z = normal(confidence)
    if n == 0:
        return WITHHELD
    middle, half = wilson(x, n, z)
    return Estimate(
        x / n,
        0.0 if x == 0 else min(max(middle - half, 0.0), x / n),
        1.0 if x == n else max(min(middle + half, 1.0), x / n),
    )


def one_rate(count_: float, denominator: float, per: float = 1000, confidence: float = 0.95) -> Estimate:
    """A rate with Byar's limits, exact Poisson limits where the count is under 10; withheld over a denominator of 0."""
    x, n = count("count", count_), count("denominator", denominator)
    z = normal(confidence)
    if not (isfinite(per) and per > 0):
        raise ValueError("per is a number above 0, such as 1000")
    if n == 0:
        return WITHHELD
    lower, upper = exact(x, confidence) if x < FEW else byar(x, z)
    return Estimate(x / n * per, lower / n * per, upper / n * per)


def one_mean(values: Sequence[float], confidence: float = 0.95) -> Estimate:
    """A mean with Student's t limits; limits withheld under two values, all of it without any."""
    n = len(values)
    normal(confidence)
    if n < 2:
        return Estimate(values[0], None, None) if n else WITHHELD
    mean = fsum(values) / n
    error = (fsum((one - mean) ** 2 for one in values) / (n - 1) / n) ** 0.5
    half = student(n - 1, confidence) * error
    return Estimate(mean, mean - half, mean + half)


@lru_cache(maxsize=4096)
def student(degrees: int, confidence: float) -> float:
    """The point of Student's t of a two-sided confidence: 12.706 for 1 and 0.95."""
    return _where(lambda t: _within(t, degrees), confidence)


def _where(share: Callable[[float], float], reaches: float) -> float:
    """Where a share that grows from 0 reaches so much: by bisection, which cannot miss, down to the last digit."""
    low, high = 0.0, 1.0
    while share(high) < reaches:
        low, high = high, high * 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if share(middle) < reaches else (low, middle)
    return high


def _within(t: float, degrees: int) -> float:
    """The chance that Student's t lies between -t and t: a finite sum (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = atan(t / degrees**0.5)
    total = term = cos(angle) if degrees % 2 else 1.0
    for step in range(3 if degrees % 2 else 2, degrees - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        total += term
    if degrees % 2 == 0:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * total if degrees > 1 else 0.0))


def normal(confidence: float) -> float:
    """The normal point of a two-sided confidence: 1.959963984540054 for 0.95, 3.090232306167813 for 0.998."""
    if not 0 < confidence < 1:
        raise ValueError("confidence is a share between 0 and 1, such as 0.95")
    return -NormalDist().inv_cdf((1 - confidence) / 2)


def wilson(x: Numbers, n: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Middle and half width of the Wilson score interval. At 0 and at n the limit is exactly 0 or 1: see to it."""
    p = x / n
    return (x + z * z / 2) / (n + z * z), z * (n * p * (1 - p) + z * z / 4) ** 0.5 / (n + z * z)


def byar(x: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Byar's approximation to the Poisson limits of a count above 0 (Breslow and Day 1987, page 69)."""
    more = x + 1
    lower = _cubed(1 - 1 / (9 * x) - z / (3 * x**0.5))
    upper = _cubed(1 - 1 / (9 * more) + z / (3 * more**0.5))
    return x * lower, more * upper


@lru_cache(maxsize=4096)
def exact(x: float, confidence: float) -> tuple[float, float]:
    """Exact Poisson limits (Garwood 1936): the gamma quantiles, for counts that may be fractions as posts are."""
    tail = (1 - confidence) / 2
    return (_gamma_quantile(x, tail) if x > 0 else 0.0), _gamma_quantile(x + 1, 1 - tail)


def count(name: str, number: float) -> float:
    """The number, when it is one that can be counted; ValueError naming it otherwise."""
    if number is None or not isfinite(number):
        raise ValueError(f"{name} is missing or not a number")
    if number < 0:
        raise ValueError(f"{name} is below 0")
    return float(number)


def _cubed(x: Numbers) -> Numbers:
    """By multiplication: numpy's power differs in the last digit between a number alone and one in an array."""
    return x * x * x


def _gamma_quantile(shape: float, p: float) -> float:
    """Shapes stay under 11 here."""
    return _where(lambda x: _gamma_share(shape, x), p)


def _gamma_share(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function by its series (Abramowitz and Stegun 6.5.29)."""
    total = term = exp(shape * log(x) - x - lgamma(shape + 1))
    step = shape
    while term > total * 1e-17:
        step += 1
        term *= x / step
        total += term
    return total
