"""When a group meets: in words, and as days."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from whatmatters.directory.timetable import clock, days, meets, said, together

MONDAY = date(2026, 11, 2)


@dataclass
class Row:
    weekday: int = 3
    opens: time | None = None
    closes: time | None = None
    every: int = 1
    in_month: str = ""
    first: date | None = None
    last: date | None = None
    note: str = ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Thursdays"),
        ({"opens": time(10), "closes": time(12)}, "Thursdays, 10am to 12 noon"),
        ({"opens": time(19, 30)}, "Thursdays, from 7.30pm"),
        ({"closes": time(0)}, "Thursdays, until midnight"),
        ({"every": 2, "first": MONDAY}, "Every other Thursday"),
        ({"every": 3, "first": MONDAY}, "Every 3 weeks on Thursday"),
        ({"in_month": "13"}, "First and third Thursday of the month"),
        ({"weekday": 0, "first": MONDAY, "last": MONDAY}, "Monday 2 November 2026"),
        ({"last": MONDAY, "note": "term time"}, "Thursdays, until 2 November 2026 (term time)"),
    ],
)
def test_in_words(facts: dict[str, Any], words: str) -> None:
    assert said(Row(**facts)) == words


@pytest.mark.parametrize(("at", "words"), [(time(9, 5), "9.05am"), (time(12, 30), "12.30pm"), (time(13), "1pm")])
def test_a_time_as_people_say_it(at: time, words: str) -> None:
    assert clock(at) == words


@pytest.mark.parametrize(
    ("facts", "november"),
    [
        ({}, [5, 12, 19, 26]),
        ({"every": 2, "first": date(2026, 10, 29)}, [12, 26]),
        ({"every": 2, "first": MONDAY}, [5, 19]),
        ({"in_month": "13"}, [5, 19]),
        ({"first": date(2026, 11, 10)}, [12, 19, 26]),
        ({"last": date(2026, 11, 12)}, [5, 12]),
        ({"weekday": 0, "first": MONDAY, "last": MONDAY}, [2]),
    ],
)
def test_as_days(facts: dict[str, Any], november: list[int]) -> None:
    found = days(Row(**facts), date(2026, 11, 1), 10)
    assert [day.day for day in found if day < date(2026, 12, 1)] == november


A_DAY = some.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(some.integers(0, 6), some.integers(1, 6), A_DAY, A_DAY)
def test_every_so_many_weeks_is_just_so_many_weeks(weekday: int, every: int, first: date, since: date) -> None:
    found = days(Row(weekday=weekday, every=every, first=first), since, 5)
    assert all(meets(Row(weekday=weekday, every=every, first=first), day) for day in found)
    steps = {after - day for day, after in pairwise(found)}
    assert steps <= {timedelta(weeks=every)}
    assert found or first > since


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], []),
        ([{"weekday": 0}, {"weekday": 1}, {"weekday": 2}], ["Mondays to Wednesdays"]),
        ([{"weekday": 1, "opens": time(10)}, {"weekday": 3, "opens": time(10)}], ["Tuesdays and Thursdays, from 10am"]),
        ([{"weekday": 1, "opens": time(10)}, {"weekday": 3, "opens": time(11)}],
         ["Tuesdays, from 10am", "Thursdays, from 11am"]),
        ([{"weekday": day} for day in range(7)], ["Every day"]),
        ([{"weekday": 0}, {"weekday": 2}, {"weekday": 4}], ["Mondays, Wednesdays and Fridays"]),
        ([{"weekday": 0}, {"weekday": 1, "in_month": "1"}], ["Mondays", "First Tuesday of the month"]),
    ],
)  # fmt: skip
def test_days_with_the_same_hours_are_said_in_one_line(rows: list[dict[str, Any]], words: list[str]) -> None:
    assert together([Row(**row) for row in rows]) == words
