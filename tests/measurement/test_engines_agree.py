"""The SQL engine and the plain one give the same results on awkward facts, row for row.

One case is a small world: five practices (one in a network of another sub-ICB, one that merges into another, one in no
network, one never reported), and a few dozen people whose lives are drawn to fall on edges.
"""

from datetime import date, timedelta

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whatmatters.events import codes
from whatmatters.measurement import measure
from whatmatters.measurement.facts import SCHEMAS, of
from whatmatters.programme.indicators import INDICATORS

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
PERIODS = ("2021-22", "2022-23", "2022-23-Q1")
CODES = (
    *codes.CONCEPTS,
    *2 * (codes.SP_REFERRED, codes.SP_CONTACT, codes.SP_DECLINED, codes.ONS4_HAPPY),
    *2 * (codes.PLAN_AGREED, codes.PLAN_MET_CRITERIA, codes.PLAN_REVIEW_SET, codes.PLAN_REVIEWED),
    "not-a-concept",
)

days = st.one_of(st.sampled_from(EDGES), st.integers(0, 1400).map(lambda n: date(2020, 1, 1) + timedelta(n)))
maybe_days = st.one_of(st.none(), days)
events = st.tuples(
    st.sampled_from(CODES),
    days,
    st.sampled_from([None, 0.0, 2.0, 2.1, 7.3, 30.0, 90.0, 365.0, float("nan"), float("inf")]),
    st.sampled_from([None, 1, 1, 2]),
    st.sampled_from([None, *PRACTICES, "N1", "X"]),
)
people = st.tuples(
    st.one_of(st.none(), st.integers(0, 1200).map(lambda n: date(1924 + n // 12, n % 12 + 1, 1))),
    st.sampled_from(["F", "M", "X", None]),
    st.sampled_from([*"ABCDEFGHJKLMNPRSZ", None, "AB", ""]),
    st.sampled_from([*range(12), None]),
    st.sampled_from([None, None, *EDGES]),
    st.lists(st.tuples(st.sampled_from([*PRACTICES, "X", None]), maybe_days, maybe_days), max_size=3),
    st.lists(events, max_size=7),
)
posts = st.tuples(
    st.sampled_from(["link_worker", "link_worker", "care_coordinator"]),
    st.sampled_from(["A", "C", "N1", "N3", "S1", "I2", "V", "X", None]),
    st.sampled_from([0.1, 0.2, 0.933333333, 1.0, None]),
    maybe_days,
    maybe_days,
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


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lives=st.lists(people, min_size=1, max_size=30),
    staff=st.lists(posts, max_size=6),
    organisations=st.sampled_from(["then", "now"]),
    as_at=st.sampled_from([date(2022, 8, 15), date(2024, 3, 1)]),
    periods=st.sampled_from([[one] for one in PERIODS] + [list(PERIODS)]),
)
def test_both_engines_give_the_same_rows(lives, staff, organisations, as_at, periods):
    facts = world(lives, staff)
    fast, slow = (
        measure(facts, periods, INDICATORS.values(), engine=engine, organisations=organisations, as_at=as_at)
        for engine in ("duckdb", "reference")
    )
    assert fast.to_pylist() == slow.to_pylist()
