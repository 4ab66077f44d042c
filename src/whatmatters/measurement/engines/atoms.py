"""The passes over events: which person adds what to which atom, in whole millionths.

One pass sees each person's events together, one each episode's, one the paired readings; each serves all atoms of its
kind, so one more indicator is one more expression in a pass that runs anyway.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from whatmatters.measurement.engines import sql
from whatmatters.measurement.indicators import (
    Change,
    Count,
    Episodes,
    Overdue,
    Pairs,
    People,
    Practices,
    Registered,
    Staff,
)
from whatmatters.periods import Period

AMOUNTS = "CREATE OR REPLACE TEMP TABLE amounts (person BIGINT, atom INTEGER, on_list BOOLEAN, amount BIGINT)"
ONE = 1_000_000


def amounts(atoms: Mapping[Count, int], period: Period, as_at: date) -> Iterator[str]:
    """Selects of (person, atom, on_list, amount); ``on_list`` marks what counts only for those on a list that day."""
    yield from _people(atoms, period, as_at)
    yield from _episodes(atoms, period)
    yield from _pairs(atoms, period)
    listed = atoms.get(Registered())
    if listed is not None:
        yield f"SELECT person, {listed}, true, {ONE} FROM home WHERE listed"


def _people(atoms: Mapping[Count, int], period: Period, as_at: date) -> Iterator[str]:
    tests = {
        atom: sql.of_person(count, period, as_at)
        for count, atom in atoms.items()
        if isinstance(count, People | Registered | Overdue) and count != Registered()
    }
    if tests:
        on_list = [str(atom) for count, atom in atoms.items() if isinstance(count, Registered | Overdue)]
        listed = f"atom IN ({', '.join(on_list)})" if on_list else "false"
        yield f"""
            SELECT person, atom, {listed}, {ONE}
            FROM (SELECT person, unnest([{_each(tests)}]) AS atom
                  FROM wanted WHERE day < {sql.day(period.end)} GROUP BY person)
            WHERE atom IS NOT NULL"""


def _episodes(atoms: Mapping[Count, int], period: Period) -> Iterator[str]:
    counts = {count: atom for count, atom in atoms.items() if isinstance(count, Episodes)}
    if counts:
        tests = {atom: sql.of_episode(count, period) for count, atom in counts.items()}
        yield f"""
            SELECT person, atom, false, {ONE}
            FROM (SELECT person, unnest([{_each(tests)}]) AS atom
                  FROM wanted WHERE code IN {sql.words(sql.codes(counts))}
                  GROUP BY person, episode, CASE WHEN episode IS NULL THEN code END,
                           CASE WHEN episode IS NULL THEN day END)
            WHERE atom IS NOT NULL"""


def _each(tests: Mapping[int, str]) -> str:
    return ", ".join(f"CASE WHEN {test} THEN {atom} END" for atom, test in tests.items())


def _pairs(atoms: Mapping[Count, int], period: Period) -> Iterator[str]:
    for reading in sql.readings(atoms):
        add = [(atoms[Pairs(reading)], str(ONE))] if Pairs(reading) in atoms else []
        if Change(reading) in atoms:
            add.append((atoms[Change(reading)], f"{_millionths('last')} - {_millionths('first')}"))
        pairs = f"""
            SELECT person, arg_min(value, day) AS first, arg_max(value, day) AS last
            FROM (SELECT person, episode, day, min(value) AS value FROM wanted
                  WHERE {sql.matches(reading)} AND value IS NOT NULL AND episode IS NOT NULL
                    AND day < {sql.day(period.end)}
                  GROUP BY person, episode, day)
            GROUP BY person, episode
            HAVING min(day) < max(day) AND max(day) >= {sql.day(period.start)}"""
        for atom, amount in add:
            yield f"SELECT person, {atom}, false, {amount} FROM ({pairs})"


def organisation_cells(atoms: Mapping[Count, int], period: Period) -> Iterator[str]:
    """Selects of (atom, organisation, breakdown, grp, amount) for what is not about people."""
    last = sql.day(period.last_day)
    for count, atom in atoms.items():
        if isinstance(count, Staff):
            yield f"""
                SELECT {atom}, organisation, 'all', 'all', {_millionths("wte")} FROM staff
                WHERE role = {sql.text(count.role)} AND since <= {last} AND (until IS NULL OR until > {last})"""
        if isinstance(count, Practices):
            did = f"SELECT organisation FROM wanted WHERE {sql.any_matches(count.any_of)} AND {sql.within(period)}"
            yield f"""
                SELECT {atom}, code, 'all', 'all', {ONE} FROM organisations
                WHERE kind = 'practice' AND coalesce(opened <= {last}, true) AND coalesce(closed > {last}, true)
                """ + (f"AND code IN ({did} AND organisation IS NOT NULL)" if count.any_of else "")


def _millionths(number: str) -> str:
    return f"CAST(round({number} * 1000000::DOUBLE) AS BIGINT)"
