"""Changing one's password, and setting the first one by an invitation link."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from whatmatters.access import accounts, invitations
from whatmatters.access.forms import ChangePassword, NewPassword
from whatmatters.access.gate import oneself, public, public_actor, signed_in
from whatmatters.web.forms import bound, page_with

GONE = 410


@signed_in
@sensitive_post_parameters("old", "password")
def change(request: HttpRequest) -> HttpResponse:
    form = bound(ChangePassword, request, account=request.user)
    if form.is_valid():
        accounts.set_password(request.user, form.cleaned_data["password"], by=public_actor(request))  # type: ignore[arg-type]  # signed in
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]  # signed in: an account
        messages.success(request, "Password changed")
        return redirect("home")
    return page_with(request, "access/password.jinja", form, {})


@public
def invitation(request: HttpRequest, account: int, token: str) -> HttpResponse:
    """The link itself: the token moves to the session at once, so that it is in no address that a page could leak."""
    request.session["invitation"] = [account, token]
    return redirect("set-password")


@public
@sensitive_post_parameters("password")
def set_by_invitation(request: HttpRequest) -> HttpResponse:
    account = invitations.account_of(*request.session.get("invitation", (0, "")))
    if account is None:
        return render(request, "access/invitation_gone.jinja", status=GONE)
    form = bound(NewPassword, request, account=account)
    if form.is_valid():
        accounts.set_password(account, form.cleaned_data["password"], by=oneself(account))
        del request.session["invitation"]
        messages.success(request, "Password set. Now sign in")
        return redirect("sign-in")
    return page_with(request, "access/set_password.jinja", form, {})
