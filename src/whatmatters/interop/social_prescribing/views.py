"""The files, as downloads."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows, granted
from whatmatters.interop.social_prescribing import leaving
from whatmatters.people.gate import acting
from whatmatters.periods import Period, period


class FileForm(forms.Form):
    year = forms.CharField(max_length=10)
    purpose = forms.ChoiceField(choices=leaving.Purpose.choices)
    by_number = forms.BooleanField(required=False)
    free_text = forms.BooleanField(required=False)

    def clean_year(self) -> Period:
        try:
            return period(self.cleaned_data["year"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


@allows(leaving.EXPORT)
@require_POST
def minimum_dataset(request: HttpRequest) -> HttpResponse:
    return _answer(request, leaving.minimum_dataset, ("by_number", "free_text"))


@allows(leaving.EXPORT)
@require_POST
def coded_events(request: HttpRequest) -> HttpResponse:
    return _answer(request, leaving.events_coded, ("by_number",))


def _answer(request: HttpRequest, make: Any, asked: tuple[str, ...]) -> HttpResponse:
    form = FileForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "No file was made: choose what it is for, and the year")
        return redirect("minimum-dataset")
    given = form.cleaned_data
    facts = {name: given[name] for name in asked}
    file = make(grants=granted(request), during=given["year"], purpose=given["purpose"], by=acting(request), **facts)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type="text/csv; charset=utf-8", headers=headers)
