"""May you see this person? Staff: where they work and the person is registered. The person, and who acts for them.

A person whom the asker may not see is "not found": that they exist is itself personal.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.gate import Rule, View, actor, area_of, declare, fully_signed_in, grants_of, to_sign_in
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import PERSON, REPRESENTATIVE, roles_with
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.models import SCOPES, Person, Registration, Representative


def people_of(grants: list[Grant], on: date | None = None) -> QuerySet[Person]:
    """The people registered on the day at the organisations of the grants or below them."""
    day = on or date.today()
    # EXISTS: whoever is looked for by number or name is probed alone, instead of listing everyone registered first.
    here = Registration.objects.filter(in_force(day), practice__in=area_of(grants, day), person=OuterRef("pk"))
    return Person.objects.filter(Exists(here))


def grant_for(user: User | AnonymousUser, person: Person, capability: str) -> Grant | None:
    """The nearest grant under which the user may do this for the person: climbs from their practice, then stops."""
    day = date.today()
    held = grants_of(user, capability, day)
    if not held:
        return None
    lists = person.registrations.filter(in_force(day)).values_list("practice", flat=True)
    for level in levels_up(lists, day):
        if grant := next((g for g in held if g.organisation_id in level), None):
            return grant
    return None


Kept = Callable[[User | AnonymousUser, Person], Grant | None]


def about_person(capability: str, act: str, kept: Kept | None = None) -> Callable[[View], View]:
    """For staff who hold the capability where the person is registered. The route has ``<uuid:person>``.

    The view gets the Person, and ``request.actor``. ``act`` is what the audit will say was done. ``kept`` may give a
    grant by which a room of its own keeps sight of a person whom no list leads to.
    """
    roles_with(capability)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, person: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            if not fully_signed_in(request):
                return to_sign_in(request)
            found = Person.objects.filter(uuid=person).first()
            grant = grant_for(request.user, found, capability) if found else None
            if found and kept and grant is None:
                grant = kept(request.user, found)
            if found is None or grant is None:
                raise Http404("No such person among those you look after")
            request.actor = actor(request.user, grant)  # type: ignore[attr-defined,arg-type]  # signed in
            return audited(request, act, found, partial(view, request, found, *args, **kwargs))

        return declare(guarded, Rule("person", capability))

    return wrap


def audited(request: HttpRequest, act: str, person: Person, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The view's answer and its audit entry: together or not at all.

    A page that is only read is drawn before its entry is written, and shown only after: the chain has one end, and
    whoever adds to it would hold up everyone else for as long as a page takes to draw.
    """
    with nullcontext() if request.method in ("GET", "HEAD") else transaction.atomic():
        answered = answer()
        with transaction.atomic():
            audit.record(act, by=acting(request), person=person.pk)
    return answered


def acting(request: HttpRequest) -> Actor:
    """Whom the gate let in: what a view hands to an action as ``by``."""
    who: Actor = request.actor  # type: ignore[attr-defined]  # set by the gates
    return who


def about_me(capability: str, act: str, scope: str = "") -> Callable[[View], View]:
    """For the person, or a representative in force who holds the scope. The route has ``<uuid:person>``."""
    roles_with(capability)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, person: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            if not fully_signed_in(request):
                return to_sign_in(request)
            found = mine(request.user, scope).filter(uuid=person).first()
            if found is None:
                raise Http404("No such person among those you may act for")
            role = PERSON if found.account_id == request.user.pk else REPRESENTATIVE
            if role not in roles_with(capability):
                raise PermissionDenied
            request.actor = Actor(request.user.name, role, request.user.pk)  # type: ignore[attr-defined,union-attr]  # signed in
            return audited(request, act, found, partial(view, request, found, *args, **kwargs))

        return declare(guarded, Rule("self", capability, scope))

    return wrap


def mine(user: Any, scope: str = "") -> QuerySet[Person]:
    """The person whose account this is, and those whom it represents today, with the scope where one is asked."""
    acting = Q(representatives__account=user) & Q(representatives__in=_in_force(scope))
    return Person.objects.filter(Q(account=user) | acting).distinct()


def _in_force(scope: str) -> QuerySet[Any]:
    return Representative.objects.filter(in_force(date.today()), **({scope: True} if scope else {}))


def scopes_of(user: Any, person: Person) -> frozenset[str]:
    """What the account may see of this person in the portal: everything of its own, else what its ties give today."""
    if person.account_id is not None and person.account_id == user.pk:
        return frozenset(SCOPES)
    ties = person.representatives.filter(in_force(date.today()), account=user)
    return frozenset(scope for tie in ties for scope in SCOPES if getattr(tie, scope))
