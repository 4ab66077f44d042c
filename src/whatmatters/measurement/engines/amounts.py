"""What people add to counts that are not of people themselves: selects of (person, what, amount), in millionths.

A *what* is a count whoever it is among, so that counts of the same among different people are made once. Each kind of
count is one pass over ``told`` (and ``home``), however many counts there are; what a kind of event means to each lies
in a small table beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from whatmatters.measurement.counts import Around, Change, Episodes, Happenings, Open, Pairs, People, PersonCount, Total
from whatmatters.measurement.engines.kinds import Kinds
from whatmatters.measurement.engines.sql import NEVER, ONE, OPEN, millionths, number, table
from whatmatters.periods import Period

MOST = 1 << 62


@dataclass(frozen=True)
class Pass:
    """One pass: the small tables it reads, by name, the same in every period; and its select."""

    tables: Mapping[str, str]
    select: str


def whatever(count: PersonCount) -> PersonCount:
    """The count, whoever it is among."""
    match count:
        case People():
            return count
        case Change(of):
            return Change(replace(of, among=None))
    return replace(count, among=None)


def passes(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period, as_at: date) -> dict[str, Pass]:
    """By name, those that have something to do."""
    made = {
        "sums": _sums(whats, kinds, period),
        "episodes": _episodes(whats, kinds, period),
        "stories": _stories(whats, kinds, period),
        "pairs": _pairs(whats, kinds, period),
        "around": _around(whats, kinds, period, as_at),
    }
    return {name: one for name, one in made.items() if one}


def _sums(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period) -> Pass | None:
    rows = [
        (kind, what, isinstance(count, Total))
        for count, what in whats.items()
        if isinstance(count, Happenings | Total)
        for kind in kinds.of(count.any_of)
    ]
    select = f"""
        SELECT person, what, CASE WHEN adds_value THEN {millionths("value")} ELSE {ONE} END AS amount
        FROM told JOIN summed USING (kind)
        WHERE {_in(period)} AND (NOT adds_value OR value IS NOT NULL)"""
    return Pass({"summed": table("kind what adds_value", rows)}, select) if rows else None


def _episodes(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period) -> Pass | None:
    """Episodes that need only have begun. An event without a number is one, with its repeats of that day."""
    rows = [
        (kind, what, count.numbered, place)
        for count, what in whats.items()
        if isinstance(count, Episodes) and not _is_story(count)
        for kind in kinds.of(count.any_of)
        for place in (_place(kinds, kind),)
    ]
    select = f"""
        SELECT person, what, {ONE} * count(*) AS amount FROM (
            SELECT DISTINCT person, what, episode, CASE WHEN episode IS NULL THEN place * {OPEN} + day END AS alone
            FROM told JOIN begun USING (kind)
            WHERE {_in(period)} AND (episode IS NOT NULL OR NOT numbered)) met
        GROUP BY person, what"""
    return Pass({"begun": table("kind what numbered place", rows)}, select) if rows else None


def _place(kinds: Kinds, kind: int) -> int:
    """The number of its code, which tells two events of one day apart."""
    return next(place for place, code in enumerate(kinds.codes.values()) if kind in code.kinds)


def _is_story(count: Episodes) -> bool:
    return bool(count.then or count.having)


def _stories(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period) -> Pass | None:
    """Numbered episodes of which more is asked than that they began: what followed, what they are like, if open."""
    start, end = number(period.start), number(period.end)
    rows: list[tuple[object, ...]] = []
    about = []
    for count, what in whats.items():
        if isinstance(count, Open) or (isinstance(count, Episodes) and _is_story(count)):
            rows += _roles(count, what, kinds)
            about.append(_about(count, what))
    if not rows:
        return None
    most = max(len(count.having) for count in whats if isinstance(count, Open | Episodes))
    like = [
        f"max(CASE WHEN like{i} THEN day END) AS like{i}, max(CASE WHEN code{i} THEN day END) AS code{i}"
        for i in range(most)
    ]
    limited = any(isinstance(count, Episodes) and count.within is not None for count in whats)
    begun = "min(CASE WHEN begins THEN day END) OVER (PARTITION BY person, what, episode)"
    first = f", {begun} AS first" if limited else ""  # a window is dear: only where it is asked how soon
    fits = "".join(f" AND (havings <= {i} OR like{i} = code{i})" for i in range(most))
    select = f"""
        SELECT person, what, CASE WHEN each_person THEN {ONE} ELSE {ONE} * count(*) END AS amount FROM (
            SELECT person, episode, what,
                   max(CASE WHEN begins THEN day END) AS last_begun,
                   max(CASE WHEN begins AND day < {end} THEN day END) >= {start} AS begun_now,
                   max(CASE WHEN begins AND day < {start} THEN day END) AS early_begun,
                   min(CASE WHEN begins THEN day END) AS first_begun,
                   max(CASE WHEN follows THEN day END) AS last_follows,
                   max(CASE WHEN follows AND day < {start} THEN day END) AS early_follows,
                   {"min(CASE WHEN follows AND day >= first THEN day - first END)" if limited else "min(0)"} AS wait
                   {"".join(f", {one}" for one in like)}
            FROM (SELECT *{first} FROM told JOIN story_kinds USING (kind) JOIN story_ends USING (what)
                  WHERE episode IS NOT NULL AND (day < {end} OR NOT by_end)) met
            GROUP BY person, episode, what) met
        JOIN story_ends USING (what)
        WHERE CASE how
            WHEN 'episodes' THEN begun_now AND (within = {NEVER} OR last_follows >= first_begun)
                                 AND (within IN ({NEVER}, {OPEN}) OR wait <= within)
            WHEN 'last_day' THEN last_begun > coalesce(last_follows, {NEVER})
            WHEN 'period' THEN begun_now OR early_begun > coalesce(early_follows, {NEVER}) END{fits}
        GROUP BY person, what, each_person"""
    columns = "".join(f" like{i} code{i}" for i in range(most))
    padded = [(*row, *[False] * (4 + 2 * most - len(row))) for row in rows]
    return Pass(
        {
            "story_kinds": table(f"kind what begins follows{columns}", padded),
            "story_ends": table("what how by_end within havings each_person", about),
        },
        select,
    )


def _roles(count: Open | Episodes, what: int, kinds: Kinds) -> Iterable[tuple[object, ...]]:
    """What each kind of event is to this count."""
    begins, follows = (count.started, count.ended) if isinstance(count, Open) else (count.any_of, count.then)
    sets = [set(kinds.of(begins)), set(kinds.of(follows))]
    for one in count.having:
        sets += [set(kinds.of((one,))), set(kinds.same_code(one))]
    return [(kind, what, *(kind in one for one in sets)) for kind in sorted(set().union(*sets))]


def _about(count: Open | Episodes, what: int) -> tuple[object, ...]:
    """``within`` is never where nothing need follow."""
    if isinstance(count, Open):
        return (what, count.when, True, NEVER, len(count.having), count.each == "person")
    within = (OPEN if count.within is None else count.within) if count.then else NEVER
    return (what, "episodes", False, within, len(count.having), False)


def _pairs(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period) -> Pass | None:
    """First and last readings, in millionths; of several on one day the lowest."""
    counts = {count: what for count, what in whats.items() if isinstance(count, Pairs | Change)}
    asked = {count: count.of if isinstance(count, Change) else count for count in counts}
    runs = {
        run: place for place, run in enumerate(dict.fromkeys((one.reading, one.together) for one in asked.values()))
    }
    rows = [(kind, run, together) for (reading, together), run in runs.items() for kind in kinds.of((reading,))]
    pairs = [
        (runs[one.reading, one.together], what, _limit(one.first_most, MOST), _limit(one.rise, -MOST), count != one)
        for count, what in counts.items()
        for one in (asked[count],)
    ]
    select = f"""
        SELECT person, what, CASE WHEN adds_change THEN last_value - first_value ELSE {ONE} END AS amount
        FROM (SELECT person, run, arg_min(value, day) AS first_value, arg_max(value, day) AS last_value
              FROM (SELECT person, run, CASE WHEN NOT together THEN episode END AS episode, day,
                           min({millionths("value")}) AS value
                    FROM told JOIN readings USING (kind)
                    WHERE day < {number(period.end)} AND value IS NOT NULL AND (together OR episode IS NOT NULL)
                    GROUP BY 1, 2, 3, 4) met
              GROUP BY person, run, episode
              HAVING min(day) < max(day) AND max(day) >= {number(period.start)}) met
        JOIN pair_limits USING (run)
        WHERE first_value <= first_most AND last_value - first_value >= rise"""
    tables = {
        "readings": table("kind run together", rows),
        "pair_limits": table("run what first_most rise adds_change", pairs),
    }
    return Pass(tables, select) if rows else None


def _limit(limit: float | None, none: int) -> int:
    """In millionths, half away from zero as the values are."""
    if limit is None:
        return none
    return int(abs(limit) * ONE + 0.5) * (-1 if limit < 0 else 1)


def _around(whats: Mapping[PersonCount, int], kinds: Kinds, period: Period, as_at: date) -> Pass | None:
    counts = {count: what for count, what in whats.items() if isinstance(count, Around)}
    near = {one: place for place, one in enumerate(dict.fromkeys((c.anchor, c.of, c.days) for c in counts))}
    anchors = [(kind, place, days) for (anchor, _, days), place in near.items() for kind in kinds.of((anchor,))]
    nearby = [(kind, place) for (_, of, _), place in near.items() for kind in kinds.of((of,))]
    sides = [(near[count.anchor, count.of, count.days], what, *_weights(count.side)) for count, what in counts.items()]
    select = f"""
        SELECT person, what, {ONE} * (people + before * befores + after * afters) AS amount
        FROM (SELECT a.person, a.near,
                     count(CASE WHEN day < anchored AND day >= anchored - days THEN 1 END) AS befores,
                     count(CASE WHEN day > anchored AND day <= anchored + days THEN 1 END) AS afters
              FROM (SELECT person, near, days, anchored
                    FROM (SELECT person, near, days, min(day) AS anchored FROM told JOIN anchors USING (kind)
                          GROUP BY person, near, days) met
                    JOIN home USING (person)
                    WHERE anchored + days >= {number(period.start)} AND anchored + days < {number(period.end)}
                      AND anchored + days <= {number(as_at)} AND died > anchored + days) a
              LEFT JOIN (SELECT person, near, day FROM told JOIN nearby USING (kind)) b
              ON a.person = b.person AND a.near = b.near
              GROUP BY a.person, a.near) met
        JOIN near_sides USING (near)
        WHERE people + before * befores + after * afters <> 0"""
    tables = {
        "anchors": table("kind near days", anchors),
        "nearby": table("kind near", nearby),
        "near_sides": table("near what people before after", sides),
    }
    return Pass(tables, select) if counts else None


def _weights(side: str) -> tuple[int, int, int]:
    return {"people": (1, 0, 0), "before": (0, 1, 0), "after": (0, 0, 1), "change": (0, -1, 1)}[side]


def _in(period: Period) -> str:
    return f"day >= {number(period.start)} AND day < {number(period.end)}"
