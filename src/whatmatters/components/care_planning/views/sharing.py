"""Who can see what: told plainly to the person and to staff; access given and ended, parts kept from some."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.components.care_planning.actions.giving import end_access, give_access, hide
from whatmatters.components.care_planning.forms_sharing import AccessForm, PartForm
from whatmatters.components.care_planning.models import Access, Copy, FileGiven, Plan, Share, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.parts import PARTS, READERS
from whatmatters.components.care_planning.rights import hidden_from, kept
from whatmatters.components.care_planning.views.doors import address, around, own
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import about_me, about_person, acting, grant_for
from whatmatters.people.mending import small_page
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound

Kind = Share.Kind
LATEST = 20


def _sharing(request: HttpRequest, person: Person) -> HttpResponse:
    plan = _plan(person)
    wishes = kept(plan)
    today = date.today()
    accesses = plan.accesses.select_related("share__version", "organisation", "ended").order_by("-pk")
    rows = [{"row": row, "hidden": _left_out(plan, row), "state": _state(row, today)} for row in accesses]
    copies = Copy.objects.filter(version__plan=plan).select_related("version").order_by("-pk")[:LATEST]
    context = {
        **around(request, person),
        "may_end": own(request) or bool(grant_for(request.user, person, DECIDE)),
        "may_add": not own(request) and not person.died and plan.versions.filter(state=State.AGREED).exists(),
        "current": [row for row in rows if row["state"] == "now"],
        "over": [row for row in rows if row["state"] != "now"],
        "parts": [(part, [kind for kind in READERS if part.name in wishes.get(kind, ())]) for part in PARTS.values()],
        "copies": copies,
        "files": FileGiven.objects.filter(share__version__plan=plan).select_related("share__version").order_by("-pk"),
        "emergencies": person.emergencies.select_related("organisation", "looked_into").order_by("-at")[:LATEST],
        "representatives": person.representatives.filter(in_force(today), may_see_plan=True).select_related("account"),
        "carers_miss": [PARTS[name] for name in PARTS if name in hidden_from(plan, Kind.CARER)],
    }
    return render(request, "care_planning/sharing.jinja", context)


def _plan(person: Person) -> Plan:
    return get_object_or_404(Plan.objects.select_related("person", "episode"), person=person)


def _left_out(plan: Plan, access: Access) -> list[str]:
    hidden = hidden_from(plan, access.share.kind, only=access.parts)
    return [part.title for part in PARTS.values() if part.name in hidden]


def _state(access: Access, today: date) -> str:
    if hasattr(access, "ended"):
        return "ended"
    if access.until < today:
        return "past"
    return "used" if access.digest and access.openings.count() >= access.opens else "now"


def _part(request: HttpRequest, person: Person, part: str) -> HttpResponse:
    """From which kinds of reader this part is kept."""
    plan = _plan(person)
    if part not in PARTS:
        raise Http404("The plan has no such part")
    now = [kind for kind, parts in kept(plan).items() if part in parts]
    form = bound(PartForm, request, part=PARTS[part], initial={"audiences": now})
    words = {"title": f"Who may see: {PARTS[part].title}", "button": "Save", "done": "Saved: it holds from now on"}
    act = partial(hide, plan=plan, part=part)
    return small_page(request, person, form, act, back=address(request, person, "sharing"), **words)


@require_POST
def _end(request: HttpRequest, person: Person, access: UUID) -> HttpResponse:
    found = get_object_or_404(Access.objects.select_related("plan"), plan__person=person, uuid=access)
    end_access(access=found, by=acting(request))
    messages.success(request, "Ended: they can open the plan no more")
    return redirect(address(request, person, "sharing"))


@about_person("write a plan", "opened the sharing of the plan")
def add_access(request: HttpRequest, person: Person) -> HttpResponse:
    """For the version on the page: where another was agreed meanwhile, one looks at that first."""
    versions = Version.objects.select_related("plan__person", "plan__episode")
    version = get_object_or_404(versions, plan__person=person, state=State.AGREED)

    def act(*, seen: int, **facts: Any) -> Any:
        if seen != version.number:
            raise Stale("Another version was agreed since the page was opened")
        return give_access(version=version, **facts)

    form = bound(AccessForm, request, initial={"seen": version.number})
    words = {"title": "Let someone read the plan", "button": "Give access", "done": "They can read the plan now"}
    return small_page(request, person, form, act, back=address(request, person, "sharing"), **words)


DECIDE, MINE = "write a plan", "decide what is shown"
sharing = about_person("see a plan", "saw who can see the plan")(_sharing)
part = about_person(DECIDE, "opened who may see a part of the plan")(_part)
end = about_person(DECIDE, "opened the access to the plan")(_end)
my_sharing = about_me(MINE, "saw who can see the plan", scope="may_see_plan")(_sharing)
my_part = about_me(MINE, "opened who may see a part of the plan", scope="may_see_plan")(_part)
my_end = about_me(MINE, "opened the access to the plan", scope="may_see_plan")(_end)
