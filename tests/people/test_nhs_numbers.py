"""The check digit: what it catches, and what people may write around it."""

from hypothesis import assume, given
from hypothesis import strategies as st

from whatmatters.people.nhs_number import check_digit, problem_with, shown, tidy

stems = st.text("0123456789", min_size=9, max_size=9)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    stem = draw(stems)
    digit = check_digit(stem)
    assume(digit < 10)
    return f"{stem}{digit}"


def test_the_example_of_the_data_dictionary_is_valid() -> None:
    assert problem_with("9434765919") is None


@given(numbers())
def test_a_number_with_its_check_digit_is_valid(number: str) -> None:
    assert problem_with(number) is None


@given(numbers(), st.integers(0, 9), st.sampled_from("0123456789"))
def test_any_one_wrong_digit_is_found(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    assert problem_with(number[:place] + digit + number[place + 1 :])


@given(numbers(), st.integers(0, 8))
def test_two_neighbouring_digits_changed_about_are_found(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    assert problem_with(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@given(st.text("0123456789", min_size=8, max_size=8))
def test_a_stem_without_a_check_digit_has_no_valid_number(eight: str) -> None:
    barren = [f"{eight}{last}" for last in range(10) if check_digit(f"{eight}{last}") == 10]
    assert len(barren) <= 1
    assert all(problem_with(f"{stem}{digit}") for stem in barren for digit in range(10))


@given(st.text(max_size=12))
def test_anything_typed_gets_an_answer_that_does_not_repeat_it(text: str) -> None:
    answer = problem_with(tidy(text))
    assert answer is None or len(text) < 3 or text not in answer


@given(numbers())
def test_spaces_and_hyphens_as_people_write_them_are_taken_away(number: str) -> None:
    assert tidy(shown(number)) == number
    assert tidy(f"{number[:3]}-{number[3:6]}\u00a0{number[6:]}") == number


def test_digits_of_other_scripts_are_not_digits_here() -> None:
    assert problem_with("٩٤٣٤٧٦٥٩١٩") == "An NHS number has 10 digits, for example 999 123 4560"
