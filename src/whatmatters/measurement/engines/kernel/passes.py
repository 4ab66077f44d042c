"""A plan carried out: the loop over all practices on every core, and its rows given their names again."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from whatmatters.measurement.conditions import events_of
from whatmatters.measurement.counts import Change, Organisations, Pairs, PersonCount, Total
from whatmatters.measurement.engines import Grains, Plan, parts
from whatmatters.measurement.engines.kernel.days import table_of_days
from whatmatters.measurement.engines.kernel.doers import doers, reporting
from whatmatters.measurement.engines.kernel.instructions import Draft, programme
from whatmatters.measurement.engines.kernel.labels import Label
from whatmatters.measurement.engines.kernel.loop import run
from whatmatters.measurement.engines.kernel.marts import opened
from whatmatters.measurement.engines.kernel.naming import Names, who_did
from whatmatters.measurement.engines.kernel.scratch import scratch
from whatmatters.measurement.engines.kernel.tables import WORD, Days, Mart, Programme, Whole
from whatmatters.measurement.facts import Facts, FactsError
from whatmatters.periods import Period

GREATEST = 1e11
"""Of a value that is added up: ninety of them in millionths still fit in a whole number."""
TASKS = 8
"""A core, so that none is left alone with the last and largest."""


def passes(facts: Facts, plan: Plan) -> Iterator[Grains]:
    with opened(facts) as (mart, label):
        for first in range(0, len(plan.periods), WORD):
            yield from _pass(mart, label, plan, plan.periods[first : first + WORD])


def _pass(mart: Mart, label: Label, plan: Plan, periods: Sequence[Period]) -> Iterator[Grains]:
    atoms = {count: atom for count, atom in plan.atoms.items() if isinstance(count, PersonCount)}
    asked = {atom: one.did for one, atom in plan.atoms.items() if isinstance(one, Organisations) and one.did}
    _refuse_too_great(label, atoms)
    draft, split = Draft(label.kinds), _split(plan)
    instructions = programme(draft, {count: count in split for count in atoms})
    for did in asked.values():
        draft.window(did)
    days = table_of_days(periods, plan.as_at, list(draft.months), list(draft.ages), label.born)
    did_it = doers(mart, label, days, list(asked.values()), draft)
    reported = reporting(mart, days, len(label.practices))
    key, amount = _run(mart, days, instructions, label.most)
    names = Names(list(atoms.values()), instructions, label.practices, ("all", *plan.splits))
    for place, period in enumerate(periods):
        here = np.flatnonzero(key % days.stride == place)
        grains = names.table(key[here] // days.stride, amount[here])
        yield Grains(period, grains, who_did(place, list(asked), did_it, reported, label))


def _split(plan: Plan) -> set[PersonCount]:
    """The counts that are wanted by groups of people, and not only as they are."""
    sides = [count for one in plan.indicators if one.splits and plan.splits for count in one.counts]
    return {part for count in sides for part in parts(count) if isinstance(part, PersonCount)}


def _refuse_too_great(label: Label, atoms: Iterable[PersonCount]) -> None:
    for count in atoms:
        if isinstance(count, Total | Pairs | Change):
            added = count.any_of if isinstance(count, Total) else events_of(count)
            for one in added:
                if any(label.largest[kind] > GREATEST for kind in label.kinds.like(one)):
                    raise FactsError(
                        f"events: a value of {one.code} is over {GREATEST:.0f} and cannot be added up: correct it"
                    )


def _run(mart: Mart, days: Days, plan: Programme, most: int) -> tuple[Whole, Whole]:
    """Rows of (practice, cell, period) as one number, and the amount."""
    practices, cores = len(mart.visit_at) - 1, len(os.sched_getaffinity(0))
    share = np.linspace(0, mart.visit_at[-1], cores * TASKS + 1)
    edges = np.unique([0, *np.searchsorted(mart.visit_at, share[1:-1]), practices])

    def task(first: int, last: int) -> tuple[Whole, Whole]:
        key, amount = run(mart, days, plan, scratch(plan, days, most), first, last)
        return key, amount

    with ThreadPoolExecutor(cores) as pool:
        keys, amounts = zip(*pool.map(task, edges[:-1], edges[1:]), strict=True) if practices else ((), ())
    return tuple(np.concatenate([np.empty(0, np.int64), *some]) for some in (keys, amounts))
