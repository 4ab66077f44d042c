"""Finding and sorting, compiled, for the making of a mart: each is one or two straight walks over its rows."""

import numpy as np
import numpy.typing as npt

from whatmatters.measurement.engines.kernel.compiled import compiled
from whatmatters.measurement.engines.kernel.tables import Narrow, Whole

NO_EPISODE = -(2**63)


def distinct(ids: Whole) -> Whole:
    """Sorted, each once: by sorting, which is several times as fast as numpy's hashing of some ten million ids."""
    ids = np.sort(ids)
    new: npt.NDArray[np.bool_] = np.concatenate([np.ones(min(len(ids), 1), bool), ids[1:] != ids[:-1]])
    return np.extract(new, ids)


@compiled
def positions(ids: Whole, wanted: Whole) -> Whole:
    """Where each wanted id is among the sorted ids, -1 if nowhere.

    The search for one sets out from where the one before was found, in steps that double: next to nothing where the
    wanted are nearly sorted, and never worse than a few binary searches.
    """
    found = np.empty(len(wanted), np.int64)
    here = 0
    for i in range(len(wanted)):
        one, step = wanted[i], 1
        low = high = here
        while low > 0 and ids[low] > one:
            low, step = max(low - step, 0), 2 * step
        step = 1
        while high < len(ids) and ids[high] < one:
            high, step = high + step, 2 * step
        high = min(high, len(ids))
        while low < high:
            middle = (low + high) // 2
            if ids[middle] < one:
                low = middle + 1
            else:
                high = middle
        here = max(min(low, len(ids) - 1), 0)
        found[i] = low if low < len(ids) and ids[low] == one else -1
    return found


@compiled
def order_by(key: Narrow, keys: int, before: Whole) -> tuple[Whole, Whole]:
    """Rows in order of a key from 0 up to ``keys``, those of one key as they were in ``before``; where each begins."""
    at = np.zeros(keys + 1, np.int64)
    for row in before:
        at[key[row] + 1] += 1
    for one in range(keys):
        at[one + 1] += at[one]
    order = np.empty(len(before), np.int64)
    free = at[:-1].copy()
    for row in before:
        order[free[key[row]]] = row
        free[key[row]] += 1
    return order, at


@compiled
def tally(numbers: Narrow, keys: Narrow) -> None:
    """Adds one to the number of each key."""
    for key in keys:
        numbers[key] += 1


@compiled
def last_practices(people: int, person: Whole, practice: Narrow, start: Narrow) -> Narrow:
    """The practice of each person's latest registration; 0 for those without one."""
    found = np.zeros(people, practice.dtype)
    latest = np.full(people, -(2**31), np.int64)
    for i in range(len(person)):
        if start[i] >= latest[person[i]]:
            latest[person[i]], found[person[i]] = start[i], practice[i]
    return found


@compiled
def numbered(at: Whole, episode: Whole, number: Narrow) -> None:
    """Writes for each event which of its person's episodes it is in, from 1 by first appearance; 0 for none.

    ``at``: where each person's events begin and end. A small table of twice their number, hashed, tells them apart.
    """
    most = 0
    for person in range(len(at) - 1):
        most = max(most, at[person + 1] - at[person])
    known, numbers = np.empty(4 * most + 2, np.int64), np.zeros(4 * most + 2, np.int64)
    for person in range(len(at) - 1):
        begin, end = at[person], at[person + 1]
        size, last = 2, 0
        while size < 2 * (end - begin):
            size *= 2
        numbers[:size] = 0
        for i in range(begin, end):
            number[i] = 0
            if episode[i] != NO_EPISODE:
                place = (episode[i] ^ (episode[i] >> 17)) & (size - 1)
                while numbers[place] and known[place] != episode[i]:
                    place = (place + 1) & (size - 1)
                if numbers[place] == 0:
                    last += 1
                    known[place], numbers[place] = episode[i], last
                number[i] = numbers[place]
