"""The embedded engine: the counts that indicators share, compiled to SQL, in a fixed few passes a period.

Each count becomes an *atom*, however many indicators use it. Amounts per person and atom are sparse; they are added up
once at the finest grain (practice and groups of people), and every level above is a sum of practice rows.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from whatmatters.measurement.engines import COLUMNS, Plan
from whatmatters.measurement.engines.atoms import AMOUNTS, amounts, organisation_cells
from whatmatters.measurement.engines.places import coverage, home, places
from whatmatters.measurement.engines.sql import codes, day, text, words
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import Count
from whatmatters.periods import Period

PARTS = pa.schema(
    [
        ("indicator", pa.string()),
        ("level", pa.string()),
        ("splits", pa.bool_()),
        ("divides", pa.bool_()),
        ("atom", pa.int32()),
        ("side", pa.int32()),
    ]
)


def run(facts: Facts, plan: Plan) -> pa.Table:
    atoms: dict[Count, int] = {}
    for indicator in plan.indicators:
        for count in indicator.counts:
            atoms.setdefault(count, len(atoms))
    with connected(facts) as connection:
        _prepare(connection, plan, atoms)
        return pa.concat_tables(_period(connection, plan, atoms, period) for period in plan.periods)


def _prepare(connection: duckdb.DuckDBPyConnection, plan: Plan, atoms: dict[Count, int]) -> None:
    """What holds for every period: the events wanted, the practices numbered, what is made of what."""
    wanted = words(codes(atoms) or [""])
    known = f"code IN {wanted} AND day <= {day(plan.as_at)}"  # what came after the as-at date is not known yet
    connection.execute(f"CREATE TEMP VIEW wanted AS SELECT * FROM events WHERE {known}")
    connection.execute("""
        CREATE TEMP TABLE practices AS
        SELECT practice, row_number() OVER (ORDER BY practice) AS number
        FROM (SELECT DISTINCT practice FROM registrations)""")
    parts = [
        (one.id, level, one.splits, one.denominator is not None, atoms[count], side)
        for one in plan.indicators
        for level in one.levels
        if level in plan.levels
        for side, count in enumerate(one.counts)
    ]
    connection.register("parts", pa.Table.from_pylist([dict(zip(PARTS.names, p, strict=True)) for p in parts], PARTS))


def _period(connection: duckdb.DuckDBPyConnection, plan: Plan, atoms: dict[Count, int], period: Period) -> pa.Table:
    splits = [breakdown for breakdown in plan.breakdowns if breakdown != "all"]
    connection.execute(home(period, splits))
    connection.execute(places(plan.membership_day(period)))
    connection.execute(coverage(period))
    connection.execute(AMOUNTS)
    for select in amounts(atoms, period, plan.as_at):
        connection.execute(f"INSERT INTO amounts {select}")
    connection.execute(_grains(splits))
    columns = {breakdown: text("all") if breakdown == "all" else breakdown for breakdown in plan.breakdowns}
    cells = [
        f"SELECT atom, practice AS organisation, {text(breakdown)} AS breakdown, {column} AS grp, amount FROM grains"
        for breakdown, column in columns.items()
    ]
    if "all" in columns:
        cells += organisation_cells(atoms, period)
    table: pa.Table = connection.sql(_roll_up(cells, period)).to_arrow_table()
    return table.cast(COLUMNS)


def _grains(splits: Sequence[str]) -> str:
    groups = "".join(f", {split}" for split in splits)
    return f"""
        CREATE OR REPLACE TEMP TABLE grains AS
        SELECT atom, practice{groups}, sum(amount) AS amount
        FROM amounts JOIN home USING (person) JOIN practices USING (number)
        WHERE listed OR NOT on_list
        GROUP BY ALL"""


def _roll_up(cells: Sequence[str], period: Period) -> str:
    """Practice rows added up to every level, then the two sides of each indicator put side by side."""
    return f"""
        WITH cells AS ({" UNION ALL ".join(cells)}),
        rolled AS (
            SELECT atom, level, ancestor AS organisation, breakdown, grp, sum(amount) AS amount
            FROM cells JOIN places USING (organisation) GROUP BY ALL)
        SELECT indicator, {text(period.label)} AS period, organisation, level, breakdown, grp AS "group",
               coalesce(sum(amount) FILTER (side = 0), 0) / 1e6::DOUBLE AS numerator,
               CASE WHEN any_value(divides) THEN coalesce(sum(amount) FILTER (side = 1), 0) / 1e6::DOUBLE END
                   AS denominator,
               any_value(share) AS coverage
        FROM rolled JOIN parts USING (atom, level) LEFT JOIN coverage USING (level, organisation)
        WHERE splits OR breakdown = 'all'
        GROUP BY indicator, organisation, level, breakdown, grp
        HAVING numerator <> 0 OR coalesce(denominator, 0) <> 0"""
