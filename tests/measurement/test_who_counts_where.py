"""Who counts where, and what belongs to what: small worlds, expected numbers, both engines."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from whatmatters.events.codes import PLAN_AGREED, PLAN_REVIEW_SET, SP_REFERRED
from whatmatters.measurement import measure
from whatmatters.measurement.engines import ENGINES
from whatmatters.measurement.facts import SCHEMAS, of
from whatmatters.programme.indicators import INDICATORS

REFERRED = INDICATORS["sp-referred-per-1000"]
CHAIN = [("S1", "I1"), ("S2", "I1"), ("I1", "R1"), ("R1", "ENG")]
KINDS = {"N": "pcn", "S": "sub_icb", "I": "icb", "R": "region", "E": "nation"}


def day(text):
    return date.fromisoformat(text) if text else None


def table(name, columns, rows):
    return pa.Table.from_pylist([dict(zip(columns.split(), row, strict=True)) for row in rows], schema=SCHEMAS[name])


def world(registrations, memberships, events=(), *, died=None, people=(), closed=None, staff=()):
    """Registrations (person, practice, start, end); memberships (child, parent, start, end); events (person, on)."""
    dated = [(child, parent, day(start), day(end)) for child, parent, start, end in memberships]
    dated += [(child, parent, date(2000, 1, 1), None) for child, parent in CHAIN]
    codes = {code for row in dated for code in row[:2]} | {row[1] for row in registrations}
    numbers = sorted({row[0] for row in registrations} | {row[0] for row in events})
    described = {row[0]: row for row in people}
    blank = [(n, date(1960, 1, 1), "F", "A", 1) for n in numbers]
    rows = [(*described.get(row[0], row), day((died or {}).get(row[0]))) for row in blank]
    return of(
        {
            "people": table("people", "person born sex ethnicity deprivation died", rows),
            "registrations": table(
                "registrations", "person practice start end", [(n, p, day(a), day(b)) for n, p, a, b in registrations]
            ),
            "events": table("events", "person code on", [(n, SP_REFERRED, day(on)) for n, on in events]),
            "organisations": table(
                "organisations",
                "code kind closed",
                [(code, KINDS.get(code[0], "practice"), day((closed or {}).get(code))) for code in sorted(codes)],
            ),
            "memberships": table("memberships", "child parent start end", dated),
            "staff": table("staff", "role organisation wte start", [(*row, date(2020, 1, 1)) for row in staff]),
        }
    )


@pytest.fixture(params=ENGINES)
def count(request):
    """(numerator, denominator) by organisation, or by (organisation, group) of a breakdown."""

    def counted(facts, period="2022-23", by="all", indicator=REFERRED, **more):
        found = measure(facts, [period], [indicator], breakdowns=[by], engine=request.param, **more).to_pylist()
        place = "organisation" if by == "all" else "group"
        assert len({row[place] for row in found}) == len(found) or by != "all"
        return {
            (row["organisation"] if by == "all" else (row["organisation"], row["group"])): (
                row["numerator"],
                row["denominator"],
            )
            for row in found
        }

    return counted


ALWAYS = "2000-01-01"
BOTH = [("A", "S1", ALWAYS, None), ("B", "S2", ALWAYS, None)]


def test_someone_who_moved_counts_at_the_last_practice_of_the_period(count):
    moved = [(1, "A", ALWAYS, "2022-10-01"), (1, "B", "2022-10-01", None)]
    found = count(world(moved, BOTH, events=[(1, "2022-05-01")]))
    assert (found.get("A"), found["B"], found["S2"]) == (None, (1, 1), (1, 1))


def test_the_dead_and_the_departed_count_as_referred_and_not_on_the_list(count):
    facts = world(
        [(1, "A", ALWAYS, None), (2, "A", ALWAYS, "2023-03-31"), (3, "A", ALWAYS, "2023-04-01")],
        BOTH,
        events=[(1, "2022-05-01"), (2, "2022-05-01"), (3, "2022-05-01")],
        died={1: "2023-03-31"},
    )
    assert count(facts)["A"] == (3, 1)


def test_someone_registered_nowhere_in_the_period_counts_nowhere(count):
    facts = world([(1, "A", ALWAYS, "2022-04-01"), (2, "A", "2023-04-01", None)], BOTH, events=[(1, "2022-05-01")])
    assert count(facts) == {}


def test_of_two_registrations_at_once_the_last_to_start_holds(count):
    facts = world([(1, "A", ALWAYS, None), (1, "B", "2021-01-01", None)], BOTH)
    assert (count(facts).get("A"), count(facts)["B"], count(facts)["ENG"]) == (None, (0, 1), (0, 1))


def test_a_practice_in_a_network_of_another_sub_icb_counts_in_its_own_sub_icb_and_in_that_network(count):
    memberships = [*BOTH, ("A", "N1", ALWAYS, None), ("B", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], memberships))
    expected = {"N1": 2, "S1": 1, "S2": 1, "I1": 2, "ENG": 2}
    assert {code: found[code][1] for code in expected} == expected


def test_a_practice_known_only_through_its_network_reaches_england_through_it(count):
    memberships = [("A", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None)], memberships))
    assert {code for code, (_, people) in found.items() if people} == {"A", "N1", "S2", "I1", "R1", "ENG"}


def test_a_practice_without_a_network_counts_everywhere_above(count):
    memberships = [*BOTH, ("A", "N1", ALWAYS, "2022-10-01"), ("B", "N1", ALWAYS, None), ("N1", "S2", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], memberships))
    assert (found["N1"], found["S1"], found["ENG"]) == ((0, 1), (0, 1), (0, 2))


def test_a_closed_practice_stays_where_it_last_belonged(count):
    memberships = [("A", "S1", ALWAYS, "2022-10-01"), ("A", "N1", ALWAYS, "2022-10-01"), ("B", "S2", ALWAYS, None)]
    facts = world([(1, "A", ALWAYS, "2022-10-01")], memberships, [(1, "2022-05-01")], closed={"A": "2022-10-01"})
    assert count(facts) == dict.fromkeys(("A", "N1", "S1", "I1", "R1", "ENG"), (1, 0))


def test_then_is_the_membership_of_the_last_day_and_now_that_of_the_as_at_day(count):
    memberships = [("A", "S1", ALWAYS, "2023-04-01"), ("A", "S2", "2023-04-01", None)]
    facts = world([(1, "A", ALWAYS, None)], memberships)
    then, now = (count(facts, organisations=one, as_at=date(2023, 4, 1)) for one in ("then", "now"))
    assert ("S1" in then, "S2" in then) == (True, False)
    assert ("S1" in now, "S2" in now) == (False, True)


@pytest.mark.parametrize(
    ("person", "by", "group"),
    [
        ((1, date(1983, 4, 1), "F", None, None), "age_sex", "F 35-39"),  # 40 the day after the last
        ((1, date(1983, 3, 1), "F", None, None), "age_sex", "F 40-44"),
        ((1, date(1920, 1, 1), "M", None, None), "age_sex", "M 95+"),
        ((1, date(1960, 1, 1), "X", None, None), "age_sex", "unknown"),
        ((1, None, "M", None, None), "age_sex", "unknown"),
        ((1, date(1960, 1, 1), "F", "R", None), "ethnicity", "Other"),
        ((1, date(1960, 1, 1), "F", "Z", None), "ethnicity", "unknown"),
        ((1, date(1960, 1, 1), "F", "L", None), "ethnicity", "Asian"),
        ((1, date(1960, 1, 1), "F", None, 2), "deprivation", "1"),
        ((1, date(1960, 1, 1), "F", None, 9), "deprivation", "5"),
        ((1, date(1960, 1, 1), "F", None, None), "deprivation", "unknown"),
    ],
)
def test_groups_of_people(count, person, by, group):
    facts = world([(1, "A", ALWAYS, None)], BOTH, people=[person])
    assert count(facts, by=by)["ENG", group] == (0, 1)


def test_a_birthday_on_the_last_day_counts(count):
    facts = world([(1, "A", ALWAYS, None)], BOTH, people=[(1, date(1982, 7, 1), "F", None, None)])
    assert count(facts, period="2022-07-01", by="age_sex")["ENG", "F 40-44"] == (0, 1)


def test_coverage_is_the_share_of_open_practices_with_anyone_registered(count):
    facts = world([(1, "A", ALWAYS, None), (2, "C", ALWAYS, "2022-05-01")], [*BOTH, ("C", "S2", ALWAYS, None)])
    rows = measure(facts, ["2022-23"], [REFERRED], breakdowns=["all"]).to_pylist()
    shares = {row["organisation"]: row["coverage"] for row in rows}
    assert (shares["A"], shares["S1"], shares["ENG"]) == (1, 1, 2 / 3)


def test_a_post_counts_where_it_is_held_and_above_and_breakdowns_of_people_leave_it_out(count):
    memberships = [("A", "N1", ALWAYS, None), ("A", "S1", ALWAYS, None), ("N1", "S1", ALWAYS, None)]
    facts = world([(1, "A", ALWAYS, None)], memberships, staff=[("link_worker", "N1", 0.1), ("link_worker", "S1", 0.2)])
    workers = INDICATORS["link-worker-wte-per-10000"]
    found = count(facts, indicator=workers)
    assert ("A" in found, found["N1"], found["S1"], found["ENG"]) == (False, (0.1, 1), (0.3, 1), (0.3, 1))
    assert count(facts, indicator=workers, by="age_sex") == {}


def test_posts_are_added_up_in_millionths_to_the_nearest(count):
    """2.01 times a million falls short of 2,010,000 in a computer's fractions; half a millionth is one."""
    staff = [("link_worker", "N1", 2.01), ("link_worker", "N1", 0.0000005)]
    facts = world([(1, "A", ALWAYS, None)], [("A", "N1", ALWAYS, None)], staff=staff)
    assert count(facts, indicator=INDICATORS["link-worker-wte-per-10000"])["N1"] == (2.010001, 1)


def test_a_network_that_belongs_to_nothing_lies_where_most_of_its_practices_of_the_day_lie(count):
    """As in the published maps, where a network has no parent and can reach over a border."""
    practices = {"A": "S1", "B": "S2", "C": "S2", "D": "S1", "F": "S1"}
    memberships = [(practice, sub_icb, ALWAYS, None) for practice, sub_icb in practices.items()]
    memberships += [(practice, "N1", ALWAYS, None) for practice in "ABC"]
    memberships += [(practice, "N1", ALWAYS, "2021-04-01") for practice in "DF"]  # gone: they have no say
    workers = INDICATORS["link-worker-wte-per-10000"]
    found = count(world([(1, "A", ALWAYS, None)], memberships, staff=[("link_worker", "N1", 0.5)]), indicator=workers)
    assert ("S1" in found and found["S1"], found["S2"], found["ENG"]) == ((0, 1), (0.5, 0), (0.5, 1))
    tied = [("A", "S1", ALWAYS, None), ("B", "S2", ALWAYS, None), ("A", "N1", ALWAYS, None), ("B", "N1", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None)], tied, staff=[("link_worker", "N1", 0.5)]), indicator=workers)
    assert ("S2" in found, found["S1"]) == (False, (0.5, 1))


@pytest.mark.parametrize(("as_at", "overdue"), [("2022-06-01", 0), ("2022-06-02", 1), ("2023-05-01", 1)])
def test_while_a_period_runs_a_review_due_later_in_it_is_not_overdue(count, as_at, overdue):
    facts = world([(1, "P1", "2020-01-01", None)], [("P1", "S1", "2020-01-01", None)])
    story = [(1, PLAN_AGREED, date(2022, 5, 2), None), (1, PLAN_REVIEW_SET, date(2022, 5, 2), 30.0)]  # due 1 June
    facts = replace(facts, tables={**facts.tables, "events": table("events", "person code on value", story)})
    found = count(facts, indicator=INDICATORS["pcsp-review-overdue-share"], as_at=day(as_at))
    assert found["P1"] == (overdue, 1)


def test_what_came_after_the_as_at_day_is_not_known_yet(count):
    facts = world(
        [(1, "P1", "2020-01-01", None), (2, "P1", "2020-01-01", None)],
        [("P1", "S1", "2020-01-01", None)],
        [(1, "2022-06-30"), (2, "2022-07-01")],
    )
    assert count(facts, as_at=day("2022-06-30"))["P1"] == (1, 2)
    assert count(facts, as_at=day("2022-07-01"))["P1"] == (2, 2)
