"""Scores of questionnaires whose wording is not ours: what may be entered, and what it becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.events.codes import CONCEPTS
from whatmatters.instruments import INSTRUMENTS, pam, swemwbs
from whatmatters.instruments.instrument import NotAScore


def settled(name, version="", missing=0, **answers):
    asked = INSTRUMENTS[name]
    return asked.settle(answers, version or next(iter(asked.versions)), missing)


@pytest.mark.parametrize(("raw", "metric"), [(7, 7.00), (8, 9.51), (21, 19.25), (34, 32.55), (35, 35.00)])
def test_a_swemwbs_sum_and_its_metric_score_stand_for_each_other(raw, metric):
    whole = ({"raw": raw, "metric": metric}, 0)
    assert settled("swemwbs", raw=raw) == settled("swemwbs", metric=metric) == whole
    assert settled("swemwbs", raw=raw, metric=metric) == whole


def test_the_swemwbs_table_is_the_published_one(shared_data):
    published = (shared_data / "instruments" / "swemwbs_conversion.csv").read_text().splitlines()[1:]
    assert [f"{raw},{metric:.2f}" for raw, metric in swemwbs.metric_scores().items()] == [
        line.rsplit(",", 1)[0] for line in published
    ]


def test_the_pam_levels_are_the_published_ones(shared_data):
    names = {"2005": "A_2005_legacy", "later": "B_later"}
    published = (shared_data / "instruments" / "pam_level_cutoffs.csv").read_text().splitlines()[1:]
    ours = [f"{names[cut.version]},{cut.level},{cut.low},{cut.high:g},{cut.source}" for cut in pam.cuts()]
    assert [line.replace(".0,", ",") for line in ours] == [line.replace(".0,", ",") for line in published]


@pytest.mark.parametrize(
    ("name", "answers", "says"),
    [
        ("swemwbs", {"metric": 19.3}, "No sum of answers gives the metric score 19.3: the nearest are 19.25 and 19.98"),
        ("swemwbs", {"raw": 21, "metric": 19.98}, "The sum 21 is 19.25 on the metric scale, not 19.98"),
        ("swemwbs", {"raw": 6}, "number from 7 to 35"),
        ("swemwbs", {"raw": 21.5}, "whole number from 7 to 35"),
        ("swemwbs", {}, "Enter the sum of the seven answers, or the metric score"),
        ("ucla", {"score": 2}, "number from 3 to 9"),
        ("ucla", {}, "Enter the sum of the three answers"),
        ("mycaw", {"concern_1": 7}, "First concern: enter a number from 0 to 6"),
        ("mycaw", {}, "at least one of the three"),
        ("pam", {"score": 100.1}, "Score: enter a number from 0 to 100"),
        ("pam", {"score": 47.05}, "at most one decimal"),
        ("pam", {"score": 70, "level": 4}, "A score of 70 is level 3 by these cut-offs, not 4"),
        ("pam", {"level": 2}, "Enter the score"),
        ("goal", {"progress": 11}, "number from 0 to 10"),
        ("goal", {}, "whole number from 0 to 10"),
        ("ucla", {"sum": 4}, "no score named sum"),
    ],
)
def test_what_cannot_be_a_score_is_refused_with_what_would_be(name, answers, says):
    with pytest.raises(NotAScore, match=says):
        settled(name, **answers)


@pytest.mark.parametrize(("name", "score"), [("swemwbs", {"raw": 21}), ("ucla", {"score": 5})])
def test_with_an_item_left_out_there_is_no_score_and_none_is_made_up(name, score):
    with pytest.raises(NotAScore, match="only when all"):
        settled(name, missing=1, **score)
    whole, missing = settled(name, missing=1)
    assert set(whole.values()) == {None}
    assert missing == 1
    assert INSTRUMENTS[name].read(whole) == []


def test_mycaw_has_a_mean_only_where_all_three_were_given():
    assert settled("mycaw", concern_1=4, concern_2=5, wellbeing=3) == (
        {"concern_1": 4, "concern_2": 5, "wellbeing": 3, "mean": 4.0}, 0,
    )  # fmt: skip
    assert settled("mycaw", concern_1=4, wellbeing=3) == (
        {"concern_1": 4, "concern_2": None, "wellbeing": 3, "mean": None}, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("score", "level_2005", "level_later"),
    [(0, 1, 1), (47.0, 1, 1), (47.1, 2, 2), (55.1, 2, 2), (55.2, 3, 3), (67.0, 3, 3), (67.1, 4, 3), (72.4, 4, 3),
     (72.5, 4, 4), (100, 4, 4)],
)  # fmt: skip
def test_the_level_of_an_activation_score_depends_on_the_version(score, level_2005, level_later):
    assert settled("pam", "2005", score=score)[0]["level"] == level_2005
    assert settled("pam", "later", score=score)[0]["level"] == level_later


@given(st.integers(0, 1000))
def test_every_activation_score_with_one_decimal_has_one_level_in_each_version(tenths):
    for version in pam.VERSIONS:
        assert sum(cut.version == version and cut.low <= tenths / 10 <= cut.high for cut in pam.cuts()) == 1


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_each_scale_is_read_within_its_range_by_an_event_that_says_the_same(name):
    for scale in INSTRUMENTS[name].scales:
        assert scale.low < scale.high
        if scale.code:
            said = CONCEPTS[scale.code].value
            assert said.startswith(f"{scale.low:g}-{scale.high:g}")
            assert ("lower is better" in said) != scale.higher_is_better


def test_a_gain_is_a_change_for_the_better_whichever_way_the_scale_runs():
    lonely, wellbeing = INSTRUMENTS["ucla"].scales[0], INSTRUMENTS["swemwbs"].scales[0]
    assert lonely.gain(9, 6) == 3
    assert wellbeing.gain(19.25, 17.43) == -1.82


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_each_scale_has_words_for_the_person_themself(name):
    assert all(scale.mine for scale in INSTRUMENTS[name].scales)
