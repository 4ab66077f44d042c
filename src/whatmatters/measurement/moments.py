"""The comparison of ``comparison.difference_in_differences``, from sums by kind of person instead of people.

A person is z = (1, earlier, before, after); of a kind of people only the sum of z·z' is kept, which is all that means,
weights and variances need. Both ways agree (a test compares them); this one does not grow with the people. numpy.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from whatmatters.measurement.comparison import NOTHING, Comparison, as_percent
from whatmatters.measurement.intervals import WITHHELD, Estimate
from whatmatters.measurement.matching import Array, Balance

ONE, EARLIER, BEFORE, AFTER = range(4)


@dataclass(frozen=True)
class Side:
    """``moments`` is (kinds, 4, 4), ``kinds`` says which, ``weight`` what one person of each weighs."""

    kinds: Array
    moments: Array
    weight: Array

    @property
    def people(self) -> Array:
        return self.moments[:, ONE, ONE]

    @property
    def matched(self) -> int:
        return int(self.people[self.weight > 0].sum())

    def mean(self, of: int) -> float:
        return float((self.weight * self.moments[:, ONE, of]).sum() / (self.weight * self.people).sum())

    @property
    def enough(self) -> bool:
        """As much weight as two people have."""
        return bool((self.weight * self.people).sum() ** 2 >= 2 * (self.weight**2 * self.people).sum() > 0)

    def spread(self, pull: Array) -> tuple[float, float]:
        """The variance of the weighted mean of pull·z, whose mean is nought, and its degrees of freedom."""
        share = self.weight / (self.weight * self.people).sum()
        effective = 1 / (share**2 * self.people).sum()
        square = float((share**2 * np.einsum("i,kij,j->k", pull, self.moments, pull)).sum())
        return max(square, 0.0) * effective / (effective - 1), effective - 1


def sides(cases: tuple[Array, Array], others: tuple[Array, Array]) -> tuple[Side, Side]:
    """Each of (kinds, moments), kinds unique and sorted; comparators weigh their share of the kind's supported."""
    (kinds, of_cases), (other_kinds, of_others) = cases, others
    place = np.searchsorted(other_kinds, kinds)
    found = np.isin(kinds, other_kinds, assume_unique=True)
    at = place[found]
    share = of_cases[found, ONE, ONE] / of_others[at, ONE, ONE]
    return Side(kinds, of_cases, found.astype(float)), Side(other_kinds[at], of_others[at], share)


def compared(case: Side, other: Side, balance: tuple[Balance, ...], confidence: float = 0.95) -> Comparison:
    """See ``comparison``."""
    matched, everyone = case.matched, int(case.people.sum())
    counts = (matched, everyone - matched, other.matched, balance)
    if not (case.enough and other.enough):
        return Comparison(WITHHELD, WITHHELD, WITHHELD, *counts)
    return Comparison(
        _difference(case, other, BEFORE, AFTER, confidence),
        _percent(case, other, confidence),
        _difference(case, other, EARLIER, BEFORE, confidence),
        *counts,
    )


def _difference(case: Side, other: Side, start: int, end: int, confidence: float) -> Estimate:
    changes = [side.mean(end) - side.mean(start) for side in (case, other)]
    pulls = []
    for change in changes:
        pull = np.array([-change, 0.0, 0.0, 0.0])
        pull[start], pull[end] = -1.0, 1.0
        pulls.append(pull)
    half = _half(case, other, pulls, confidence)
    value = changes[0] - changes[1]
    return Estimate(value, value - half, value + half)


def _percent(case: Side, other: Side, confidence: float) -> Estimate:
    was, reached = case.mean(BEFORE), case.mean(AFTER)
    drift = other.mean(AFTER) - other.mean(BEFORE)
    expected = was + drift
    if min(reached, expected) < NOTHING:
        return WITHHELD
    pulls = [
        np.array([was / expected - 1.0, 0.0, -1 / expected, 1 / reached]),
        np.array([-drift / expected, 0.0, -1 / expected, 1 / expected]),
    ]
    half = _half(case, other, pulls, confidence)
    return as_percent(reached / expected, half)


def _half(case: Side, other: Side, pulls: list[Array], confidence: float) -> float:
    """Half the width of Welch's interval."""
    found = [side.spread(pull) for side, pull in zip((case, other), pulls, strict=True)]
    total = sum(variance for variance, _ in found)
    if total == 0:
        return 0.0
    freedom = total**2 / sum(variance**2 / degrees for variance, degrees in found)
    return float(stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(total))
