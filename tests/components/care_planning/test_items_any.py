"""Whatever the list of parts allows goes into a plan and comes back unchanged; what it does not is refused."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as some

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.models import Item, Version
from whatmatters.components.care_planning.standard import Field, section, sections, tree
from whatmatters.components.care_planning.told import told
from whatmatters.components.care_planning.values import ONE_LINE, SOME_LINES, checked

pytestmark = pytest.mark.slow

ITEMS = [name for name, field in sections().items() if field.rows not in ("goal", "action")]
LETTERS = some.characters(categories=("L", "N", "P", "S"))


def words(field: Field) -> Any:
    if field.choices:
        return some.sampled_from([code for code, _ in field.choices])
    return some.text(LETTERS, min_size=max(1, field.shortest), max_size=min(field.longest or 40, 40))


def days(field: Field) -> Any:
    shape = {"YM": "%Y-%m", "YMD": "%Y-%m-%d"}.get(field.precision, "%Y-%m-%dT%H:%M")
    return some.datetimes(min_value=date_time(1900), max_value=date_time(2100)).map(lambda at: at.strftime(shape))


def date_time(year: int) -> Any:
    return datetime(year, 1, 1)


def codes(field: Field) -> Any:
    known = [{"code": code, "display": display} for code, display in field.choices]
    number = some.integers(100_000, 10**17).map(str)
    return some.sampled_from(known) if known else some.fixed_dictionaries({"code": number, "display": words(field)})


def one(field: Field) -> Any:
    leaf = {
        "string": words, "text": words, "date": days, "datetime": days, "code": codes,
        "boolean": lambda _: some.booleans(),
        "decimal": lambda field: some.integers(*(field.between or (0, 9))),
    }  # fmt: skip
    return entry(field) if field.group else leaf[field.kind](field)


def entry(field: Field) -> Any:
    """Values of any of its parts, with those it cannot do without, and none that says nothing."""

    def many(part: Field) -> Any:
        return some.lists(one(part), min_size=1, max_size=3) if part.many else one(part)

    must = {part.key: many(part) for part in field.kept() if part.compulsory}
    may = {part.key: many(part) for part in field.kept() if not part.compulsory}
    return some.fixed_dictionaries(must, optional=may).filter(bool)


def told_of(version: Version, field: Field) -> dict[str, Any]:
    """The entry of the section, wherever the standard has it."""

    def find(within: Any, part: Field) -> Any:
        for child in part.children:
            if child.key in (within or {}):
                found = within[child.key]
                if child == field:
                    return found[0] if isinstance(found, list) else found
                if isinstance(found, dict) and (deeper := find(found, child)) is not None:
                    return deeper
        return None

    return dict(find(told(version), tree()))


def without_columns(field: Field, values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for part in field.kept():
        value = values.get(part.key)
        if part.group and value is not None:
            value = [without_columns(part, one) for one in value] if part.many else without_columns(part, value)
        if value or value is False:
            kept[part.key] = value
    return kept


@pytest.mark.parametrize("name", ITEMS)
@given(data=some.data())
@settings(max_examples=15, deadline=None)
def test_checking_leaves_what_the_list_allows_as_it_was(name: str, data: Any) -> None:
    values = data.draw(entry(section(name)))
    assert checked(section(name), values) == values


@pytest.mark.database
@pytest.mark.parametrize("name", ITEMS)
def test_it_comes_back_from_the_version_told_whole(name: str, draft: Version, by: Actor) -> None:
    @given(values=entry(section(name)))
    @settings(max_examples=6, deadline=None)
    def there_and_back(values: dict[str, Any]) -> None:
        Item.objects.all().delete()
        actions.add_item(version=draft, section=name, values=values, by=by)
        assert without_columns(section(name), told_of(draft, section(name))) == values

    there_and_back()


def leaves(field: Field, above: tuple[str, ...] = ()) -> Any:
    for part in field.kept():
        path = (*above, part.key, *("0" * part.many))
        yield from leaves(part, path) if part.group else [(path, part)]


def put(path: tuple[str, ...], value: Any) -> Any:
    """The value at ``path``, with nothing beside it."""
    for key in reversed(path):
        value = [value] if key == "0" else {key: value}
    return value


TOO_LONG = [
    pytest.param(name, path, part, id=f"{name}:{'-'.join(path)}")
    for name in ITEMS for path, part in leaves(section(name)) if part.kind in ("string", "text")
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "part"), TOO_LONG)
def test_a_letter_too_many_is_refused_where_it_stands(name: str, path: tuple[str, ...], part: Field) -> None:
    most = part.longest or (ONE_LINE if part.kind == "string" else SOME_LINES)
    with pytest.raises(ValidationError) as refusal:
        checked(section(name), put(path, "x" * (most + 1)))
    problem = refusal.value.message_dict["-".join(path)]
    assert part.choices or problem == [f"{part.label.rstrip('?')}: at most {most} letters, and these are {most + 1}"]


@pytest.mark.parametrize(
    ("name", "values", "where"),
    [
        ("contingency", {"trigger_factors": "one"}, "trigger_factors"),
        ("contingency", {"trigger_factors": [{"free_text": "x"}] * 51}, "trigger_factors"),
        ("contingency", {"trigger_factors": [{"free_text": ["x", "y"]}]}, "trigger_factors-0-free_text"),
        ("personal_contacts", {"name": ["Maureen", "Derek"]}, "name"),
        ("personal_contacts", {"comments": "Rings every night"}, "name"),
        ("strengths", {"free_text": "x", "goals": []}, "goals"),
        ("strengths", {"coded_value": {"code": "abc"}}, "coded_value"),
        ("strengths", {"coded_value": {"display": "Walks"}}, "coded_value"),
        ("formulation", {"date": "2026-02-30"}, "date"),
        ("formulation", {"person_completing_record": {"name": "Someone else"}}, "person_completing_record-name"),
        ("professional_contacts", {"key_worker": "yes"}, "key_worker"),
        ("legal", {"name": "Maureen"}, "kind"),
        ("legal", {"kind": "a promise"}, "kind"),
        ("strengths", {"free_text": "left\u202eright"}, "free_text"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_where_it_stands(name: str, values: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked(section(name), values)
    assert list(refusal.value.message_dict) == [where]


def test_an_entry_that_says_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="write something"):
        checked(section("strengths"), {"free_text": "  "})


def test_how_sure_they_are_goes_from_one_to_ten() -> None:
    for sure in (0, 11, "many", True, "NaN"):
        with pytest.raises(ValidationError):
            checked(section("actions"), {"confidence": sure})
    assert checked(section("actions"), {"confidence": "7"}) == {"confidence": 7}


def test_a_day_is_told_as_exactly_as_it_is_known() -> None:
    assert checked(section("actions"), {"review_date": "2026-05"}) == {"review_date": "2026-05"}
    assert date.fromisoformat(checked(section("legal"), {"kind": "other", "date": "2026-05-01"})["date"])
