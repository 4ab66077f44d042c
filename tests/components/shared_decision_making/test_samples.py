"""The sample of an audit: its size by a written rule, and the same people whoever draws it again."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatmatters.components.shared_decision_making.results import may_show
from whatmatters.components.shared_decision_making.sampling import (
    digest_of,
    drawn,
    rationale_by_margin,
    size_by_margin,
    size_by_percent,
)

few = settings(max_examples=50, deadline=None)
people = st.sets(st.uuids(version=4), min_size=1, max_size=40)


@pytest.mark.parametrize(("population", "percent", "size"), [(100, 10, 10), (101, 10, 11), (3, 10, 1), (0, 10, 0)])
def test_a_share_is_rounded_up_and_somebody_is_asked_where_there_is_anybody(population, percent, size):
    assert size_by_percent(population, percent) == size


@pytest.mark.parametrize(
    ("population", "margin", "expected", "sizes"),
    [(1_000_000, 5, 100, (385, 385)), (500, 5, 100, (218, 218)), (500, 5, 50, (218, 436)), (20, 5, 40, (20, 20))],
)
def test_a_margin_gives_cochrans_size_for_a_finite_population(population, margin, expected, sizes):
    assert size_by_margin(population, margin, expected) == sizes


def test_the_rationale_writes_the_formula_out():
    said = rationale_by_margin(500, 5, 50, 218, 436)
    assert "n₀ = 1.96² × 0.5 × 0.5 / 0.05² = 384.2" in said
    assert "N = 500" in said
    assert "436 are asked" in said


@few
@given(people, st.text(max_size=10), st.integers(0, 40))
def test_the_same_list_and_seed_give_the_same_sample_in_whatever_order_they_are_read(some, seed, size):
    there, back = sorted(some), sorted(some, reverse=True)
    found = drawn(there, seed, size)
    assert found == drawn(back, seed, size)
    assert len(set(found)) == min(size, len(some))
    assert digest_of(there) == digest_of(back)


def test_another_seed_draws_others_and_another_list_has_another_digest():
    some = [UUID(int=n) for n in range(1000)]
    assert drawn(some, "1", 20) != drawn(some, "2", 20)
    assert digest_of(some) != digest_of([*some[1:], uuid4()])


@few
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=1))
def test_what_is_hidden_cannot_be_worked_out_from_the_total(counts):
    shown = may_show(counts)
    rest = sum(count for group, count in counts.items() if group not in shown)
    assert all(counts[group] >= 25 for group in shown)
    assert rest == 0 or rest >= 25 or not shown
