"""The reader who subtracts: what can be worked out from all that is shown, by linear programming in whole numbers.

A shown number leaves five possibilities, for it was rounded to the nearest 5; a nought leaves one; a hidden number is
1 or more, or 0 or more where noughts are hidden near it. The true table of numbers is one of many that agree with that
and add up. A secret is safe when others are found in which it differs enough: *witnesses*, from making it as large and
as small as can be. Whatever else differs in a witness is the safer for it too, and one that changes few numbers is as
good as any.

This is the attacker's problem of Fischetti and Salazar (Solving the Cell Suppression Problem on Tabular Data with
Linear Constraints, Management Science 47, 2001).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array

from whatmatters.measurement.disclosure.sums import MOVE, Sum

WIDTH, ABOVE = 2, 1
"""How much a secret must be able to vary, and to be more than it is: the protection intervals of Statistics Norway's
GaussSuppression for counts. It leaves three possibilities or more, and never "at most what it is"."""
ROUNDS, LITTLE = 20, 4
"""Searches for many witnesses at once, at most, and how many a pair of them must find for another pair."""
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Attacker:
    """``low`` and ``high``: what is known of each number by itself. ``whole``: whether it is a whole number."""

    def __init__(self, values: Sequence[float], sums: Sequence[Sum], whole: Sequence[bool]) -> None:
        self.value = np.array(values, float)
        self.whole = np.array(whole, bool)
        self.low, self.high = self.value.copy(), self.value.copy()
        self.least, self.most = self.value.copy(), self.value.copy()  # in the witnesses found so far
        signs = [sign for one in sums for sign in (*[1.0] * len(one.whole), *[-1.0] * len(one.parts))]
        flat = [number for one in sums for number in (*one.whole, *one.parts)]
        starts = np.cumsum([0, *(len(one.whole) + len(one.parts) for one in sums)])
        self.sums = csr_array((signs, flat, starts), shape=(len(sums), len(values)))
        self.of = csc_array(self.sums)
        self.chance = np.random.default_rng(0)

    def open(self, numbers: Any) -> Any:
        """Whether no witnesses show them to be safe yet."""
        least, most = self.least[numbers], self.most[numbers]
        return (most - least < WIDTH) | (most - self.value[numbers] < ABOVE)

    def try_all(self, near: Ints, secrets: Ints) -> None:
        """Looks for witnesses to many secrets at once, by moving only numbers ``near``."""
        problem = _Problem(self, near, secrets)
        side, before = np.ones(len(near)), len(secrets) + LITTLE
        for turn in range(ROUNDS):
            wanted = np.isin(near, secrets[self.open(secrets)])
            if turn % 2 == 0:
                if before - wanted.sum() < LITTLE:
                    return
                before = wanted.sum()
            side = -side if turn % 2 else self.chance.choice([-1.0, 1.0], len(near))
            self._see(near, problem.solve(np.where(wanted, -side, 0.0))[0])

    def try_one(self, near: Ints, secret: int) -> Ints:
        """Looks for the secret's own witnesses; returns what is known that holds it, should it still not be safe."""
        problem, holding = _Problem(self, near, np.array([], int)), np.zeros(len(near), bool)
        for side in (1.0, -1.0):
            move, held = problem.solve(np.where(near == secret, -side, 0.0))
            self._see(near, move)
            holding |= held
        return near[holding]

    def _see(self, near: Ints, move: Floats) -> None:
        value = self.value[near] + move
        self.least[near] = np.minimum(self.least[near], value)
        self.most[near] = np.maximum(self.most[near], value)


class _Problem:
    """How the numbers near may move together while all others stay."""

    def __init__(self, attacker: Attacker, near: Ints, little: Ints) -> None:
        self.whole = attacker.whole[near]
        columns = attacker.of[:, near]
        self.sums = csr_array(columns)[np.unique(columns.indices)]
        far = np.where(np.isin(near, little), WIDTH, MOVE)  # so that many move a little, not a few a lot
        down = np.maximum(attacker.low[near] - attacker.value[near], -far)
        up = np.minimum(attacker.high[near] - attacker.value[near], far)
        self.known = {"A_eq": self.sums, "b_eq": np.zeros(self.sums.shape[0]), "bounds": np.column_stack([down, up])}

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
