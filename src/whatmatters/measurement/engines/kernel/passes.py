"""A plan carried out: the loop over all practices on every core, and its rows given their names again."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from whatmatters.measurement.conditions import events_of
from whatmatters.measurement.counts import Change, Organisations, Pairs, PersonCount, Total
from whatmatters.measurement.engines import Grains, Plan, parts
from whatmatters.measurement.engines.kernel.days import table_of_days
from whatmatters.measurement.engines.kernel.doers import doers, reporting
from whatmatters.measurement.engines.kernel.instructions import Draft, programme
from whatmatters.measurement.engines.kernel.labels import Label
from whatmatters.measurement.engines.kernel.loop import run
from whatmatters.measurement.engines.kernel.marts import let_go, opened
from whatmatters.measurement.engines.kernel.naming import Names, who_did
from whatmatters.measurement.engines.kernel.scratch import scratch
from whatmatters.measurement.engines.kernel.tables import CELLS, WORD, Days, Mart, Programme, Rows
from whatmatters.measurement.facts import Facts, FactsError
from whatmatters.periods import Period

GREATEST = 1e11
"""Of a value that is added up."""
IN_ALL = 9.2e12
"""Of all values that one count adds up or subtracts, which a whole number holds in millionths."""
TASKS = 8
"""A core, so that none is left alone with the last and largest."""
ROOM = 600_000_000
"""Cells of all practices and periods at once, full or empty: a few thousand million bytes, where a third are full."""


def passes(facts: Facts, plan: Plan) -> Iterator[Grains]:
    with opened(facts) as (mart, label):
        at_once = max(1, min(WORD, ROOM // (1 + CELLS * len(plan.atoms) * len(label.practices))))
        for first in range(0, len(plan.periods), at_once):
            yield from _pass(mart, label, plan, plan.periods[first : first + at_once])


def _pass(mart: Mart, label: Label, plan: Plan, periods: Sequence[Period]) -> Iterator[Grains]:
    atoms = {count: atom for count, atom in plan.atoms.items() if isinstance(count, PersonCount)}
    asked = {atom: one.did for one, atom in plan.atoms.items() if isinstance(one, Organisations) and one.did}
    _refuse_too_great(label, atoms)
    draft, split = Draft(label.kinds), _split(plan)
    instructions = programme(draft, {count: count in split for count in atoms})
    for did in asked.values():
        draft.window(did)
    days = table_of_days(periods, plan.as_at, list(draft.months), list(draft.ages), (label.born[0], label.born[1]))
    did_it = doers(mart, label, days, list(asked.values()), draft)
    reported = reporting(mart, days, len(label.practices))
    rows = _run(mart, days, instructions, label.most)
    let_go(mart)
    names = Names(list(atoms.values()), instructions, label.practices, ("all", *plan.splits))
    for place, period in enumerate(periods):
        grains = pa.concat_tables([names.table(some, place) for some in rows])
        yield Grains(period, grains, who_did(place, list(asked), did_it, reported, label))


def _split(plan: Plan) -> set[PersonCount]:
    """The counts that are wanted by groups of people, and not only as they are."""
    sides = [count for one in plan.indicators if one.splits and plan.splits for count in one.counts]
    return {part for count in sides for part in parts(count) if isinstance(part, PersonCount)}


def _refuse_too_great(label: Label, atoms: Iterable[PersonCount]) -> None:
    for count in atoms:
        if isinstance(count, Total | Pairs | Change):
            added = count.any_of if isinstance(count, Total) else events_of(count)
            kinds = {kind: one.code for one in added for kind in label.kinds.like(one)}
            for kind, code in kinds.items():
                if label.largest[kind] > GREATEST:
                    raise FactsError(
                        f"events: a value of {code} is over {GREATEST:.0f} and cannot be added up: correct it"
                    )
            often = {Total: 1, Change: 2}.get(type(count), 0)  # a change takes two values
            if often * sum(label.total[kind] for kind in kinds) > IN_ALL:
                raise FactsError("values are too great to be added up: in all a count holds 9 million million")


def _run(mart: Mart, days: Days, plan: Programme, most: int) -> list[Rows]:
    """Every practice in one of these, those of about as many people in each."""
    practices, cores = len(mart.visit_at) - 1, len(os.sched_getaffinity(0))
    shares = np.linspace(0, mart.visit_at[-1], cores * TASKS + 1)
    edges = np.unique([0, *np.searchsorted(mart.visit_at, shares[1:-1]), practices])

    def task(first: int, last: int) -> Rows:
        return run(mart, days, plan, scratch(plan, days, most), first, last)

    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(task, [0, *edges[:-1]], [0, *edges[1:]]))  # one of no practice: never no rows at all
