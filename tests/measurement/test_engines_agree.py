"""The SQL engine and the plain one give the same results on awkward facts, row for row.

One case is a small world: five practices (one in a network of another sub-ICB, one that merges into another, one in no
network, one never reported), and a few dozen people whose lives are drawn to fall on edges.
"""

from datetime import date

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
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
    *((code, "pcn") for code in ("N1", "N2", "N3")),
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
    ("N1", "S1", "2019-07-01", None),
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

days = st.one_of(st.sampled_from(EDGES), st.sampled_from(EDGES), st.dates(date(2020, 1, 1), date(2024, 3, 1)))
values = st.one_of(st.sampled_from(VALUES), st.sampled_from([None, float("nan"), float("inf")]))


def happenings(story):
    event = st.tuples(
        st.sampled_from(story),
        days,
        values,
        st.sampled_from([1, 1, 1, 2, None]),
        st.sampled_from([None, *PRACTICES, "N1", "X"]),
    )
    agreed = (codes.PLAN_AGREED, date(2020, 2, 29), None, 1, None)  # or no review could be overdue
    first = [agreed] if codes.PLAN_REVIEW_SET in story else []
    return st.lists(event, min_size=1, max_size=5).map(lambda events: first + events)


registrations = st.one_of(
    st.sampled_from(PRACTICES).map(lambda practice: [(practice, date(2015, 4, 1), None)]),
    st.lists(st.tuples(st.sampled_from([*PRACTICES, "X", None]), st.none() | days, st.none() | days), max_size=3),
)
people = st.tuples(
    st.one_of(st.none(), st.dates(date(1924, 1, 1), date(2024, 1, 1)).map(lambda day: day.replace(day=1))),
    st.sampled_from(["F", "M", "X", None]),
    st.sampled_from([*"ABCDEFGHJKLMNPRSZ", None, "AB", ""]),
    st.sampled_from([*range(12), None]),
    st.sampled_from([None, None, None, *EDGES[6:]]),
    registrations,
    st.sampled_from(STORIES).flatmap(happenings),
)
posts = st.tuples(
    st.sampled_from(["link_worker", "link_worker", "care_coordinator"]),
    st.sampled_from(["A", "C", "N1", "N3", "S1", "I2", "V", "X", None]),
    st.sampled_from([0.1, 0.2, 0.933333333, 1.0, None]),
    st.none() | days,
    st.none() | days,
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


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lives=st.lists(people, min_size=20, max_size=25),
    staff=st.lists(posts, max_size=6),
    organisations=st.sampled_from(["then", "now"]),
    as_at=st.sampled_from([date(2022, 7, 1), date(2023, 4, 1)]),
    periods=st.sampled_from([["2022-23"], ["2021-22"], ["2022-23-Q1"], ["2021-22", "2022-23"]]),
)
def test_both_engines_give_the_same_rows(lives, staff, organisations, as_at, periods):
    facts = world(lives, staff)
    plan = Plan([period(one) for one in periods], COMPUTED, LEVELS, BREAKDOWNS, organisations, as_at)
    fast, slow = (engine.run(facts, plan).sort_by(ORDER).to_pylist() for engine in (duckdb, reference))
    assert fast == slow
