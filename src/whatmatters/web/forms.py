"""The bridge from a Django form to a page: 422 when something must be mended, and nothing typed is lost."""

import datetime
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


class DayWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as people write a date they know."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput(attrs) for name in ("day", "month", "year")})

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A date in three boxes. Cleans to ``datetime.date``; the error says what a date looks like."""

    widget = DayWidget

    def __init__(self, **kwargs: Any) -> None:
        parts = (forms.IntegerField(), forms.IntegerField(), forms.IntegerField(min_value=1850, max_value=2200))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> Any:
        if not data_list:
            return None
        try:
            return datetime.date(data_list[2], data_list[1], data_list[0])
        except (TypeError, ValueError):
            raise forms.ValidationError("Enter a real date, with day, month and year, for example 27 3 2026") from None
