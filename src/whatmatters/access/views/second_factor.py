"""The second factor's pages: set it up, show it, and the backup codes."""

from base64 import b32encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access import second_factor
from whatmatters.access.forms import Code
from whatmatters.access.gate import half_signed_in, signed_in
from whatmatters.access.sign_in import onward
from whatmatters.web.forms import bound, page_with


@half_signed_in
def show(request: HttpRequest) -> HttpResponse:
    """Ask for a code; an account that has no device yet is led to set one up."""
    if not second_factor.is_set_up(request.user):  # type: ignore[arg-type]  # signed in
        return redirect("set-up-second-factor")
    form = bound(Code, request)
    if form.is_valid():
        problem = second_factor.show(request, form.cleaned_data["code"])
        if problem is None:
            request.second_factor_due = False  # type: ignore[attr-defined]  # seen to now
            return onward(request)
        form.add_error("code", problem)
    return page_with(request, "access/second_factor.jinja", form, {})


@half_signed_in
def set_up(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, and go on to the backup codes. A second visit shows the same secret until then."""
    if second_factor.is_set_up(request.user):  # type: ignore[arg-type]  # signed in
        return redirect("second-factor")
    form = bound(Code, request)
    if form.is_valid():
        problem = second_factor.set_up(request, form.cleaned_data["code"])
        if problem is None:
            request.session["backup-codes"] = second_factor.new_backup_codes(request)
            return redirect("backup-codes")
        form.add_error("code", problem)
    device = second_factor.being_set_up(request.user)  # type: ignore[arg-type]  # signed in
    secret = b32encode(device.bin_key).decode()
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    context = {"picture": second_factor.picture(device), "secret": groups}
    return page_with(request, "access/set_up_second_factor.jinja", form, context)


@signed_in
def backup_codes(request: HttpRequest) -> HttpResponse:
    """POST makes new codes; they are shown once."""
    if request.method == "POST":
        if not second_factor.is_set_up(request.user):  # type: ignore[arg-type]  # signed in
            messages.info(request, "Backup codes need a second step: your account has none")
            return redirect("home")
        request.session["backup-codes"] = second_factor.new_backup_codes(request)
        return redirect("backup-codes")
    codes = request.session.pop("backup-codes", [])
    where = request.session.get("next", "")
    return render(request, "access/backup_codes.jinja", {"codes": codes, "where": where})
