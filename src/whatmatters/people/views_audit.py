"""A privacy officer's pages: who looked at, and changed, the records of the people on the lists they answer for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows
from whatmatters.access.models import AuditEntry
from whatmatters.people.forms import NHSNumberField
from whatmatters.people.gate import about_person, acting, people_of
from whatmatters.people.models import Person
from whatmatters.people.nhs_number import problem_with
from whatmatters.web.forms import bound, page_with

SHOWN = 100  # on one page; older ones are a link away


class WhoseForm(forms.Form):
    """``person`` after a check that passed: one of ``people``."""

    nhs_number = NHSNumberField(label="NHS number", error_messages={"required": "Enter an NHS number"})

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_nhs_number(self) -> str:
        number: str = self.cleaned_data["nhs_number"]
        found = self.people.filter(nhs_number=number).first()
        if found is None:
            raise ValidationError(problem_with(number) or "Nobody with this number is on the lists you answer for")
        self.person = found
        return number


@allows("see the audit")
@transaction.atomic
def entries(request: HttpRequest) -> HttpResponse:
    """The latest first, of everyone or of one account; a posted NHS number leads to that person's page."""
    people = people_of(request.grants)  # type: ignore[attr-defined]  # set by the gate
    form = bound(WhoseForm, request, people=people)
    if form.is_valid():
        return redirect("audit-of-person", form.person.uuid)
    audit.record("looked through the audit", by=acting(request))
    found = AuditEntry.objects.filter(person__in=people.values("pk"))
    if who := number(request, "account"):
        found = found.filter(user=who)
    return page_with(request, "people/audit.jinja", form, {**page_of(request, found), "account_shown": who})


@about_person("see the audit", "looked at who saw the record")
def of_person(request: HttpRequest, person: Person) -> HttpResponse:
    found = AuditEntry.objects.filter(person=person.pk)
    return render(request, "people/audit_of_person.jinja", {**page_of(request, found), "person": person})


def page_of(request: HttpRequest, found: QuerySet[AuditEntry]) -> dict[str, Any]:
    """A page of entries with their people, and where the next page starts."""
    if before := number(request, "before"):
        found = found.filter(number__lt=before)
    rows = list(found.order_by("-number")[: SHOWN + 1])
    people = Person.objects.in_bulk({row.person for row in rows})
    return {
        "rows": [(row, people.get(row.person)) for row in rows[:SHOWN]],
        "older": rows[SHOWN - 1].number if len(rows) > SHOWN else None,
    }


def number(request: HttpRequest, name: str) -> int | None:
    """A whole number from the address, or None for anything else."""
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None
