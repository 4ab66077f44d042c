"""Large tables are proved in another order: swaps first, and what is too sparse to prove is withheld whole."""

import random
from typing import Any

import pytest
from tests.measurement.disclosure_attack import Reader
from tests.measurement.test_disclosure_attacks import YEAR, practice, rows, tree

from whatmatters.measurement.disclosure import publish, sums


@pytest.fixture(autouse=True)
def every_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "SMALL_TABLE", 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "periods", "networks"),
    [(seed, (YEAR,), (3, 2)) for seed in range(4)] + [(seed, (f"{YEAR}-Q1", f"{YEAR}-Q2"), (2, 1)) for seed in (4, 5)],
)
def test_nothing_is_recovered(seed: int, periods: tuple[str, ...], networks: tuple[int, ...]) -> None:
    chance = random.Random(seed)
    parents, level = shape = tree(*networks)
    people = {}
    for place in [name for name, kind in level.items() if kind == "practice"]:
        for period in periods:
            for ethnicity in ("Asian", "Mixed", "White"):
                part = chance.choice([0, 0, 1, 1, 2, 5, chance.randint(0, 40)])
                rest = chance.choice([0, chance.randint(0, 60)])
                people[place, period, ethnicity, chance.choice("12")] = (part, part + rest)
    assert Reader(publish(rows(people, shape), parents=parents), parents).recovered() == {}


def test_groups_withheld_whole_are_not_counted_off_by_their_total() -> None:
    """Twelve groups that are there and 12 people at the most: one in each."""
    groups = {f"F {age}": 1 for age in range(12)}
    given = [{**row, "denominator": None} for row in practice(groups)]
    found = publish(given)
    assert Reader(found, {}).recovered() == {}
    naive = [{**row, "shown_numerator": None if row["group"] != "all" else 10, "hidden": True} for row in given]
    assert set(Reader(naive, {}).recovered().values()) == {(1, 1)}


def test_a_large_table_of_large_numbers_is_shown_whole() -> None:
    found = publish(practice({"Asian": 40, "Mixed": 30, "White": 200}))
    assert not any(row["hidden"] for row in found)


def test_where_most_can_be_proved_the_rest_of_a_breakdown_stays() -> None:
    parents, level = shape = tree(4, 4)
    people: Any = {
        (place, YEAR, ethnicity, quintile): (20 + at + 7 * which, 300)
        for at, place in enumerate(name for name, kind in level.items() if kind == "practice")
        for which, (ethnicity, quintile) in enumerate((("Asian", "1"), ("Mixed", "2"), ("White", "1")))
    }
    people["P00", YEAR, "Asian", "1"] = (4, 300)
    found = publish(rows(people, shape), parents=parents)
    shown = [row for row in found if row["breakdown"] == "ethnicity" and not row["hidden"]]
    assert len(shown) > len([row for row in found if row["breakdown"] == "ethnicity"]) / 2
    assert Reader(found, parents).recovered() == {}
