"""What was published before is reckoned with: nothing is told by publishing again."""

from typing import Any

from whatmatters.measurement.disclosure import publish, told

PARENTS = {"A": ["N"], "B": ["N"], "C": ["N"]}


def rows(**numbers: int) -> list[dict[str, Any]]:
    return [
        {
            "indicator": "i", "definition": 1, "period": "2022-23", "organisation": code, "level": "practice",
            "breakdown": "all", "group": "all", "numerator": number, "denominator": 4000,
        }
        for code, number in numbers.items()
    ]  # fmt: skip


def hidden(published: list[dict[str, Any]]) -> str:
    return "".join(row["organisation"] for row in published if row["hidden"])


def again(before: list[dict[str, Any]], **numbers: int) -> list[dict[str, Any]]:
    return publish(rows(**numbers), parents=PARENTS, before=before)


def test_what_was_hidden_stays_hidden_until_it_has_changed_by_five() -> None:
    first = publish(rows(A=7, B=7, C=50), parents=PARENTS)
    assert hidden(first) == "AB"
    assert hidden(again(first, A=9, B=11, C=50)) == "AB"
    assert hidden(again(first, A=12, B=12, C=50)) == ""


def test_a_number_hidden_for_another_stays_so_when_a_cheaper_one_comes_up() -> None:
    first = publish(rows(A=3, B=20, C=50), parents=PARENTS)
    assert hidden(first) == "AB"
    assert hidden(publish(rows(A=3, B=21, C=15), parents=PARENTS)) == "AC"
    assert hidden(again(first, A=3, B=21, C=15)) == "AB"


def test_a_number_hidden_for_another_comes_back_when_that_one_does() -> None:
    first = publish(rows(A=3, B=20, C=50), parents=PARENTS)
    assert hidden(again(first, A=30, B=20, C=50)) == ""


def test_what_was_shown_before_is_no_cover() -> None:
    first = publish(rows(A=9, B=20, C=50), parents=PARENTS)
    assert hidden(first) == ""
    assert hidden(again(first, A=3, B=20, C=70)) == "AC"


def test_another_definition_is_another_number() -> None:
    first = publish(rows(A=7, B=7, C=50), parents=PARENTS)
    new = [{**row, "definition": 2} for row in rows(A=9, B=11, C=50)]
    assert hidden(publish(new, parents=PARENTS, before=first)) == ""


def test_many_small_changes_free_a_number_as_one_large_one_does() -> None:
    [first] = publish(rows(A=7))
    then = {**first}
    for now in (9, 11):
        [later] = publish(rows(A=now), before=[then])
        assert later["hidden"]
        names = ("numerator", "denominator", "shown_numerator", "shown_denominator")
        then = {**later, **dict(zip(names, told(later, then), strict=True))}
        assert then["numerator"] == 7
    assert publish(rows(A=12), before=[then])[0]["shown_numerator"] == 10
