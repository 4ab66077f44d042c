"""Facts as DuckDB sees them: views with canonical types, plain column names, and only the rows that can count.

``since`` is in, ``until`` is out; ``day`` is an event's. A row without its keys, or an interval that is empty, counts
nowhere; the quality table says how many there are.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from whatmatters.measurement.facts import SCHEMAS, Facts, FactsError

TYPES = {pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.date32(): "DATE"}

_OF = 'code, "on" AS day, CASE WHEN isfinite(value) THEN value END AS value, detail, episode'
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
    "staff": """
        SELECT worker, role, organisation, CASE WHEN isfinite(wte) THEN wte ELSE 0 END AS wte, "start" AS since,
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
        connection = duckdb.connect(config={"temp_directory": scratch, "preserve_insertion_order": "false"})
        try:
            _views(connection, facts)
            yield connection
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise FactsError(f"the facts could not be read to the end: {str(error).splitlines()[0]}") from error
        finally:
            connection.close()


def _views(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    statements = []
    for name, schema in SCHEMAS.items():
        source = facts.tables[name]
        if isinstance(source, pa.Table):
            connection.register(f"given_{name}", source)
            origin = f"given_{name}"
        else:
            files = ", ".join("'" + str(part).replace("'", "''") + "'" for part in source)
            origin = f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"
        columns = ", ".join(f'CAST("{field.name}" AS {_type(field)}) AS "{field.name}"' for field in schema)
        statements.append(f"CREATE TEMP VIEW raw_{name} AS SELECT {columns} FROM {origin}")
    statements += [f"CREATE TEMP VIEW {name} AS {select}" for name, select in VIEWS.items()]
    connection.execute("; ".join(statements))


def _type(field: pa.Field) -> str:
    return TYPES.get(field.type, "VARCHAR")
