"""CollaboRATE, SDM-Q-9 and SURE: scoring exact to what their makers published, and nothing filled in."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whatmatters.instruments import EXPERIENCE, INSTRUMENTS
from whatmatters.instruments.instrument import NotAScore

HIGHEST = {"collaborate": 9, "sdm-q9": 5, "sure": 1}
few = settings(max_examples=40, deadline=None)


def settled(name, items):
    given_, missing = EXPERIENCE[name].settle({f"q{n}": item for n, item in enumerate(items, 1)}, "1", 0)
    return given_["score"], missing


@pytest.mark.parametrize(
    ("name", "items", "score"),
    [
        ("collaborate", [9, 9, 9], 9),
        ("collaborate", [9, 9, 8], 8.67),
        ("collaborate", [0, 0, 0], 0),
        ("sdm-q9", [5] * 9, 100),
        ("sdm-q9", [0] * 9, 0),
        ("sdm-q9", [4, 4, 4, 4, 4, 4, 4, 4, 4], 80),
        ("sdm-q9", [5, 0, 0, 0, 0, 0, 0, 0, 0], 11.11),
        ("sure", [1, 1, 1, 1], 4),
        ("sure", [1, 0, 1, 1], 3),
    ],
)
def test_answers_come_to_the_published_score(name, items, score):
    assert settled(name, items) == (score, 0)


@pytest.mark.parametrize("name", EXPERIENCE)
@few
@given(data=st.data())
def test_with_a_question_left_out_there_is_no_score(name, data):
    count = EXPERIENCE[name].items
    items = data.draw(st.lists(st.integers(0, HIGHEST[name]), min_size=count, max_size=count))
    left_out = data.draw(st.sets(st.integers(0, count - 1), min_size=1))
    holed = [None if n in left_out else item for n, item in enumerate(items)]
    assert settled(name, holed) == (None, len(left_out))


@pytest.mark.parametrize("name", EXPERIENCE)
@few
@given(data=st.data())
def test_every_score_is_in_range_and_never_falls_when_an_answer_rises(name, data):
    count, scale = EXPERIENCE[name].items, EXPERIENCE[name].scales[0]
    items = data.draw(st.lists(st.integers(0, HIGHEST[name] - 1), min_size=count, max_size=count))
    which = data.draw(st.integers(0, count - 1))
    score, _ = settled(name, items)
    higher, _ = settled(name, [item + (n == which) for n, item in enumerate(items)])
    assert scale.low <= score < higher <= scale.high


@few
@given(st.lists(st.integers(0, 5), min_size=9, max_size=9))
def test_sdm_q9_is_its_sum_times_twenty_ninths(items):
    assert abs(Fraction(settled("sdm-q9", items)[0]) - Fraction(sum(items) * 20, 9)) <= Fraction(1, 200)


@pytest.mark.parametrize(("name", "wrong"), [("collaborate", 10), ("sdm-q9", 6), ("sure", 2), ("sdm-q9", 2.5)])
def test_what_is_no_answer_is_refused_by_its_question(name, wrong):
    items = [0] * EXPERIENCE[name].items
    with pytest.raises(NotAScore, match="Question 2: enter a"):
        settled(name, [items[0], wrong, *items[2:]])


def test_no_questionnaire_about_decisions_is_offered_for_a_persons_record():
    assert set(EXPERIENCE) & set(INSTRUMENTS) == set()
