"""The plan as passes: a fixed few selects for a bucket of people and a period, whatever the number of indicators.

An *atom* is a *what* among a *whom*: what people add (0 is being there at all) and the condition they must meet (0 is
anyone's). Conditions are worked out once for all people who are alike in every leaf; what is added is sparse; both meet
in ``grains``, by practice and group.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from whatmatters.measurement.conditions import Condition, events_of
from whatmatters.measurement.counts import Organisations, People, PersonCount, among_whom
from whatmatters.measurement.engines import Plan, amounts, people
from whatmatters.measurement.engines.bits import Bits, stands
from whatmatters.measurement.engines.buckets import EVERYONE
from whatmatters.measurement.engines.kinds import Kinds
from whatmatters.measurement.engines.sql import ONE, day, number, table, window
from whatmatters.periods import Period


@dataclass(frozen=True)
class Step:
    """A table of the run: kept for the whole run, a bucket, or a period of it, or added to the period's results."""

    name: str
    select: str
    of: str


@dataclass(frozen=True)
class Passes:
    """``at_once``: for an engine that has no tables, and would hold ``added``, many rows a person, or make it again for
    each breakdown. Every row is then counted in all its breakdowns as it comes by; where there are tables, that is
    slower than a select for each.
    """

    plan: Plan
    at_once: bool = False

    @cached_property
    def kinds(self) -> Kinds:
        spoken = tuple(count for count in self.plan.atoms if isinstance(count, PersonCount | Organisations))
        return Kinds(events_of(spoken))

    @cached_property
    def whats(self) -> dict[PersonCount, int]:
        counts = (
            count for count in self.plan.atoms if isinstance(count, PersonCount) and not isinstance(count, People)
        )
        return {what: place for place, what in enumerate(dict.fromkeys(map(amounts.whatever, counts)), start=1)}

    @cached_property
    def whoms(self) -> dict[Condition, int]:
        found = (count.where if isinstance(count, People) else among_whom(count) for count in self._of_people)
        return {whom: place for place, whom in enumerate(dict.fromkeys(one for one in found if one), start=1)}

    @property
    def _of_people(self) -> Iterator[PersonCount]:
        return (count for count in self.plan.atoms if isinstance(count, PersonCount))

    @cached_property
    def bits(self) -> Bits:
        return Bits(self.whoms)

    @property
    def doers(self) -> dict[Organisations, int]:
        return {
            count: atom for count, atom in self.plan.atoms.items() if isinstance(count, Organisations) and count.did
        }

    def of_run(self) -> Iterator[Step]:
        """Small tables, the same throughout. Practices are numbered in order of code."""
        yield Step(
            "practices",
            """
            SELECT practice, row_number() OVER (ORDER BY practice) AS number
            FROM (SELECT DISTINCT practice FROM raw_registrations
                  WHERE person IS NOT NULL AND practice IS NOT NULL AND "start" IS NOT NULL
                    AND ("end" IS NULL OR "end" > "start")) met""",
            "run",
        )
        yield Step("spoken", self.kinds.spoken, "run")
        yield Step("details", self.kinds.details, "run")
        yield Step("standing", self.bits.standing(self.kinds), "run")
        yield Step("leaves", self.bits.by_leaf, "run")
        yield Step("atoms", self._atoms(), "run")
        for one in self._amounts(self.plan.periods[0]).values():
            yield from (Step(name, select, "run") for name, select in one.tables.items())

    def _amounts(self, period: Period) -> dict[str, amounts.Pass]:
        return amounts.passes(self.whats, self.kinds, period, self.plan.as_at)

    def of_bucket(self, bucket: str = EVERYONE) -> Iterator[Step]:
        """What is read of the facts, once: ``bucket`` is a condition on person."""
        as_at = day(self.plan.as_at)
        yield Step("told", people.told(self.kinds, bucket, as_at, ", organisation" if self.doers else ""), "bucket")
        yield Step("lists", people.lists(bucket), "bucket")
        yield Step("lives", people.lives(bucket), "bucket")

    def of_period(self, period: Period) -> Iterator[Step]:
        yield Step("home", people.home(period, self.plan.splits, self.bits.home(period.last_day)), "period")
        yield from self._whom(period)
        made = self._amounts(period)
        yield from (Step(name, one.select, "period") for name, one in made.items())
        if made:
            each = " UNION ALL ".join(f"SELECT person, what, amount FROM {name}" for name in made)
            yield Step("amounts", each, "period")
        yield Step("added", self._added(made), "period")
        yield Step("grains", self._grains(), "result")
        yield Step("doers", self._doers(period), "result")

    def _whom(self, period: Period) -> Iterator[Step]:
        """``persons``: everyone with their words. ``met``: the conditions met by all whose words are the same."""
        words = self.bits.words
        each = ", ".join(words)
        stood = stands(period, self.plan.as_at, self.bits.soon)
        yield Step("meaning", self.bits.told(self.kinds, period), "period")
        yield Step(
            "worded",
            f"""
            SELECT person, {", ".join(f"bit_or({word}) AS {word}" for word in words)} FROM (
                SELECT person, {each} FROM told JOIN meaning USING (kind) WHERE day >= since AND day < until
                UNION ALL SELECT person, {each} FROM ({stood}) s JOIN leaves USING (leaf)) met
            GROUP BY person""",
            "period",
        )
        coalesced = ", ".join(f"coalesce({word}, 0) AS {word}" for word in words)
        groups = "".join(f", {split}" for split in self.plan.splits)
        yield Step(
            "persons",
            f"SELECT person, number{groups}, h, {coalesced} FROM home LEFT JOIN worded USING (person)",
            "period",
        )
        tests = ", ".join(f"CASE WHEN {self.bits.holds(whom)} THEN {place} END" for whom, place in self.whoms.items())
        yield Step(
            "met",
            f"""
            SELECT h, {each}, whom
            FROM (SELECT h, {each}, unnest([{tests or "0"}]) AS whom
                  FROM (SELECT DISTINCT h, {each} FROM persons) alike) met
            WHERE whom IS NOT NULL""",
            "period",
        )

    def _atoms(self) -> str:
        """(atom, what, whom, split): ``split`` where groups of people are asked for."""
        split = {count for one in self.plan.indicators if one.splits for count in one.counts}
        rows = []
        for count in self._of_people:
            whom = count.where if isinstance(count, People) else among_whom(count)
            what = 0 if isinstance(count, People) else self.whats[amounts.whatever(count)]
            rows.append((self.plan.atoms[count], what, self.whoms[whom] if whom else 0, count in split))
        return table("atom what whom split", rows or [(-1, -1, -1, False)])

    def _added(self, made: Iterable[str]) -> str:
        """(number, groups, atom, split, amount)."""
        alike = ", ".join(["h", *self.bits.words])
        columns = "".join(f"{name}, " for name in ("number", *self.plan.splits))
        people = f"SELECT {columns}atom, split, CAST({ONE} AS BIGINT) AS amount FROM persons JOIN met USING ({alike})"
        selects = [f"{people} JOIN atoms USING (whom) WHERE what = 0"]
        if made:
            own = f"SELECT {columns}atom, split, amount FROM amounts JOIN persons USING (person)"
            selects.append(f"{own} JOIN atoms USING (what) WHERE whom = 0")
            if any(among_whom(count) for count in self._of_people):
                selects.append(f"{own} JOIN met USING ({alike}) JOIN atoms USING (what, whom)")
        return " UNION ALL ".join(selects)

    def _grains(self) -> str:
        """(atom, number, breakdown, grp, amount): breakdown 0 is everyone, then the splits in order."""
        if self.at_once and self.plan.splits:
            return self._grains_at_once()
        summed = "CAST(sum(amount) AS BIGINT) AS amount FROM added"
        selects = [f"SELECT atom, number, 0 AS breakdown, 0 AS grp, {summed} GROUP BY atom, number"]
        selects += [
            f"SELECT atom, number, {place} AS breakdown, {split} AS grp, {summed} WHERE split "
            f"GROUP BY atom, number, {split}"
            for place, split in enumerate(self.plan.splits, start=1)
        ]
        return " UNION ALL ".join(selects)

    def _grains_at_once(self) -> str:
        splits = self.plan.splits
        sets = ", ".join(f"(atom, number, split, {one})" for one in splits)
        which = " ".join(f"WHEN grouping({one}) = 0 THEN {place}" for place, one in enumerate(splits, start=1))
        return f"""
            SELECT atom, number, breakdown, grp, amount
            FROM (SELECT atom, number, split, CASE {which} ELSE 0 END AS breakdown,
                         coalesce({", ".join(splits)}, 0) AS grp, CAST(sum(amount) AS BIGINT) AS amount
                  FROM added GROUP BY GROUPING SETS ((atom, number, split), {sets})) met
            WHERE split OR breakdown = 0"""

    def _doers(self, period: Period) -> str:
        """(atom, organisation) of those named in such an event; -1 are the practices anyone was registered with."""
        start, end = number(period.start), number(period.end)
        rows = [
            (kind, atom, *window(count.did, period))
            for count, atom in self.doers.items()
            if count.did
            for kind in self.kinds.of(count.did.any_of)
        ]
        reported = f"""
            SELECT DISTINCT -1 AS atom, practice AS organisation
            FROM (SELECT DISTINCT number FROM lists WHERE since < {end} AND until > {start}) met
            JOIN practices USING (number)"""
        if not rows:
            return reported
        return f"""
            {reported} UNION ALL
            SELECT DISTINCT atom, organisation
            FROM told JOIN ({table("kind atom since until", rows)}) did USING (kind)
            WHERE day >= since AND day < until AND organisation IS NOT NULL"""
