"""Small worlds whose lives fall on edges: what every engine is run on, and must say the same of.

Five practices (one in a network of another sub-ICB, one that merges into another, one in no network, one that changes
networks, one over a border) and lives drawn near the events that some indicators speak of: the same codes, details
and values just in and just out of what they ask. ``draw`` is a ``random.Random``.
"""

from datetime import date, timedelta

import pyarrow as pa

from whatmatters.events.codes import SP_REFERRED
from whatmatters.measurement.conditions import EventOf, events_of
from whatmatters.measurement.counts import Staff, Workers
from whatmatters.measurement.facts import SCHEMAS, of
from whatmatters.measurement.indicators import LEVELS

PRACTICES = ("A", "B", "C", "D", "E")
KINDS = {
    **dict.fromkeys((*PRACTICES, "F"), "practice"),  # hardly anyone is registered with F
    **dict.fromkeys(("N1", "N2", "N3", "N4"), "pcn"),
    **dict.fromkeys(("S1", "S2"), "sub_icb"),
    **dict.fromkeys(("I1", "I2"), "icb"),
    "R1": "region",
    "ENG": "nation",
    **dict.fromkeys(("V", "W"), "provider"),
    "H": "care_home",
}
MEMBERSHIPS = [
    ("A", "N1", "2019-07-01", None),
    ("A", "S1", "2013-04-01", None),
    ("B", "N2", "2019-07-01", "2023-01-01"),  # B merges into A
    ("B", "S1", "2013-04-01", "2023-01-01"),
    ("C", "N1", "2019-07-01", "2022-10-01"),  # a network of another sub-ICB, then none
    ("C", "S2", "2013-04-01", None),
    ("D", "N2", "2019-07-01", "2022-04-01"),  # changes network on the first day of the year
    ("D", "N3", "2022-04-01", None),
    ("E", "S2", "2013-04-01", None),
    ("E", "N4", "2022-07-01", None),  # a network without a parent, and over a border from October
    ("A", "N4", "2022-10-01", None),
    ("F", "S2", "2022-07-01", None),
    ("N1", "S1", "2019-07-01", None),
    ("N1", "I1", "2019-07-01", None),  # another ICB than that of A's own sub-ICB from July 2022
    ("N2", "S1", "2019-07-01", None),
    ("N3", "S2", "2019-07-01", None),
    ("N3", "S1", "2023-03-31", None),  # two of one kind at a time
    ("S1", "I1", "2013-04-01", "2022-07-01"),
    ("S1", "I2", "2022-07-01", None),
    ("S2", "I2", "2013-04-01", None),
    ("I1", "R1", "2013-04-01", "2022-07-01"),
    ("I2", "R1", "2013-04-01", None),
    ("R1", "ENG", "2013-04-01", None),
    ("V", "N1", "2020-01-01", None),
    ("H", "S2", "2023-03-31", None),
    ("A", "W", "2020-01-01", None),  # no level
]
EDGES = [
    date(1969, 12, 31),  # engines that count days from 1970 are below nought here
    date(2020, 2, 29),
    date(2021, 3, 31),
    date(2021, 4, 1),
    date(2022, 2, 28),
    date(2022, 3, 31),
    date(2022, 4, 1),
    date(2022, 6, 30),
    date(2022, 7, 1),
    date(2022, 12, 31),
    date(2023, 1, 1),
    date(2023, 3, 30),
    date(2023, 3, 31),
    date(2023, 4, 1),
    date(2024, 2, 29),
]
ANY_STORY = [EventOf(SP_REFERRED)]
BIRTHS = (date(2004, 2, 29), date(1957, 4, 1), date(1957, 3, 31))
DETAILS = ("home", "it's", "Élan")
VALUES = (0.0, 1.0, 2.1, 7.3, 90.0, 364.0, 365.0)  # an edge and so many days are often another edge


def world(draw, size, indicators):
    """Facts of ``size`` lives, six posts and what their holders and the organisations did."""
    stories = [story for one in indicators if (story := list(dict.fromkeys(events_of(one.counts))))] or [ANY_STORY]
    roles = sorted({role for one in indicators for count in one.counts for role in _roles(count)} | {"link_worker"})
    lives = [life(draw, draw.choice(stories)) for _ in range(size)]
    told = [event for story in stories for event in story]
    numbered = list(enumerate(lives, start=1))
    strangers = [(size + 1, *happening(draw, told)) for _ in range(draw.choice([0, 0, 3]))]  # in no row of people
    doings = [happening(draw, told)[:-1] for _ in range(size)]
    rows = {
        "people": ("person born sex ethnicity deprivation died", [(n, *life[:5]) for n, life in numbered]),
        "registrations": (
            "person practice start end",
            [(n, *one) for n, life in numbered for one in life[5]]
            + [(draw.choice([size + 1, None]), "F", *one[1:]) for one in registrations(draw)],
        ),
        "events": (
            "person code on value detail episode organisation",
            [(n, *event) for n, life in numbered for event in life[6]] + strangers,
        ),
        "organisations": ("code kind opened closed", organisations(draw)),
        "memberships": ("child parent start end", memberships(draw)),
        "staff": ("worker role organisation wte start end", [post(draw, roles) for _ in range(12)]),
        "staff_events": (
            "worker code on value detail episode",
            [(draw.choice([1, 2, 3, 4, None]), *doing) for doing in doings[: size // 2]],
        ),
        "organisation_events": (
            "organisation code on value detail episode",
            [(draw.choice([*"ABCDEFVWH", "N1", "S1", "I1", "I2", None]), *doing) for doing in doings[size // 2 :]],
        ),
    }
    draw.shuffle(rows["events"][1])  # no engine may lean on an order
    return of({name: table(name, columns, found) for name, (columns, found) in rows.items()})


def organisations(draw):
    """(code, kind, opened, closed); now and then a row of nothing."""
    dates = [(None, None), (None, None), (None, None), (some_day(draw), None), (None, some_day(draw))]
    known = [(code, kind, *draw.choice(dates)) for code, kind in KINDS.items()]
    return [*known, (None, "practice", None, None)] if draw.random() < 0.2 else known


def memberships(draw):
    """Most of those above, and some that nobody would draw on a map: always of a higher level, so never in a circle."""
    rank = {code: LEVELS.index(kind) if kind in LEVELS else -1 for code, kind in KINDS.items()} | {"W": 8}
    odd = [(draw.choice([*KINDS, None]), draw.choice([*KINDS, None, "Y"])) for _ in range(12)]
    return [
        *((*row[:2], *map(_day, row[2:])) for row in MEMBERSHIPS if draw.random() < 0.9),
        *(
            (child, parent, maybe(draw, some_day(draw)), maybe(draw, some_day(draw)))
            for child, parent in odd
            if rank.get(child, -2) < rank.get(parent, 9)
        ),
    ]


def life(draw, story):
    return (
        maybe(draw, draw.choice([date(draw.randint(1924, 2023), draw.randint(1, 12), 1), *BIRTHS])),
        draw.choice(["F", "M", "X", None]),
        draw.choice([*"ABCDEFGHJKLMNPRSZ", None, "AB", ""]),
        draw.choice([*range(12), None]),
        draw.choice([None, None, some_day(draw)]),
        registrations(draw),
        [happening(draw, story) for _ in range(draw.choice([0, 1, 2, 3, 4, 6, 9]))],
    )


def registrations(draw):
    if draw.random() < 0.6:
        return [(draw.choice(PRACTICES), date(2015, 4, 1), None)]
    several = range(draw.randint(0, 3))
    return [
        (draw.choice([*PRACTICES, "X", None]), maybe(draw, some_day(draw)), maybe(draw, some_day(draw)))
        for _ in several
    ]


def happening(draw, story):
    """(code, on, value, detail, episode, organisation), near one event of the story; now and then another."""
    near = draw.choice(story)
    code = draw.choice([near.code] * 30 + ["not-a-concept"])
    edges = [edge for edge in (near.least, near.most) if edge is not None]
    value = draw.choice([*VALUES, *edges, None, float("nan"), float("inf")])
    detail = draw.choice([*near.details * 3, *near.but, *DETAILS, None])
    organisation = draw.choice([None, *PRACTICES, "N1", "V", "W", "H", "X"])
    return code, some_day(draw), value, detail, draw.choice([1, 1, 1, 2, None]), organisation


def post(draw, roles):
    """(worker, role, organisation, wte, start, end)."""
    return (
        draw.choice([1, 2, 3, 4, 5, None]),
        draw.choice(roles),
        draw.choice(["A", "C", "N1", "N3", "N4", "S1", "I2", "V", "X", None]),
        draw.choice([0.1, 0.2, 0.933333333, 1.0, 0.0, None, float("nan")]),
        draw.choice([date(2019, 7, 1), date(2019, 7, 1), some_day(draw), None]),
        draw.choice([None, None, some_day(draw)]),
    )


def some_day(draw):
    return draw.choice(EDGES) if draw.random() < 0.8 else date(2020, 1, 1) + timedelta(draw.randrange(1500))


def maybe(draw, something):
    return something if draw.random() < 0.75 else None


def table(name, columns, rows):
    return pa.Table.from_pylist([dict(zip(columns.split(), row, strict=True)) for row in rows], schema=SCHEMAS[name])


def _roles(count):
    if isinstance(count, Staff):
        return (count.role,)
    return count.roles if isinstance(count, Workers) else ()


def _day(text):
    return date.fromisoformat(text) if text else None
