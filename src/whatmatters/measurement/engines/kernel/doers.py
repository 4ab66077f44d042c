"""Which organisations did something that an ``Organisations`` count asks, and which practices had anyone registered."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from whatmatters.measurement.conditions import Did
from whatmatters.measurement.engines.kernel.compiled import compiled
from whatmatters.measurement.engines.kernel.conditions import at
from whatmatters.measurement.engines.kernel.instructions import Draft
from whatmatters.measurement.engines.kernel.labels import Label
from whatmatters.measurement.engines.kernel.tables import Days, Mart, Number, Whole


def doers(mart: Mart, label: Label, days: Days, asked: Sequence[Did], draft: Draft) -> Whole:
    """[what was asked, organisation]: the periods in which it did it. What anyone did counts, registered or not."""
    whens = {"period": days.holds, "ever": days.come, "before": days.ahead}
    means = [days.months[draft.window(one)] if one.months else whens[one.when] for one in asked]
    fits = label.kinds.fits([one.any_of for one in asked])
    fits_at = np.cumsum([0, *map(len, fits)])
    all_fits = np.array([fit for of in fits for fit in of], np.float64).reshape(-1, 3)
    cores = len(os.sched_getaffinity(0))
    edges = np.linspace(0, len(mart.born), cores + 1).astype(np.int64)
    did = np.zeros((cores, len(asked), len(label.organisations)), np.int64)

    def task(share: int) -> None:
        _did(mart, days, np.array(means), fits_at, all_fits, edges[share], edges[share + 1], did[share])

    if len(all_fits):
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(task, range(cores)))
    return np.bitwise_or.reduce(did)


@compiled
def _did(mart: Mart, days: Days, means: Whole, fits_at: Whole, fits: Number, first: int, last: int, did: Whole) -> None:
    """Of the seats from ``first`` up to ``last``."""
    next_value = mart.value_at[first]
    for i in range(mart.event_at[first], mart.event_at[last]):
        kind, by = mart.kind[i], mart.organisation[i]
        value = 0.0
        if kind & 1:
            value = mart.value[next_value]
            next_value += 1
        if by and mart.day[i] <= days.as_at:
            for one, least, most in fits[fits_at[kind] : fits_at[kind + 1]]:
                if least <= value <= most:
                    did[int(one), by] |= means[int(one), at(days, mart.day[i])]


@compiled
def reporting(mart: Mart, days: Days, practices: int) -> Whole:
    """By practice, the periods in which anyone was registered with it."""
    found = np.zeros(practices, np.int64)
    for i in range(len(mart.practice)):
        found[mart.practice[i]] |= days.come[at(days, mart.start[i])] & ~days.ahead[at(days, mart.end[i] - 1)]
    return found
