"""The loop's numbers given their names again."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from whatmatters.measurement.engines import DOERS, REPORTED
from whatmatters.measurement.engines.kernel.labels import Label
from whatmatters.measurement.engines.kernel.tables import CELLS, Narrow, Programme, Rows, Whole
from whatmatters.periods import AGE_BANDS

CELL_NAMES = (  # as ``loop._cells`` numbers them, and ``seats`` the groups
    ("all", "all"),
    *(("ethnicity", group) for group in ("unknown", "Asian", "Black", "Mixed", "Other", "White")),
    *(("deprivation", group) for group in ("unknown", *"12345")),
    ("age_sex", "unknown"),
    *(("age_sex", f"{sex} {band}") for sex in "FM" for band in AGE_BANDS),
)


class Names:
    """What each cell is: which atom's, and of which breakdown and group."""

    def __init__(self, atoms: Sequence[int], plan: Programme, practices: list[str], breakdowns: Sequence[str]) -> None:
        size = np.where(plan.split, CELLS, 1)
        self.atom = np.repeat(np.array(atoms, np.int32), size)
        self.cell = np.arange(size.sum()) - np.repeat(plan.base, size)
        self.asked = np.array([breakdown in breakdowns for breakdown, _ in CELL_NAMES])[self.cell].astype(bool)
        self.practices = pa.array(practices, pa.string())

    def table(self, rows: Rows, period: int) -> pa.Table:
        """``GRAINS`` of one period, its words as dictionaries."""
        practice, number, when, amount = rows
        here = np.flatnonzero(when == period)
        here = here[self.asked[number[here]]]
        cell = self.cell[number[here]]
        return pa.table(
            {
                "atom": self.atom[number[here]],
                "practice": _named(practice[here], self.practices),
                "breakdown": _words(cell, [breakdown for breakdown, _ in CELL_NAMES]),
                "grp": _words(cell, [group for _, group in CELL_NAMES]),
                "amount": amount[here],
            }
        )


def _words(cell: Narrow, names: list[str]) -> pa.DictionaryArray:
    words = sorted(set(names))
    return _named(np.array([words.index(name) for name in names])[cell], pa.array(words))


def _named(number: Narrow, names: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(number.astype(np.int32)), names)


def who_did(period: int, atoms: Iterable[int], did: Whole, reported: Whole, label: Label) -> pa.Table:
    """``DOERS`` of one period."""
    rows = [(REPORTED, label.practices[place]) for place in _in(reported, period)]
    for atom, by in zip(atoms, did, strict=True):
        rows += [(atom, label.organisations[place] or "") for place in _in(by, period)]
    return pa.table([pa.array(column, kind) for column, kind in zip(_turned(rows), DOERS.types, strict=True)], DOERS)


def _in(words: Whole, period: int) -> list[int]:
    found: list[int] = np.flatnonzero(words >> period & 1).tolist()
    return found


def _turned(rows: list[tuple[int, str]]) -> tuple[list[int], list[str]]:
    return [atom for atom, _ in rows], [organisation for _, organisation in rows]
