"""The arrays that the compiled loop runs over.

A set of periods is one machine word: bit p stands for the p-th period of the plan, 62 at most at a time. Whatever is
asked of a person is worked out for all periods at once by ``&``, ``|`` and ``~`` on such words, so that fifteen periods
cost little more than one. Days are counted from 1970-01-01.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Number = npt.NDArray[np.float64]
Narrow = npt.NDArray[Any]
"""Whole numbers in as few bytes as they need."""
Rows = tuple[Narrow, Narrow, Narrow, Narrow]
"""Practice, cell, period and amount."""

WORD = 62
"""Periods in one word: the sign bit is left alone, and one to spare."""
MET = 1 << WORD
"""Marks what was met, if in none of the periods."""
NEVER = 2**31 - 1
"""The day of what has not happened: an open end, no death."""
UNBORN = -(2**31)
"""The birthday of someone whose birthday is not known."""
ABSENT = 255
"""``about`` of an id that registrations or events speak of and ``people`` does not."""

FIXED = 13
"""Cells before those of age and sex: all; ethnicity and unknown; deprivation and unknown."""
CELLS = FIXED + 41
EIGHT = 8


class Mart(NamedTuple):
    """What the facts say, by seat: people in the order of the practice they were last registered with.

    ``*_at`` has one entry a seat and one more: where its rows begin and end. A ``kind`` is a code, a detail and
    whether there is a value: 2n without, 2n + 1 with, and those with one take theirs from ``value`` in turn.
    """

    born: Narrow
    died: Narrow
    about: Narrow  # sex * 36 + ethnic group * 6 + quintile, 0 unknown; or ABSENT
    registration_at: Narrow
    practice: Narrow
    start: Narrow
    end: Narrow
    event_at: Narrow  # events of a person are in order of day
    day: Narrow
    kind: Narrow
    episode: Narrow  # numbered within the person from 1; 0 none
    organisation: Narrow  # from 1; 0 none
    value_at: Narrow
    value: Number
    visit_at: Narrow  # by practice: the seats of all who were ever registered with it
    visit: Narrow


class Days(NamedTuple):
    """What a day means to each period; days before ``low`` mean what it means, and those after ``high`` likewise."""

    low: int
    high: int
    as_at: int
    periods: int  # how many
    stride: int  # the same, rounded up where the loop adds eight at a time
    end: Whole  # of each period
    holds: Whole  # by day: periods that hold it
    come: Whole  # by day: periods whose last day is it or later
    ahead: Whole  # by day: periods that start after it
    span: int  # days in these tables
    months: Whole  # [so many months, day]: periods that hold it in so many months up to their end
    born_low: int
    unborn: int  # the row of a birthday not known, the last
    aged: Whole  # [ages asked for, day of birth]: periods on whose last day someone is of such an age
    band_at: Whole  # by day of birth: bands of age that someone goes through in these periods
    band: Whole
    band_in: Whole  # the periods in which they are in that band


class Programme(NamedTuple):
    """The counts of a plan as instructions. A *set* is some descriptions of events, any of which will do."""

    fits_at: Whole  # by kind: the sets it belongs to, if its value lies between
    fits: Whole
    least: Number
    most: Number
    code: Whole  # by kind
    wakes_at: Whole  # by set: the counts that cannot be other than nought unless something woke them
    wakes: Whole
    always: Whole  # the counts that nothing has to wake, and how many
    always_many: int
    what: Whole  # by condition: LISTED ... NOT; its sets, or number
    first: Whole
    second: Whole
    third: Whole
    parts_at: Whole  # by condition: the conditions it is made of
    parts: Whole
    words: int  # of a set of conditions, each a bit: parts before wholes
    awake: Whole  # those to settle for everyone
    rouses: Whole  # [set, word]: those to settle for whoever has an event of it
    make: Whole  # by count: PEOPLE ... AROUND; the condition it is held to or -1; its set; the rest by kind of count
    among: Whole
    one: Whole
    two: Whole
    three: Whole
    four: Whole
    five: Whole
    having_at: Whole  # by count: sets, and the set of each one's whole code
    having: Whole
    having_code: Whole
    base: Whole  # by count: its first cell
    split: Whole  # by count: whether it has a cell for each group


class Scratch(NamedTuple):
    """What is known of the person being looked at. What was written at another visit is stale, and never cleared."""

    now: Whole  # VISIT: its number; LISTED_IN: periods; BORN: row of the tables by day of birth; DIED: day
    set_visit: Whole
    set_first: Whole  # day of the first event
    set_holds: Whole  # periods that hold one
    set_head: Whole  # the first and last link of the chain of events
    set_tail: Whole
    link_next: Whole
    link_event: Whole
    day: Whole  # of the events that some set wants
    episode: Whole
    code: Whole
    valued: Whole
    value: Number
    woken: Whole
    count_visit: Whole
    awake: Whole  # conditions to settle
    truth: Whole
    episodes: Whole  # [0]: the highest number of an episode among them
    ep_in: Whole  # by episode, written afresh by each count: the periods in which it counts
    ep_first: Whole
    ep_low: Whole
    ep_day: Whole
    ep_value: Whole
    ep_kept: Whole
    ep_right: Whole
    ep_had: Whole
    code_mark: Whole  # by code: the last count, numbered in [0], that met it outside an episode, and the day
    code_day: Whole
    ladder: Whole
    cells: Whole  # [0]: how many cells this person counts in; which, and in which periods
    cell: Whole
    cell_in: Whole
    tally: Whole  # [cell, period] of the practice being visited


VISIT, LISTED_IN, BORN, DIED = range(4)
LISTED, AGED, DID, EVER, BEFORE, MONTHS, FOLLOWED, STANDING, STOOD, OVERDUE, ALL, ANY, AT_LEAST, NOT = range(14)
PEOPLE, HAPPENINGS, TOTAL, EPISODES, OPEN, PAIRS, CHANGE, AROUND = range(8)
ONE = 1_000_000
