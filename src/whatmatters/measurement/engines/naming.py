"""Whole numbers of the passes turned into the names they stand for."""

from collections.abc import Sequence

import pyarrow as pa

from whatmatters.measurement.engines import GRAINS
from whatmatters.measurement.engines.people import GROUPS


def named(found: pa.Table, practices: Sequence[str], splits: Sequence[str]) -> pa.Table:
    """``GRAINS`` from the passes' columns: atom, number, breakdown, grp, amount."""
    firsts, names = [0], [("all", "all")]
    for split in splits:
        firsts.append(len(names))
        names += [(split, group) for group in GROUPS[split]]
    number, breakdown, grp = (found[name].to_numpy() for name in ("number", "breakdown", "grp"))
    cell = pa.array(pa.array(firsts).to_numpy()[breakdown] + grp, pa.int32())
    columns = [
        found["atom"],
        pa.DictionaryArray.from_arrays(pa.array(number - 1, pa.int32()), pa.array(practices, pa.string())),
        pa.DictionaryArray.from_arrays(cell, pa.array([name for name, _ in names])),
        pa.DictionaryArray.from_arrays(cell, pa.array([group for _, group in names])),
        found["amount"],
    ]
    return pa.table(columns, names=GRAINS.names)
