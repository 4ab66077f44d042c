"""Facts as DuckDB sees them: views with canonical types, plain column names, and only the rows that can count.

``since`` is in, ``until`` is out; ``day`` is an event's. A row without its keys, or an interval that is empty, counts
nowhere; the quality table says how many there are.
"""

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from whatmatters.measurement.engines.sql import finite
from whatmatters.measurement.facts import SCHEMAS, Facts, FactsError

OF_PEOPLE = ("people", "registrations", "events")
MEMORY = 4_500_000_000
TYPES = {pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.date32(): "DATE"}

_OF = f'code, "on" AS day, {finite("value")} AS value, detail, episode'
_WHOLE = 'code IS NOT NULL AND "on" IS NOT NULL'

VIEWS = {
    "people": "SELECT person, born, sex, ethnicity, deprivation, died FROM raw_people WHERE person IS NOT NULL",
    "registrations": """
        SELECT person, practice, "start" AS since, "end" AS until FROM raw_registrations
        WHERE person IS NOT NULL AND practice IS NOT NULL AND "start" IS NOT NULL
          AND ("end" IS NULL OR "end" > "start")""",
    "events": f"SELECT person, {_OF}, organisation FROM raw_events WHERE person IS NOT NULL AND {_WHOLE}",
    "organisations": "SELECT code, kind, opened, closed FROM raw_organisations WHERE code IS NOT NULL",
    "memberships": """
        SELECT child, parent, "start" AS since, "end" AS until FROM raw_memberships
        WHERE child IS NOT NULL AND "start" IS NOT NULL AND ("end" IS NULL OR "end" > "start")""",
    "staff": f"""
        SELECT worker, role, organisation, coalesce({finite("wte")}, 0) AS wte, "start" AS since,
               "end" AS until
        FROM raw_staff WHERE organisation IS NOT NULL AND "start" IS NOT NULL AND ("end" IS NULL OR "end" > "start")""",
    "staff_events": f"SELECT worker, {_OF} FROM raw_staff_events WHERE worker IS NOT NULL AND {_WHOLE}",
    "organisation_events": f"""
        SELECT organisation, {_OF} FROM raw_organisation_events WHERE organisation IS NOT NULL AND {_WHOLE}""",
}


@contextmanager
def connected(facts: Facts) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private in-memory database over the facts. What does not fit in memory goes to a scratch folder.

    A Parquet file whose footer is whole and whose pages are not shows only when it is read: FactsError.
    """
    with tempfile.TemporaryDirectory() as scratch:
        connection = duckdb.connect(
            config={"temp_directory": scratch, "preserve_insertion_order": "false", "memory_limit": _memory()}
        )
        try:
            _views(connection, facts)
            yield connection
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            if "No space left" in str(error) or "max_temp_directory_size" in str(error):
                raise OSError(errno.ENOSPC, f"No space left on device for scratch files in {scratch}") from error
            raise FactsError(f"the facts could not be read to the end: {str(error).splitlines()[0]}") from error
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            raise FactsError("values are too great to be added up: in all a count holds 9 million million") from error
        except duckdb.InvalidInputException as error:
            raise FactsError(f"the facts could not be read to the end: {str(error).splitlines()[0]}") from error
        finally:
            connection.close()


def settled(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes tables of the small views, for who asks a hundred things of them."""
    connection.execute("SET threads = 1")
    for name in VIEWS.keys() - set(OF_PEOPLE):
        connection.execute(f"CREATE TEMP TABLE once_{name} AS SELECT * FROM {name}; DROP VIEW {name}")
        connection.execute(f"ALTER TABLE once_{name} RENAME TO {name}")


def small(facts: Facts) -> Facts:
    """The same facts with nobody in them: organisations, memberships, staff."""
    return Facts({**facts.tables, **{name: SCHEMAS[name].empty_table() for name in OF_PEOPLE}})


def _memory() -> str:
    """Enough for a bucket of people and the results; what is over goes to the scratch folder."""
    of_machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{min(MEMORY, of_machine * 6 // 10)}B"


def _views(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    statements = []
    for name, schema in SCHEMAS.items():
        source = facts.tables[name]
        if isinstance(source, str):
            raise FactsError(f"{source} is not on this machine: measure it with --engine spark")
        if isinstance(source, pa.Table):
            connection.register(f"given_{name}", source)
        else:
            files = ", ".join("'" + str(part).replace("'", "''") + "'" for part in source)
            statements.append(
                f"CREATE TEMP VIEW given_{name} AS "
                f"SELECT * FROM read_parquet([{files}], union_by_name = true, hive_partitioning = false)"
            )
        loose = facts.loose(name)
        columns = ", ".join(f'CAST({_value(field, loose)} AS {_type(field)}) AS "{field.name}"' for field in schema)
        statements.append(f"CREATE TEMP VIEW raw_{name} AS SELECT {columns} FROM given_{name}")
    statements += [f"CREATE TEMP VIEW {name} AS {select}" for name, select in VIEWS.items()]
    connection.execute("; ".join(statements))


def _value(field: pa.Field, loose: Mapping[str, pa.DataType]) -> str:
    name = f'"{field.name}"'
    return f"CASE WHEN NOT isnan({name}) THEN {name} END" if loose.get(field.name) == pa.int64() else name


def _type(field: pa.Field) -> str:
    return TYPES.get(field.type, "VARCHAR")
