"""The same attack by linear programming in whole numbers: certain either way, for the few that a search leaves.

This is the attacker's problem of Fischetti and Salazar (Solving the Cell Suppression Problem on Tabular Data with
Linear Constraints, Management Science 47, 2001). Loads scipy: for the process that measures, never a page.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from whatmatters.measurement.disclosure.attacker import WIDTH, Attacker
from whatmatters.measurement.disclosure.sums import MOVE

ROUNDS, LITTLE = 20, 4
"""Searches for many witnesses at once, at most, and how many a pair of them must find for another pair."""
Ints = npt.NDArray[np.int64]
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


def solve_all(attacker: Attacker, near: Collection[int], secrets: Collection[int], whole: Collection[bool]) -> None:
    """Looks for witnesses to many secrets at once, by moving only numbers ``near``."""
    problem = _Problem(attacker, list(near), np.array(list(whole), bool), np.array(list(secrets), int))
    side, before, chance = np.ones(len(near)), len(secrets) + LITTLE, np.random.default_rng(0)
    for turn in range(ROUNDS):
        unsafe = [one for one in secrets if attacker.open(one)]
        wanted = np.isin(problem.near, unsafe)
        if turn % 2 == 0:
            if not unsafe or before - len(unsafe) < LITTLE:
                return
            before = len(unsafe)
        side = -side if turn % 2 else chance.choice([-1.0, 1.0], len(near))
        _see(attacker, problem.near, problem.solve(np.where(wanted, -side, 0.0))[0])


def _see(attacker: Attacker, near: Ints, move: Floats) -> None:
    for number, step in zip(near.tolist(), move.tolist(), strict=True):
        value = attacker.value[number] + step
        attacker.least[number] = min(attacker.least[number], value)
        attacker.most[number] = max(attacker.most[number], value)


class _Problem:
    """How the numbers near may move together while all others stay."""

    def __init__(
        self, attacker: Attacker, near: list[int], whole: npt.NDArray[np.bool_], little: Ints | tuple[()] = ()
    ) -> None:
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
        far = np.where(np.isin(near, little), WIDTH, MOVE)  # so that many move a little, not a few a lot
        bounds = np.column_stack([np.maximum(low - value, -far), np.minimum(high - value, far)])
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
