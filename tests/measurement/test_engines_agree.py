"""The SQL engine and the plain one give the same results on awkward facts, row for row.

A case is a small world: five practices (one in a network of another sub-ICB, one that merges into another, one in no
network, one that changes networks), and up to 300 people whose lives are drawn to fall on edges, some 2,500 a run.
Lives come from a seed, which Hypothesis chooses, so that a world can be large and its search still quick.
"""

import random
from datetime import date, timedelta

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whatmatters.events import codes
from whatmatters.measurement.engines import COLUMNS, Plan, duckdb, reference
from whatmatters.measurement.facts import SCHEMAS, of
from whatmatters.measurement.indicators import BREAKDOWNS, LEVELS
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS

COMPUTED = [indicator for indicator in INDICATORS.values() if indicator.computed]
ORDER = [(name, "ascending") for name in COLUMNS.names]
PRACTICES = ("A", "B", "C", "D", "E")
ORGANISATIONS = [
    *((code, "practice") for code in PRACTICES),
    *((code, "pcn") for code in ("N1", "N2", "N3", "N4")),
    *((code, "sub_icb") for code in ("S1", "S2")),
    *((code, "icb") for code in ("I1", "I2")),
    ("R1", "region"),
    ("ENG", "nation"),
    ("V", "provider"),
]
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
]
EDGES = [
    date(2020, 2, 29),
    date(2021, 3, 31),
    date(2021, 4, 1),
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
STORIES = (  # codes that bear on one another, so that a life often comes near a rule
    (codes.SP_REFERRED, codes.SP_CONTACT, codes.SP_DECLINED),
    (codes.ONS4_HAPPY,),
    (codes.PLAN_AGREED, codes.PLAN_MET_CRITERIA),
    (codes.PLAN_REVIEW_SET, codes.PLAN_REVIEWED, codes.PLAN_REVIEW_SET),
    (codes.ACTIVATION_SCORE, codes.SELF_MANAGEMENT_SUPPORT),
    (*codes.CONCEPTS, "not-a-concept"),
)
VALUES = (0.0, 1.0, 2.1, 7.3, 90.0, 364.0, 365.0)  # an edge and so many days are often another edge


def some_day(draw):
    return draw.choice(EDGES) if draw.random() < 0.8 else date(2020, 1, 1) + timedelta(draw.randrange(1500))


def happenings(draw):
    story = draw.choice(STORIES)
    if codes.PLAN_REVIEW_SET in story:  # without a plan agreed no review could be overdue
        yield codes.PLAN_AGREED, date(2020, 2, 29), None, 1, None
    for _ in range(draw.randint(1, 5)):
        value = draw.choice([*VALUES, None, float("nan"), float("inf")])
        organisation = draw.choice([None, *PRACTICES, "N1", "X"])
        yield draw.choice(story), some_day(draw), value, draw.choice([1, 1, 1, 2, None]), organisation


def registrations(draw):
    if draw.random() < 0.6:
        return [(draw.choice(PRACTICES), date(2015, 4, 1), None)]
    several = range(draw.randint(0, 3))
    return [
        (draw.choice([*PRACTICES, "X", None]), maybe(draw, some_day(draw)), maybe(draw, some_day(draw)))
        for _ in several
    ]


def maybe(draw, something):
    return something if draw.random() < 0.75 else None


def life(draw):
    return (
        maybe(draw, date(draw.randint(1924, 2023), draw.randint(1, 12), 1)),
        draw.choice(["F", "M", "X", None]),
        draw.choice([*"ABCDEFGHJKLMNPRSZ", None, "AB", ""]),
        draw.choice([*range(12), None]),
        draw.choice([None, None, None, some_day(draw)]),
        registrations(draw),
        list(happenings(draw)),
    )


def post(draw):
    return (
        draw.choice(["link_worker", "link_worker", "care_coordinator"]),
        draw.choice(["A", "C", "N1", "N3", "N4", "S1", "I2", "V", "X", None]),
        draw.choice([0.1, 0.2, 0.933333333, 1.0, None]),
        maybe(draw, some_day(draw)),
        maybe(draw, some_day(draw)),
    )


def table(name, columns, rows):
    return pa.Table.from_pylist([dict(zip(columns.split(), row, strict=True)) for row in rows], schema=SCHEMAS[name])


def world(lives, staff):
    organisations = [(code, kind, None, date(2023, 1, 1) if code == "B" else None) for code, kind in ORGANISATIONS]
    memberships = [
        (child, parent, date.fromisoformat(start), end and date.fromisoformat(end))
        for child, parent, start, end in MEMBERSHIPS
    ]
    numbered = list(enumerate(lives, start=1))
    return of(
        {
            "people": table("people", "person born sex ethnicity deprivation died", [(n, *p[:5]) for n, p in numbered]),
            "registrations": table(
                "registrations", "person practice start end", [(n, *one) for n, p in numbered for one in p[5]]
            ),
            "events": table(
                "events", "person code on value episode organisation", [(n, *e) for n, p in numbered for e in p[6]]
            ),
            "organisations": table("organisations", "code kind opened closed", organisations),
            "memberships": table("memberships", "child parent start end", memberships),
            "staff": table("staff", "role organisation wte start end", staff),
        }
    )


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    size=st.sampled_from([1, 20, 200, 200]),
    organisations=st.sampled_from(["then", "now"]),
    as_at=st.sampled_from([date(2022, 7, 1), date(2023, 4, 1)]),
    periods=st.sampled_from([["2022-23"], ["2021-22"], ["2022-23-Q1"], ["2021-22", "2022-23"]]),
)
@example(seed=1, size=300, organisations="then", as_at=date(2022, 7, 1), periods=["2021-22", "2022-23", "2022-07-01"])
def test_both_engines_give_the_same_rows(seed, size, organisations, as_at, periods):
    draw = random.Random(seed)
    facts = world([life(draw) for _ in range(size)], [post(draw) for _ in range(6)])
    plan = Plan([period(one) for one in periods], COMPUTED, LEVELS, BREAKDOWNS, organisations, as_at)
    fast, slow = (engine.run(facts, plan).sort_by(ORDER).to_pylist() for engine in (duckdb, reference))
    assert fast == slow
