"""The embedded engine: the plan's passes in DuckDB, over people in buckets.

A bucket is a range of person ids, whatever the order of the rows: memory holds one bucket and the grains, and files
sorted by person are read once, because row groups of other people are passed over.
"""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from whatmatters.measurement.engines import DOERS, GRAINS, Grains, Plan
from whatmatters.measurement.engines.passes import EVERYONE, Passes, Step
from whatmatters.measurement.engines.people import GROUPS
from whatmatters.measurement.engines.views import connected
from whatmatters.measurement.facts import Facts

BUCKET = 1_000_000  # people
COMPACT = 40_000_000  # rows of grains after which those of one cell are added up


def grains(facts: Facts, plan: Plan) -> Iterator[Grains]:
    """See ``engines``."""
    with connected(facts) as connection:
        passes = Passes(plan)
        _make(connection, passes.of_run())
        for bucket in buckets(connection):
            _make(connection, passes.of_bucket(bucket))
            for number, period in enumerate(plan.periods):
                _make(connection, passes.of_period(period), number)
        for number, period in enumerate(plan.periods):
            doers = connection.sql(f"SELECT DISTINCT * FROM doers_{number}").to_arrow_table().cast(DOERS)
            yield Grains(period, _named(connection, plan, number), doers)
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
    if name.startswith("grains"):
        [rows] = connection.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
        if rows > COMPACT:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_summed(name)}")


def _summed(name: str) -> str:
    return f"SELECT atom, number, breakdown, grp, sum(amount)::BIGINT AS amount FROM {name} GROUP BY ALL"


def _named(connection: duckdb.DuckDBPyConnection, plan: Plan, number: int) -> pa.Table:
    """The grains of a period, their numbers turned into the names they stand for."""
    practices = [name for (name,) in connection.execute("SELECT practice FROM practices ORDER BY number").fetchall()]
    names = [("all", "all"), *((split, group) for split in plan.splits for group in GROUPS[split])]
    firsts = [next(place for place, (name, _) in enumerate(names) if name == split) for split in ("all", *plan.splits)]
    found = connection.sql(f"""
        SELECT atom, number::INTEGER - 1 AS practice, ({firsts})[breakdown + 1]::INTEGER + grp AS name, amount
        FROM ({_summed(f"grains_{number}")})""").to_arrow_table()
    name = found["name"].combine_chunks()
    columns = [
        found["atom"],
        pa.DictionaryArray.from_arrays(found["practice"].combine_chunks(), pa.array(practices, pa.string())),
        pa.DictionaryArray.from_arrays(name, pa.array([breakdown for breakdown, _ in names])),
        pa.DictionaryArray.from_arrays(name, pa.array([group for _, group in names])),
        found["amount"],
    ]
    return pa.table(columns, names=GRAINS.names)


def buckets(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Conditions on person that split everyone into buckets of about a million; one that nobody knows is in one too."""
    [people] = connection.execute("SELECT count(*) FROM raw_people").fetchone() or (0,)
    number = -(-people // BUCKET)
    if number < 2:
        return [EVERYONE]
    every = max(1, people // 100_000)
    sample = [
        one
        for (one,) in connection.execute(
            f"SELECT person FROM raw_people WHERE hash(person) % {every} = 0 ORDER BY person"
        ).fetchall()
    ]
    cuts = [sample[len(sample) * place // number] for place in range(1, number)]
    ranges = zip([None, *cuts], [*cuts, None], strict=True)
    return [
        " AND ".join([f"person >= {low}"] * (low is not None) + [f"person < {high}"] * (high is not None))
        for low, high in ranges
    ]
