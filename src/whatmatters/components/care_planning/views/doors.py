"""One set of pages, two doors: staff at /people/…/plan/, the person and who acts for them at /my/…/plan/.

Each page is one function behind two gates; which door it was is told by who came through it.
"""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from whatmatters.access.gate import View
from whatmatters.access.roles import PERSON, REPRESENTATIVE
from whatmatters.components.care_planning.models import Plan, Share, Version
from whatmatters.components.care_planning.rights import kept
from whatmatters.organisations.models import Organisation
from whatmatters.people.gate import acting, scopes_of
from whatmatters.people.models import Person
from whatmatters.people.search import has_namesake
from whatmatters.web import errors
from whatmatters.web.forms import UNPROCESSABLE


def own(request: HttpRequest) -> bool:
    """Whether it is the person or their representative who reads."""
    return acting(request).role in (PERSON, REPRESENTATIVE)


def door(request: HttpRequest) -> str:
    """What the names of the routes begin with."""
    return "my-plan" if own(request) else "plan"


def address(request: HttpRequest, person: Person, page: str = "", *more: Any) -> str:
    """Where a page of this plan is, on the reader's side of the door."""
    return reverse(f"{door(request)}{page and '-'}{page}", args=(person.uuid, *more))


def around(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What every template of a plan asks: about whom, from which door, and whether the reader may write."""
    may_write = not own(request) or "may_change_plan" in scopes_of(request.user, person)
    if may_write and acting(request).role == REPRESENTATIVE:
        may_write = not kept_from_carers(person)
    told = {"person": person, "door": door(request), "own": own(request), "may_write": may_write}
    return told if own(request) else {**told, "namesake": has_namesake(person)}


def home_of(request: HttpRequest, person: Person) -> Organisation | None:
    """For staff, the care home where the person lives: they may have come from the round there."""
    stay = None if own(request) else person.residences.filter(end=None).select_related("home").first()
    return stay.home if stay else None


def whole(view: View) -> View:
    """Who is not shown all of a plan may not write in it: what they do not see they would write over."""

    @wraps(view)
    def guarded(request: HttpRequest, person: Person, *args: Any, **kwargs: Any) -> HttpResponse:
        if acting(request).role == REPRESENTATIVE and kept_from_carers(person):
            return errors.page(
                request, 403, "Change this plan together with the team", "Nothing was changed.",
                f"Ring the practice: someone will write it with {person.called} and with you.",
            )  # fmt: skip
        return view(request, person, *args, **kwargs)

    return guarded


def kept_from_carers(person: Person) -> frozenset[str]:
    """What the person keeps from family and carers; not what is for professionals alone, which has no page here."""
    return kept(Plan.objects.filter(person=person).first()).get(Share.Kind.CARER, frozenset())


def newest(person: Person) -> Version:
    """The draft where there is one, else the agreed version. Writing to that is refused by the actions, in words."""
    versions = Version.objects.filter(plan__person=person).select_related("plan__person", "plan__episode")
    return get_object_or_404(versions.order_by("-number")[:1])


def status_of(request: HttpRequest, *, more: bool, amiss: bool) -> int:
    """Of a page that comes back with its form. The page's own script (``web/keep.js``) is refused when only another row
    is asked for: it then sends the form as a browser does, and gets the page."""
    if more:
        return UNPROCESSABLE if request.headers.get("Accept") == "application/json" else 200
    return UNPROCESSABLE if amiss else 200


def went_on(request: HttpRequest, to: HttpResponse) -> HttpResponse:
    """The redirect after something was saved; or, to the page's own script (``web/keep.js``), where it leads."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"saved": True, "to": to["Location"]})
    return to
