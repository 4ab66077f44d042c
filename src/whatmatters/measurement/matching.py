"""Matching people who had a support with people like them who had not, and how alike the two groups then are.

Coarsened exact matching (Iacus, King and Porro 2012, Political Analysis 20:1): nothing is drawn by lot, so the same
people give the same answer in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
AGE_BAND, OLDEST = 5, 90
PRIOR_USE = (1, 2, 3, 5, 8, 13, 21)  # where the bands of contacts start: close for few, wide for many


@dataclass(frozen=True)
class Balance:
    """Standardised mean difference of one characteristic before and after matching: within 0.1 of 0 is balanced.

    Mean of the treated less mean of the comparators, over the root of the mean of their variances before matching
    (Austin 2009, Statistics in Medicine 28:3083). None where the groups differ though nobody varies within them.
    """

    characteristic: str
    before: float | None
    after: float | None


def strata(numbers: dict[str, Array], labels: dict[str, Array]) -> Array:
    """The stratum of each person: alike in every label, in five-year age band and in band of prior use."""
    bands = [
        np.minimum(numbers["age"], OLDEST) // AGE_BAND,
        np.searchsorted(PRIOR_USE, numbers["prior use"], side="right"),
        *(np.unique(label, return_inverse=True)[1] for label in labels.values()),
    ]
    return np.unique(np.column_stack(bands), axis=0, return_inverse=True)[1].ravel()


def weights(treated: Array, stratum: Array) -> Array:
    """1 for a treated person with comparators, their share of the stratum's treated for each comparator, else 0."""
    cases = np.bincount(stratum, weights=treated)
    others = np.bincount(stratum, weights=~treated)
    matched = (cases > 0) & (others > 0)
    each = np.where(treated, 1, cases[stratum] / np.maximum(others, 1)[stratum])
    return np.where(matched[stratum], each, 0.0)


def balance(numbers: dict[str, Array], labels: dict[str, Array], treated: Array, weight: Array) -> tuple[Balance, ...]:
    """One line for each number and for each value of each label."""
    columns = dict(numbers)
    for name, label in labels.items():
        columns |= {f"{name} {value}": (label == value).astype(float) for value in np.unique(label)}
    return tuple(_balance(name, column, treated, weight) for name, column in columns.items())


def _balance(name: str, column: Array, treated: Array, weight: Array) -> Balance:
    if treated.all() or not treated.any():
        return Balance(name, None, None)
    spread = float(np.sqrt((column[treated].var() + column[~treated].var()) / 2))
    before = float(column[treated].mean() - column[~treated].mean())
    after = None
    if weight.any():
        sides = (np.average(column[side], weights=weight[side]) for side in (treated, ~treated))
        after = float(next(sides) - next(sides))
    return Balance(name, _over(before, spread), _over(after, spread))


def _over(difference: float | None, spread: float) -> float | None:
    if difference is None or spread == 0:
        return 0.0 if difference == 0 else None
    return difference / spread


def labelled(name: str, values: Sequence[object]) -> Array:
    """Names of groups as text; None is a group of its own, matched with its like."""
    if isinstance(values, str):
        raise ValueError(f"{name} is one text: give one value a person")
    return np.array([str(value) for value in values], dtype=str)
