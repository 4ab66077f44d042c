"""Default deny: a page without a declared rule answers nobody.

A view is wrapped by exactly one of ``public``, ``half_signed_in``, ``signed_in`` or ``allows`` here, or by
``about_person`` and ``about_me`` of ``people.gate``; each leaves a ``Rule`` on it that the middleware asks for and
the tests walk.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from whatmatters.access.actors import ANYONE, Actor
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import ACCOUNT, roles_with
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force, networks_within, with_descendants

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Rule:
    """``relation``: none (public), half (password shown), account, organisation, person (cared for there) or self.

    ``scope`` is the field that a representative must hold (``people.models.Representative``).
    """

    relation: str
    capability: str = ""
    scope: str = ""


def declare(view: View, rule: Rule) -> View:
    view.rule = rule  # type: ignore[attr-defined]  # a function carries its own rule: nothing else need know the routes
    return view


def public(view: View) -> View:
    """For everyone."""
    return declare(view, Rule("none"))


def half_signed_in(view: View) -> View:
    """For an account that has shown its password, and may still owe its second factor: the pages that ask for it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return declare(guarded, Rule("half"))


def signed_in(view: View) -> View:
    """For anyone with an account who has finished signing in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if fully_signed_in(request) else to_sign_in(request)

    return declare(guarded, Rule("account"))


def allows(capability: str) -> Callable[[View], View]:
    """For staff who hold the capability somewhere; the view gets ``request.actor`` and ``request.grants``."""
    roles_with(capability)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not fully_signed_in(request):
                return to_sign_in(request)
            held = grants_of(request.user, capability)
            if not held:
                raise PermissionDenied
            request.grants = held  # type: ignore[attr-defined]  # for granted()
            request.actor = actor(request.user, held[0])  # type: ignore[attr-defined,arg-type]  # signed in
            return view(request, *args, **kwargs)

        return declare(guarded, Rule("organisation", capability))

    return wrap


def granted(request: HttpRequest) -> list[Grant]:
    """The grants under which ``allows`` let them in."""
    held: list[Grant] = request.grants  # type: ignore[attr-defined]  # set above
    return held


def grants_of(user: Any, capability: str, on: date | None = None) -> list[Grant]:
    """The grants, in force on the day, that carry the capability."""
    if not isinstance(user, User):
        return []
    rows = user.grants.filter(in_force(on or date.today()), role__in=roles_with(capability))
    return list(rows.select_related("organisation").order_by("pk"))


def area_of(grants: Iterable[Grant], on: date | None = None) -> set[int]:
    """The ids of the organisations of the grants and of all below them on the day, networks wholly inside included."""
    day = on or date.today()
    area = with_descendants({grant.organisation_id for grant in grants}, day)
    return area | networks_within(area, day)


def places_of(grants: Iterable[Grant], kind: Kind) -> "QuerySet[Organisation]":
    """Of the area of the grants, the organisations of the kind that are open; by name."""
    return Organisation.objects.filter(pk__in=area_of(grants), kind=kind, closed=None).order_by("name")


def actor(user: User, grant: Grant) -> Actor:
    """The user acting under one grant."""
    worker = getattr(user, "worker", None)  # a row of a room above this one, read through Django's own link
    return Actor(
        name=user.name,
        role=grant.role,
        user=user.pk,
        organisation=grant.organisation_id,
        organisation_code=grant.organisation.code,
        worker=worker.pk if worker else None,
    )


def fully_signed_in(request: HttpRequest) -> bool:
    """Signed in and, where the account must, with its second factor shown (see ``access.middleware``)."""
    return request.user.is_authenticated and not getattr(request, "second_factor_due", False)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """And back to the page asked for, or to the one that the form was on: the address of a POST may answer no GET."""
    here = request.get_full_path()
    return redirect_to_login(here if request.method == "GET" else request.headers.get("Referer", here))


def public_actor(request: HttpRequest) -> Actor:
    """Whoever it is: the signed-in account under no grant, or someone without an account."""
    return oneself(request.user) if isinstance(request.user, User) else ANYONE


def oneself(account: User) -> Actor:
    """The account under no grant."""
    return Actor(account.name, ACCOUNT, account.pk)
