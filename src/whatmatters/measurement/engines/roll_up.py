"""From grains to results, the same for every engine: practices added up to every level, ratios' two sides put together.

Works on what is small: grains, organisations, memberships, staff; never on a person's row. What belongs to what is SQL;
the adding up is arrays of whole numbers, a row a practice and a column a group, and each level a sum of such rows.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from whatmatters.measurement.counts import Count, Kinds, Largest
from whatmatters.measurement.engines import COLUMNS, Grains, Plan, parts
from whatmatters.measurement.engines.grains import Taken, taken
from whatmatters.measurement.engines.people import GROUPS
from whatmatters.measurement.engines.sql import ONE
from whatmatters.measurement.engines.tree import NOWHERE, Tree, tree
from whatmatters.measurement.engines.views import connected, settled, small
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import LEVELS, Indicator

Cell = tuple[str, str]
Block = npt.NDArray[np.int64]
"""[above, column], in whole millionths."""


def rolled(facts: Facts, plan: Plan, found: Iterable[Grains]) -> Iterator[pa.Table]:
    """Tables of ``COLUMNS``, one an indicator, in order of indicator, period, level, organisation, breakdown, group."""
    with connected(small(facts)) as connection:
        settled(connection)
        periods = [RollUp.of(connection, plan, one) for one in found]

    def of(indicator: Indicator) -> pa.Table:
        return pa.concat_tables([one.results(indicator) for one in periods])

    indicators, cores = sorted(plan.indicators, key=lambda one: one.id), len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cores) as pool:  # as many as there are cores, and no more tables in memory than that
        for first in range(0, len(indicators), cores):
            yield from pool.map(of, indicators[first : first + cores])


def columns(plan: Plan) -> list[Cell]:
    """Every (breakdown, group) that grains come in; the first is everyone."""
    return [("all", "all"), *((split, group) for split in plan.splits for group in GROUPS[split])]


@dataclass(frozen=True)
class RollUp:
    """One period: what each practice adds to each count, and what belongs to what."""

    plan: Plan
    label: str
    taken: Taken
    tree: Tree

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, plan: Plan, found: Grains) -> "RollUp":
        one = tree(connection, plan, found)
        return cls(plan, found.period.label, taken(found.grains, one, columns(plan), len(plan.atoms)), one)

    def results(self, indicator: Indicator) -> pa.Table:
        """An indicator's rows of this period: where either side is anything but nought."""
        cells = columns(self.plan) if indicator.splits else columns(self.plan)[:1]
        groups = [*indicator.groups] if "detail" in self.plan.breakdowns else []
        named = cells + [(indicator.by.name, group) for group, _ in groups if indicator.by]
        sides = np.zeros((2, len(self.tree.rank), len(named)), np.int64)
        for side, count in enumerate(indicator.counts):
            block = self._added(count, indicator)[:, : len(cells)]
            sides[side, :, : block.shape[1]] = block
        for place, (_, counts) in enumerate(groups, start=len(cells)):
            for side, count in enumerate(counts):
                sides[side, :, place] = self._added(count, indicator)[:, 0]
        return self._table(indicator, named, sides)

    def _added(self, count: Count, indicator: Indicator) -> Block:
        """A count at every place. ``Largest`` and ``Kinds`` look at each place's own sums of their parts, of which one
        that nothing is known of is nought."""
        lacking = self.tree.lacks[self.tree.needs[indicator.needs]]
        found = [self.tree.summed(self.taken.of(self.plan.atoms[part]), lacking) for part in parts(count)]
        wide = max((one.shape[1] for one in found), default=1)
        found = [np.pad(one, ((0, 0), (0, wide - one.shape[1]))) for one in found]
        if not found:
            return np.zeros((len(self.tree.rank), 1), np.int64)
        if isinstance(count, Largest):
            return reduce(np.maximum, found)
        if isinstance(count, Kinds):
            found = [(one != 0) * np.int64(ONE) for one in found]
        return sum(found[1:], found[0])

    def _table(self, indicator: Indicator, named: list[Cell], sides: Block) -> pa.Table:
        asked = [place for place in range(len(named)) if place or "all" in self.plan.breakdowns]
        order = sorted(asked, key=named.__getitem__)
        numerator, denominator = sides[:, :, order]
        shown = (self.tree.rank >= LEVELS.index(indicator.lowest))[:, None]
        above, cell = np.nonzero(((numerator != 0) | (denominator != 0)) & shown)
        share = self.tree.shares[self.tree.needs[indicator.needs]][above]
        divides = np.full(len(above), indicator.denominator is not None)
        where, what = pa.array(above), pa.array(cell)
        texts = {
            "organisation": self.tree.organisations.take(where),
            "level": self.tree.levels.take(where),
            "breakdown": pa.array([named[place][0] for place in order], pa.string()).take(what),
            "group": pa.array([named[place][1] for place in order], pa.string()).take(what),
            "indicator": pa.repeat(pa.scalar(indicator.id), len(above)),
            "period": pa.repeat(pa.scalar(self.label), len(above)),
        }
        numbers = {
            "numerator": pa.array(numerator[above, cell] / ONE),
            "denominator": pa.array(denominator[above, cell] / ONE, mask=~divides),
            "coverage": pa.array(share, mask=share == NOWHERE),
        }
        found = {**texts, **numbers}
        return pa.table([found[name] for name in COLUMNS.names], COLUMNS)
