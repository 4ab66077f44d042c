"""Larger charts: round steps that reach over every value, marks within the frame, every figure in words."""

from dataclasses import dataclass

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.web import plots

NUMBERS = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@dataclass(frozen=True)
class Row:
    label: str
    value: float | None
    shown: str
    kind: str | None
    says: str


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 0.37, [0, 0.1, 0.2, 0.3, 0.4]),
        (-3, 7, [-4, -2, 0, 2, 4, 6, 8]),
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (5, 5, [5, 6]),
    ],
)
def test_steps_are_round_numbers(low: float, high: float, expected: list[float]) -> None:
    assert plots.ticks(low, high) == pytest.approx(expected)


@given(st.lists(st.none() | NUMBERS, max_size=30))
def test_every_value_and_every_step_lies_within_the_frame(values: list[float | None]) -> None:
    frame = plots.plot((-0.5, len(values) - 0.5), values)
    for value in [*(one for one in values if one is not None), *frame.ticks]:
        if frame.low <= value <= frame.high:
            assert plots.TOP <= frame.y(value) <= plots.HEIGHT - plots.BOTTOM
    assert all(frame.low <= value <= frame.high for value in values if value is not None)


@pytest.mark.parametrize(
    ("steps", "decimals"), [([0, 20], 0), ([0, 2.5], 1), ([0, 0.1], 1), ([0, 0.25], 2), ([0, 0.05], 2)]
)
def test_steps_have_the_decimals_that_tell_them_apart(steps: list[float], decimals: int) -> None:
    assert plots.places(steps) == decimals


def test_a_line_breaks_where_a_value_is_not_known() -> None:
    rows = [Row("a", 1.0, "", None, ""), Row("b", None, "", None, ""), Row("c", 2.0, "", None, "")]
    assert plots.runs(rows) == [[(0, 1.0)], [(2, 2.0)]]


def test_a_control_chart_says_in_words_what_it_draws() -> None:
    rows = [
        Row("April", 3.0, "3.0", "common", "usual variation"),
        Row("July", 9.0, "9.0", "improvement", "improvement: outside the limits"),
        Row("October", None, "hidden", None, "not known, or hidden"),
    ]
    source = (
        '{% from "web/plots.jinja" import control %}'
        '{{ control("c", "Referred", rows, plot, [(0, 2, 4.0, 1.0, 7.0)], target=5.0) }}'
    )
    frame = plots.plot((-0.5, 2.5), [3.0, 9.0])
    page = str(engines["jinja2"].from_string(source).render({"rows": rows, "plot": frame}))  # type: ignore[attr-defined]  # Jinja2's own
    for row in rows:
        assert f'<th scope="row">{row.label}</th>' in page
        assert f"<td>{row.says}</td>" in page
    assert page.count("wm-mark--common") == 1
    assert page.count("wm-mark--improvement") == 1
    assert page.count("wm-plot__limit") == 2
    assert "wm-plot__target" in page
    assert "style=" not in page
