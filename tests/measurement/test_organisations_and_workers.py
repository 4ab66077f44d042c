"""Posts, workers and what organisations did; which practices reported and which are known: small worlds."""

import pytest
from tests.measurement.cases import day, indicator
from tests.measurement.small_worlds import ALWAYS, BOTH, told, world

from whatmatters.events.codes import COLLABORATE, SP_CLOSED, SP_REFERRED, TRAINED
from whatmatters.measurement.indicators import (
    REGISTERED,
    Doings,
    EventOf,
    Organisations,
    People,
    Staff,
    Workers,
    did,
)

pytestmark = pytest.mark.slow

LINK_WORKERS = indicator("link-workers", Staff("link_worker"), REGISTERED, lowest="pcn")


def test_coverage_is_the_share_of_open_practices_with_anyone_registered(count):
    facts = world([(1, "A", ALWAYS, None), (2, "C", ALWAYS, "2022-05-01")], [*BOTH, ("C", "S2", ALWAYS, None)])
    shares = count(facts, what="coverage")
    assert (shares["A"], shares["S1"], shares["ENG"]) == (1, 1, 2 / 3)


def test_a_post_counts_where_it_is_held_and_above_and_breakdowns_of_people_leave_it_out(count):
    memberships = [("A", "N1", ALWAYS, None), ("A", "S1", ALWAYS, None), ("N1", "S1", ALWAYS, None)]
    facts = world([(1, "A", ALWAYS, None)], memberships, staff=[("link_worker", "N1", 0.1), ("link_worker", "S1", 0.2)])
    found = count(facts, indicator=LINK_WORKERS)
    assert ("A" in found, found["N1"], found["S1"], found["ENG"]) == (False, (0.1, 1), (0.3, 1), (0.3, 1))
    assert count(facts, indicator=LINK_WORKERS, by="age_sex") == {}


def test_posts_are_added_up_in_millionths_to_the_nearest(count):
    """2.01 times a million falls short of 2,010,000 in a computer's fractions; half a millionth is one."""
    staff = [("link_worker", "N1", 2.01), ("link_worker", "N1", 0.0000005)]
    facts = world([(1, "A", ALWAYS, None)], [("A", "N1", ALWAYS, None)], staff=staff)
    assert count(facts, indicator=LINK_WORKERS)["N1"] == (2.010001, 1)


def test_a_network_that_belongs_to_nothing_lies_where_most_of_its_practices_of_the_day_lie(count):
    """As in the published maps, where a network has no parent and can reach over a border."""
    practices = {"A": "S1", "B": "S2", "C": "S2", "D": "S1", "F": "S1"}
    memberships = [(practice, sub_icb, ALWAYS, None) for practice, sub_icb in practices.items()]
    memberships += [(practice, "N1", ALWAYS, None) for practice in "ABC"]
    memberships += [(practice, "N1", ALWAYS, "2021-04-01") for practice in "DF"]  # gone: they have no say
    found = count(
        world([(1, "A", ALWAYS, None)], memberships, staff=[("link_worker", "N1", 0.5)]), indicator=LINK_WORKERS
    )
    assert ("S1" in found and found["S1"], found["S2"], found["ENG"]) == ((0, 1), (0.5, 0), (0.5, 1))
    tied = [("A", "S1", ALWAYS, None), ("B", "S2", ALWAYS, None), ("A", "N1", ALWAYS, None), ("B", "N1", ALWAYS, None)]
    found = count(world([(1, "A", ALWAYS, None)], tied, staff=[("link_worker", "N1", 0.5)]), indicator=LINK_WORKERS)
    assert ("S2" in found, found["S1"]) == (False, (0.5, 1))


def test_where_a_code_that_is_needed_is_not_recorded_nothing_is_known(count):
    """Practice A records closures, B never had one, C had one too late, and D's came with someone who moved to A."""
    people = [(1, "A", ALWAYS, None), (2, "B", ALWAYS, None), (3, "C", ALWAYS, None)]
    moved = [(4, "D", ALWAYS, "2022-10-01"), (4, "A", "2022-10-01", None), (5, "D", ALWAYS, None)]
    facts = world([*people, *moved], [(code, "S1", ALWAYS, None) for code in "ABCD"])
    closed = [(1, SP_CLOSED, day("2016-01-01")), (3, SP_CLOSED, day("2023-04-01")), (4, SP_CLOSED, day("2022-05-01"))]
    facts = told(facts, "events", "person code on", [*closed, *((n, SP_REFERRED, day("2022-05-05")) for n in range(6))])
    known = indicator("known", People(did(SP_REFERRED)), REGISTERED, needs=(SP_CLOSED,))
    assert count(facts, indicator=known) == dict.fromkeys(("A", "S1", "I1", "R1", "ENG"), (2, 2))
    assert count(facts, indicator=known, what="coverage")["S1"] == 1 / 4


def test_a_network_s_worker_is_known_though_none_of_its_practices_is(count):
    facts = world([(1, "A", ALWAYS, None)], [("A", "N1", ALWAYS, None)], staff=[("link_worker", "N1", 0.5)])
    known = indicator("known", Staff("link_worker"), REGISTERED, needs=(SP_CLOSED,))
    assert (count(facts, indicator=known), count(facts, indicator=known, what="coverage")) == (
        {"N1": (0.5, 0)},
        {"N1": 0},
    )


def test_an_organisation_did_it_by_an_event_of_its_own_or_of_anyone_anywhere(count):
    facts = world([(1, "A", ALWAYS, None)], [(code, "S1", ALWAYS, None) for code in "ABCF"], closed={"F": "2023-03-31"})
    by = [(1, SP_REFERRED, day("2022-05-05"), code) for code in ("B", "F", "elsewhere", None)]
    facts = told(facts, "events", "person code on organisation", by)
    own = [("C", SP_REFERRED, day("2022-05-05")), ("A", SP_REFERRED, day("2021-05-05"))]
    facts = told(facts, "organisation_events", "organisation code on", own)
    practices = indicator("practices", Organisations("practice", did(SP_REFERRED)), Organisations("practice"))
    expected = {"A": (0, 1), "B": (1, 1), "C": (1, 1), "S1": (2, 3)}
    assert count(facts, indicator=practices) == expected | dict.fromkeys(("I1", "R1", "ENG"), (2, 3))
    boards = indicator("boards", Organisations("icb"), Organisations("practice"), lowest="icb")
    assert count(facts, indicator=boards) == dict.fromkeys(("I1", "R1", "ENG"), (1, 3))


POSTS = [  # worker, organisation, whole-time equivalent
    (1, "B", 0.4),
    (1, "A", 0.3),
    (1, "A", 0.2),
    (2, "B", 0.5),
    (2, "A", 0.5),
    (3, "B", None),
    (None, "B", 1.0),
]


def test_a_worker_counts_once_where_they_have_the_most_hours_then_at_the_first_organisation(count):
    facts = world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], BOTH)
    posts = [(worker, "link_worker", at, wte, day("2020-01-01")) for worker, at, wte in POSTS]
    ended = (4, "link_worker", "A", 1.0, day("2020-01-01"), day("2023-03-31"))
    rows = [*((*post, None) for post in posts), ended, (5, "care_coordinator", "A", 1.0, day("2020-01-01"), None)]
    facts = told(facts, "staff", "worker role organisation wte start end", rows)
    trained = [(1, "2022-05-05"), (3, "2023-03-31"), (2, "2023-04-01"), (4, "2022-05-05"), (None, "2022-05-05")]
    facts = told(facts, "staff_events", "worker code on", [(one, TRAINED, day(on)) for one, on in trained])
    workers = Workers(("link_worker",))
    asked = indicator("trained", Workers(("link_worker",), (did(TRAINED), did(TRAINED, when="ever"))), workers)
    found = count(facts, indicator=asked)
    assert (found["A"], found["B"], found["ENG"]) == ((1, 2), (1, 1), (2, 3))


def test_what_organisations_did_counts_where_it_happened_and_above_and_its_values_add_up(count):
    """Two answers at A in the period, one without a value; one before it, one after, and one of nowhere."""
    facts = world([(1, "A", ALWAYS, None), (2, "B", ALWAYS, None)], BOTH)
    answers = [("A", "2022-04-01", 9.0), ("A", "2023-03-31", None), ("A", "2022-03-31", 5.0), ("B", "2023-04-01", 5.0)]
    rows = [(at, COLLABORATE, day(on), value) for at, on, value in [*answers, (None, "2022-05-01", 1.0)]]
    facts = told(facts, "organisation_events", "organisation code on value", rows)
    total, said = Doings((EventOf(COLLABORATE),), total=True), Doings((EventOf(COLLABORATE),))
    found = count(facts, indicator=indicator("said", total, said))
    assert (found["A"], found["ENG"], "B" in found) == ((9, 2), (9, 2), False)
