"""The events of a bucket as they are told, and the table they become. Only what happens to people on a list is kept."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement.facts import SCHEMAS
from whatmatters.measurement.synthesis.arrays import NONE, Days, Flags, Index, Numbers, Picks, Whole
from whatmatters.measurement.synthesis.crowd import Crowd
from whatmatters.measurement.synthesis.stays import Stays

CODES = {name: place for place, name in enumerate(CONCEPTS)}
PRACTICE, RECORD, HOSPITAL, CHC = range(4)
SOURCES = ("general practice", "personalised care record", "hospital", "continuing healthcare")
CODE_BITS, PLACE_BITS = 7, 22  # room for 128 codes and four million rows of 262,144 people: 63 bits in all
COLUMNS = {
    "code": np.int16, "value": np.float64, "detail": np.int16, "episode": np.int64, "organisation": np.int32,
    "worker": np.int64, "role": np.int16, "source": np.int8,
}  # fmt: skip


class Cases(NamedTuple):
    """Episodes: whose each is, the day it has come to, and its number."""

    who: Index
    on: Days
    number: Whole

    def of(self, places: Index | Flags) -> "Cases":
        return Cases(self.who[places], self.on[places], self.number[places])

    def on_day(self, on: Days) -> "Cases":
        return self._replace(on=on)


def repeated(times: Whole) -> tuple[Index, Whole]:
    """The place of each as often as it happens, and which time it is, from 0."""
    each = np.repeat(np.arange(len(times)), times)
    nth: Whole = np.arange(len(each)) - np.repeat(np.cumsum(times) - times, times)
    return each, nth


class Told:
    """What happens to a crowd. Arrays are by happening: ``who`` is a place in the crowd, ``on`` a day."""

    def __init__(self, crowd: Crowd, stays: Stays, lots: np.random.Generator) -> None:
        self.crowd, self.stays, self.lots = crowd, stays, lots
        self.country = crowd.country
        self.words: dict[str, int] = {}
        self._who: list[Index] = []
        self._on: list[Days] = []
        self._columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self._episodes = 0

    def add(
        self,
        code: str,
        who: Index,
        on: Any,
        *,
        value: Any = np.nan,
        detail: Any = NONE,
        episode: Any = NONE,
        organisation: Any = NONE,
        worker: Any = NONE,
        role: str = "",
        source: int = PRACTICE,
    ) -> None:
        """Tells it of those who are on a list that day."""
        on = np.asarray(on).astype(np.int32)
        here = self.stays.here(who, on)
        given = (
            CODES[code], value, self.word(detail) if isinstance(detail, str) else detail, episode, organisation, worker,
            self.word(role) if role else NONE, source,
        )  # fmt: skip
        kept = int(here.sum())
        self._who.append(who[here])
        self._on.append(on[here])
        for (name, kind), cells in zip(COLUMNS.items(), given, strict=True):
            column = np.full(kept, cells, kind) if np.ndim(cells) == 0 else cells[here].astype(kind)
            self._columns[name].append(column)

    def tell(self, code: str, cases: Cases, **columns: Any) -> None:
        """The same of each episode on the day it has come to."""
        self.add(code, cases.who, cases.on, episode=cases.number, **columns)

    def drop(self, code: str, where: Callable[[Index, Days], Flags], share: float) -> None:
        """Of what was told so far under the code, a ``share`` of those that ``where`` (people, days) picks did not
        happen."""
        for place, codes in enumerate(self._columns["code"]):
            if not len(codes) or codes[0] != CODES[code]:  # one call of ``add`` tells of one code
                continue
            who, on = self._who[place], self._on[place]
            kept = ~(where(who, on) & (self.lots.random(len(who)) < share))
            self._who[place], self._on[place] = who[kept], on[kept]
            for column in self._columns.values():
                column[place] = column[place][kept]

    def word(self, text: str) -> int:
        return self.words.setdefault(text, len(self.words))

    def drawn(self, weights: dict[str, float], count: int) -> Picks:
        """Words by weight."""
        steps = np.cumsum(list(weights.values()))
        numbers = np.array([self.word(text) for text in weights])
        picks: Picks = numbers[np.searchsorted(steps[:-1], self.lots.random(count) * steps[-1], "right")]
        return picks

    def pull(self, component: str, slope: float, minority: float) -> Numbers:
        """What makes it likelier for each: their practice, a ``slope`` by decile (above 0: more for the deprived) and a
        factor for those who are not White."""
        crowd = self.crowd
        place: Numbers = self.country.eager[component][crowd.practice] * np.where(crowd.minority, minority, 1)
        found: Numbers = place * np.exp(slope * (5.5 - crowd.deprivation))
        return found

    def by(self, role: str, who: Index, on: Days) -> dict[str, Any]:
        """The columns of something done by a worker of the role, where the person is registered that day."""
        practice = self.stays.practice(who, on)
        network = self.country.network[practice]
        group = practice if role == "clinician" else network
        place = practice if role == "clinician" else self.country.places.network(network)
        worker = self.country.teams[role].worker(group, on, who) if role in self.country.teams else NONE
        return {"organisation": place, "worker": worker, "role": role}

    def episodes(self, count: int) -> Whole:
        """Numbers nobody else has: a bucket has room for sixteen million."""
        first = (self.crowd.bucket << 24) + self._episodes
        self._episodes += count
        return np.arange(first, first + count, dtype=np.int64)

    def chosen(self, chance: Numbers) -> Index:
        """Places of those it happens to."""
        return np.flatnonzero(self.lots.random(len(chance)) < chance)

    def starts(self, chance: Numbers, ramp: tuple[float, ...] = (1, 1, 1, 1, 1)) -> tuple[Index, Days]:
        """Whom it happens to, of those on a list on the day it does, so that no story lacks its beginning."""
        who = self.chosen(chance)
        on = self.day(len(who), ramp)
        here = self.stays.here(who, on)
        return who[here], on[here]

    def cases(self, chance: Numbers, ramp: tuple[float, ...] = (1, 1, 1, 1, 1)) -> Cases:
        who, on = self.starts(chance, ramp)
        return Cases(who, on, self.episodes(len(who)))

    def day(self, count: int, ramp: tuple[float, ...] = (1, 1, 1, 1, 1)) -> Days:
        """Days of the span, the years by weight."""
        since, until = self.country.years
        length = (until + 1 - since) / len(ramp)
        steps = np.cumsum(ramp)
        year = np.searchsorted(steps[:-1], self.lots.random(count) * steps[-1], "right")
        days: Days = (since + (year + self.lots.random(count)) * length).astype(np.int32)
        return days

    def within(self, least: int, most: int, count: int) -> Days:
        """So many days, ``most`` included."""
        return self.lots.integers(least, most + 1, count, dtype=np.int32)

    def table(self, places: pa.Array) -> pa.Table:
        """``events``, sorted by person and day; ``places`` are the codes that ``organisation`` numbers."""
        who, on = np.concatenate(self._who), np.concatenate(self._on)
        columns = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        # Person, day, code and place in one number, sorted as it stands: several times quicker than by columns.
        key = (who.astype(np.int64) << 16) | (on + (1 << 15))
        key = (((key << CODE_BITS) | columns["code"]) << PLACE_BITS) | np.arange(len(who))
        key.sort()
        order = key & ((1 << PLACE_BITS) - 1)
        fresh = ~_repeats(key >> PLACE_BITS, [column[order] for column in columns.values()])
        order = order[fresh]
        columns = {name: column[order] for name, column in columns.items()}
        words = pa.array(list(self.words), pa.string())
        given = {
            "person": pa.array(self.crowd.person[who[order]]),
            "code": _named(columns["code"], pa.array(list(CODES))),
            "on": pa.array(on[order]).cast(pa.date32()),
            "value": pa.array(columns["value"], mask=np.isnan(columns["value"])),
            "detail": _named(columns["detail"], words),
            "episode": pa.array(columns["episode"], mask=columns["episode"] == NONE),
            "organisation": _named(columns["organisation"], places).cast(pa.string()),
            "worker": pa.array(columns["worker"], mask=columns["worker"] == NONE),
            "role": _named(columns["role"], words),
            "source": _named(columns["source"], pa.array(SOURCES)).cast(pa.string()),
        }
        return pa.table(given, schema=SCHEMAS["events"])


def _repeats(alike: Whole, columns: list[Any]) -> Flags:
    """Rows that say what an earlier one says: chance can send someone to the same place twice on a day.

    ``alike`` is the same number for rows of one person, day and code, which stand together.
    """
    found, back = np.zeros(len(alike), np.bool_), 1
    while len(places := np.flatnonzero(alike[back:] == alike[:-back]) + back):
        same = np.ones(len(places), np.bool_)
        for column in columns:
            one, other = column[places], column[places - back]
            same &= (one == other) | (np.isnan(one) & np.isnan(other))  # no value is the same as no value
        found[places[same]] = True
        back += 1
    return found


def _named(numbers: Index, names: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(numbers.astype(np.int32), mask=numbers == NONE), names)
