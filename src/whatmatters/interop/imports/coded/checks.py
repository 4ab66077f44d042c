"""What a line says, read; and why a line cannot be used. The first reason that holds is the one counted."""

from collections.abc import Iterable
from datetime import date

import duckdb

from whatmatters.events.codes import CONCEPTS
from whatmatters.interop.imports.coded import snomed
from whatmatters.interop.imports.coded.value_sets import Meaning

DAYS = "['%Y-%m-%d', '%Y%m%d', '%d/%m/%Y']"
PLACE = "'[A-Z0-9]{3,6}'"

# A pseudonym becomes the number by which the facts know a person, the same in every file and on every machine: the
# lower half of its MD5, without the sign. Among 60 million two would share one with a chance of about 1 in 5,000.
NUMBER = "CAST(md5_number_lower({}) & 9223372036854775807 AS BIGINT)"


def day(column: str) -> str:
    """SQL: the day a cell names, or null."""
    return f"CAST(try_strptime({column}, {DAYS}) AS DATE)"


def meant(connection: duckdb.DuckDBPyConnection, meanings: Iterable[Meaning]) -> None:
    """The table ``meant``: what each code means. Codes of our own concepts stand for themselves."""
    rows = [(one.code, one.concept or None, one.detail or None, one.least, one.most) for one in meanings]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE meant (id VARCHAR, concept VARCHAR, detail VARCHAR, least DOUBLE, most DOUBLE)"
    )
    connection.executemany("INSERT INTO meant VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE OR REPLACE TEMP TABLE valued (concept VARCHAR)")
    connection.executemany("INSERT INTO valued VALUES (?)", [(one.name,) for one in CONCEPTS.values() if one.value])


def check(connection: duckdb.DuckDBPyConnection, said: str) -> None:
    """From ``lines`` the table ``checked``: one row for each thing said, read, with its ``reason`` or null.

    Ids are judged once each, not once a line: there are thousands of them and millions of lines.
    """
    connection.execute(f"CREATE OR REPLACE TEMP VIEW said AS {said}")
    ids = [row[0] for row in connection.execute("SELECT DISTINCT id FROM said WHERE id IS NOT NULL").fetchall()]
    connection.execute("CREATE OR REPLACE TEMP TABLE faulty (id VARCHAR, fault VARCHAR)")
    if faults := [(one, fault) for one in ids if (fault := snomed.fault(one))]:
        connection.executemany("INSERT INTO faulty VALUES (?, ?)", faults)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE checked AS
        WITH read AS (
            SELECT line, person, said.id, said.concept IS NOT NULL OR meant.id IS NOT NULL AS known,
                   coalesce(said.concept, meant.concept) AS concept, coalesce(said.detail, meant.detail) AS detail,
                   {day("day")} AS "on", value AS told, try_cast(value AS DOUBLE) AS value, least, most, episode,
                   upper(place) AS place
            FROM said LEFT JOIN meant ON meant.id = said.id)
        SELECT read.*, valued.concept IS NOT NULL AS carries, CASE
            WHEN coalesce(person, '') = '' THEN 'no person'
            WHEN faulty.id IS NOT NULL THEN 'SNOMED id: ' || fault
            WHEN NOT known THEN 'SNOMED id in no value set'
            WHEN read.concept IS NULL THEN 'SNOMED id known, counts for nothing'
            WHEN "on" IS NULL THEN 'date missing or not a date'
            WHEN "on" < DATE '1900-01-01' THEN 'date before 1900'
            WHEN "on" > DATE '{date.today().isoformat()}' THEN 'date in the future'
            WHEN place <> '' AND NOT regexp_full_match(place, {PLACE}) THEN 'practice or provider not an ODS code'
            WHEN carries AND coalesce(told, '') = '' THEN 'value missing'
            WHEN carries AND (value IS NULL OR NOT isfinite(value)) THEN 'value not a number'
            WHEN carries AND (value < least OR value > most) THEN 'value out of range'
            END AS reason
        FROM read LEFT JOIN faulty ON faulty.id = read.id LEFT JOIN valued ON valued.concept = read.concept""")


def counted(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int, str]]:
    """(reason, how many, the first line, up to five SNOMED ids) of what is left out, commonest first."""
    return connection.execute("""
        SELECT reason, count(*), min(line), coalesce(array_to_string(list_sort(min(DISTINCT id, 5)), ' '), '')
        FROM checked WHERE reason IS NOT NULL GROUP BY reason ORDER BY 2 DESC, 1""").fetchall()
