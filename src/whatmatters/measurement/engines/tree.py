"""What belongs to what in one period, in numbers: which practices each place is the sum of, and which say nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from whatmatters.measurement.engines import REPORTED, Grains, Plan, known
from whatmatters.measurement.engines.places import places
from whatmatters.measurement.engines.posts import cells as posts
from whatmatters.measurement.engines.posts import open_on
from whatmatters.measurement.engines.sql import table
from whatmatters.measurement.indicators import LEVELS
from whatmatters.periods import Period

Whole = npt.NDArray[np.int64]
Needs = dict[tuple[str, ...], int]
NOWHERE = -1.0  # no practice of the place is open


@dataclass(frozen=True)
class Tree:
    """``places`` are organisations that grains and posts may name. What is above them has a name, level and rank, in
    order of level and name; number ``above`` is the sum of ``child[start[above]:start[above + 1]]``.

    ``lacks`` says [needs, place]: it does not record what is needed; ``shares`` [needs, above]: of the practices open
    on the last day, how many reported it.
    """

    places: pa.Array
    organisations: pa.Array
    levels: pa.Array
    rank: Whole
    start: Whole
    child: Whole
    posts: Mapping[str, Whole]
    needs: Needs
    lacks: npt.NDArray[np.bool_]
    shares: npt.NDArray[np.float64]

    def summed(self, amounts: Whole, lacking: npt.NDArray[np.bool_]) -> Whole:
        """[place, column] added up: [above, column]."""
        if lacking.any():
            amounts = np.where(lacking[:, None], 0, amounts)
        if not len(self.start):
            return np.zeros((0, amounts.shape[1]), np.int64)
        found: Whole = np.add.reduceat(amounts[self.child], self.start, axis=0)
        return found


def numbered_needs(plan: Plan) -> Needs:
    """Every set of codes that some indicator needs, with its number; 0 is none."""
    found: Needs = {(): 0}
    for one in plan.indicators:
        found.setdefault(one.needs, len(found))
    return found


def tree(connection: duckdb.DuckDBPyConnection, plan: Plan, found: Grains) -> Tree:
    connection.register("given", _given(plan, found.grains))
    connection.register("doers", found.doers)
    needs = numbered_needs(plan)
    for name, select in _tables(plan, found.period, needs):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    read = {name: connection.sql(select).to_arrow_table() for name, select in _selects(plan, found.period)}
    for name in ("given", "doers"):
        connection.unregister(name)
    numbers = {name: {column: np.asarray(one[column]) for column in one.column_names} for name, one in read.items()
               if name in ("under", "lacks", "shares", "posts")}  # fmt: skip
    above, below = len(read["above"]), len(read["organised"])
    lacks, shares = np.zeros((len(needs), below), bool), np.full((len(needs), above), NOWHERE)
    lacks[numbers["lacks"]["needs"], numbers["lacks"]["place"]] = True
    shares[numbers["shares"]["needs"], numbers["shares"]["above"]] = numbers["shares"]["share"]
    return Tree(
        read["organised"]["organisation"].combine_chunks(),
        read["above"]["organisation"].combine_chunks(),
        read["above"]["level"].combine_chunks(),
        np.asarray(read["above"]["rank"]),
        np.searchsorted(numbers["under"]["above"], np.arange(above)),
        numbers["under"]["place"],
        numbers["posts"],
        needs,
        lacks,
        shares,
    )


def _given(plan: Plan, grains: pa.Table) -> pa.Table:
    """(atom, practice) of the codes that are needed, where anyone has had one: a few of the rows there are."""
    asked = pa.array({plan.atoms[known(code)] for one in plan.indicators for code in one.needs}, pa.int32())
    said = pc.and_(pc.is_in(grains["atom"], asked), pc.greater(grains["amount"], 0))
    few = grains.filter(said)
    return few.filter(pc.equal(few["breakdown"].cast(pa.string()), "all")).select(["atom", "practice"])


def _tables(plan: Plan, period: Period, needs: Needs) -> Iterator[tuple[str, str]]:
    ranks = table("level rank", [(level, rank) for rank, level in enumerate(LEVELS) if level in plan.levels])
    yield "practices", f"SELECT DISTINCT organisation AS practice FROM doers WHERE atom = {REPORTED}"
    yield "everywhere", places(plan.membership_day(period))
    yield (
        "organised",
        """
        SELECT organisation, row_number() OVER (ORDER BY organisation) - 1 AS place
        FROM (SELECT DISTINCT organisation FROM everywhere)""",
    )
    yield (
        "above",
        f"""
        SELECT ancestor AS organisation, level, rank, row_number() OVER (ORDER BY level, ancestor) - 1 AS above
        FROM (SELECT DISTINCT ancestor, level FROM everywhere) JOIN ({ranks}) r USING (level)""",
    )
    yield (
        "under",
        """
        SELECT place, above FROM everywhere e JOIN organised USING (organisation)
        JOIN above a ON a.organisation = ancestor AND a.level = e.level""",
    )
    yield "lacks", _lacks(plan, needs)
    yield "wanted", f"SELECT unnest({list(needs.values())}) AS needs"


def _selects(plan: Plan, period: Period) -> Iterator[tuple[str, str]]:
    yield "organised", "SELECT organisation FROM organised ORDER BY place"
    yield "above", "SELECT organisation, level, rank FROM above ORDER BY above"
    yield "under", "SELECT above, place FROM under ORDER BY above, place"
    yield "lacks", "SELECT DISTINCT needs, place FROM lacks"
    yield (
        "shares",
        f"""
        SELECT n.needs, above,
               count(*) FILTER (code IN (SELECT practice FROM practices) AND l.place IS NULL) / count(*)::DOUBLE
                   AS share
        FROM organisations JOIN organised ON code = organisation JOIN under p USING (place) CROSS JOIN wanted n
        LEFT JOIN lacks l ON l.needs = n.needs AND l.place = p.place
        WHERE kind = 'practice' AND {open_on(period)}
        GROUP BY ALL""",
    )
    held = " UNION ALL ".join(posts(plan.atoms, period, plan.as_at))
    nobody = "SELECT 0 AS atom, '' AS organisation, 0 AS amount WHERE false"
    yield (
        "posts",
        f"""
        SELECT p.atom::BIGINT AS atom, place, p.amount::BIGINT AS amount
        FROM ({held or nobody}) p(atom, organisation, amount) JOIN organised USING (organisation)""",
    )


def _lacks(plan: Plan, needs: Needs) -> str:
    """(needs, place): practices of whose people nobody has had an event of a code that is needed."""
    everyone = """
        SELECT place, organisation FROM organised
        WHERE organisation NOT IN (SELECT code FROM organisations WHERE kind IS DISTINCT FROM 'practice')"""
    missing = [
        f"""
        SELECT {number} AS needs, place FROM ({everyone})
        WHERE organisation NOT IN (SELECT practice FROM given WHERE atom = {plan.atoms[known(code)]})"""
        for codes, number in needs.items()
        for code in codes
    ]
    return " UNION ".join(["SELECT 0 AS needs, 0::BIGINT AS place WHERE false", *missing])
