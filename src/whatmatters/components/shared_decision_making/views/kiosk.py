"""A practice's own screen: one answer after another, nothing of anybody on it. And the page that switches it on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows, area_of, granted, places_of, public
from whatmatters.access.sign_in import leave
from whatmatters.components.shared_decision_making.actions import answering
from whatmatters.components.shared_decision_making.actions import kiosk as actions
from whatmatters.components.shared_decision_making.actions.asking import spaced
from whatmatters.components.shared_decision_making.forms_experience import CodeForm, QuestionsForm, ScreenForm
from whatmatters.components.shared_decision_making.models import Kiosk
from whatmatters.letters import address
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

COOKIE = "wm-screen"
LEFT_ALONE, THANKED = 300, 10  # seconds until the screen is back at its start


@public
@cache_control(no_store=True)
@transaction.atomic
def screen(request: HttpRequest) -> HttpResponse:
    """Its start, the questions (``?begin``), thanks (``?thanks``); or, where it is not switched on, the code."""
    kiosk = _switched_on(request)
    if kiosk is None:
        return _with_code(request)
    context = {"screen": True, "where": kiosk.practice.name, "about": kiosk.get_situation_display()}
    if request.method == "POST":
        form = QuestionsForm(request.POST, instrument=kiosk.instrument)
        if form.is_valid() and _taken(form, kiosk):
            return redirect(f"{request.path}?thanks")
        return page_with(request, "decisions_felt/questions.jinja", form, context)
    if "thanks" in request.GET:
        return _back_after(THANKED, render(request, "decisions_felt/thanks.jinja", context))
    if "begin" in request.GET:
        form = QuestionsForm(instrument=kiosk.instrument)
        return _back_after(LEFT_ALONE, page_with(request, "decisions_felt/questions.jinja", form, context))
    return render(request, "decisions_felt/screen_start.jinja", context)


def _taken(form: QuestionsForm, kiosk: Kiosk) -> Any:
    once = form.cleaned_data["once"]
    return attempt(form, answering.answer_at_kiosk, kiosk=kiosk, once=once, **form.facts())


def _back_after(seconds: int, answer: HttpResponse) -> HttpResponse:
    """The next person finds the start, and not what the last one left."""
    answer["Refresh"] = f"{seconds}; url=?"
    return answer


def _switched_on(request: HttpRequest) -> Kiosk | None:
    found = request.get_signed_cookie(COOKIE, default="", salt=COOKIE)
    return actions.running().filter(uuid=found).first() if found else None


def _with_code(request: HttpRequest) -> HttpResponse:
    """The right code makes this device the screen: whoever was signed in on it is signed out first."""
    form = bound(CodeForm, request)
    if form.is_valid():
        kiosk = actions.by_code(form.cleaned_data["code"])
        if kiosk:
            leave(request)
            answer = redirect("screen")
            left = int((kiosk.expires - timezone.now()).total_seconds())
            answer.set_signed_cookie(
                COOKIE, str(kiosk.uuid), salt=COOKIE, max_age=left, httponly=True, samesite="Strict",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
            return answer
        form.add_error("code", "No screen has this code: check it, or switch the screen on again")
    return page_with(request, "decisions_felt/screen_code.jinja", form, {})


def practices_of(request: HttpRequest) -> Sequence[Organisation]:
    """The practices that one may act for."""
    return list(places_of(granted(request), Kind.PRACTICE))


@allows("ask about decisions")
@cache_control(no_store=True)
def screens(request: HttpRequest) -> HttpResponse:
    practices = practices_of(request)
    form = bound(ScreenForm, request, practices=practices)
    code = ""
    if form.is_valid():
        made = attempt(form, actions.switch_on, by=acting(request), **form.cleaned_data)
        code = made[1] if made else ""
    context = {
        "rows": actions.running().filter(practice__in=practices), "address": address.of("screen"),
        "code": spaced(code),
    }  # fmt: skip
    return page_with(request, "decisions_felt/screens.jinja", form, context)


@allows("ask about decisions")
@require_POST
def switch_off(request: HttpRequest, kiosk: UUID) -> HttpResponse:
    row = get_object_or_404(Kiosk, uuid=kiosk, practice__in=area_of(granted(request)))
    actions.switch_off(kiosk=row, by=acting(request))
    messages.success(request, "The screen is switched off")
    return redirect("screens")
