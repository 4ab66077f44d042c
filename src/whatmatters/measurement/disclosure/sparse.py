"""What is not worth proving in large tables, for nearly all of it is hidden or would have to be: withheld whole."""

from collections import defaultdict
from collections.abc import Hashable, Set
from typing import TYPE_CHECKING

from whatmatters.measurement.disclosure.attacker import WIDTH
from whatmatters.measurement.disclosure.numbers import AMOUNT, PEOPLE, REST, Numbers
from whatmatters.measurement.disclosure.rules import NEAREST, SMALL, rounded
from whatmatters.measurement.disclosure.seconds import Hidden
from whatmatters.measurement.disclosure.sums import Relations, Way

if TYPE_CHECKING:
    from whatmatters.measurement.disclosure.proof import Proof

YEAR, SOME, MANY, TOO_MANY = len("2022-23"), 12, 0.05, 0.1
"""What share of a breakdown's secrets may be left unproved, of all or of so many looked at first: where more are,
nearly all of it would have to be hidden in the end."""


def sparse(proof: "Proof", secrets: Set[int], of: int | None = None) -> set[int]:
    """Hides a year's breakdown of a count whole where too much of it cannot be proved safe; returns what is hidden.

    Nothing is told of it then but the totals, and it needs no proof. ``of``: so many of its secrets are
    looked at to see how it stands; otherwise all have been.
    """
    tables: dict[Hashable, list[int]] = defaultdict(list)
    for number, (count, at) in proof.numbers.home.items():
        if at.breakdown != "all" and proof.numbers.kind[number] in (PEOPLE, AMOUNT):
            tables[count, at.period[:YEAR], at.breakdown].append(number)
    found: set[int] = set()
    for table in tables.values():
        wanted = sorted((secrets & set(table)) - proof.gone)
        some = wanted[:: max(1, len(wanted) // of)] if of else wanted
        look = proof.attacker.look if of else proof.attacker.open
        left = [one for one in some if proof.attacker.open(one) and (not of or proof.swaps.look(one)) and look(one)]
        if len(left) > (TOO_MANY if of else MANY) * len(some) and proof.hidden.withhold(table, most=0):
            found.update(table)
    return found


def counted_off(numbers: Numbers, relations: Relations, hidden: Hidden, gone: Set[int]) -> set[int]:
    """Hides each total that leaves the groups withheld below it nothing to be but what they are, for so many rows are
    there and none of them is nought; returns those that had been public."""
    made_up: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    rests = {number for number, kind in enumerate(numbers.kind) if kind == REST}
    for one in relations.sums:
        if len(one.whole) == 1 and one.way != Way.OTHER.value and rests.isdisjoint(one.parts):
            made_up[one.whole[0]].append(one.parts)
    least: dict[int, float] = {}

    def at_least(number: int) -> float:
        if number not in least:
            nought = number in hidden.numbers and hidden.may_be_nought(number)
            own = 0 if nought or not numbers.value[number] else 1
            least[number] = max([own, *(sum(at_least(part) for part in parts) for parts in made_up[number])])
        return least[number]

    off: set[int] = set()
    for one in sorted(relations.sums):
        whole = one.whole[0]
        if one.way == Way.GROUPS.value and whole not in hidden.numbers and not gone.isdisjoint(one.parts):
            value, low = numbers.value[whole], at_least(whole)
            most = max(rounded(value) + NEAREST // 2, value)
            if value and (most - low < WIDTH or (most == value and value - low < SMALL)):
                off |= {whole} & hidden.public
                hidden.public -= {whole}
                hidden.hide([whole])
    return off


def mostly_hidden(numbers: Numbers, hidden: Hidden) -> set[int]:
    """Hides each level's breakdown that is mostly hidden; returns those now hidden on every level.

    These tell no more than the totals do: at any place one number may be more and another less, and so above it. What
    quarters tell of such a year's, these must keep to themselves. They need no proof and, unknown, take part in none.
    """
    tables: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (count, at) in numbers.home.items():
        if at.breakdown != "all" and numbers.kind[number] in (PEOPLE, AMOUNT):
            tables[count, at.period, at.breakdown][at.level].append(number)
    gone: set[int] = set()
    for levels in tables.values():
        withheld = [hidden.withhold(table) for table in levels.values()]
        if all(withheld):
            gone.update(*levels.values())
    return gone
