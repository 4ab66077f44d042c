"""ONS4: what is asked, what is a valid answer, and which band a score falls in."""

import pytest

from whatmatters.events.codes import CONCEPTS
from whatmatters.instruments import ons4

ALL_FIVES = {"life_satisfaction": 5, "worthwhile": 5, "happiness": 5, "anxiety": 5}


def test_the_four_questions_become_four_different_events_that_carry_a_value() -> None:
    codes = [question.code for question in ons4.QUESTIONS]
    assert len(set(codes)) == 4
    assert all(CONCEPTS[code].value for code in codes)


def test_only_anxiety_is_better_when_lower() -> None:
    assert [q.name for q in ons4.QUESTIONS if not q.higher_is_better] == ["anxiety"]


@pytest.mark.parametrize("score", [0, 1, 9, 10])
def test_the_ends_of_the_scale_are_answers(score: int) -> None:
    assert ons4.problem_with({**ALL_FIVES, "anxiety": score}) is None


@pytest.mark.parametrize("score", [-1, 11, 5.5, "5", True])
def test_what_is_not_a_whole_number_from_0_to_10_is_refused(score: object) -> None:
    assert "whole number from 0 to 10" in str(ons4.problem_with({**ALL_FIVES, "anxiety": score}))  # type: ignore[dict-item]  # what a form may hold


def test_a_question_that_ons4_does_not_have_is_refused() -> None:
    assert "four questions" in str(ons4.problem_with({**ALL_FIVES, "loneliness": 3}))


def test_a_missing_answer_is_left_missing() -> None:
    answers = {"life_satisfaction": 0, "worthwhile": None, "happiness": 7}
    assert ons4.problem_with(answers) is None
    assert [(question.name, score) for question, score in ons4.scored(answers)] == [
        ("life_satisfaction", 0),
        ("happiness", 7),
    ]


def test_a_sitting_without_any_answer_is_refused() -> None:
    assert "at least one" in str(ons4.problem_with({"worthwhile": None}))


@pytest.mark.parametrize(
    ("question", "score", "band"),
    [
        ("life_satisfaction", 0, "low"),
        ("life_satisfaction", 4, "low"),
        ("life_satisfaction", 5, "medium"),
        ("worthwhile", 6, "medium"),
        ("worthwhile", 7, "high"),
        ("happiness", 8, "high"),
        ("happiness", 9, "very high"),
        ("happiness", 10, "very high"),
        ("anxiety", 0, "very low"),
        ("anxiety", 1, "very low"),
        ("anxiety", 2, "low"),
        ("anxiety", 4, "medium"),
        ("anxiety", 6, "high"),
        ("anxiety", 10, "high"),
    ],
)
def test_a_score_falls_in_one_band(question: str, score: int, band: str) -> None:
    assert ons4.band(question, score).name == band


def test_every_score_of_every_question_has_exactly_one_band() -> None:
    for question in ons4.QUESTIONS:
        for score in range(11):
            assert sum(b.question == question.name and b.low <= score <= b.high for b in ons4.bands()) == 1


def test_the_bands_say_that_they_are_unverified() -> None:
    assert {(band.version, band.status) for band in ons4.bands()} == {("1", "RECALLED")}


@pytest.mark.realdata
def test_the_bands_are_those_of_the_published_data_folder(shared_data: object) -> None:
    published = (shared_data / "instruments" / "ons4_thresholds.csv").read_text().splitlines()[1:]  # type: ignore[operator]  # a path
    assert sorted(f"{b.question},{b.name},{b.low},{b.high},{b.status}" for b in ons4.bands()) == sorted(published)


def test_a_score_off_the_scale_has_no_band() -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        ons4.band("anxiety", 11)
