"""Counts, compiled: each adds an amount to its cells in a set of periods, for the person being looked at.

See ``measurement.counts`` for what they mean. Where episodes are told apart, the scratch has a row for each of the
person's episodes, fresh where its mark is that of the count being made.
"""

from whatmatters.measurement.engines.kernel.compiled import compiled
from whatmatters.measurement.engines.kernel.conditions import at, day_of, first_link
from whatmatters.measurement.engines.kernel.tables import (
    CHANGE,
    DIED,
    EIGHT,
    EPISODES,
    HAPPENINGS,
    MET,
    NEVER,
    ONE,
    OPEN,
    PAIRS,
    PEOPLE,
    TOTAL,
    Days,
    Programme,
    Scratch,
)


@compiled
def add(days: Days, plan: Programme, s: Scratch, count: int, periods: int, amount: int) -> None:
    """To every cell the person counts in, in the periods they count in it."""
    # What a loop takes from a table it takes beforehand: for all the compiler knows, a sum may be written over it.
    tally, cell, cell_in, stride, base = s.tally, s.cell, s.cell_in, days.stride, plan.base[count]
    for i in range(s.cells[0] if plan.split[count] else 1):
        here = periods & cell_in[i]
        if here:
            row = (base + cell[i]) * stride
            if stride < EIGHT:
                for p in range(stride):
                    tally[row + p] += amount & -(here >> p & 1)
            else:
                for first in range(0, stride, EIGHT):
                    for p in range(EIGHT):  # of a length known beforehand: one or two instructions for all eight
                        tally[row + first + p] += amount & -(here >> first >> p & 1)


@compiled
def take(days: Days, plan: Programme, s: Scratch, count: int, whom: int) -> None:
    """Makes one count of one person. ``whom``: the periods in which they count where they are being visited."""
    what = plan.make[count]
    if plan.among[count] >= 0:
        whom &= s.truth[plan.among[count]]
    if whom == 0:
        return
    if what == PEOPLE:
        add(days, plan, s, count, whom, ONE)
    elif what in (HAPPENINGS, TOTAL):
        link = first_link(s, plan.one[count])
        while link >= 0:
            event = s.link_event[link]
            amount = ONE if what == HAPPENINGS else millionths(s.value[event])
            add(days, plan, s, count, whom & days.holds[at(days, s.day[event])], amount)
            link = s.link_next[link]
    elif what == EPISODES:
        _episodes(days, plan, s, count, whom)
    elif what == OPEN:
        _open(days, plan, s, count, whom)
    elif what in (PAIRS, CHANGE):
        _pairs(days, plan, s, count, whom)
    else:
        _around(days, plan, s, count, whom)


@compiled
def millionths(number: float) -> int:
    """Half away from zero."""
    size = int(abs(number * ONE) + 0.5)
    return size if number >= 0 else -size


@compiled
def _episodes(days: Days, plan: Programme, s: Scratch, count: int, whom: int) -> None:
    """Set; set that follows, or -1, and the days it has; whether events outside episodes count."""
    starts, then, within, alone = plan.one[count], plan.two[count], plan.three[count], plan.four[count]
    last = s.episodes[0]
    for episode in range(1, last + 1):
        s.ep_in[episode] = 0
    s.code_mark[0] += 1
    link = first_link(s, starts)
    while link >= 0:
        event = s.link_event[link]
        day, episode = s.day[event], s.episode[event]
        held = days.holds[at(days, day)]
        if episode == 0:
            if alone and _fresh(s, s.code[event], day):
                add(days, plan, s, count, whom & held, ONE)
        else:
            if s.ep_in[episode] == 0:
                s.ep_first[episode], s.ep_kept[episode], s.ep_in[episode] = day, then < 0, MET
            s.ep_in[episode] |= held
        link = s.link_next[link]
    link = first_link(s, then)
    while link >= 0:
        event = s.link_event[link]
        episode = s.episode[event]
        if episode and s.ep_in[episode] and 0 <= s.day[event] - s.ep_first[episode] <= within:
            s.ep_kept[episode] = 1
        link = s.link_next[link]
    for i in range(plan.having_at[count], plan.having_at[count + 1]):
        _having(days, plan, s, i, False)
    for episode in range(1, last + 1):
        if s.ep_in[episode] and s.ep_kept[episode]:
            add(days, plan, s, count, whom & s.ep_in[episode], ONE)


@compiled
def _fresh(s: Scratch, code: int, day: int) -> bool:
    """Whether this count meets a code for the first time on this day."""
    known = s.code_mark[code] == s.code_mark[0] and s.code_day[code] == day
    s.code_mark[code], s.code_day[code] = s.code_mark[0], day
    return not known


@compiled
def _having(days: Days, plan: Programme, s: Scratch, which: int, by_end: bool) -> None:
    """Holds episodes to the periods by whose end the latest event of a code is one that is wanted.

    ``by_end`` or else as far as the facts go. The chain of the wanted is part of that of their whole code.
    """
    last = s.episodes[0]
    for episode in range(1, last + 1):
        s.ep_right[episode] = s.ep_had[episode] = 0
    wish, link = first_link(s, plan.having[which]), first_link(s, plan.having_code[which])
    while link >= 0:
        event = s.link_event[link]
        day, episode = s.day[event], s.episode[event]
        if s.ep_right[episode] and s.ep_day[episode] < day:
            s.ep_had[episode] |= days.come[at(days, s.ep_day[episode])] & ~days.come[at(days, day)]
            s.ep_right[episode] = 0
        if wish >= 0 and s.link_event[wish] == event:
            s.ep_day[episode], s.ep_right[episode] = day, 1
            wish = s.link_next[wish]
        link = s.link_next[link]
    for episode in range(1, last + 1):
        latest = days.come[at(days, s.ep_day[episode])] if s.ep_right[episode] else 0
        if by_end:
            s.ep_in[episode] &= s.ep_had[episode] | latest
        elif not s.ep_right[episode]:
            s.ep_in[episode] = 0


@compiled
def _open(days: Days, plan: Programme, s: Scratch, count: int, whom: int) -> None:
    """Set that starts, set that ends, whether at some time in the period, whether each episode counts."""
    starts, ends, in_period, each = plan.one[count], plan.two[count], plan.three[count], plan.four[count]
    shown = days.ahead if in_period else days.come
    last = s.episodes[0]
    for episode in range(last + 1):
        s.ep_in[episode], s.ep_day[episode] = 0, NEVER
    begin, end = first_link(s, starts), first_link(s, ends)
    while begin >= 0 or end >= 0:
        if day_of(s, begin) <= day_of(s, end):  # what starts and ends on one day has ended
            event = s.link_event[begin]
            day, episode = s.day[event], s.episode[event]
            s.ep_day[episode] = min(s.ep_day[episode], day)
            if in_period:
                s.ep_in[episode] |= days.holds[at(days, day)]
            begin = s.link_next[begin]
        else:
            event = s.link_event[end]
            day, episode = s.day[event], s.episode[event]
            s.ep_in[episode] |= shown[at(days, s.ep_day[episode])] & ~shown[at(days, day)]
            s.ep_day[episode] = NEVER
            end = s.link_next[end]
    for episode in range(1, last + 1):
        s.ep_in[episode] |= shown[at(days, s.ep_day[episode])]
    for i in range(plan.having_at[count], plan.having_at[count + 1]):
        _having(days, plan, s, i, True)
    anyone = 0
    for episode in range(1, last + 1):
        anyone |= s.ep_in[episode]
        if each:
            add(days, plan, s, count, whom & s.ep_in[episode], ONE)
    if not each:
        add(days, plan, s, count, whom & anyone, ONE)


@compiled
def _pairs(days: Days, plan: Programme, s: Scratch, count: int, whom: int) -> None:
    """Set of readings, whether all are one run (row 0), the most a first may be, and the least rise."""
    readings, together = plan.one[count], plan.two[count]
    last = s.episodes[0]
    for run in range(last + 1):
        s.ep_first[run] = NEVER
    link = first_link(s, readings)
    while link >= 0:
        event = s.link_event[link]
        run = 0 if together else s.episode[event]
        if s.valued[event] and (together or run):
            day, value = s.day[event], millionths(s.value[event])
            if s.ep_first[run] == NEVER:
                s.ep_first[run], s.ep_day[run], s.ep_low[run] = day, day, value
            elif s.ep_day[run] < day:
                _pair(days, plan, s, count, run, whom & ~days.come[at(days, day)])
                s.ep_day[run], s.ep_value[run] = day, value
            elif s.ep_first[run] == day:
                s.ep_low[run] = min(s.ep_low[run], value)
            else:
                s.ep_value[run] = min(s.ep_value[run], value)
        link = s.link_next[link]
    for run in range(last + 1):
        if s.ep_first[run] != NEVER:
            _pair(days, plan, s, count, run, whom)


@compiled
def _pair(days: Days, plan: Programme, s: Scratch, count: int, run: int, whom: int) -> None:
    """First and last reading of a run as it stands, in ``whom`` if the last of them falls there."""
    risen = s.ep_value[run] - s.ep_low[run]
    if s.ep_day[run] > s.ep_first[run] and s.ep_low[run] <= plan.three[count] and risen >= plan.four[count]:
        amount = ONE if plan.make[count] == PAIRS else risen
        add(days, plan, s, count, whom & days.holds[at(days, s.ep_day[run])], amount)


@compiled
def _around(days: Days, plan: Programme, s: Scratch, count: int, whom: int) -> None:
    """Set of the anchor, set of the events, so many days, what one before and one after it add, what the person."""
    anchor, of, window, before, after = (
        plan.one[count],
        plan.two[count],
        plan.three[count],
        plan.four[count],
        plan.five[count],
    )
    first = s.set_first[anchor]
    over = first + window
    whom &= days.holds[at(days, over)]
    if whom == 0 or over > days.as_at or s.now[DIED] <= over:
        return
    amount = 0 if before or after else 1
    link = first_link(s, of)
    while link >= 0:
        since = day_of(s, link) - first
        if -window <= since < 0:
            amount += before
        elif 0 < since <= window:
            amount += after
        link = s.link_next[link]
    add(days, plan, s, count, whom, amount * ONE)
