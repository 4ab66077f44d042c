"""Conditions, compiled: each is the set of periods in which it is true of the person being looked at.

See ``measurement.conditions`` for what they mean; here is only how. Something that begins on day a and is over on day
b is true on the last days of ``come[a] & ~come[b]``.
"""

from whatmatters.measurement.engines.kernel.bare import lowest
from whatmatters.measurement.engines.kernel.compiled import compiled
from whatmatters.measurement.engines.kernel.tables import (
    AGED,
    ALL,
    ANY,
    BEFORE,
    BORN,
    DID,
    EVER,
    FOLLOWED,
    LISTED,
    LISTED_IN,
    MONTHS,
    NEVER,
    NOT,
    OVERDUE,
    STANDING,
    STOOD,
    VISIT,
    WORD,
    Days,
    Programme,
    Scratch,
)

FAR = 1e9  # days


@compiled
def at(days: Days, day: int) -> int:
    """The row of the tables by day."""
    return min(max(day, days.low), days.high) - days.low


@compiled
def settle(days: Days, plan: Programme, s: Scratch) -> None:
    """Works out the conditions that were woken, parts before wholes; the others are true in no period."""
    for i in range(plan.words):
        left = s.awake[i]
        while left:
            node = WORD * i + lowest(left)
            s.truth[node] = _true(days, plan, s, node)
            left &= left - 1


@compiled
def forget(plan: Programme, s: Scratch) -> None:
    for i in range(plan.words):
        left = s.awake[i]
        while left:
            s.truth[WORD * i + lowest(left)] = 0
            left &= left - 1
        s.awake[i] = plan.awake[i]


@compiled
def _true(days: Days, plan: Programme, s: Scratch, node: int) -> int:
    what, first, second = plan.what[node], plan.first[node], plan.second[node]
    if what == LISTED:
        return s.now[LISTED_IN]
    if what == AGED:
        return days.aged[first * (days.unborn + 1) + s.now[BORN]]
    if what <= FOLLOWED:
        return _did(days, s, what, first, second, plan.third[node])
    if what in (STANDING, STOOD):
        return _standing(days, s, first, second, what == STOOD)
    if what == OVERDUE:
        return _overdue(days, s, first, second)
    return _made_of(plan, s, node, what, first)


@compiled
def _made_of(plan: Programme, s: Scratch, node: int, what: int, number: int) -> int:
    begin, end = plan.parts_at[node], plan.parts_at[node + 1]
    if what == NOT:
        return ~s.truth[plan.parts[begin]]
    if what == ALL:
        true = -1
        for i in range(begin, end):
            true &= s.truth[plan.parts[i]]
        return true
    if what == ANY:
        true = 0
        for i in range(begin, end):
            true |= s.truth[plan.parts[i]]
        return true
    s.ladder[0] = -1  # AT_LEAST, rung n: the periods in which n of the parts so far are true
    for rung in range(1, number + 1):
        s.ladder[rung] = 0
    for i in range(begin, end):
        for rung in range(number, 0, -1):
            s.ladder[rung] |= s.ladder[rung - 1] & s.truth[plan.parts[i]]
    return s.ladder[number]


@compiled
def first_link(s: Scratch, one: int) -> int:
    """The first of this person's events of a set; -1 where there is none, or no set."""
    return s.set_head[one] if one >= 0 and s.set_visit[one] == s.now[VISIT] else -1


@compiled
def day_of(s: Scratch, link: int) -> int:
    return s.day[s.link_event[link]] if link >= 0 else NEVER


@compiled
def _did(days: Days, s: Scratch, what: int, one: int, other: int, within: int) -> int:
    if s.set_visit[one] != s.now[VISIT]:
        return 0
    if what == DID:
        return s.set_holds[one]
    if what == EVER:
        return days.come[at(days, s.set_first[one])]
    if what == BEFORE:
        return days.ahead[at(days, s.set_first[one])]
    true = 0
    if what == MONTHS:
        link = first_link(s, one)
        while link >= 0:
            true |= days.months[other * days.span + at(days, day_of(s, link))]
            link = s.link_next[link]
        return true
    before, link, last = first_link(s, one), first_link(s, other), -NEVER  # FOLLOWED
    while link >= 0:
        day = day_of(s, link)
        while day_of(s, before) <= day:
            last = day_of(s, before)
            before = s.link_next[before]
        if day - last <= within and last != -NEVER:
            true |= days.holds[at(days, day)]
        link = s.link_next[link]
    return true


@compiled
def _standing(days: Days, s: Scratch, on: int, off: int, in_period: bool) -> int:
    """Off is taken before on within a day, for then the state stands."""
    shown = days.ahead if in_period else days.come
    begin, end = first_link(s, on), first_link(s, off)
    true = s.set_holds[on] if in_period and begin >= 0 else 0
    since = NEVER
    while begin >= 0 or (end >= 0 and since != NEVER):
        began, ended = day_of(s, begin), day_of(s, end)
        if ended <= began:
            if since != NEVER:
                true |= shown[at(days, since)] & ~shown[at(days, ended)]
            since = NEVER
            end = s.link_next[end]
        else:
            since = min(since, began)
            begin = s.link_next[begin]
    return true | shown[at(days, since)] if since != NEVER else true


@compiled
def _overdue(days: Days, s: Scratch, set_by: int, done_by: int) -> int:
    """Each date set stands from its day until the next is set; late from the day after, and until it is kept."""
    link, done = first_link(s, set_by), first_link(s, done_by)
    true = 0
    while link >= 0:
        day, soonest = day_of(s, link), FAR
        while link >= 0 and day_of(s, link) == day:
            if s.valued[s.link_event[link]]:
                soonest = min(soonest, s.value[s.link_event[link]])
            link = s.link_next[link]
        after = link
        while after >= 0 and not s.valued[s.link_event[after]]:
            after = s.link_next[after]
        while done >= 0 and day_of(s, done) <= day:
            done = s.link_next[done]
        due = day + int(max(soonest // 1, -FAR))
        if due < days.as_at and soonest < FAR:
            late = days.come[at(days, day)] & days.come[at(days, due + 1)]
            true |= late & ~days.come[at(days, day_of(s, after))] & ~days.come[at(days, day_of(s, done))]
    return true
