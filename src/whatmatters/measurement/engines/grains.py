"""What every practice adds to every count, in one period, found again by count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from whatmatters.measurement.engines.tree import Tree
from whatmatters.measurement.facts import FactsError

Whole = npt.NDArray[np.int64]
ROOM = 9.2e18  # what a whole number of 64 bits holds


@dataclass(frozen=True)
class Taken:
    """Rows in order of atom: those of one begin at ``start``. ``place`` is the organisation's number in the tree."""

    start: Whole
    place: Whole
    column: Whole
    amount: Whole
    places: int

    def of(self, atom: int) -> Whole:
        """[place, column]; only the first column, everyone, where the count comes in no groups."""
        here = slice(self.start[atom], self.start[atom + 1])
        wide = int(self.column[here].max(initial=0)) + 1
        found = np.zeros(self.places * wide, np.int64)
        np.add.at(found, self.place[here] * wide + self.column[here], self.amount[here])
        return found.reshape(self.places, wide)


def taken(grains: pa.Table, tree: Tree, columns: Sequence[tuple[str, str]], atoms: int) -> Taken:
    """From ``GRAINS`` and the tree's posts. A practice that the tree has not, or a group not asked for, is left out.

    Raises FactsError where a count could be more than a whole number holds: it would come out wrong.
    """
    column = _columns(grains, columns)
    place = _coded(grains["practice"], tree.places)
    kept = np.flatnonzero((place >= 0) & (column >= 0))
    atom = np.concatenate([np.asarray(grains["atom"])[kept], tree.posts["atom"]])
    order = np.argsort(atom.astype(np.uint16), kind="stable")  # of 16 bits: by radix, many times faster
    amount = np.concatenate([np.asarray(grains["amount"])[kept], tree.posts["amount"]])[order]
    if np.abs(amount.astype(np.float64)).sum() > ROOM:
        _refuse_too_great(atom[order], amount)
    everyone = np.zeros(len(tree.posts["atom"]), np.int64)
    return Taken(
        np.searchsorted(atom[order], np.arange(atoms + 1)),
        np.concatenate([place[kept], tree.posts["place"]])[order],
        np.concatenate([column[kept], everyone])[order],
        amount,
        len(tree.places),
    )


def _refuse_too_great(atom: Whole, amount: Whole) -> None:
    if np.bincount(atom, np.abs(amount.astype(np.float64))).max() > ROOM:
        raise FactsError("values are too great to be added up: in all a count holds 9 million million")


def _columns(grains: pa.Table, columns: Sequence[tuple[str, str]]) -> Whole:
    """The number of each row's breakdown and group; -1 where it is none of these."""
    breakdowns = pa.array(sorted({breakdown for breakdown, _ in columns}), pa.string())
    groups = pa.array(sorted({group for _, group in columns}), pa.string())
    known = np.full((len(breakdowns) + 1, len(groups) + 1), -1)
    for number, (breakdown, group) in enumerate(columns):
        known[breakdowns.index(breakdown).as_py(), groups.index(group).as_py()] = number
    return known[_coded(grains["breakdown"], breakdowns), _coded(grains["grp"], groups)]


def _coded(words: pa.ChunkedArray, names: pa.Array) -> Whole:
    """Each word's place among ``names``, -1 for one that is not there: looked up once a word, not once a row."""
    coded = words if pa.types.is_dictionary(words.type) else words.dictionary_encode()
    whole = coded.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # of no rows
        return np.zeros(0, np.int64)
    place = pc.index_in(whole.dictionary, names).fill_null(-1)
    found: Whole = np.append(np.asarray(place), -1)[np.asarray(whole.indices.fill_null(len(place)))].astype(np.int64)
    return found
