"""A reader with a solver: what can be worked out of hidden numbers from published rows. Shares nothing with the gate.

He sees what is shown, the tree, and which rows are there; he knows the two rules (1 to 7 hidden, the rest rounded to
the nearest 5), that rows which are not there are nought, that what adds up adds up, and that a share is of its whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp

PLACE = ("period", "organisation", "level", "breakdown", "group")
Row = Mapping[str, Any]
Name = tuple[str, str, str, str, str, str]
"""Side or count, period, organisation, level, breakdown, group."""


class Reader:
    """``tree``: the organisations each is directly under. ``counts``: what each side of an indicator counts. ``bound``:
    counts that together are at least what others are together, wherever all of them are."""

    def __init__(
        self,
        rows: Iterable[Row],
        tree: Mapping[str, Iterable[str]],
        counts: Mapping[tuple[str, str], str] | None = None,
        additive: bool = True,
        bound: Iterable[tuple[tuple[str, ...], tuple[str, ...]]] = (),
    ) -> None:
        self.bounds: dict[Name, tuple[float, float]] = {}
        self.exact: dict[Name, float] = {}
        self.sums: list[dict[Name, int]] = []
        rows = list(rows)
        for row in rows:
            names = {}
            for side in ("numerator", "denominator"):
                if row[side] is None:
                    continue
                count = (counts or {}).get((row["indicator"], side), f"{row['indicator']} {side}")
                names[side] = name = (
                    count,
                    *(row[key] for key in ("period", "organisation", "level", "breakdown", "group")),
                )
                low, high = self._seen(row[f"shown_{side}"])
                before = self.bounds.get(name, (0, np.inf))
                self.bounds[name] = max(low, before[0]), min(high, before[1])
                self.exact[name] = row[side]
            if len(names) == 2:
                self._share(names["numerator"], names["denominator"], row["hidden"])
        self._groups()
        self._places(tree)
        self._periods(additive)
        for more, fewer in bound:
            self._bound(more, fewer)
        self._not_nought()
        self._problem()

    @staticmethod
    def _seen(shown: float | None) -> tuple[float, float]:
        if shown is None:
            return 0, np.inf
        return (0, 0) if shown == 0 else (max(shown - 2, 8), shown + 2)

    def _share(self, part: Name, whole: Name, hidden: bool) -> None:
        if self.exact[whole] >= self.exact[part]:
            rest = (f"{whole[0]} less {part[0]}", *part[1:])
            self.bounds[rest] = (0, np.inf)
            self.exact[rest] = self.exact[whole] - self.exact[part]
            self.sums.append({whole: 1, part: -1, rest: -1})

    def _add(self, whole: Name, parts: Iterable[Name]) -> None:
        terms = {whole: 1}
        for part in parts:
            terms[part] = terms.get(part, 0) - 1
        assert abs(sum(self.exact[name] * sign for name, sign in terms.items())) < 1e-9, "the test's own tree is wrong"
        self.sums.append(terms)

    def _numbers(self) -> list[Name]:
        return [name for name in self.exact if " less " not in name[0]]

    def _groups(self) -> None:
        parts = defaultdict(list)
        for name in self._numbers():
            if name[4] != "all":
                parts[name[:5]].append(name)
        for (*place, _), names in parts.items():
            if (whole := (*place, "all", "all")) in self.exact:
                self._add(whole, names)

    def _places(self, tree: Mapping[str, Iterable[str]]) -> None:
        parts = defaultdict(list)
        level = {name[2]: name[3] for name in self.exact}
        for name in self._numbers():
            for above in tree.get(name[2], ()):
                if above in level:
                    parts[(*name[:2], above, level[above], *name[4:]), name[3]].append(name)
        for (whole, _), names in parts.items():
            if whole in self.exact:
                self._add(whole, names)

    def _periods(self, additive: bool) -> None:
        parts = defaultdict(list)
        for name in self._numbers():
            if "-Q" in name[1]:
                parts[name[0], name[1].partition("-Q")[0], *name[2:]].append(name)
        for whole, names in parts.items():
            if additive and whole in self.exact and self.exact[whole] == sum(self.exact[name] for name in names):
                self._add(whole, names)

    def _bound(self, more: tuple[str, ...], fewer: tuple[str, ...]) -> None:
        for place in [name[1:] for name in self._numbers() if name[0] == more[0]]:
            whole, parts = [(one, *place) for one in more], [(one, *place) for one in fewer]
            if all(name in self.exact for name in (*whole, *parts)):
                rest = (f"{' and '.join(more)} less {' and '.join(fewer)}", *place)
                self.bounds[rest] = (0, np.inf)
                self.exact[rest] = sum(self.exact[one] for one in whole) - sum(self.exact[one] for one in parts)
                assert self.exact[rest] >= 0, "the test's own counts are wrong"
                self.sums.append({rest: -1, **dict.fromkeys(whole, 1), **dict.fromkeys(parts, -1)})

    def _not_nought(self) -> None:
        """Noughts are shown, so what is hidden is 1 or more: unless one is hidden near it, of which he is told."""
        near = defaultdict(set)
        for terms in self.sums:
            for name in terms:
                near[name] |= set(terms)
        for name, (_, high) in self.bounds.items():
            hidden = high == np.inf and " less " not in name[0]
            told = any(self.exact[one] == 0 and self.bounds[one][1] == np.inf for one in near[name])
            if hidden and self.exact[name] and not told:
                self.bounds[name] = (1, high)

    def _problem(self) -> None:
        self.at = {name: column for column, name in enumerate(self.bounds)}
        self.matrix = np.zeros((len(self.sums), len(self.at)))
        for line, terms in enumerate(self.sums):
            for name, sign in terms.items():
                self.matrix[line, self.at[name]] += sign

    def range(self, name: Name) -> tuple[float, float]:
        """The least and the most this number can be, in whole numbers (at most 60: beyond that is far enough)."""
        low = np.array([self.bounds[one][0] for one in self.at])
        high = np.array([min(self.bounds[one][1], 60 + self.exact[one]) for one in self.at])
        found = []
        for sign in (1, -1):
            cost = np.zeros(len(self.at))
            cost[self.at[name]] = sign
            answer = milp(
                cost,
                constraints=LinearConstraint(self.matrix, 0, 0) if self.sums else (),
                integrality=np.ones(len(self.at)),
                bounds=(low, high),
            )
            assert answer.status == 0, "what is shown does not even agree with itself"
            found.append(round(sign * answer.fun))
        return found[0], found[1]

    def recovered(self) -> dict[Name, tuple[float, float]]:
        """Every number from 1 to 7, or as few left over, that he knows too closely: with what he knows."""
        found = {}
        for name, exact in self.exact.items():
            if 0 < exact < 8 and " and " not in name[0]:
                least, most = self.range(name)
                assert least <= exact <= most
                if most - least < 2 or most < exact + 1:
                    found[name] = (least, most)
        return found
