"""People as sums by kind: who is alike, and how alike two groups are. numpy."""

from dataclasses import dataclass

import numpy as np

from whatmatters.measurement.matching import Array, Balance
from whatmatters.measurement.moments import Side


@dataclass(frozen=True)
class People:
    """A row for each kind (several where they are of several practices): ``moments`` as in ``moments``; of each
    characteristic the sum over the row's people, and the sum of its square."""

    kinds: Array
    moments: Array
    sums: dict[str, Array]
    squares: dict[str, Array]

    def of(self, rows: Array) -> "People":
        """Only these rows."""
        some = ({name: column[rows] for name, column in found.items()} for found in (self.sums, self.squares))
        return People(self.kinds[rows], self.moments[rows], *some)

    def by_kind(self) -> tuple[Array, Array]:
        """Each kind once, in order, with its moments."""
        kinds, at = np.unique(self.kinds, return_inverse=True)
        moments = np.zeros((len(kinds), *self.moments.shape[1:]))
        np.add.at(moments, at.ravel(), self.moments)
        return kinds, moments

    @property
    def number(self) -> Array:
        return self.moments[:, 0, 0]


def balanced(cases: People, others: People, case: Side, other: Side) -> tuple[Balance, ...]:
    """A line a characteristic: ``cases`` against ``others`` as they are, and as the sides weigh them."""
    weights = [_weight(people, side) for people, side in ((cases, case), (others, other))]
    return tuple(_line(name, (cases, others), weights) for name in cases.sums)


def _weight(people: People, side: Side) -> Array:
    """What one person of each row weighs: nothing where the kind is not on the side."""
    at = np.minimum(np.searchsorted(side.kinds, people.kinds), max(len(side.kinds) - 1, 0))
    if not len(side.kinds):
        return np.zeros(len(people.kinds))
    return np.where(side.kinds[at] == people.kinds, side.weight[at], 0.0)


def _line(name: str, both: tuple[People, People], weights: list[Array]) -> Balance:
    means, variances, weighed = [], [], []
    matched = True
    for people, weight in zip(both, weights, strict=True):
        number, total = people.number.sum(), people.sums[name].sum()
        if not number:
            return Balance(name, None, None)
        means.append(total / number)
        variances.append(max(people.squares[name].sum() / number - (total / number) ** 2, 0.0))
        whole = (weight * people.number).sum()
        matched = matched and whole > 0
        weighed.append((weight * people.sums[name]).sum() / whole if whole else 0.0)
    spread = float(np.sqrt(sum(variances) / 2))
    after = weighed[0] - weighed[1] if matched else None
    return Balance(name, _over(means[0] - means[1], spread), _over(after, spread))


def _over(difference: float | None, spread: float) -> float | None:
    if difference is None or spread < 1e-9:
        return 0.0 if difference is not None and abs(difference) < 1e-9 else None
    return float(difference / spread)
