"""Charts say every figure in words and keep within their frame."""

import re

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.web import charts

VALUES = st.lists(st.none() | st.floats(0, 1e9), max_size=40)
ROWS = [("Hull", 12.0, "12.0"), ("York", 3.0, "3.0"), ("Leeds", None, "not shown")]


def drawn(source: str) -> str:
    head = '{% from "web/charts.jinja" import bars, trend %}'
    return str(engines["jinja2"].from_string(head + source).render({"rows": ROWS}))  # type: ignore[attr-defined]  # Jinja2's own


@pytest.mark.parametrize(
    ("value", "most", "expected"), [(3, 12, "25.0%"), (12, 12, "100.0%"), (None, 12, "0.0%"), (0, 0, "0%")]
)
def test_a_bar_is_a_share_of_the_longest(value: float | None, most: float, expected: str) -> None:
    assert charts.share(value, most) == expected


@given(VALUES)
def test_every_known_value_has_one_point_within_the_frame(values: list[float | None]) -> None:
    points = [point for run in charts.lines(values, charts.top(*values)) for point in run]
    assert len(points) == sum(value is not None for value in values)
    assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in points)


def test_a_line_breaks_where_a_value_is_not_known() -> None:
    assert [len(run) for run in charts.lines([1, 2, None, 3], 3)] == [2, 1]


def test_more_stands_higher() -> None:
    low, high = charts.lines([1, 2], 2)[0]
    assert high[1] < low[1]
    assert high[0] > low[0]


def test_bars_tell_what_they_draw() -> None:
    page = drawn('{{ bars("Referred", rows, average=6.0, average_label="England: 6.0") }}')
    assert re.findall(r'<th scope="row">(\w+)</th>', page) == ["Hull", "York", "Leeds"]
    assert re.findall(r'numeric">([\d.]+|not shown)</td>', page) == ["12.0", "3.0", "not shown"]
    assert re.findall(r'bar" width="([\d.%]+)"', page) == ["100.0%", "25.0%", "0.0%"]
    assert "England: 6.0" in page
    assert "style=" not in page


def test_a_trend_is_told_beside_its_drawing() -> None:
    page = drawn('{{ trend("t", "Referred", rows, target=10) }}')
    assert "Hull: 12.0; York: 3.0; Leeds: not shown; Target: 10.0" in page
    assert 'role="img" aria-labelledby="t-title t-told"' in page
    assert page.count("<circle") == 2
    assert "style=" not in page
