"""The layout alone: three routes stand for the rooms above, so that a test of the look needs no room but this one."""

from types import ModuleType
from typing import Any

import pytest
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

FAULTS = {"bad": BadRequest, "forbidden": PermissionDenied, "missing": Http404, "broken": RuntimeError}


def public(view: Any) -> Any:
    view.rule = "public"  # what default_deny asks for; the gate itself is a room above
    return view


@public
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/page.jinja", {})


@public
def saving(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Saved <1>")
    return redirect("home")


@public
def faulty(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]("Joan Atkinson, 999 000 0018")


@pytest.fixture
def layout(settings: Any) -> None:
    """Routes ``/`` (an empty page), ``/save`` (says so) and ``/fault/<kind>``."""
    routes = ModuleType("routes")
    routes.urlpatterns = [  # type: ignore[attr-defined]  # a module made here
        path("", page, name="home"),
        path("save", saving),
        path("sign-in", page, name="sign-in"),
        path("sign-out", page, name="sign-out"),
        path("fault/<fault>", faulty),
    ]
    for status, name in ((400, "bad_request"), (403, "forbidden"), (404, "not_found"), (500, "server_error")):
        setattr(routes, f"handler{status}", f"whatmatters.web.errors.{name}")
    settings.ROOT_URLCONF = routes
    [pages] = settings.TEMPLATES
    settings.TEMPLATES = [{**pages, "OPTIONS": {**pages["OPTIONS"], "context_processors": []}}]  # the menu is above
    settings.SECURE_SSL_REDIRECT = False
