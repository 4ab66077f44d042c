"""Hides more until every secret is safe from the attacker, and withholds an area whole where no more can be hidden."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from itertools import chain, islice
from math import inf

from whatmatters.measurement.disclosure.attacker import Attacker
from whatmatters.measurement.disclosure.numbers import AMOUNT, REST, Numbers
from whatmatters.measurement.disclosure.rules import NEAREST, SMALL, rounded
from whatmatters.measurement.disclosure.seconds import Hidden
from whatmatters.measurement.disclosure.sparse import SOME, counted_off, mostly_hidden, sparse
from whatmatters.measurement.disclosure.sums import Relations, Trees, link
from whatmatters.measurement.disclosure.swaps import Swaps

NEAR = (400, 3_000)
"""How many numbers around a secret the solver may move, few, then more: a witness among few is one among all."""
SOLVED = (2_000, 200)
"""How many of the secrets that a search leaves are looked at with the solver, together and one by one, at most."""
FEW, MORE = 6, 1.3
"""Where no solver says what holds a secret: of how many numbers nearest to it the cheapest is hidden, and by how much
more at each turn."""


def protect(
    numbers: Numbers,
    relations: Relations,
    hidden: Hidden,
    secrets: Set[int],
    trees: Trees | None,
    *,
    solver: bool,
) -> set[int]:
    """Adds to ``hidden`` until no secret can be worked out; returns the numbers that are withheld with their area."""
    if relations.large:
        gone = mostly_hidden(numbers, hidden)
        gone |= sparse(Proof(numbers, relations, hidden, trees, solver=solver, gone=gone), secrets, of=SOME)
        off = counted_off(numbers, relations, hidden, gone)
        link(relations, gone)
        proof = Proof(numbers, relations, hidden, trees, solver=solver, gone=gone)
        proof.drop(sparse(proof, secrets, of=SOME))  # once more, for linked counts say more
        proof.left(secrets, proof.swaps.look)
        left = proof.left(secrets, proof.attacker.look)
        proof.drop(sparse(proof, secrets))
        proof.withheld |= off | counted_off(numbers, relations, hidden, proof.gone)
        left = proof.left(left, proof.attacker.look)
    else:
        link(relations, set())
        proof = Proof(numbers, relations, hidden, trees, solver=solver, gone=set())
        left = proof.left(secrets, proof.attacker.look)
    if solver and 0 < len(left) <= SOLVED[0]:
        proof.together(left)
    proof.solver = solver and sum(proof.attacker.open(one) for one in left) <= SOLVED[1]
    for secret in left:
        proof.cover(secret)
    return proof.withheld


class Proof:
    """The attacker, and what he knows as more is hidden."""

    def __init__(
        self,
        numbers: Numbers,
        relations: Relations,
        hidden: Hidden,
        trees: Trees | None,
        *,
        solver: bool,
        gone: Set[int],
    ) -> None:
        self.numbers, self.hidden, self.trees, self.solver = numbers, hidden, trees, solver
        self.withheld: set[int] = set()
        self.sums, self.gone = sorted(relations.sums), set[int]()
        self.attacker, self.swaps = self._attack(gone)
        self.pair = {rest: pair for pair, rest in relations.rests.items()}
        self.rests = defaultdict(list)
        for rest, pair in self.pair.items():
            for number in pair:
                self.rests[number].append(rest)
        self.learn(range(len(numbers.value)))

    def _attack(self, gone: Set[int]) -> tuple[Attacker, Swaps]:
        self.gone |= gone
        rests = {number for number, kind in enumerate(self.numbers.kind) if kind == REST}
        self.sums = [one for one in self.sums if gone.isdisjoint(one.whole) and gone.isdisjoint(one.parts)]
        attacker = Attacker(self.numbers.value, self.sums, rests)
        groups = {one: at.group for one, (_, at) in self.numbers.home.items()}
        return attacker, Swaps(attacker, self.sums, groups, rests)

    def drop(self, gone: Set[int]) -> None:
        """Takes numbers out of the proof; what was found safe beside them is so without."""
        before = self.attacker
        self.attacker, self.swaps = self._attack(gone)
        self.attacker.least, self.attacker.most = before.least, before.most
        self.learn(range(len(self.numbers.value)))

    def left(self, secrets: Collection[int], look: Callable[[int], bool]) -> list[int]:
        """Those of the secrets that something tells of and no witness shows to be safe, after a look at each."""
        told = self.told()
        asked = [
            one for one in sorted(told.intersection(secrets)) if self.gone.isdisjoint((one, *self.pair.get(one, ())))
        ]
        asked.sort(
            key=lambda one: len(self.swaps.ends.get(one, ()))
        )  # those below first: what is above moves with them
        return [one for one in asked if self.attacker.open(one) and look(one)]

    def together(self, unsafe: Collection[int]) -> None:
        """Looks with the solver for witnesses to many at once that are near one another."""
        from whatmatters.measurement.disclosure.solver import solve_all  # noqa: PLC0415  # scipy, for the few who solve

        wanted, tried = set(unsafe), set[int]()
        for secret in unsafe:
            if secret not in tried and self.attacker.open(secret):
                near = self._movable(secret, NEAR[1])
                some = [one for one in near if one in wanted and self.attacker.open(one)]
                solve_all(self.attacker, near, some, self._whole(near))
                tried.update(some)

    def cover(self, secret: int) -> None:
        """Proves it safe, hiding what holds it where it is not; where nothing more can be, withholds its area."""
        many = 1.0
        while self.attacker.open(secret) and self._told(secret):
            holding = self._holding(secret)
            if not self.attacker.open(secret):
                return
            if not holding:
                self._withhold(secret)
                return
            self.learn(self.hidden.hide(sorted(holding, key=self.hidden.cost)[: int(many)]))
            self.attacker.look(secret)
            many *= MORE

    def told(self) -> set[int]:
        """Numbers of which something shown tells. Where all that is linked is hidden, all may be one or two more."""
        found: set[int] = set()
        for number in range(len(self.numbers.value)):
            if number not in found and self._tells(number):
                found.update(self._around(number))
        return found

    def _told(self, secret: int) -> bool:
        return any(self._tells(one) for one in self._around(secret))

    def _tells(self, number: int) -> bool:
        return bool(self.numbers.value[number]) and not self._rest(number) and number not in self.hidden.numbers

    def _holding(self, secret: int) -> list[int]:
        """What may be hidden of that which holds the secret; nothing if the solver finds that it is safe."""
        if not self.solver:
            return self._nearest(secret)
        from whatmatters.measurement.disclosure.solver import solve  # noqa: PLC0415  # scipy, for the few who solve

        for many in NEAR:
            near = self._movable(secret, many)
            held = solve(self.attacker, near, secret, self._whole(near))
            if not self.attacker.open(secret) or len(near) < many:
                break
        found = [one for one in held if not self._rest(one) and self.hidden.may_hide(one)]
        return found or (self._nearest(secret) if len(near) >= many else [])  # held by what lies further off

    def _nearest(self, secret: int) -> list[int]:
        """What may be hidden nearest to it, those that are not nought before those that are."""
        near = (one for one in self._around(secret) if not self._rest(one) and self.hidden.may_hide(one))
        found = list(islice(near, FEW))
        return [one for one in found if self.numbers.value[one]] or found

    def _whole(self, near: Collection[int]) -> list[bool]:
        return [self.numbers.kind[one] != AMOUNT for one in near]

    def _movable(self, secret: int, many: int) -> list[int]:
        """Numbers around it, nearest first, that are not known already: and what is left over in all their sums."""
        low, high = self.attacker.low, self.attacker.high
        near: dict[int, None] = {}
        for number in self._around(secret, through=lambda one: low[one] < high[one]):
            near[number] = None
            if len(near) >= many:
                break
        return [*near]

    def _around(self, start: int, through: Callable[[int], bool] | None = None) -> Iterator[int]:
        """A number, and those linked with it by sums, nearest first."""
        seen, used, waiting = {start}, set[int](), [start]
        while waiting:
            further: list[int] = []
            for number in waiting:
                yield number
                if through is None or through(number):
                    for at, _ in self.attacker.of[number]:
                        if at not in used:
                            used.add(at)
                            new = [one for one, _ in self.attacker.terms[at] if one not in seen]
                            seen.update(new)
                            further += new
            waiting = further

    def _rest(self, number: int) -> bool:
        return self.numbers.kind[number] == REST

    def _withhold(self, secret: int) -> None:
        """Hides all that is linked with it where it is, then where that belongs, and so on, until it is safe.

        What was public goes too: of an area that is withheld, nobody can tell whether last time's figures still hold.
        """
        linked = [one for one in self._around(secret) if not self._rest(one)]
        for area in self._areas(secret):
            some = {one for one in linked if area is None or self.numbers.home[one][1].organisation in area}
            self.withheld |= some
            self.hidden.public -= some
            self.learn(chain(some, self.hidden.hide(some)))
            if not self.attacker.look(secret) or not self._told(secret):
                return
            if self.solver:
                self._holding(secret)
                if not self.attacker.open(secret):
                    return

    def _areas(self, secret: int) -> Iterator[Set[str] | None]:
        """The organisation, all in the one above it, and so on; last of all, everything."""
        at = self.numbers.home[secret][1]
        if self.trees:
            tree = self.trees(at.period)
            yield {at.organisation}
            for above in sorted(tree.above(at.organisation), key=lambda code: (tree.size[code], code)):
                yield {above, *(code for code in tree.parents if above in tree.above(code))}
        yield None

    def learn(self, hidden: Iterable[int]) -> None:
        """Tells the attacker that he knows less of these now."""
        changed = set(hidden)
        for at in {at for number in changed for at in self.hidden.of[number] if self.hidden.noughts[at]}:
            family = self.hidden.families[at]
            changed.update(one for one in (*family.whole, *family.parts) if one in self.hidden.numbers)
        for number in (*changed, *(rest for one in changed for rest in self.rests[one])):
            self.attacker.low[number], self.attacker.high[number] = self._known(number)

    def _known(self, number: int) -> tuple[float, float]:
        """Between what a number must be, for all that is known of it by itself."""
        value, kind, hidden = self.numbers.value[number], self.numbers.kind[number], self.hidden
        if kind == REST:
            if number in self.pair and not any(one in hidden.numbers for one in self.pair[number]):
                return (min(value, SMALL), inf) if value else (0, 0)  # of 1 to 7 the numerator would be hidden
            return 0, inf
        if number in hidden.numbers and number not in hidden.public:
            return (-inf, inf) if kind == AMOUNT else (0 if hidden.may_be_nought(number) else 1, inf)
        if not value and kind != AMOUNT:
            return 0, 0
        around = NEAREST / 2 if kind == AMOUNT else NEAREST // 2
        return min(rounded(value) - around, value), max(rounded(value) + around, value)
