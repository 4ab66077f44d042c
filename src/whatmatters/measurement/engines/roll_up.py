"""From grains to results, the same for every engine: practices added up to every level, ratios' two sides put together.

Works on what is small: grains, organisations, memberships, staff; never on a person's row. Names are numbers inside, in
order of what they stand for, so that adding up and sorting are work on whole numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from whatmatters.measurement.engines import COLUMNS, REPORTED, Grains, Plan, known
from whatmatters.measurement.engines.places import places
from whatmatters.measurement.engines.posts import cells as posts
from whatmatters.measurement.engines.posts import open_on
from whatmatters.measurement.engines.sides import KINDS, SUM, Cell, cells, needs, sides
from whatmatters.measurement.engines.sql import ONE, table
from whatmatters.measurement.engines.views import connected, small
from whatmatters.measurement.facts import Facts
from whatmatters.measurement.indicators import LEVELS, Indicator
from whatmatters.periods import Period

AT_ONCE = 2_000_000  # rows of grains that are rolled up together: about three million results


def rolled(facts: Facts, plan: Plan, found: Iterable[Grains]) -> Iterator[pa.Table]:
    """Tables of ``COLUMNS``, in order of indicator, period, level, organisation, breakdown and group throughout."""
    with connected(small(facts)) as connection:
        whole = RollUp(connection, plan, cells(plan))
        rows = sum(whole.take_in(number, one) for number, one in enumerate(found))
        for batch in _batches(plan.indicators, rows):
            by_period = [_apart(whole.results(batch, number)) for number in range(len(plan.periods))]
            found = [tables[one.id] for one in batch for tables in by_period if one.id in tables]
            yield pa.concat_tables([COLUMNS.empty_table(), *found])


def _apart(table: pa.Table) -> dict[str, pa.Table]:
    """Rows in order of indicator, by indicator."""
    found, first = {}, 0
    for one in table["indicator"].value_counts().to_pylist():  # in order of appearance
        found[one["values"]] = table.slice(first, one["counts"])
        first += one["counts"]
    return found


def _batches(indicators: Sequence[Indicator], rows: int) -> Iterator[list[Indicator]]:
    ordered = sorted(indicators, key=lambda one: one.id)
    size = max(1, len(ordered) * AT_ONCE // max(rows, AT_ONCE))
    return (ordered[first : first + size] for first in range(0, len(ordered), size))


@dataclass(frozen=True)
class RollUp:
    """A database with, for each period by its number: ``grains``, ``places``, ``above``, ``lacks``, ``shares``."""

    connection: duckdb.DuckDBPyConnection
    plan: Plan
    cells: list[Cell]

    def take_in(self, number: int, found: Grains) -> int:
        """What one period adds; returns the rows of its grains."""
        self.connection.register("given", found.grains)
        self.connection.register("doers", found.doers)
        for name, select in self._tables(found.period).items():
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
        for name in ("grains", "places", "above", "lacks", "shares"):
            self.connection.execute(f"ALTER TABLE {name} RENAME TO {name}_{number}")
        for name in ("given", "doers"):
            self.connection.unregister(name)
        return len(found.grains)

    def _tables(self, period: Period) -> Mapping[str, str]:
        ranks = table("level rank", [(level, rank) for rank, level in enumerate(LEVELS) if level in self.plan.levels])
        whose = {name: place for place, name in enumerate(("all", *self.plan.splits))}
        named = [(place, whose.get(name, -1), name, group) for place, (name, group) in enumerate(self.cells)]
        all_of = self.cells.index(("all", "all"))
        of_posts = " UNION ALL ".join(
            f"SELECT p.atom, o.place, 0, {all_of}, p.amount FROM ({select}) p(atom, organisation, amount) "
            "JOIN organised o USING (organisation)"
            for select in posts(self.plan.atoms, period, self.plan.as_at)
        )
        return {
            "practices": f"SELECT DISTINCT organisation AS practice FROM doers WHERE atom = {REPORTED}",
            "everywhere": places(self.plan.membership_day(period)),
            "organised": """
                SELECT organisation, row_number() OVER (ORDER BY organisation)::INTEGER AS place
                FROM (SELECT DISTINCT organisation FROM everywhere)""",
            "above": f"""
                SELECT ancestor AS organisation, level, rank,
                       row_number() OVER (ORDER BY level, ancestor)::INTEGER - 1 AS above
                FROM (SELECT DISTINCT ancestor, level FROM everywhere) JOIN ({ranks}) r USING (level)""",
            "places": """
                SELECT place, above, rank FROM everywhere e JOIN organised USING (organisation)
                JOIN above a ON a.organisation = ancestor AND a.level = e.level""",
            "lacks": self._lacks(),
            "shares": self._shares(period),
            "named": table("cell whose breakdown grp", named),
            # In order of atom, so that a batch of indicators reads its own and no other.
            "grains": f"""
                SELECT * FROM (
                    SELECT atom, place, whose, cell, amount
                    FROM given JOIN named USING (breakdown, grp) JOIN organised ON organisation = practice
                    {"UNION ALL " + of_posts if of_posts else ""})
                ORDER BY atom""",
        }

    def _lacks(self) -> str:
        """(needs, place): practices of whose people nobody has had an event of a code that is needed."""
        everyone = """
            SELECT place, organisation FROM organised
            WHERE organisation NOT IN (SELECT code FROM organisations WHERE kind IS DISTINCT FROM 'practice')"""
        missing = [
            f"""
            SELECT {number}::INTEGER AS needs, place FROM ({everyone})
            WHERE organisation NOT IN (SELECT practice FROM given WHERE breakdown = 'all' AND amount > 0
                                       AND atom = {self.plan.atoms[known(code)]})"""
            for codes, number in needs(self.plan).items()
            for code in codes
        ]
        return " UNION ".join(["SELECT 0 AS needs, 0 AS place WHERE false", *missing])

    def _shares(self, period: Period) -> str:
        """(needs, above, share): of the practices open on the last day, how many reported what is needed."""
        return f"""
            SELECT n.needs, above,
                   count(*) FILTER (code IN (SELECT practice FROM practices) AND l.place IS NULL) / count(*)::DOUBLE
                       AS share
            FROM organisations JOIN organised ON code = organisation JOIN places p USING (place)
            CROSS JOIN (SELECT unnest({list(needs(self.plan).values())}) AS needs) n
            LEFT JOIN lacks l ON l.needs = n.needs AND l.place = p.place
            WHERE kind = 'practice' AND {open_on(period)}
            GROUP BY ALL"""

    def results(self, indicators: Sequence[Indicator], number: int) -> pa.Table:
        """One period's results of these indicators, in order."""
        self.connection.register("sides", sides(self.plan, indicators))
        select = f"""
            WITH asked AS (SELECT DISTINCT atom, whose, needs FROM sides),
            summed AS (
                SELECT g.atom, g.whose, a.needs, above, rank, g.cell, sum(amount)::BIGINT AS amount
                FROM grains_{number} g JOIN asked a ON a.atom = g.atom AND a.whose = g.whose
                JOIN places_{number} p ON p.place = g.place
                ANTI JOIN lacks_{number} l ON l.needs = a.needs AND l.place = g.place
                GROUP BY ALL),
            pieces AS (
                SELECT s.*, above, coalesce(s.cell, m.cell) AS found, amount
                FROM summed m JOIN sides s USING (atom, whose, needs) WHERE rank >= lowest),
            combined AS (
                SELECT indicator, needs, side, above, found, amount FROM pieces WHERE combined = {SUM} UNION ALL
                SELECT indicator, needs, side, above, found,
                       CASE WHEN any_value(combined) = {KINDS} THEN {ONE} * count(*) FILTER (amount <> 0)
                            -- a group of which there is nothing is 0, and so larger than one that fell
                            WHEN count(*) < any_value(parts) THEN greatest(max(amount), 0) ELSE max(amount) END
                FROM pieces WHERE combined <> {SUM} GROUP BY ALL),
            put AS (
                SELECT indicator, needs, above, found AS cell,
                       coalesce(sum(amount) FILTER (side = 0), 0)::BIGINT AS numerator,
                       coalesce(sum(amount) FILTER (side = 1), 0)::BIGINT AS denominator
                FROM combined GROUP BY ALL HAVING numerator <> 0 OR denominator <> 0)
            SELECT indicator, above, cell, numerator / 1e6::DOUBLE AS numerator,
                   denominator / 1e6::DOUBLE AS denominator, share AS coverage
            FROM put LEFT JOIN shares_{number} USING (needs, above)
            ORDER BY indicator, above, cell"""
        return self._named(self.connection.sql(select).to_arrow_table(), indicators, number)

    def _named(self, found: pa.Table, indicators: Sequence[Indicator], number: int) -> pa.Table:
        above = self.connection.sql(f"SELECT organisation, level FROM above_{number} ORDER BY above").to_arrow_table()
        divides = pa.array([one.denominator is not None for one in indicators], pa.bool_())
        names = {
            "indicator": ("indicator", pa.array([one.id for one in indicators], pa.string())),
            "organisation": ("above", above["organisation"].combine_chunks()),
            "level": ("above", above["level"].combine_chunks()),
            "breakdown": ("cell", pa.array([breakdown for breakdown, _ in self.cells])),
            "group": ("cell", pa.array([group for _, group in self.cells])),
        }
        columns = {name: names_of.take(found[numbers]) for name, (numbers, names_of) in names.items()}
        columns["period"] = pa.repeat(pa.scalar(self.plan.periods[number].label), len(found))
        columns["numerator"], columns["coverage"] = found["numerator"], found["coverage"]
        columns["denominator"] = pc.if_else(divides.take(found["indicator"]), found["denominator"], None)
        return pa.table([columns[name] for name in COLUMNS.names], COLUMNS)
