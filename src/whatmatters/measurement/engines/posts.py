"""What is counted of organisations and staff and not of people: selects of (atom, organisation, amount)."""

from collections.abc import Iterator, Mapping
from datetime import date

from whatmatters.measurement.conditions import Did
from whatmatters.measurement.counts import Additive, Doings, Organisations, Staff, Workers
from whatmatters.measurement.engines.sql import ONE, any_matches, day, millionths, numbered, text, window, words
from whatmatters.periods import Period


def cells(atoms: Mapping[Additive, int], period: Period, as_at: date) -> Iterator[str]:
    """Reads the views of ``views.py`` and ``doers`` (atom, organisation): who did it among people's events."""
    for count, atom in atoms.items():
        if isinstance(count, Staff):
            yield f"SELECT {atom}, organisation, {millionths('wte')} FROM staff WHERE {_in_post(period, (count.role,))}"
        if isinstance(count, Workers):
            yield _workers(count, atom, period, as_at)
        if isinstance(count, Doings):
            yield _doings(count, atom, period, as_at)
        if isinstance(count, Organisations):
            yield _organisations(count, atom, period, as_at)


def _in_post(period: Period, roles: tuple[str, ...]) -> str:
    last = day(period.last_day)
    return f"role IN {words(roles)} AND since <= {last} AND (until IS NULL OR until > {last})"


def _workers(count: Workers, atom: int, period: Period, as_at: date) -> str:
    """Each once: where they have the most hours, then at the first organisation by code."""
    kept = "".join(
        f" AND worker IN (SELECT worker FROM staff_events WHERE {_did(did, period, as_at)})" for did in count.having
    )
    return f"""
        SELECT {atom}, organisation, {ONE} FROM (
            SELECT worker, organisation, sum({millionths("wte")}) AS hours FROM staff
            WHERE worker IS NOT NULL AND {_in_post(period, count.roles)}{kept} GROUP BY worker, organisation)
        QUALIFY row_number() OVER (PARTITION BY worker ORDER BY hours DESC, organisation) = 1"""


def _organisations(count: Organisations, atom: int, period: Period, as_at: date) -> str:
    did = ""
    if count.did:
        did = f"""
            AND (code IN (SELECT organisation FROM doers WHERE atom = {atom})
                 OR code IN (SELECT organisation FROM organisation_events WHERE {_did(count.did, period, as_at)}))"""
    return f"SELECT {atom}, code, {ONE} FROM organisations WHERE kind = {text(count.kind)} AND {open_on(period)}{did}"


def _doings(count: Doings, atom: int, period: Period, as_at: date) -> str:
    amount = f"coalesce({millionths('value')}, 0)" if count.total else ONE
    happened = _did(Did(count.any_of), period, as_at)
    return f"SELECT {atom}, organisation, {amount} FROM organisation_events WHERE {happened}"


def open_on(period: Period) -> str:
    last = day(period.last_day)
    return f"coalesce(opened <= {last}, true) AND coalesce(closed > {last}, true)"


def _did(did: Did, period: Period, as_at: date) -> str:
    since, until = window(did, period)
    on = numbered("day")
    return f"{any_matches(did.any_of)} AND {on} >= {since} AND {on} < {until} AND day <= {day(as_at)}"
