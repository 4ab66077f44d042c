"""The plan as it is read: on a page, in an earlier version, on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.actions.reviewing import due_of
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.criteria import criteria
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.progress import words as in_words
from whatmatters.components.care_planning.views.doors import around
from whatmatters.people.gate import about_me, about_person
from whatmatters.people.models import Person


def read(version: Version) -> dict[str, Any]:
    """What the template of one version asks."""
    contents = contents_of(version)
    return {"contents": contents, "criteria": criteria(contents), "headings": HEADINGS, "in_words": in_words}


def _plan(request: HttpRequest, person: Person) -> HttpResponse:
    """The agreed plan, the draft beside it, and what became of them."""
    plan = Plan.objects.filter(person=person).select_related("person", "episode").first()
    versions = list(plan.versions.all()) if plan else []
    agreed = next((v for v in versions if v.state == State.AGREED), None)
    draft = next((v for v in versions if v.state == State.DRAFT), None)
    context = {
        **around(request, person),
        "plan": plan,
        "versions": versions,
        "agreed": read(agreed) if agreed else None,
        "draft": read(draft) if draft else None,
        "due": due_of(agreed) if agreed else None,
        "reviews": list(plan.reviews.all()) if plan else [],
        "asked": plan.requests.filter(answered=None).first() if plan else None,
    }
    return render(request, "care_planning/plan.jinja", context)


def _version(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    version = get_object_or_404(Version, plan__person=person, number=number)
    return render(request, "care_planning/version.jinja", {**around(request, person), **read(version)})


def _printed(request: HttpRequest, person: Person) -> HttpResponse:
    """The agreed plan on paper; the draft, and marked so, only where nothing is agreed."""
    versions = {version.state: version for version in Version.objects.filter(plan__person=person)}
    version = versions.get(State.AGREED) or versions.get(State.DRAFT)
    if version is None:
        raise Http404("Nothing to print yet")
    return render(request, "care_planning/print.jinja", {**around(request, person), **read(version)})


SEE = "may_see_plan"
plan = about_person("see a plan", "saw the plan")(_plan)
version = about_person("see a plan", "saw a version of the plan")(_version)
printed = about_person("see a plan", "printed the plan")(_printed)
my_plan = about_me("see my record", "saw the plan", scope=SEE)(_plan)
my_version = about_me("see my record", "saw a version of the plan", scope=SEE)(_version)
my_printed = about_me("see my record", "printed the plan", scope=SEE)(_printed)
