"""The one pass: every practice in turn, everyone who was ever registered there, every count, every period.

A person is visited at each practice they were ever registered with and counts there in the periods whose home it is.
So the cells of one practice at a time are being added to, few enough to stay in a core's cache, and are then written
off as rows of (practice, cell, period, amount). People lie in the order of their practices: most visits read on where
the one before ended.
"""

import numpy as np

from whatmatters.measurement.engines.kernel.bare import bare
from whatmatters.measurement.engines.kernel.compiled import compiled
from whatmatters.measurement.engines.kernel.conditions import at, forget, settle
from whatmatters.measurement.engines.kernel.counts import take
from whatmatters.measurement.engines.kernel.tables import (
    ABSENT,
    BORN,
    DIED,
    FIXED,
    LISTED_IN,
    UNBORN,
    VISIT,
    Days,
    Mart,
    Narrow,
    Programme,
    Rows,
    Scratch,
)


@compiled
def run(facts: Mart, when: Days, what: Programme, room: Scratch, first: int, last: int) -> Rows:
    """Rows of the practices from ``first`` up to ``last``: practice, cell, period and amount, nought left out."""
    mart, days, plan, s = bare(facts), bare(when), bare(what), bare(room)
    size, used = len(room.tally), 0
    place, cell = np.empty(1024, np.int32), np.empty(1024, np.int32)
    period, amount = np.empty(1024, np.int8), np.empty(1024, np.int64)
    for practice in range(first, last):
        for i in range(mart.visit_at[practice], mart.visit_at[practice + 1]):
            _visit(mart, days, plan, s, practice, mart.visit[i])
        if used + size > len(cell):
            place, cell = _longer(place, used + size), _longer(cell, used + size)
            period, amount = _longer(period, used + size), _longer(amount, used + size)
        for i in range(size):
            if s.tally[i]:
                place[used], cell[used], period[used] = practice, i // days.stride, i % days.stride
                amount[used] = s.tally[i]
                used += 1
                s.tally[i] = 0
    return place[:used], cell[:used], period[:used], amount[:used]


@compiled
def _longer(rows: Narrow, least: int) -> Narrow:
    longer = np.empty(max(2 * len(rows), least), rows.dtype)
    longer[: len(rows)] = rows
    return longer


@compiled
def _visit(mart: Mart, days: Days, plan: Programme, s: Scratch, practice: int, seat: int) -> None:
    if mart.about[seat] == ABSENT:
        return
    home, on_list = _home(mart, days, practice, seat)
    if home == 0:
        return
    born = days.unborn if mart.born[seat] == UNBORN else mart.born[seat] - days.born_low
    s.now[VISIT] += 1
    s.now[BORN], s.now[DIED] = born, mart.died[seat]
    s.now[LISTED_IN] = on_list & ~days.come[at(days, mart.died[seat])]
    _cells(days, s, mart.about[seat], born)
    woken = _events(mart, days, plan, s, seat)
    settle(days, plan, s)
    for i in range(-plan.always_many, woken):
        count = s.woken[i] if i >= 0 else plan.always[i + plan.always_many]
        take(days, plan, s, count, home)
    forget(plan, s)


@compiled
def _home(mart: Mart, days: Days, practice: int, seat: int) -> tuple[int, int]:
    """The periods in which this is the person's home, and those on whose last day they are registered there.

    A home is the last practice in the period: last to end in it, then last to start, then the first by code.
    """
    home = on_list = 0
    begin, end = mart.registration_at[seat], mart.registration_at[seat + 1]
    for one in range(begin, end):
        if mart.practice[one] == practice:
            here = _in_force(mart, days, one)
            for other in range(begin, end):
                both = here & _in_force(mart, days, other) if other != one else 0
                for p in range(days.periods if both else 0):
                    if both >> p & 1 and _later(mart, other, one, days.end[p]):
                        here &= ~(1 << p)
            home |= here
            on_list |= here & days.come[at(days, mart.start[one])] & ~days.come[at(days, mart.end[one])]
    return home, on_list


@compiled
def _in_force(mart: Mart, days: Days, one: int) -> int:
    """The periods that a registration has a day in."""
    return days.come[at(days, mart.start[one])] & ~days.ahead[at(days, mart.end[one] - 1)]


@compiled
def _later(mart: Mart, one: int, other: int, end: int) -> bool:
    """Whether one registration is a person's home before another."""
    ends, others = min(mart.end[one], end), min(mart.end[other], end)
    if ends != others:
        return ends > others
    if mart.start[one] != mart.start[other]:
        return mart.start[one] > mart.start[other]
    return mart.practice[one] < mart.practice[other]


@compiled
def _cells(days: Days, s: Scratch, about: int, born: int) -> None:
    """All; by ethnic group; by deprivation; by sex and age, in each band the periods spent in it."""
    sex, ethnic, quintile = about // 36, about // 6 % 6, about % 6
    s.cell[1], s.cell[2] = 1 + ethnic, 7 + quintile
    used = 3
    for i in range(days.band_at[born], days.band_at[born + 1]):
        band = days.band[i] if sex else 0
        s.cell[used] = FIXED + (0 if band == 0 else band + 20 * (sex - 1))
        s.cell_in[used] = days.band_in[i]
        used += 1
    s.cells[0] = used


@compiled
def _events(mart: Mart, days: Days, plan: Programme, s: Scratch, seat: int) -> int:
    """Chains the person's events by the sets they belong to, in order of day. How many counts were woken."""
    events = links = woken = highest = 0
    visit, value_at = s.now[VISIT], mart.value_at[seat]
    for i in range(mart.event_at[seat], mart.event_at[seat + 1]):
        day, kind = mart.day[i], mart.kind[i]
        if day > days.as_at:
            break
        value = 0.0
        if kind & 1:
            value = mart.value[value_at]
            value_at += 1
        wanted = False
        for fit in range(plan.fits_at[kind], plan.fits_at[kind + 1]):
            one = plan.fits[fit]
            if value < plan.least[fit] or value > plan.most[fit]:
                continue
            if s.set_visit[one] != visit:
                s.set_visit[one], s.set_first[one], s.set_holds[one] = visit, day, 0
                s.set_head[one] = links
                for w in range(plan.words):
                    s.awake[w] |= plan.rouses[one * plan.words + w]
                for w in range(plan.wakes_at[one], plan.wakes_at[one + 1]):
                    if s.count_visit[plan.wakes[w]] != visit:
                        s.count_visit[plan.wakes[w]] = visit
                        s.woken[woken] = plan.wakes[w]
                        woken += 1
            elif s.link_event[s.set_tail[one]] == events:
                continue  # two descriptions of one set fit the event: it is one event
            else:
                s.link_next[s.set_tail[one]] = links
            s.link_event[links], s.link_next[links] = events, -1
            s.set_holds[one] |= days.holds[at(days, day)]
            s.set_tail[one] = links
            links += 1
            wanted = True
        if wanted:
            s.day[events], s.code[events], s.valued[events] = day, plan.code[kind], kind & 1
            s.episode[events], s.value[events] = mart.episode[i], value
            highest = max(highest, mart.episode[i])
            events += 1
    s.episodes[0] = highest
    return woken
