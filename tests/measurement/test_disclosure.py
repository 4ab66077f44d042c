"""What the public may see of small numbers."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.measurement.disclosure import publish
from whatmatters.programme.indicators import INDICATORS


def row(numerator, denominator, organisation="Y00001", **more):
    common = {
        "indicator": "sp-referred-per-1000",
        "period": "2022-23",
        "organisation": organisation,
        "level": "practice",
        "breakdown": "all",
        "group": "all",
    }
    return {**common, "numerator": numerator, "denominator": denominator, **more}


def shown(rows, **more):
    published = publish(rows, INDICATORS, **more)
    return [(one["shown_numerator"], one["shown_denominator"], one["shown_value"], one["hidden"]) for one in published]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 1000, (0, 1000, 0, False)),
        (1, 1000, (None, 1000, None, True)),
        (7, 1000, (None, 1000, None, True)),
        (8, 1000, (10, 1000, 10, False)),
        (12, 998, (10, 1000, 10, False)),
        (13, 1000, (15, 1000, 15, False)),
        (0, 7, (None, None, None, True)),
        (93, 100, (None, 100, None, True)),  # the seven not referred are as few
        (92, 100, (90, 100, 900, False)),
        (100, 100, (100, 100, 1000, False)),
        (0, 0, (0, 0, None, False)),
    ],
)
def test_one_to_seven_are_hidden_and_the_rest_rounded_to_five(numerator, denominator, expected):
    assert shown([row(numerator, denominator)]) == [expected]


def test_a_mean_is_hidden_by_its_number_of_pairs_not_by_the_size_of_the_change():
    def change(total, pairs):
        return row(total, pairs, indicator="sp-ons4-change-happy")

    assert shown([change(-3, 40)]) == [(-5, 40, -0.125, False)]
    assert shown([change(-3, 6)]) == [(None, None, None, True)]


def test_without_definitions_the_value_is_a_plain_ratio_and_nothing_small_is_shown():
    [one] = publish([row(20, 1000)])
    assert (one["shown_value"], one["hidden"]) == (0.02, False)


def test_a_count_without_denominator_is_its_own_value():
    assert shown([row(123, None, indicator="registered-patients")]) == [(125, None, 125, False)]


def test_the_only_hidden_group_takes_the_next_smallest_with_it():
    groups = {"Asian": 30, "Black": 5, "Mixed": 0, "White": 400}
    rows = [row(number, 5000, breakdown="ethnicity", group=group) for group, number in groups.items()]
    assert [one[0] for one in shown(rows)] == [None, None, 0, 400]


def test_the_only_hidden_practice_of_a_network_takes_the_next_smallest_of_that_network():
    numbers = {"A": 4, "B": 50, "C": 90, "D": 20}
    rows = [row(number, 5000, organisation=code) for code, number in numbers.items()]
    parents = {"A": ("N1", "S1"), "B": ("N1", "S1"), "C": ("N1", "S1"), "D": ("N2", "S1")}
    assert [one[0] for one in shown(rows, parents=parents)] == [None, None, 90, 20]
    assert [one[0] for one in shown(rows)] == [None, 50, 90, None]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12))
def test_no_family_is_left_with_a_single_hidden_number_another_could_have_covered(pairs):
    rows = [row(min(pair), max(pair), organisation=str(at)) for at, pair in enumerate(pairs)]
    published = publish(rows, INDICATORS)
    for side in ("numerator", "denominator"):
        assert all(not 0 < (one[f"shown_{side}"] or 0) < 8 or one[side] >= 8 for one in published)
        hidden = [one for one in published if one[f"shown_{side}"] is None]
        shown_others = [one for one in published if one[f"shown_{side}"]]
        assert len(hidden) != 1 or not shown_others


def test_a_page_can_use_the_gate_and_the_definitions_without_loading_the_engines():
    script = (
        "import sys, whatmatters.measurement.disclosure, whatmatters.programme.indicators;"
        "print([name for name in ('duckdb', 'scipy', 'numpy', 'pyarrow', 'django') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_can_put_a_row_through_the_gate_without_loading_the_solver():
    script = (
        "import sys; from whatmatters.measurement.disclosure import publish\n"
        "row = {'indicator': 'i', 'period': '2022-23', 'organisation': 'P', 'level': 'practice', 'breakdown': 'all',"
        " 'group': 'all', 'numerator': 95, 'denominator': 98}\n"
        "print(publish([row])[0]['hidden'], [name for name in ('scipy', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"


def test_organisations_and_staff_are_shown_exactly():
    rows = [row(3, 5, indicator="sp-practices-referring"), row(2.4, 51234, indicator="link-worker-wte-per-10000")]
    assert [one[:2] for one in shown(rows)] == [(3, 5), (2.4, 51235)]


def test_noughts_are_hidden_where_else_one_could_count_them_off():
    groups = {"F 20-24": 1, "F 25-29": 1, "M 20-24": 1, "M 25-29": 0, "M 30-34": 0}
    rows = [row(number, 500, breakdown="age_sex", group=group) for group, number in groups.items()]
    assert [one[0] for one in shown(rows)] == [None] * 5
    assert [one[0] for one in shown([row(0, 500, breakdown="age_sex", group=group) for group in groups])] == [0] * 5
