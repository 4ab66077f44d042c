"""The kernel's own edges: what it packs into words and splits over passes. Its numbers: ``test_engines_agree.py``."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from tests.measurement.generated_indicators import indicators
from tests.measurement.generated_worlds import world

from whatmatters.measurement import measure
from whatmatters.measurement.conditions import Aged
from whatmatters.measurement.engines.kernel import compiled, passes
from whatmatters.measurement.engines.kernel.days import number, table_of_days
from whatmatters.measurement.engines.kernel.sorting import NO_EPISODE, distinct, numbered, order_by, positions
from whatmatters.periods import age, period

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kernel")]  # it is compiled once
AS_AT = date(2023, 4, 1)


def rows(engine, facts, periods, asked):
    return measure(facts, periods, asked, engine=engine, as_at=AS_AT).to_pylist()


def test_more_periods_than_a_word_has_bits_are_all_counted():
    draw = random.Random(3)
    asked = indicators(draw, 3)
    facts = world(draw, 12, asked)
    days = [(date(2022, 3, 1) + timedelta(day)).isoformat() for day in range(70)]
    assert rows("kernel", facts, days, asked) == rows("reference", facts, days, asked)


def test_periods_that_memory_has_no_room_for_at_once_are_counted_in_several_passes(monkeypatch):
    draw = random.Random(4)
    asked = indicators(draw, 8)
    facts = world(draw, 60, asked)
    periods = ["2022-23", "2021-22", "2022-23-Q4"]
    at_once = rows("kernel", facts, periods, asked)
    monkeypatch.setattr(passes, "ROOM", 0)
    assert rows("kernel", facts, periods, asked) == at_once


@pytest.mark.parametrize("periods", [8, 9, 17])
def test_periods_added_eight_at_a_time_do_not_run_into_one_another(periods):
    draw = random.Random(periods)
    asked = indicators(draw, 4)
    facts = world(draw, 30, asked)
    labels = [(date(2022, 3, 25) + timedelta(day)).isoformat() for day in range(periods)]
    assert rows("kernel", facts, labels, asked) == rows("reference", facts, labels, asked)


def test_a_day_means_to_each_period_what_its_dates_say():
    year, quarter = period("2022-23"), period("2023-24-Q1")
    table = table_of_days([year, quarter], AS_AT, [12], [], (0, 0))

    def means(column, day):
        return int(column[min(max(number(day), table.low), table.high) - table.low])

    for day in (date(1900, 1, 1), year.start - timedelta(1), year.start, year.last_day, year.end, date(2999, 1, 1)):
        both = list(enumerate([year, quarter]))
        assert means(table.holds, day) == sum(1 << place for place, one in both if day in one)
        assert means(table.come, day) == sum(1 << place for place, one in both if day < one.end)
        assert means(table.ahead, day) == sum(1 << place for place, one in both if day < one.start)
        assert means(table.months[0], day) == (year.start <= day < year.end) + 2 * (
            date(2022, 7, 1) <= day < quarter.end
        )


def test_ages_are_by_month_and_day_alone_also_on_the_29th_of_february():
    born = [date(2000, 2, 28), date(2000, 2, 29), date(2000, 3, 1), date(1900, 3, 1)]
    first = number(min(born))
    periods = [period(day) for day in ("2018-02-28", "2018-03-01", "2020-02-28", "2020-02-29", "1999-01-01")]
    for least, most in ((18, 18), (0, 19), (-5, 120)):
        table = table_of_days(periods, AS_AT, [], [Aged(least, most)], (first, number(max(born))))
        for one in born:
            true = [least <= age(one, on.last_day) <= most for on in periods]
            assert int(table.aged[0, number(one) - first]) == sum(
                1 << place for place, is_so in enumerate(true) if is_so
            )
        assert table.aged[0, table.unborn] == 0


def test_ids_are_found_among_the_sorted_whatever_their_order():
    draw = random.Random(5)
    ids = distinct(np.array([draw.randrange(-50, 50) for _ in range(60)] + [2**62, -(2**62)]))
    assert ids.tolist() == sorted(set(ids.tolist()))
    wanted = np.array([draw.randrange(-60, 60) for _ in range(300)] + [2**63 - 1, -(2**63), 2**62])
    places = {one: place for place, one in enumerate(ids.tolist())}
    assert positions(ids, wanted).tolist() == [places.get(one, -1) for one in wanted.tolist()]
    assert positions(ids[:0], wanted).tolist() == [-1] * len(wanted)


def test_rows_are_put_in_order_and_ties_left_as_they_were():
    order, at = order_by(np.array([2, 0, 2, 0, 3]), 5, np.array([4, 3, 2, 1, 0]))
    assert order.tolist() == [3, 1, 2, 0, 4]
    assert at.tolist() == [0, 2, 2, 4, 5, 5]


def test_episodes_are_numbered_within_each_person_by_first_appearance():
    of = np.array([7, NO_EPISODE, 7 + 2**40, 7, 7 - 2**62, 0, 7, -1, 7])
    found = np.full(len(of), 99, np.int16)
    numbered(np.array([0, 5, 5, 9]), of, found)
    assert found.tolist() == [1, 0, 2, 1, 3, 1, 2, 3, 2]


def test_compiled_code_is_kept_apart_for_each_state_of_its_sources(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "_PLACES", (tmp_path / "file" / "in the way", tmp_path / "kept"))
    (tmp_path / "file").write_text("")
    assert compiled._kept() == str(tmp_path / "kept" / compiled._NAME)
    monkeypatch.setattr(compiled, "_PLACES", (tmp_path / "file" / "in the way",))
    assert compiled._kept() == ""
