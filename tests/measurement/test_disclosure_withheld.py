"""Where nothing more can be hidden near a secret, its area is withheld whole: never shown, and never in silence."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measurement.disclosure_attack import Reader

from whatmatters.measurement.disclosure import publish
from whatmatters.measurement.disclosure.rules import rounded

PARENTS = {"A": ["N"], "B": ["N"], "C": ["M"], "D": ["M"], "N": ["S"], "M": ["S"]}
LEVEL = {**dict.fromkeys("ABCD", "practice"), "N": "pcn", "M": "pcn", "S": "sub_icb"}
Rows = list[dict[str, Any]]


def rows(a: int, b: int, c: int, d: int) -> Rows:
    """Practices A and B in the network N, C and D in M, all in S."""
    numbers = {"A": a, "B": b, "C": c, "D": d, "N": a + b, "M": c + d, "S": a + b + c + d}
    return [
        {
            "indicator": "i", "definition": 1, "period": "2022-23", "organisation": code, "level": LEVEL[code],
            "breakdown": "all", "group": "all", "numerator": number, "denominator": None,
        }
        for code, number in numbers.items()
    ]  # fmt: skip


def remembered(now: Rows, before: Rows) -> Rows:
    """What a reader knows who kept the last publication: of what is hidden now, what was shown, while it still holds.

    He cannot tell whether it does where the whole area is withheld.
    """
    known = []
    for row, then in zip(now, before, strict=True):
        was = then["shown_numerator"]
        still = was == rounded(row["numerator"]) and not 0 < row["numerator"] < 8
        keeps = row["shown_numerator"] is None and not row["withheld"] and still
        known.append({**row, "shown_numerator": was} if keeps else row)
    return known


@pytest.mark.parametrize("solver", [True, False])
def test_an_area_is_withheld_where_all_that_could_cover_a_secret_was_public_already(solver: bool) -> None:
    # Last time B and its network were shown as 15; now 4 in A make the network 17, which is still 15. As 17 is the most
    # that 15 can be, and 13 the least, A has at most 4: and no protection, for both are known.
    first = publish(rows(0, 13, 30, 40), parents=PARENTS)
    then = publish(rows(4, 13, 30, 40), parents=PARENTS, before=first, solver=solver)
    assert {row["organisation"] for row in then if row["withheld"]} == {"A", "B", "N"}
    assert all(row["hidden"] for row in then if row["withheld"])
    assert {row["organisation"]: row["shown_numerator"] for row in then if not row["hidden"]} == {
        "C": 30, "D": 40, "M": 70, "S": 85,
    }  # fmt: skip
    assert Reader(remembered(then, first), PARENTS).recovered() == {}


def test_the_reader_would_have_told_it_had_the_gate_given_up() -> None:
    first = publish(rows(0, 13, 30, 40), parents=PARENTS)
    given_up = [
        {**row, "shown_numerator": None if row["organisation"] == "A" else rounded(row["numerator"]), "hidden": False}
        for row in rows(4, 13, 30, 40)
    ]
    assert [row["shown_numerator"] for row in first if row["organisation"] in "BN"] == [15, 15]
    assert list(Reader(given_up, PARENTS).recovered().values()) == [(1, 4)]


def test_what_was_withheld_stays_hidden_while_it_has_not_changed() -> None:
    first = publish(rows(0, 13, 30, 40), parents=PARENTS)
    then = publish(rows(4, 13, 30, 40), parents=PARENTS, before=first)
    again = publish(rows(4, 13, 30, 40), parents=PARENTS, before=then)
    assert [row["shown_numerator"] for row in again] == [row["shown_numerator"] for row in then]


def test_nothing_is_withheld_where_nothing_was_published_before() -> None:
    assert not any(row["withheld"] for row in publish(rows(4, 13, 30, 40), parents=PARENTS))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(*[st.tuples(*[st.one_of(st.integers(0, 9), st.integers(0, 30))] * 4)] * 2, st.booleans())
def test_nothing_is_recovered_by_who_kept_the_last_publication(then: Any, now: Any, solver: bool) -> None:
    first = publish(rows(*then), parents=PARENTS)
    second = publish(rows(*now), parents=PARENTS, before=first, solver=solver)
    assert Reader(remembered(second, first), PARENTS).recovered() == {}
