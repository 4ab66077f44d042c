"""The same attack by linear programming in whole numbers: certain either way, for the few that a search leaves.

This is the attacker's problem of Fischetti and Salazar (Solving the Cell Suppression Problem on Tabular Data with
Linear Constraints, Management Science 47, 2001). Loads scipy: for the process that measures, never a page.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from whatmatters.measurement.disclosure.attacker import Attacker
from whatmatters.measurement.disclosure.sums import MOVE

Floats = npt.NDArray[np.float64]


def solve(attacker: Attacker, near: Collection[int], secret: int, whole: Collection[bool]) -> list[int]:
    """Looks for the secret's witnesses by moving only numbers ``near``; tells the attacker of those it finds.

    ``whole``: whether each of ``near`` is a whole number. Returns the numbers that would let it vary more if less were
    known of them.
    """
    problem = _Problem(attacker, list(near), np.array(list(whole), bool))
    holding = np.zeros(len(problem.near), bool)
    for side in (1.0, -1.0):
        move, held = problem.solve(np.where(problem.near == secret, -side, 0.0))
        _see(attacker, problem.near, move)
        holding |= held
    return [int(one) for one in problem.near[holding]]


def _see(attacker: Attacker, near: npt.NDArray[np.int64], move: Floats) -> None:
    for number, step in zip(near.tolist(), move.tolist(), strict=True):
        value = attacker.value[number] + step
        attacker.least[number] = min(attacker.least[number], value)
        attacker.most[number] = max(attacker.most[number], value)


class _Problem:
    """How the numbers near may move together while all others stay."""

    def __init__(self, attacker: Attacker, near: list[int], whole: npt.NDArray[np.bool_]) -> None:
        self.near, self.whole = np.array(near, int), whole
        lines: dict[int, int] = {}
        cells = [
            (lines.setdefault(at, len(lines)), column, float(sign))
            for column, number in enumerate(near)
            for at, sign in attacker.of[number]
        ]
        row, column, sign = zip(*cells, strict=True) if cells else ((), (), ())
        self.sums = csr_array((sign, (row, column)), shape=(len(lines), len(near)))
        value, low, high = (
            np.array([some[one] for one in near], float) for some in (attacker.value, attacker.low, attacker.high)
        )
        bounds = np.column_stack([np.maximum(low - value, -MOVE), np.minimum(high - value, MOVE)])
        self.known = {"A_eq": self.sums, "b_eq": np.zeros(len(lines)), "bounds": bounds}

    def solve(self, cost: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """The move of least cost, and which numbers would let it cost less if less were known of them."""
        found = linprog(cost, **self.known, method="highs")
        held = (np.abs(found.lower.marginals) > 1e-9) | (np.abs(found.upper.marginals) > 1e-9)
        move = self._rounded(found.x)
        if np.abs(self.sums @ move).max(initial=0) > 1e-6:  # a corner of halves: the same once more in whole numbers
            found = linprog(cost, **self.known, method="highs", integrality=self.whole.astype(int))
            move = self._rounded(found.x)
        return move, held

    def _rounded(self, move: Floats) -> Floats:
        return np.where(self.whole, np.round(move), move)
