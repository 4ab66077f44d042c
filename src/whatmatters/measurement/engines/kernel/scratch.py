"""Room for the loop to work in: one for each task, for tasks run side by side."""

from typing import Any

import numpy as np

from whatmatters.measurement.engines.kernel.tables import AT_LEAST, CELLS, Days, Programme, Scratch


def scratch(plan: Programme, days: Days, most: int) -> Scratch:
    """``most``: events of one person."""
    sets, counts, nodes = len(plan.wakes_at) - 1, len(plan.make), len(plan.what)
    links = most * int(np.diff(plan.fits_at).max(initial=0))
    rungs = int(plan.first[plan.what == AT_LEAST].max(initial=0))
    cells = counts + int(plan.split.sum()) * (CELLS - 1)
    sizes = {
        "set": sets,
        "link": links,
        "woken": counts,
        "count": counts,
        "awake": plan.words,
        "truth": nodes,
        "ep": most + 1,
        "code": max(int(plan.code.max(initial=0)) + 1, most),
        "ladder": rungs + 1,
        "cell": CELLS,
        "now": 4,
    }
    made: dict[str, Any] = {
        name: np.zeros(sizes.get(name.split("_")[0], most) + 1, np.int64) for name in Scratch._fields
    }
    made["value"] = np.zeros(most + 1)
    made["cell_in"][:] = -1  # of those not split by age: all periods
    made["awake"][: plan.words] = plan.awake
    made["tally"] = np.zeros(cells * days.stride, np.int64)
    return Scratch(**made)
