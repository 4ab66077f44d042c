"""What belongs to what on a day, as SQL: every organisation with the ones above it in which it counts."""

from datetime import date

from whatmatters.measurement.engines.sql import day, words
from whatmatters.measurement.indicators import LEVELS

# A practice's own memberships win, then those of the line above it; its network comes last, because a practice can
# belong to a network of another sub-ICB and counts in its own sub-ICB all the same.
WAY_UP = ("sub_icb", "icb", "region", "pcn", "sub_icb", "icb", "region")

LINES = LEVELS[2:]  # above a network


def places(on: date) -> str:
    """A select of (organisation, level, ancestor): where each organisation counts on a day, itself included.

    Reads the views of ``views.py`` and ``practices`` (practice), those that people are registered with. An organisation
    that no row describes is taken for a practice.

    An organisation with no membership left on the day is placed as on the last day it had one, so that a closed
    practice's figures stay in its network; one that left only its network is in no network. Of two memberships of a
    kind in force at once, the last to start holds, then the first by code.

    A network that itself belongs to nothing (published maps give no network a parent) lies where most of its
    practices of the day lie; of two such places, the first by code. Its practices count where they are all the same.
    """
    columns = ", ".join(f"max(parent) FILTER (kind = '{level}') AS {level}" for level in LEVELS)
    steps, before = [], "own"
    for number, via in enumerate(WAY_UP):
        higher = LEVELS[LEVELS.index(via) + 1 :]
        kept = [f"{before}.{level}" for level in LEVELS if level not in higher]
        filled = [f"coalesce({before}.{level}, direct.{level}) AS {level}" for level in higher]
        steps.append(
            f"step{number} AS (SELECT {before}.code, {', '.join(kept + filled)} "
            f"FROM {before} LEFT JOIN direct ON direct.child = {before}.{via})"
        )
        before = f"step{number}"
    own = ", ".join(f"CASE WHEN e.kind = '{level}' THEN e.code ELSE direct.{level} END AS {level}" for level in LEVELS)
    above, first = ", ".join(LINES), ", ".join(f"{level} NULLS LAST" for level in LINES)
    nowhere = " AND ".join(f"{before}.{level} IS NULL" for level in LINES)
    lies = ", ".join(f"CASE WHEN {nowhere} THEN homes.{level} ELSE {before}.{level} END AS {level}" for level in LINES)
    return f"""
        WITH links AS (
            SELECT child, parent, kind, since, until FROM memberships JOIN organisations ON parent = code
            WHERE kind IN {words(LEVELS)}),
        looked AS (
            SELECT child, CASE WHEN bool_or(since <= {day(on)} AND (until IS NULL OR until > {day(on)})) THEN {day(on)}
                               ELSE max(until) FILTER (until <= {day(on)}) - 1 END AS day
            FROM links GROUP BY child),
        chosen AS (
            SELECT child, parent, kind FROM links JOIN looked USING (child)
            WHERE since <= day AND (until IS NULL OR until > day)
            QUALIFY row_number() OVER (PARTITION BY child, kind ORDER BY since DESC, parent) = 1),
        direct AS (SELECT child, {columns} FROM chosen GROUP BY child),
        everyone AS (
            SELECT code, kind FROM organisations UNION ALL
            SELECT practice, 'practice' FROM practices WHERE practice NOT IN (SELECT code FROM organisations) UNION ALL
            SELECT DISTINCT organisation, 'practice' FROM staff
            WHERE organisation NOT IN (SELECT code FROM organisations)
              AND organisation NOT IN (SELECT practice FROM practices)),
        own AS (SELECT e.code, {own} FROM everyone e LEFT JOIN direct ON direct.child = e.code),
        {", ".join(steps)},
        votes AS (
            SELECT pcn AS code, {above}, count(*) AS practices
            FROM {before} JOIN organisations USING (code) JOIN looked ON child = code
            WHERE kind = 'practice' AND pcn IS NOT NULL AND day = {day(on)} GROUP BY ALL),
        homes AS (
            SELECT * FROM votes QUALIFY row_number() OVER (PARTITION BY code ORDER BY practices DESC, {first}) = 1),
        whole AS (
            SELECT {before}.code, practice, pcn, {lies} FROM {before} LEFT JOIN homes ON homes.code = {before}.code)
        SELECT code AS organisation, level, ancestor
        FROM (UNPIVOT whole ON {", ".join(LEVELS)} INTO NAME level VALUE ancestor)"""
