"""The plan as it is read: on a page, in an earlier version, on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.comparing import differences
from whatmatters.components.care_planning.completeness import completeness
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.criteria import criteria
from whatmatters.components.care_planning.kinds import more
from whatmatters.components.care_planning.lines import lines
from whatmatters.components.care_planning.models import MadeElsewhere, Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.progress import words as in_words
from whatmatters.components.care_planning.rights import OF_NONE, audience_of_role, hidden_from, lets_through
from whatmatters.components.care_planning.said import conditions, needs, rest
from whatmatters.components.care_planning.shown import without
from whatmatters.components.care_planning.standard import section
from whatmatters.components.care_planning.standing import standing
from whatmatters.components.care_planning.views.doors import around, home_of
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.models import Person


def read(version: Version, audience: str = "", beside: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the template of one version asks; without what is hidden from the audience (``rights``). ``beside``: the
    same of another version of the plan, whose progress it shares."""
    hidden = beside["hidden"] if beside else hidden_from(version.plan, audience)
    contents = contents_of(version, beside["contents"] if beside else None)
    plans = contents.items.get("contingency", ())
    told = standing(version, audience=audience, hidden=hidden, contingency=plans)
    seen = without(contents, hidden)
    return {
        "hidden": hidden,
        "contents": seen,
        "criteria": criteria(contents),
        "standing": told,
        "headings": HEADINGS,
        "in_words": in_words,
        "rest": rest(seen),
        "needs": needs(seen),
        "conditions": conditions(seen),
        "kinds": [more()[kind] for kind in version.kinds],
        "more_of": lambda name, row: list(lines(section(name, version.standard), row.more)),
    }


def _plan(request: HttpRequest, person: Person) -> HttpResponse:
    """The agreed plan, the draft beside it, and what became of them."""
    plan = Plan.objects.filter(person=person).select_related("person", "episode").first()
    versions = list(plan.versions.all()) if plan else []
    agreed = next((v for v in versions if v.state == State.AGREED), None)
    draft = next((v for v in versions if v.state == State.DRAFT), None)
    audience = audience_of_role(acting(request).role)
    now = read(agreed, audience) if agreed else None
    context = {
        **around(request, person),
        "home": home_of(request, person),
        "plan": plan,
        "versions": versions,
        "agreed": now,
        "draft": read(draft, audience, beside=now) if draft else None,
        "reviews": list(plan.reviews.all()) if plan else [],
        "asked": plan.requests.filter(answered=None).first() if plan else None,
        "words_of_reviews": lets_through(now["hidden"] if now else hidden_from(plan, audience), OF_NONE),
        "elsewhere": MadeElsewhere.objects.filter(person=person).exists(),
    }
    return render(request, "care_planning/plan.jinja", context)


def _version(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    version = get_object_or_404(Version, plan__person=person, number=number)
    audience = audience_of_role(acting(request).role)
    return render(request, "care_planning/version.jinja", {**around(request, person), **read(version, audience)})


def _changes(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """What a version says that the one before it did not, and the other way round."""
    versions = Version.objects.filter(plan__person=person).select_related("plan__person")
    after = get_object_or_404(versions, number=number)
    before = versions.filter(number__lt=number).order_by("-number").first()
    hidden = hidden_from(after.plan, audience_of_role(acting(request).role))
    then, now = (without(contents_of(one), hidden) if one else None for one in (before, after))
    found = differences(then, now) if now else []
    context = {**around(request, person), "before": before, "after": after, "changes": found}
    return render(request, "care_planning/changes.jinja", context)


def _complete(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """How much of the information standard a version holds."""
    version = get_object_or_404(Version.objects.select_related("plan__person"), plan__person=person, number=number)
    context = {**around(request, person), "version": version, "complete": completeness(contents_of(version))}
    return render(request, "care_planning/complete.jinja", context)


SEE = "may_see_plan"
plan = about_person("see a plan", "saw the plan")(_plan)
version = about_person("see a plan", "saw a version of the plan")(_version)
changes = about_person("see a plan", "compared versions of the plan")(_changes)
complete = about_person("see a plan", "saw how complete the plan is")(_complete)
my_changes = about_me("see my record", "compared versions of the plan", scope=SEE)(_changes)
my_plan = about_me("see my record", "saw the plan", scope=SEE)(_plan)
my_version = about_me("see my record", "saw a version of the plan", scope=SEE)(_version)
