"""The bridge from a Django form to a page: 422 when something must be mended, and nothing typed is lost."""

import calendar
import datetime
from collections.abc import Sequence
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNPROCESSABLE = 422
Form = TypeVar("Form", bound=forms.BaseForm)


def bound(form: type[Form], request: HttpRequest, **kwargs: Any) -> Form:
    """Bound on POST, even to an empty one (``request.POST or None`` would take that for a first visit)."""
    return form(request.POST if request.method == "POST" else None, **kwargs)


def page_with(request: HttpRequest, template: str, form: forms.BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page that holds the form; its status says whether something in it must be mended."""
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def short_form(
    request: HttpRequest, form: forms.BaseForm, *, title: str, button: str, back: str, said: Sequence[str] = (),
    small: bool = False,
) -> HttpResponse:  # fmt: skip
    """A page of one form and nothing else. ``said``: what stands before it; ``back``: the address of the way out;
    ``small``: its ticks and choices."""
    context = {"title": title, "button": button, "back": back, "said": said, "small": small}
    return page_with(request, "web/short_form.jinja", form, context)


def counted(typed: str) -> int | None:
    """A number that our own page wrote into a form; None where what came back is none, or longer than any of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


PARTS = ("day", "month", "year")
MONTHS = {
    name.lower(): str(number)
    for names in (calendar.month_abbr, calendar.month_name)
    for number, name in enumerate(names)
    if name
}
FIRST_YEAR, LAST_YEAR = 1850, 2200
NOT_A_DAY = "Enter a real date, with day, month and year, for example 27 3 2026"


class DayWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as people write a date they know."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput(attrs) for name in PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.Field):
    """A date in three boxes; the month may be a word. Cleans to ``datetime.date``; the error names what is amiss."""

    widget = DayWidget

    def to_python(self, value: Any) -> datetime.date | None:
        if not isinstance(value, list):
            return value  # type: ignore[no-any-return]  # an initial value is a date already
        typed = dict(zip(PARTS, (str(part or "").strip() for part in value), strict=True))
        if not any(typed.values()):
            return None
        if missing := [part for part in PARTS if not typed[part]]:
            raise forms.ValidationError(f"The date must include a {' and a '.join(missing)}")
        typed["month"] = MONTHS.get(typed["month"].lower(), typed["month"])
        try:
            day = datetime.date(*(int(typed[part]) for part in ("year", "month", "day")))
        except (ValueError, OverflowError):
            raise forms.ValidationError(NOT_A_DAY) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Enter a year between {FIRST_YEAR} and {LAST_YEAR}")
        return day
