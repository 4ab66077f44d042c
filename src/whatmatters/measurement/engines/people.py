"""Who each person is at a period: selects over a bucket of people, in whole numbers that name groups and days.

``told``, ``lists`` and ``lives`` are read once for a bucket; ``home`` is a row for everyone registered in a period.
"""

from collections.abc import Sequence

from whatmatters.measurement.engines.kinds import Kinds
from whatmatters.measurement.engines.sql import OPEN, finite, number, numbered, table
from whatmatters.periods import AGE_BANDS, Period

# A home is chosen by the least of one whole number: days its end falls short of the period's end (a period is under
# 512 days), days since its start, and the practice's number in order of code.
SHORT, START = 1 << 42, 1 << 20

ETHNIC = ("Asian", "Black", "Mixed", "Other", "White", "unknown")
LETTERS = {"HJKL": 0, "MNP": 1, "DEFG": 2, "RS": 3, "ABC": 4}
UNKNOWN_AGE = 2 * len(AGE_BANDS)

GROUPS: dict[str, tuple[str, ...]] = {
    "age_sex": (*(f"{sex} {band}" for sex in "FM" for band in AGE_BANDS), "unknown"),
    "ethnicity": ETHNIC,
    "deprivation": ("1", "2", "3", "4", "5", "unknown"),
}
"""Names of the groups, in order of the numbers that stand for them in the passes."""


def told(kinds: Kinds, bucket: str, as_at: str, also: str = "") -> str:
    """(person, kind, day, value, episode ``also``) of the events that are spoken of and known by the as-at date."""
    return f"""
        SELECT person, CAST(base + coalesce(further, 0) + {kinds.value} AS INTEGER) AS kind,
               {numbered('"on"')} AS day, value, episode{also}
        FROM (SELECT person, code, detail, "on", {finite("value")} AS value, episode{also}
              FROM raw_events WHERE {bucket} AND "on" <= {as_at}) e
        JOIN spoken USING (code) LEFT JOIN details USING (base, detail)"""


def lists(bucket: str) -> str:
    """(person, number of the practice, since, until): rows without their keys and empty intervals count nowhere."""
    return f"""
        SELECT person, number, {numbered('"start"')} AS since, coalesce({numbered('"end"')}, {OPEN}) AS until
        FROM raw_registrations JOIN practices USING (practice)
        WHERE {bucket} AND "start" IS NOT NULL AND ("end" IS NULL OR "end" > "start")"""


def lives(bucket: str) -> str:
    ethnicity = table("ethnicity group_of", [(one, group) for letters, group in LETTERS.items() for one in letters])
    return f"""
        SELECT person, year(born) * 10000 + month(born) * 100 + day(born) AS birthday,
               CASE sex WHEN 'F' THEN 0 WHEN 'M' THEN 1 END AS sex,
               CAST(coalesce(group_of, {len(ETHNIC) - 1}) AS INTEGER) AS ethnicity,
               CAST(CASE WHEN deprivation BETWEEN 1 AND 10 THEN (deprivation - 1) // 2 ELSE 5 END AS INTEGER)
                   AS deprivation,
               coalesce({numbered("died")}, {OPEN}) AS died
        FROM raw_people LEFT JOIN ({ethnicity}) letters USING (ethnicity)
        WHERE {bucket}"""


def home(period: Period, splits: Sequence[str], word: str) -> str:
    """(person, number of the practice, groups, died, h): a person's last practice of the period."""
    start, end, on = number(period.start), number(period.end), period.last_day
    age = f"({on.year * 10_000 + on.month * 100 + on.day} - birthday)"
    columns = {
        "age_sex": f"CASE WHEN {age} >= 0 AND sex IS NOT NULL THEN sex * {len(AGE_BANDS)} + "
        f"least({age} // 50000, {len(AGE_BANDS) - 1}) ELSE {UNKNOWN_AGE} END",
        "ethnicity": "ethnicity",
        "deprivation": "deprivation",
    }
    groups = "".join(f", CAST({columns[split]} AS INTEGER) AS {split}" for split in splits)
    return f"""
        SELECT person, number, died{groups}, CAST({word} AS BIGINT) AS h
        FROM (SELECT *, CAST(best % {START} AS INTEGER) AS number, best < {SHORT} AND died >= {end} AS listed
              FROM (SELECT person, min(CAST({end} - least(until, {end}) AS BIGINT) * {SHORT}
                                       + CAST({end} - since AS BIGINT) * {START} + number) AS best
                    FROM lists WHERE since < {end} AND until > {start} GROUP BY person) last
              JOIN lives USING (person)) met"""
