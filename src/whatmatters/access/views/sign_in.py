"""Signing in and signing out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from whatmatters.access import sign_in
from whatmatters.access.forms import SignIn
from whatmatters.access.gate import public
from whatmatters.access.second_factor import is_due
from whatmatters.web.forms import bound, page_with


@public
@sensitive_post_parameters("password")
def enter(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        sign_in.remember_where(request)
        if request.user.is_authenticated:
            return sign_in.onward(request)
    form = bound(SignIn, request, asked_by=request)
    if form.is_valid():
        where = request.session.get("next")
        sign_in.enter(request, form.account)
        if where:
            request.session["next"] = where
        request.second_factor_due = is_due(request.user)  # type: ignore[attr-defined]  # for onward()
        return sign_in.onward(request)
    return page_with(request, "access/sign_in.jinja", form, {})


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    sign_in.leave(request)
    return redirect("home")
