"""The plan as it is read: on a page, in an earlier version, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.actions.reviewing import due_of
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.criteria import criteria
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.progress import words as in_words
from whatmatters.components.care_planning.rights import audience_of_role, hidden_from
from whatmatters.components.care_planning.shown import without
from whatmatters.components.care_planning.standing import standing
from whatmatters.components.care_planning.views.doors import around
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.models import Person


def read(version: Version, audience: str = "") -> dict[str, Any]:
    """What the template of one version asks; without what is hidden from the audience (``rights``)."""
    hidden = hidden_from(version.plan, audience)
    contents = contents_of(version)
    told = standing(version, audience=audience, hidden=hidden)
    return {
        "contents": without(contents, hidden), "criteria": criteria(contents), "standing": told,
        "headings": HEADINGS, "in_words": in_words,
    }  # fmt: skip


def _plan(request: HttpRequest, person: Person) -> HttpResponse:
    """The agreed plan, the draft beside it, and what became of them."""
    plan = Plan.objects.filter(person=person).select_related("person", "episode").first()
    versions = list(plan.versions.all()) if plan else []
    agreed = next((v for v in versions if v.state == State.AGREED), None)
    draft = next((v for v in versions if v.state == State.DRAFT), None)
    audience = audience_of_role(acting(request).role)
    context = {
        **around(request, person),
        "plan": plan,
        "versions": versions,
        "agreed": read(agreed, audience) if agreed else None,
        "draft": read(draft, audience) if draft else None,
        "due": due_of(agreed) if agreed else None,
        "reviews": list(plan.reviews.all()) if plan else [],
        "asked": plan.requests.filter(answered=None).first() if plan else None,
    }
    return render(request, "care_planning/plan.jinja", context)


def _version(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    version = get_object_or_404(Version, plan__person=person, number=number)
    audience = audience_of_role(acting(request).role)
    return render(request, "care_planning/version.jinja", {**around(request, person), **read(version, audience)})


SEE = "may_see_plan"
plan = about_person("see a plan", "saw the plan")(_plan)
version = about_person("see a plan", "saw a version of the plan")(_version)
my_plan = about_me("see my record", "saw the plan", scope=SEE)(_plan)
my_version = about_me("see my record", "saw a version of the plan", scope=SEE)(_version)
