"""A drawn map: everything is on it, in proportion, and points that would hide one another are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from whatmatters.web.maps import HIGHEST, LOWEST, WIDTH, Mark, around, marks, names

HULL, YORK, LEEDS = (53.744, -0.336), (53.960, -1.080), (53.800, -1.549)
ENGLAND = some.tuples(some.floats(50, 55.8), some.floats(-6, 1.7))


@given(some.lists(ENGLAND, min_size=1, max_size=20))
def test_every_point_is_on_the_drawing(points: list[tuple[float, float]]) -> None:
    drawn = around(points)
    assert LOWEST <= drawn.height <= HIGHEST
    for lat, lon in points:
        assert 0 <= drawn.x(lon) <= WIDTH
        assert 0 <= drawn.y(lat) <= drawn.height


def test_north_is_up_east_is_right_and_miles_are_alike_both_ways() -> None:
    drawn = around([HULL, YORK, LEEDS])
    assert drawn.y(YORK[0]) < drawn.y(LEEDS[0]) < drawn.y(HULL[0])
    assert drawn.x(LEEDS[1]) < drawn.x(YORK[1]) < drawn.x(HULL[1])
    across, up = drawn.x(HULL[1]) - drawn.x(YORK[1]), drawn.y(HULL[0]) - drawn.y(YORK[0])
    miles = (across**2 + up**2) ** 0.5 / drawn.scale[1] * drawn.scale[0]
    assert miles == pytest.approx(33.8, abs=0.5)  # Hull to York as the crow flies


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([HULL], ["1"]),
        ([HULL, YORK], ["1", "2"]),
        ([HULL, HULL, YORK, HULL], ["1 +2", "3"]),
    ],
)
def test_points_in_one_place_are_drawn_as_one(points: list[tuple[float, float]], words: list[str]) -> None:
    found = marks(around(points), enumerate(points, 1))
    assert [mark.words for mark in found] == words


@given(some.lists(ENGLAND, min_size=1, max_size=30))
def test_no_point_is_lost(points: list[tuple[float, float]]) -> None:
    found = marks(around(points), enumerate(points, 1))
    assert sorted(number for mark in found for number in mark.numbers) == list(range(1, len(points) + 1))


def test_names_are_not_written_over_one_another() -> None:
    drawn = around([HULL, YORK, LEEDS])
    told = [("Hull", *HULL), ("Hessle", HULL[0] + 0.01, HULL[1] - 0.02), ("York", *YORK)]
    assert [name.words for name in names(drawn, told)] == ["Hull", "York"]
    over_york = [Mark(drawn.x(YORK[1]), drawn.y(YORK[0]) - 20, (1,))]
    its_own = [Mark(drawn.x(HULL[1]), drawn.y(HULL[0]), (2,))]
    assert [name.words for name in names(drawn, told, over_york + its_own)] == ["Hull"]
