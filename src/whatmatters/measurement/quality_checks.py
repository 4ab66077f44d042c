"""The checks that are counted: (table, what is found, a select of one example a row)."""

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.engines.sql import words
from whatmatters.measurement.facts import KINDS

_KNOWN = "NOT IN (SELECT code FROM organisations)"
_NOBODY = "person IS NOT NULL AND person NOT IN (SELECT person FROM people)"
_LETTERS = words("ABCDEFGHJKLMNPRSZ")
_FINITE = "BETWEEN -1.7976931348623157e308::DOUBLE AND 1.7976931348623157e308::DOUBLE"
OF_PEOPLE = {
    "people": "*",
    "registrations": 'person, practice, "start", "end", hash(practice, "start", "end") AS likeness',
    "events": """
        person, code, "on", value, NULL::VARCHAR AS detail, NULL::BIGINT AS episode, organisation,
        hash(code, "on", value, detail, episode, organisation, worker, role, source) AS likeness""",
}
"""What is held of a bucket of people. ``likeness`` is a row in 64 bits, set against the other rows of its person."""


def _again(table: str) -> tuple[str, str, str]:
    like = f"SELECT person FROM raw_{table} WHERE person IS NOT NULL GROUP BY person, likeness HAVING count(*) > 1"
    return (table, "row that is there more than once", like)


def _of(table: str, key: str, known: str) -> tuple[tuple[str, str, str], ...]:
    """What is looked at in events whose subject is no person."""
    return (
        (table, f"row without {key}, code or date", f"""
            SELECT {key} FROM raw_{table} WHERE {key} IS NULL OR code IS NULL OR "on" IS NULL"""),
        (table, f"unknown {key}", f"SELECT {key} FROM {table} WHERE {key} NOT IN ({known})"),
        (table, "unknown code", f"SELECT code FROM {table} WHERE code NOT IN {words(CONCEPTS)}"),
        (table, "in the future", f"SELECT {key} FROM {table} WHERE day > $today"),
        (table, "value that is not a number", f"SELECT {key} FROM raw_{table} WHERE NOT (value {_FINITE})"),
    )  # fmt: skip


def _backwards(table: str, key: str) -> tuple[str, str, str]:
    return (table, "interval that ends on or before its start", f'SELECT {key} FROM raw_{table} WHERE "end" <= "start"')


CHECKS: tuple[tuple[str, str, str], ...] = (
    ("people", "row without a person", "SELECT '' FROM raw_people WHERE person IS NULL"),
    ("people", "no date of birth", "SELECT person FROM people WHERE born IS NULL"),
    ("people", "died before they were born", "SELECT person FROM people WHERE died < born"),
    ("people", "sex not F, M, X or empty", "SELECT person FROM people WHERE sex NOT IN ('F', 'M', 'X')"),
    (
        "people",
        "ethnicity not recorded or not one of the 16+1 codes",
        f"SELECT person FROM people WHERE coalesce(ethnicity NOT IN {_LETTERS}, true)",
    ),
    (
        "people",
        "deprivation not recorded or not 1 to 10",
        "SELECT person FROM people WHERE coalesce(deprivation NOT BETWEEN 1 AND 10, true)",
    ),
    (
        "people",
        "person with no registration",
        "SELECT person FROM people WHERE person NOT IN (SELECT person FROM registrations)",
    ),
    (
        "registrations",
        "row without a person, practice or start",
        'SELECT person FROM raw_registrations WHERE person IS NULL OR practice IS NULL OR "start" IS NULL',
    ),
    _backwards("registrations", "person"),
    _again("registrations"),
    ("registrations", "unknown person", f"SELECT person FROM registrations WHERE {_NOBODY}"),
    (
        "registrations",
        "unknown practice",
        "SELECT practice FROM registrations "
        "WHERE practice NOT IN (SELECT code FROM organisations WHERE kind = 'practice')",
    ),
    (
        "registrations",
        "registration that overlaps another of the person",
        """SELECT person FROM (
               SELECT person, since, max(coalesce(until, DATE '9999-12-31')) OVER (
                   PARTITION BY person ORDER BY since, until NULLS LAST
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
               FROM registrations) WHERE since < before""",
    ),
    (
        "events",
        "row without a person, code or date",
        'SELECT person FROM raw_events WHERE person IS NULL OR code IS NULL OR "on" IS NULL',
    ),
    ("events", "unknown person", f"SELECT person FROM events WHERE {_NOBODY}"),
    _again("events"),
    (
        "events",
        "unknown code",  # there are few codes and many events: the codes are looked at first
        f"""SELECT code FROM events WHERE code IN (
                SELECT code FROM (SELECT DISTINCT code FROM events) WHERE code NOT IN {words(CONCEPTS)})""",
    ),
    ("events", "before birth", "SELECT person FROM events JOIN people USING (person) WHERE day < born"),
    ("events", "after death", "SELECT person FROM events JOIN people USING (person) WHERE day > died"),
    ("events", "in the future", "SELECT person FROM events WHERE day > $today"),
    ("events", "value that is not a number", f"SELECT person FROM raw_events WHERE NOT (value {_FINITE})"),
    ("events", "unknown organisation", f"SELECT organisation FROM events WHERE organisation {_KNOWN}"),
    ("organisations", "row without a code", "SELECT '' FROM raw_organisations WHERE code IS NULL"),
    (
        "organisations",
        "kind not known",
        f"SELECT code FROM organisations WHERE coalesce(kind NOT IN {words(KINDS)}, true)",
    ),
    (
        "organisations",
        "practice that belongs to nothing",
        "SELECT code FROM organisations WHERE kind = 'practice' AND code NOT IN (SELECT child FROM memberships)",
    ),
    (
        "memberships",
        "row without a child, parent or start",
        'SELECT child FROM raw_memberships WHERE child IS NULL OR parent IS NULL OR "start" IS NULL',
    ),
    _backwards("memberships", "child"),
    ("memberships", "unknown child", f"SELECT child FROM memberships WHERE child {_KNOWN}"),
    ("memberships", "unknown parent", f"SELECT parent FROM memberships WHERE parent {_KNOWN}"),
    (
        "memberships",
        "two of one kind at a time",
        """SELECT child FROM (
               SELECT child, since, max(coalesce(until, DATE '9999-12-31')) OVER (
                   PARTITION BY child, kind ORDER BY since, until NULLS LAST
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
               FROM memberships JOIN organisations ON parent = code) WHERE since < before""",
    ),
    _backwards("staff", "worker"),
    ("staff", "unknown organisation", f"SELECT organisation FROM raw_staff WHERE organisation {_KNOWN}"),
    (
        "staff",
        "row without an organisation, start or hours",
        'SELECT worker FROM raw_staff WHERE organisation IS NULL OR "start" IS NULL OR wte IS NULL',
    ),
    *_of("staff_events", "worker", "SELECT worker FROM raw_staff WHERE worker IS NOT NULL"),
    *_of("organisation_events", "organisation", "SELECT code FROM organisations"),
    ("staff", "hours below zero or not a number", f"SELECT worker FROM raw_staff WHERE wte < 0 OR NOT (wte {_FINITE})"),
)

NOWHERE = """
    SELECT DISTINCT person FROM events JOIN people USING (person)
    WHERE day >= $start AND day < $end
      AND person NOT IN (SELECT person FROM registrations WHERE since < $end AND (until IS NULL OR until > $start))"""
