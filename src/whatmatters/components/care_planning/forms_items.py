"""A form for any section, made from the list of its parts: one box for each, rows for what may stand often.

Without a script: "Add another" sends the form and gets it back with one more row, and nothing is saved by that.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from whatmatters.components.care_planning.conditions import CONDITIONS
from whatmatters.components.care_planning.kinds import more
from whatmatters.components.care_planning.standard import Field, walk
from whatmatters.components.care_planning.values import AT, ROWS, checked, first_words
from whatmatters.web.forms import DayField, counted

Hidden = forms.HiddenInput
DAYS = frozenset({"date", "datetime"})
FEW_LETTERS = 100  # a box of one line up to here


@dataclass(frozen=True)
class Box:
    """A part as the form draws it. ``at`` names its box; a group has ``below``, what may stand often ``rows``."""

    field: Field
    at: str
    below: tuple["Box", ...] = ()
    rows: tuple[tuple["Box", ...], ...] = ()


class EntryForm(forms.Form):
    """``values`` are those that stand; ``own``: whether the person writes themself, who is asked for no codes."""

    revision = forms.IntegerField(widget=Hidden, required=False)
    key = forms.UUIDField(widget=Hidden, required=False)

    def __init__(
        self, *args: Any, field: Field, values: Mapping[str, Any] | None = None, own: bool = False, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.field, self.values, self.own = field, dict(values or {}), own
        asked = [field, *(part for _, part in walk(field))]
        self.easy = {part.ask: part.easy for part in asked if part.easy} if own else {}
        self.more = str(self.data.get("more", ""))
        self.must = {first_words(part, part.key) for part in field.kept() if part.compulsory}
        self.boxes = self._boxes(field, "", self.values)
        if field.condition:
            self.fields["condition"] = forms.ChoiceField(
                label="Does it belong to one condition?", required=False,
                choices=[("", "No, or to several"), *CONDITIONS.items()],
            )  # fmt: skip

    @property
    def asks_for_more(self) -> bool:
        """Whether the button was "Add another": the form comes back, and nothing is saved."""
        return bool(self.more)

    def words(self, part: Field) -> str:
        """What the page calls a part; the person's own page speaks as they do, where the list has it."""
        return self.easy.get(part.ask, part.label)

    def usual(self) -> list[Box]:
        return [box for box in self.boxes if not box.field.seldom]

    def seldom(self) -> list[Box]:
        """What is folded away: parts seldom used, and the codes of the others."""
        return [box for box in _all(self.boxes) if box.field.seldom and not box.at.count(AT + AT)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.asks_for_more:
            try:
                told = self._told(self.boxes, self.field, self.values, given)
                self.facts = checked(self.field, told, strict=self.field.rows in ("item", "words"))
            except ValidationError as problem:
                self._say(problem)
        return given

    def _say(self, problem: ValidationError) -> None:
        for at, words in getattr(problem, "error_dict", {None: problem.messages}).items():
            place = at if at in self.fields else None
            if place not in self.errors:
                self.add_error(place, words)

    def _boxes(self, above: Field, at: str, values: Mapping[str, Any], number: int = 0) -> tuple[Box, ...]:
        return tuple(
            self._box(part, f"{at}{AT}{part.key}" if at else part.key, values.get(part.key), number)
            for part in above.kept() if self._asked(part)
        )  # fmt: skip

    def _asked(self, part: Field) -> bool:
        if part.seldom and self.own:
            return False
        return any(self._asked(child) for child in part.kept()) if part.group else bool(part.ask)

    def _box(self, part: Field, at: str, value: Any, number: int) -> Box:
        if part.many:
            values = value or []
            rows = [self._row(part, f"{at}{AT}{row}", values[row] if row < len(values) else None, row) for row in
                    range(self._count(at, len(values)))]  # fmt: skip
            return Box(part, at, rows=tuple(rows))
        if part.group:
            return Box(part, at, self._boxes(part, at, value or {}, number))
        self._ask(part, at, value, number)
        return Box(part, at)

    def _row(self, part: Field, at: str, value: Any, row: int) -> tuple[Box, ...]:
        if part.group:
            return self._boxes(part, at, value or {}, row)
        self._ask(part, at, value, row)
        return (Box(part, at),)

    def _count(self, at: str, held: int) -> int:
        """Rows: those sent, or those held; one to begin with, and one more when it was asked for."""
        if not self.is_bound:
            return max(held, 1)
        sent = {re.split("[-_]", name[len(at) + 1 :])[0] for name in self.data if name.startswith(at + AT)}
        rows = [row + 1 for row in map(counted, sent) if row is not None and row < ROWS]
        return min(max(rows or [1]) + (self.more == at), ROWS)

    def _ask(self, part: Field, at: str, value: Any, number: int) -> None:
        """``number``: which of several rows it is in; the label says so, for someone who hears it."""
        made = _made(part)
        made.label = f"{self.words(part)} ({number + 1})" if number else self.words(part)
        if at in self.must and not self.data.get(at.replace("free_text", "coded_value")):
            made.required, made.error_messages["required"] = True, f"{made.label.rstrip('?')}: must be filled in"
        self.fields[at] = made
        self.initial[at] = _shown(part, value)

    def _told(self, boxes: tuple[Box, ...], above: Field, before: Any, given: dict[str, Any]) -> dict[str, Any]:
        """The values as sent; of what was not asked, as they stood."""
        before = before or {}
        asked = {box.field.key: box for box in boxes}
        told: dict[str, Any] = {}
        for part in above.kept():
            stood = before.get(part.key)
            told[part.key] = self._value(asked[part.key], stood, given) if part.key in asked else stood
        return {key: value for key, value in told.items() if value not in (None, "", [], {})}

    def _value(self, box: Box, stood: Any, given: dict[str, Any]) -> Any:
        part = box.field
        if part.many:
            rows = list(enumerate(box.rows))
            old = [stood[row] if stood and row < len(stood) else None for row, _ in rows]
            if part.group:
                return [self._told(below, part, old[row], given) for row, below in rows]
            return [_as_told(part, given.get(below[0].at), old[row]) for row, below in rows]
        if part.group:
            return self._told(box.below, part, stood, given)
        return _as_told(part, given.get(box.at), stood)


class KindsForm(forms.Form):
    revision = forms.IntegerField(widget=Hidden, required=False)
    kinds = forms.MultipleChoiceField(
        label="It is a care and support plan. Is it one of these as well?", required=False,
        widget=forms.CheckboxSelectMultiple, choices=lambda: more().items(),
        help_text="There is one plan for a person. Each of these adds its own questions to it.",
    )  # fmt: skip


def _all(boxes: tuple[Box, ...]) -> Iterator[Box]:
    """Every box, and of one folded away not what is in it: it goes there with it."""
    for box in boxes:
        yield box
        if not box.field.seldom:
            for below in (box.below, *box.rows):
                yield from _all(below)


def _choice(part: Field) -> forms.Field | None:
    """Where the answer is one of a few."""
    if part.kind == "boolean":
        yes_or_no = [("yes", "Yes"), ("no", "No"), ("", "Not said")]
        return forms.ChoiceField(choices=yes_or_no, widget=forms.RadioSelect, required=False)
    if part.choices:
        return forms.ChoiceField(choices=[("", "Choose"), *part.choices], required=False)
    if part.between:
        least, most = part.between
        return forms.ChoiceField(choices=[("", "Not said"), *((n, n) for n in range(least, most + 1))], required=False)
    return None


def _made(part: Field) -> forms.Field:
    if choice := _choice(part):
        return choice
    if part.kind in DAYS:
        return DayField(required=False)
    if part.kind == "code":
        return forms.CharField(required=False, help_text="Number and words, such as 13645005 | COPD")
    if part.kind == "text" and not 0 < part.longest <= FEW_LETTERS:
        hint = f"At most {part.longest} letters" if part.longest else ""
        return forms.CharField(required=False, widget=forms.Textarea, help_text=hint)
    return forms.CharField(required=False)


def _shown(part: Field, value: Any) -> Any:
    """A value as its box holds it."""
    if value is None:
        return None if part.kind in DAYS else ""
    if part.kind in DAYS:
        return date.fromisoformat(value[:10] if len(value) > len("2026-05") else f"{value}-01")
    if part.kind == "boolean":
        return "yes" if value else "no"
    if part.kind == "code":
        return value["code"] if part.choices else " | ".join(filter(None, (value["code"], value.get("display"))))
    return value


def _as_told(part: Field, typed: Any, stood: Any) -> Any:
    """What a box holds, as a value. A day that was not touched stays as exact as it was."""
    if typed in (None, ""):
        return None
    if typed == _shown(part, stood):
        return stood
    return TELL[part.kind](part, typed) if part.kind in TELL else typed


def _code(part: Field, typed: str) -> dict[str, str]:
    code, _, display = typed.partition("|")
    return {"code": code.strip(), "display": display.strip() or dict(part.choices).get(typed, "")}


TELL: dict[str, Callable[[Field, Any], Any]] = {
    "date": lambda _, typed: typed.isoformat(),
    "datetime": lambda _, typed: typed.isoformat(),
    "boolean": lambda _, typed: typed == "yes",
    "code": _code,
}
