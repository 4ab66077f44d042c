"""Did those who had a support change more than people like them who had not? Uses numpy and scipy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from whatmatters.measurement.intervals import WITHHELD, Estimate, normal
from whatmatters.measurement.matching import Array, Balance, balance, labelled, strata, weights

UNBALANCED, TOO_MANY = 0.1, 0.1
NOTHING, WIDEST = 1e-9, 50.0  # what is nought but for rounding; half an interval on the log scale


@dataclass(frozen=True)
class Comparison:
    """``effect``: the change of the treated less that of their comparators, per person, in the outcome's own unit.

    ``percent``: the same as a percentage of what the treated would have come to without (their figure before, and
    the comparators' change). ``placebo``: the effect found between two periods before anybody had anything, which
    should be nought. ``treated`` and ``comparators`` are people matched, ``unmatched`` the treated without a like,
    left out of everything but ``balance``.
    """

    effect: Estimate
    percent: Estimate
    placebo: Estimate
    treated: int
    unmatched: int
    comparators: int
    balance: tuple[Balance, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the change is not to be put down to the support, in words; empty where nothing speaks against it."""
        if self.effect.lower is None:
            return ("there are too few matched people",)
        off = [one.characteristic for one in self.balance if one.after is None or abs(one.after) > UNBALANCED]
        return tuple(
            why
            for doubtful, why in (
                (off, f"the groups still differ in {', '.join(off)}"),
                (self.unmatched > TOO_MANY * (self.treated + self.unmatched), "more than a tenth found no comparator"),
                (self.placebo.lower is None, "there is no earlier period to test the comparison on"),
                (
                    self.placebo.lower is not None and not self.placebo.lower <= 0 <= self.placebo.upper,
                    "the groups were already drifting apart before",
                ),
            )
            if doubtful
        )

    @property
    def attributable(self) -> bool:
        return not self.doubts


def difference_in_differences(
    treated: Sequence[bool],
    before: ArrayLike,
    after: ArrayLike,
    *,
    age: ArrayLike,
    sex: Sequence[object],
    deprivation: Sequence[object],
    cohort: Sequence[object],
    prior_use: ArrayLike,
    earlier: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Comparison:
    """The same people before and after, against matched comparators: one entry a person in every argument.

    ``before`` and ``after`` are the outcome (attendances, say) in two periods of one length, about the day the
    support began or the day that stands for it in a comparator. ``prior_use`` is matched on: take it from before the
    ``before`` period, or people chosen at their worst are matched to people who happened to be so, and both get
    better by themselves. ``earlier`` is the outcome in the period before ``before``, for the placebo test.

    Matching: coarsened exact, see ``matching``. The limits are Welch's t (1947) on the treated and the weighted
    comparators with Kish's effective number, on the log scale by the delta method for ``percent``; the weights are
    taken as given. Withheld with fewer than two on either side. Raises ValueError naming an argument that is missing,
    not a number where it should be, or of another length.
    """
    normal(confidence)
    chosen = _numbers("treated", treated, len(treated))
    if not np.isin(chosen, (0, 1)).all():
        raise ValueError("treated is not yes or no for everybody")
    case = chosen == 1
    numbers = {"age": _numbers("age", age, case.size), "prior use": _numbers("prior_use", prior_use, case.size)}
    for name, column in zip(("age", "prior_use"), numbers.values(), strict=True):
        if np.any(column < 0):
            raise ValueError(f"{name} is below 0")
    labels = {"sex": sex, "deprivation": deprivation, "cohort": cohort}
    named = {name: _long(name, labelled(name, values), case.size) for name, values in labels.items()}
    start, end = _numbers("before", before, case.size), _numbers("after", after, case.size)
    weight = weights(case, strata(numbers, named))
    placebo = WITHHELD
    if earlier is not None:
        placebo = _difference(start - _numbers("earlier", earlier, case.size), case, weight, confidence)
    return Comparison(
        _difference(end - start, case, weight, confidence),
        _percent(start, end, case, weight, confidence),
        placebo,
        int((weight[case] > 0).sum()),
        int((weight[case] == 0).sum()),
        int((weight[~case] > 0).sum()),
        balance(numbers, named, case, weight),
    )


def _difference(change: Array, case: Array, weight: Array, confidence: float) -> Estimate:
    if not _enough(case, weight):
        return WITHHELD
    means = [np.average(change[side], weights=weight[side]) for side in (case, ~case)]
    pulls = [change[side] - mean for side, mean in zip((case, ~case), means, strict=True)]
    half = _half(pulls, case, weight, confidence)
    value = float(means[0] - means[1])
    return Estimate(value, value - half, value + half)


def _percent(start: Array, end: Array, case: Array, weight: Array, confidence: float) -> Estimate:
    """Percent change from what was to be expected: exp(log(reached) - log(expected) ± t·se) - 1."""
    if not _enough(case, weight):
        return WITHHELD
    was, reached = (np.average(one[case], weights=weight[case]) for one in (start, end))
    others = end[~case] - start[~case]
    drift = np.average(others, weights=weight[~case])
    expected = was + drift
    if min(reached, expected) < NOTHING:
        return WITHHELD
    pulls = [(end[case] - reached) / reached - (start[case] - was) / expected, (others - drift) / expected]
    half = _half(pulls, case, weight, confidence)
    return as_percent(reached / expected, half)


def as_percent(ratio: float, half: float) -> Estimate:
    """From a ratio with limits on the log scale; withheld where they are too far apart to say anything."""
    if half > WIDEST:
        return WITHHELD
    value, lower, upper = (float(100 * (one - 1)) for one in (ratio, ratio * np.exp(-half), ratio * np.exp(half)))
    return Estimate(value, lower, upper)


def _half(pulls: list[Array], case: Array, weight: Array, confidence: float) -> float:
    """Half the width of Welch's interval, from how far each person pulls the estimate."""
    variances, degrees = [], []
    for pull, side in zip(pulls, (case, ~case), strict=True):
        share = weight[side] / weight[side].sum()
        effective = 1 / (share**2).sum()
        variances.append((share**2 * pull**2).sum() * effective / (effective - 1))
        degrees.append(effective - 1)
    total = sum(variances)
    if total == 0:
        return 0.0
    freedom = total**2 / sum(v**2 / d for v, d in zip(variances, degrees, strict=True))
    return float(stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(total))


def _enough(case: Array, weight: Array) -> bool:
    """Two of the treated, and comparators that weigh as much as two."""
    return all(weight[side].sum() ** 2 >= 2 * (weight[side] ** 2).sum() > 0 for side in (case, ~case))


def _numbers(name: str, values: Any, length: int) -> Array:
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} has something that is not a number") from None
    if not np.all(np.isfinite(array)):
        raise ValueError(f"{name} is missing for somebody: leave them out")
    return _long(name, array, length)


def _long(name: str, array: Array, length: int) -> Array:
    if array.shape != (length,):
        raise ValueError(f"{name} is not one value a person: {array.shape} for {length} people")
    return array
