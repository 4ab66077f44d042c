"""An administrator's pages: the accounts that hold roles in the organisations they work for and below."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from whatmatters.access import accounts, invitations
from whatmatters.access.forms import Invitation, LastDay, RoleAt
from whatmatters.access.gate import allows, area_of
from whatmatters.access.models import Grant, User
from whatmatters.access.unreached import unreached
from whatmatters.letters.outbox import post
from whatmatters.web.forms import bound, short_form
from whatmatters.web.words import day


def looked_after(area: set[int]) -> QuerySet[User]:
    return User.objects.filter(grants__organisation__in=area).distinct().order_by("name", "pk")


def wholly_within(account: User, area: set[int]) -> bool:
    """Whether all the roles it holds, or will, are in the area: only then may its sign-in be touched from here."""
    still = Q(end__isnull=True) | Q(end__gt=date.today())
    return not account.grants.filter(still).exclude(organisation__in=area).exists()


@allows("manage accounts")
def everyone(request: Any) -> HttpResponse:
    area = area_of(request.grants)
    rows = [(account, grants_within(account, area)) for account in looked_after(area).prefetch_related("grants")]
    context = {"rows": rows, "unreached": unreached(looked_after(area)), "today": date.today()}
    return render(request, "access/accounts.jinja", context)


def grants_within(account: User, area: set[int]) -> QuerySet[Grant]:
    return account.grants.filter(organisation__in=area).select_related("organisation").order_by("-start", "pk")


@allows("manage accounts")
def one(request: Any, account: int) -> HttpResponse:
    area = area_of(request.grants)
    found = get_object_or_404(looked_after(area), pk=account)
    context = {
        "shown": found,
        "grants": grants_within(found, area),
        "own": found == request.user,
        "within": wholly_within(found, area),
        "lost": next((letter for _, letter in unreached(User.objects.filter(pk=found.pk))), None),
        "today": date.today(),
    }
    return render(request, "access/account.jinja", context)


@allows("manage accounts")
def invite(request: Any) -> HttpResponse:
    """A new account with its first role; an address that has an account gets the role only."""
    form = bound(Invitation, request, area=area_of(request.grants), initial={"start": date.today()})
    if not form.is_valid():
        said = "They get a message with a link to set their own password. It works once, within three days."
        return short_form(request, form, title="Invite someone", button="Invite", said=[said], back=reverse("accounts"))
    given = form.cleaned_data
    with transaction.atomic():
        account = accounts.open_account(email=given.pop("email"), name=given.pop("name"), by=request.actor)
        accounts.grant_role(account, **given, by=request.actor)
    if not account.has_usable_password():
        send_link(request, account)
    messages.success(request, "Account ready")
    return redirect("account", account.pk)


@allows("manage accounts")
def grant(request: Any, account: int) -> HttpResponse:
    area = area_of(request.grants)
    found = get_object_or_404(looked_after(area), pk=account)
    form = bound(RoleAt, request, area=area, initial={"start": date.today()})
    if not form.is_valid():
        title, back = f"Give {found.name} a role", reverse("account", args=[account])
        return short_form(request, form, title=title, button="Give the role", back=back)
    accounts.grant_role(found, **form.cleaned_data, by=request.actor)
    messages.success(request, "Role granted")
    return redirect("account", account)


@allows("manage accounts")
def end(request: Any, account: int, grant: int) -> HttpResponse:
    found = get_object_or_404(Grant, pk=grant, user=account, organisation__in=area_of(request.grants))
    form = bound(LastDay, request, initial={"end": date.today()})
    if not form.is_valid():
        said = f"{found.user.name}: {found.get_role_display()} at {found.organisation.name}, from {day(found.start)}."
        back = reverse("account", args=[account])
        return short_form(request, form, title="End a role", button="End the role", said=[said], back=back)
    accounts.end_grant(found, on=form.cleaned_data["end"], by=request.actor)
    messages.success(request, "Role ended")
    return redirect("account", account)


def send_link(request: HttpRequest, account: User) -> None:
    link = request.build_absolute_uri(invitations.path_for(account))
    post(account.email, invitations.SUBJECT, invitations.WORDS.format(link=link))


def touches_sign_in(done: str) -> Callable[[Callable[[Any, User], None]], Callable[..., HttpResponse]]:
    """A button's view: does its one thing to an account that is wholly the administrator's to look after."""

    def wrap(act: Callable[[Any, User], None]) -> Callable[..., HttpResponse]:
        @allows("manage accounts")
        @require_POST
        def view(request: Any, account: int) -> HttpResponse:
            area = area_of(request.grants)
            found = get_object_or_404(looked_after(area), pk=account)
            if not wholly_within(found, area):
                raise PermissionDenied("This account works for others too")
            act(request, found)
            messages.success(request, done)
            return redirect("account", account)

        return view

    return wrap


@touches_sign_in("Invitation sent")
def invite_again(request: Any, account: User) -> None:
    send_link(request, account)


@touches_sign_in("Account closed")
def close(request: Any, account: User) -> None:
    accounts.set_active(account, False, by=request.actor)


@touches_sign_in("Account open again")
def reopen(request: Any, account: User) -> None:
    accounts.set_active(account, True, by=request.actor)


@touches_sign_in("Second step reset")
def reset(request: Any, account: User) -> None:
    accounts.reset_second_factor(account, by=request.actor)
