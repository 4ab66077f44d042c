"""Boxes to write in: what is typed may not hold characters that cannot be seen."""

from collections.abc import Callable

from django import forms

from whatmatters.people.text import one_line, some_lines


def short(
    label: str,
    longest: int = 70,
    *,
    hint: str = "",
    required: str | bool = False,
    check: Callable[[str], None] = one_line,
    **attrs: str,
) -> forms.CharField:
    """Of one line; ``required``: whether, or what to say when it is empty; ``check``: what else it must pass."""
    return forms.CharField(
        label=label, max_length=longest, help_text=hint, required=bool(required), validators=[one_line, check],
        error_messages=_missing(required), widget=forms.TextInput(attrs),
    )  # fmt: skip


def long(label: str, longest: int = 4000, *, hint: str = "", required: str | bool = False) -> forms.CharField:
    """Of several lines; as ``short``."""
    return forms.CharField(
        label=label, max_length=longest, help_text=hint, required=bool(required), validators=[some_lines],
        error_messages=_missing(required), widget=forms.Textarea,
    )  # fmt: skip


def _missing(words: str | bool) -> dict[str, str]:
    return {"required": words} if isinstance(words, str) else {}
