"""The one gate between exact counts and everyone who may not see them.

Counts of 1 to 7 are hidden and others rounded to the nearest 5; rates and percentages are taken from what is shown. A
numerator is hidden too where those not counted are 1 to 7, or its denominator is hidden. (So NHS England publishes
Hospital Episode Statistics.) Noughts and wholes are shown: that nobody was, or everyone, is no secret.

**Who is hidden.** People, their events and cases. Organisations, staff and their whole-time equivalents are no
patients: shown exactly. A sum of changes or values is hidden with the people behind it.

**What is hidden with them.** (1) Where exactly one number of those that add up is hidden, the one that costs least is
hidden too. (2) Where hidden numbers average under 2, the noughts among them are hidden, for else there is little left
they could be. (3) The rest is attacked (``attacker.py``, and ``solver.py`` for what that leaves): wherever what is
shown, with all that adds up, would tell a hidden count of 1 to 7 (or as few left over) to within one, or that it can be
no more than it is, the cheapest number that this leans on is hidden, until nothing of the kind is left. (4) Where
nothing more can be hidden near it, for all that is public already, its organisation is *withheld*: all that is linked
with it there, then in the one above it, and so on. Such rows say so. (5) In large tables, a breakdown of a level that
is nine tenths hidden is hidden whole, and a year's breakdown of a count on all levels where a twentieth of its secrets
cannot be proved safe by the search: nearly all of it would have to be hidden anyway. So is a total that would let the
groups hidden with it be counted off.

**What adds up.** Groups to all; organisations to those above them; what is counted and what is left to the
denominator; and one count is one number wherever it appears (a list size under many rates). A year's quarters add up
where events and values are counted, or only one of them has any; a count as at the last day is its last quarter's.
Bounds count too: that a year sets its quarters, one count another that holds it (``links.py``), and counts that overlap
by threes and fours (``overlaps.py``: all, either, both, one of two). Pages give such bounds themselves (``bound``).

**What was published before** (``before``). A count of 1 to 7 that was hidden stays hidden until it has changed by 5,
and so does what was hidden with it, as long as any of these is hidden. What was shown before and would be shown alike
is public, and hiding it is no protection, unless its whole area is withheld: nobody can tell then whether last time's
figures still hold. Rounding has no chance in it: an unchanged number is shown unchanged.

**Not covered.** Someone who knows some of the people, or an exact number from elsewhere. What can be told from the
gate's choice of what else to hide. Who counted in which of two publications, where a number changed between them.
``Largest`` and ``Kinds`` are not held against their groups. Without ``parents``, networks are not told apart: each
level is one family that adds up to every other.

Pages call this for small tables in a request, without ``solver``: then numpy and scipy are never loaded, and what a
search nearby does not find to be safe is hidden.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any

from whatmatters.measurement.disclosure.history import past, told
from whatmatters.measurement.disclosure.numbers import SIDES, THINGS, Numbers, cell, gather
from whatmatters.measurement.disclosure.places import Parents, Places
from whatmatters.measurement.disclosure.proof import protect
from whatmatters.measurement.disclosure.rules import few_left, rounded, secrets
from whatmatters.measurement.disclosure.seconds import Hidden
from whatmatters.measurement.disclosure.sums import Bound, at_least, relations
from whatmatters.measurement.indicators import UNITS, Indicator

__all__ = ["publish", "told"]

Row = dict[str, Any]


def publish(
    rows: Iterable[Mapping[str, Any]],
    indicators: Mapping[str, Indicator] | None = None,
    parents: Parents | Callable[[str], Parents] | None = None,
    before: Iterable[Mapping[str, Any]] = (),
    *,
    solver: bool = True,
    bound: Collection[Bound] = (),
) -> list[Row]:
    """Copies of result rows with ``shown_numerator, shown_denominator, shown_value, hidden, withheld``.

    Give all rows that will be seen together. ``indicators`` by id give the unit of ``shown_value`` (without them a
    plain ratio), tell people from other things, and link what they share. ``parents`` names, for an organisation,
    those it adds up to; or gives that for a period. ``before`` are rows as this returned them last time, exact
    numbers included. Without ``solver`` more may be hidden, and never too little.
    ``bound``: indicators whose numerators together are at least those of others, where no definition tells it.
    ``withheld`` marks rows that are hidden with their whole area. Exact numbers stay in the rows: drop ``numerator``
    and ``denominator`` before they leave.
    """
    published, known = [dict(row) for row in rows], indicators or {}
    numbers = gather(published, known)
    earlier = past(published, numbers, before)
    trees = None if parents is None else cache(lambda label: Places(parents(label) if callable(parents) else parents))
    found = relations(numbers, trees)
    at_least(
        found,
        bound,
        [(row["indicator"], cell(row), above) for row, (above, _) in zip(published, numbers.pairs, strict=True)],
    )
    secret = (secrets(numbers) | earlier.secret) - earlier.public
    few = [pair for pair in found.rests if few_left(numbers, *pair)]
    hidden = Hidden(found.families, numbers.value, earlier.public)
    first = {*secrets(numbers), *(above for above, _ in few), *earlier.secret}
    hidden.hide(hidden.covering(first, earlier.hidden))
    pinned = secret | {found.rests[pair] for pair in few}
    withheld = protect(numbers, found, hidden, pinned, trees, solver=solver)
    for row, pair in zip(published, numbers.pairs, strict=True):
        indicator = known.get(row["indicator"])
        _show(row, pair, numbers, hidden.numbers, UNITS[indicator.unit] if indicator else 1)
        row["withheld"] = not withheld.isdisjoint(pair)
    return published


def _show(row: Row, pair: tuple[int | None, int | None], numbers: Numbers, secret: set[int], unit: float) -> None:
    hidden = {side for side, number in zip(SIDES, pair, strict=True) if number in secret}
    if "denominator" in hidden:
        hidden.add("numerator")
    for side, number in zip(SIDES, pair, strict=True):
        shown = None
        if number is not None and side not in hidden:
            shown = row[side] if numbers.kind[number] == THINGS else rounded(row[side])
        row[f"shown_{side}"] = shown
    above, below = row["shown_numerator"], row["shown_denominator"]
    row["shown_value"] = None
    if above is not None and row["denominator"] is None:
        row["shown_value"] = above
    elif above is not None and below:
        row["shown_value"] = above * unit / below
    row["hidden"] = bool(hidden)
