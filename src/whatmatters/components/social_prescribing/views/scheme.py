"""The protocol of a service's scheme, written and attested. What happened stands against it on the dashboard."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.access.gate import allows, area_of, granted, places_of
from whatmatters.components.social_prescribing.actions import scheming as actions
from whatmatters.components.social_prescribing.forms_scheme import (
    AttestProtocolForm,
    NumbersForm,
    StatementForm,
    TargetsForm,
)
from whatmatters.components.social_prescribing.models import Item, PriorityGroup, Scheme
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt_as_seen
from whatmatters.periods import financial_year, year_named
from whatmatters.web.forms import bound, short_form


@allows("keep the scheme")
def schemes(request: HttpRequest) -> HttpResponse:
    """The networks one keeps a scheme for, and its years."""
    today = date.today()
    services = places_of(granted(request), Kind.PCN)
    years = [financial_year(today).label, financial_year(financial_year(today).end).label]
    written: dict[int, list[str]] = {}
    for service, year in Scheme.objects.filter(service__in=services).values_list("service", "year"):
        written.setdefault(service, []).append(year)
    rows = [(one, sorted({*years, *written.get(one.pk, [])}), written.get(one.pk, [])) for one in services]
    return render(request, "social_prescribing/schemes.jinja", {"rows": rows})


@allows("keep the scheme")
def scheme(request: HttpRequest, network: str, year: str) -> HttpResponse:
    where, row = _of(request, network, year)
    said = {one.item: one for one in row.statements.all()} if row else {}
    context = {
        "where": where,
        "year": year,
        "row": row,
        "items": [(item, said.get(item)) for item in Item],
        "targets": row.targets.all() if row else [],
        "unattested": row is not None and any(one.attested_on is None for one in said.values()),
        "groups": PriorityGroup.objects.filter(service=where),
    }
    return render(request, "social_prescribing/scheme.jinja", context)


@allows("keep the scheme")
def numbers(request: HttpRequest, network: str, year: str) -> HttpResponse:
    where, row = _of(request, network, year)
    initial = {}
    if row:
        pounds = None if row.pence is None else f"{row.pence / 100:.2f}"
        initial = {"revision": row.revision, "referrals": row.referrals, "wte": row.wte, "pounds": pounds}
    form = bound(NumbersForm, request, initial=initial)
    return _form_page(request, where, year, form, actions.plan_numbers, title="Planned for the year", button="Save")


@allows("keep the scheme")
def statement(request: HttpRequest, network: str, year: str, item: str) -> HttpResponse:
    where, row = _of(request, network, year)
    if item not in Item:
        raise Http404("The protocol has no such item")
    there = row.statements.filter(item=item).first() if row else None
    initial = {"text": there.text, "evidence": there.evidence} if there else {}
    form = bound(StatementForm, request, initial={"revision": row.revision if row else None, **initial})
    title = str(Item(item).label)
    return _form_page(request, where, year, form, actions.state, title=title, button="Save", item=item)


@allows("keep the scheme")
def attest(request: HttpRequest, network: str, year: str) -> HttpResponse:
    where, row = _of(request, network, year)
    form = bound(AttestProtocolForm, request, initial={"revision": row.revision if row else None})
    title = "Attest the protocol to the commissioner"
    return _form_page(
        request, where, year, form, actions.attest_protocol, title=title, button="Attest all that is written"
    )


@allows("keep the scheme")
def targets(request: HttpRequest, network: str, year: str) -> HttpResponse:
    where, row = _of(request, network, year)
    there = dict(row.targets.values_list("aim", "at_least")) if row else {}
    form = bound(TargetsForm, request, there=there, initial={"revision": row.revision if row else None})
    return _form_page(request, where, year, form, actions.set_targets, title="Targets for better access", button="Save")


def _of(request: HttpRequest, network: str, year: str) -> tuple[Organisation, Scheme | None]:
    where = get_object_or_404(Organisation, code=network, pk__in=area_of(granted(request)))
    if year_named(year) is None:
        raise Http404("There is no such year")
    return where, Scheme.objects.filter(service=where, year=year).first()


def _form_page(
    request: HttpRequest,
    where: Organisation,
    year: str,
    form: Any,
    action: Any,
    *,
    title: str,
    button: str,
    **also: Any,
) -> HttpResponse:
    """One short form of a scheme; the scheme begins with the first that is saved."""
    with transaction.atomic():
        if form.is_valid():
            row = actions.scheme_of(service=where, year=year, by=acting(request))
            if attempt_as_seen(form, action, scheme=row, by=acting(request), **{**form.facts(), **also}):
                messages.success(request, "Saved")
                return redirect("scheme", where.code, year)
            transaction.set_rollback(True)
    back = reverse("scheme", args=[where.code, year])
    return short_form(request, form, title=title, button=button, back=back, small=True)
