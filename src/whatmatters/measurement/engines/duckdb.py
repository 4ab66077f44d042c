"""The embedded engine: the plan's passes in DuckDB, over people in buckets."""

from collections.abc import Iterator

import duckdb

from whatmatters.measurement.engines import DOERS, Grains, Plan
from whatmatters.measurement.engines.buckets import buckets
from whatmatters.measurement.engines.naming import named
from whatmatters.measurement.engines.passes import Passes, Step
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import Facts

COMPACT = 30_000_000  # rows of grains, after which those of one cell are added up


def grains(facts: Facts, plan: Plan) -> Iterator[Grains]:
    """See ``engines``."""
    with connected(facts) as connection:
        passes = Passes(plan)
        _make(connection, passes.of_run())
        practices = [
            name for (name,) in connection.execute("SELECT practice FROM practices ORDER BY number").fetchall()
        ]
        rows = [COMPACT] * len(plan.periods)
        for bucket in buckets(connection):
            _make(connection, passes.of_bucket(bucket))
            for number, period in enumerate(plan.periods):
                _make(connection, passes.of_period(period), number)
                rows[number] = _compacted(connection, f"grains_{number}", rows[number])
        for number, period in enumerate(plan.periods):
            doers = connection.sql(f"SELECT DISTINCT * FROM doers_{number}").to_arrow_table().cast(DOERS)
            found = connection.sql(_summed(f"grains_{number}")).to_arrow_table()
            yield Grains(period, named(found, practices, plan.splits), doers)
            connection.execute(f"DROP TABLE grains_{number}")


def _make(connection: duckdb.DuckDBPyConnection, steps: Iterator[Step], number: int = 0) -> None:
    for step in steps:
        if step.of == "result":
            _add(connection, f"{step.name}_{number}", step.select)
        else:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.select}")


def _add(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT * FROM ({select}) WHERE false")
    connection.execute(f"INSERT INTO {name} {select}")


def _compacted(connection: duckdb.DuckDBPyConnection, name: str, most: int) -> int:
    """Adds up the rows of each cell where they are more than ``most``; returns the next such number."""

    def rows() -> int:
        [(found,)] = connection.execute(f"SELECT count(*) FROM {name}").fetchall()
        return int(found)

    if rows() <= most:
        return most
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_summed(name)}")
    return max(most, 2 * rows())


def _summed(name: str) -> str:
    return f"SELECT atom, number, breakdown, grp, sum(amount)::BIGINT AS amount FROM {name} GROUP BY ALL"
