"""People and their registrations from an extract: the newest file's word on a person replaces the former."""

from pathlib import Path

import duckdb

from whatmatters.interop.imports.coded.checks import NUMBER, PLACE, day

LETTERS = "('A','B','C','D','E','F','G','H','J','K','L','M','N','P','R','S','Z')"


def read(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int, str]]:
    """From ``lines`` the tables ``new_people`` and ``new_registrations``; counts what was left out or emptied."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT line, {NUMBER.format("person")} AS person, CAST(date_trunc('month', {day("born")}) AS DATE) AS born,
               CASE WHEN upper(sex) IN ('F', 'M', 'X') THEN upper(sex) END AS sex,
               CASE WHEN upper(ethnicity) IN {LETTERS} THEN upper(ethnicity) END AS ethnicity,
               CASE WHEN try_cast(deprivation AS BIGINT) BETWEEN 1 AND 10 THEN try_cast(deprivation AS BIGINT) END
                   AS deprivation,
               {day("died")} AS died, upper(place) AS practice, {day("since")} AS since, {day("until")} AS until,
               CASE WHEN coalesce(person, '') = '' THEN 'no person'
                    WHEN NOT regexp_full_match(practice, {PLACE}) THEN 'practice missing or not an ODS code'
                    WHEN {day("since")} IS NULL THEN 'registration without a start'
                    WHEN lines.until <> '' AND {day("until")} IS NULL THEN 'end of registration not a date'
                    WHEN {day("until")} <= {day("since")} THEN 'registration that ends on or before its start'
                    END AS reason,
               lines.born <> '' AND {day("born")} IS NULL AS birth, lines.died <> '' AND {day("died")} IS NULL AS death,
               lines.sex <> '' AND upper(sex) NOT IN ('F', 'M', 'X') AS odd_sex,
               lines.ethnicity <> '' AND upper(ethnicity) NOT IN {LETTERS} AS odd_ethnicity,
               lines.deprivation <> '' AND coalesce(try_cast(deprivation AS BIGINT) NOT BETWEEN 1 AND 10, true)
                   AS odd_deprivation
        FROM lines""")
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE new_people AS
        SELECT person, born, sex, ethnicity, deprivation, died FROM told WHERE reason IS NULL
        QUALIFY row_number() OVER (PARTITION BY person ORDER BY line DESC) = 1""")
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE new_registrations AS
        SELECT DISTINCT person, practice, since AS "start", until AS "end" FROM told WHERE reason IS NULL""")
    emptied = " UNION ALL ".join(
        f"SELECT line, '{words}: left empty' AS reason FROM told WHERE reason IS NULL AND {fault}"
        for fault, words in (
            ("birth", "birth not a date"), ("death", "death not a date"), ("odd_sex", "sex not F, M or X"),
            ("odd_ethnicity", "ethnicity not one of the 16+1 codes"), ("odd_deprivation", "deprivation not 1 to 10"),
        )
    )  # fmt: skip
    return connection.execute(f"""
        SELECT reason, count(*), min(line), '' FROM (
            SELECT line, reason FROM told WHERE reason IS NOT NULL UNION ALL {emptied})
        GROUP BY reason ORDER BY 2 DESC, 1""").fetchall()


def merged(connection: duckdb.DuckDBPyConnection, name: str, former: Path) -> str:
    """SQL for ``people`` or ``registrations`` as they now are: the file's, and the former of whom it does not speak."""
    if not former.exists():
        return f"SELECT * FROM new_{name}"
    old = "'" + str(former).replace("'", "''") + "'"
    return f"""SELECT * FROM new_{name} UNION ALL BY NAME
               SELECT * FROM read_parquet({old}) WHERE person NOT IN (SELECT person FROM new_people)"""
