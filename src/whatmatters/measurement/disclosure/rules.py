"""The rules everybody knows: 1 to 7 are hidden, the rest is rounded to the nearest 5."""

from math import floor

from whatmatters.measurement.disclosure.numbers import AMOUNT, PEOPLE, Numbers

SMALL, NEAREST = 8, 5


def small(number: float) -> bool:
    return 0 < abs(number) < SMALL


def rounded(number: float) -> int:
    return NEAREST * floor(number / NEAREST + 0.5)


def few_left(numbers: Numbers, above: int | None, below: int | None) -> bool:
    """Whether the people not counted, of those who could be, are 1 to 7."""
    if above is None or below is None or not numbers.kind[above] == numbers.kind[below] == PEOPLE:
        return False
    return numbers.value[above] > 0 and 0 < numbers.value[below] - numbers.value[above] < SMALL


def secrets(numbers: Numbers) -> set[int]:
    """The numbers hidden for their own sake: 1 to 7 people, and sums of values that so few stand behind."""
    found = set()
    for above, below in set(numbers.pairs):
        few = below is not None and numbers.kind[below] == PEOPLE and small(numbers.value[below])
        if below is not None and few:
            found.add(below)
        if above is not None and numbers.kind[above] == PEOPLE and small(numbers.value[above]):
            found.add(above)
        if (
            above is not None
            and numbers.kind[above] == AMOUNT
            and (few or (below is None and small(numbers.value[above])))
        ):
            found.add(above)
    return found
