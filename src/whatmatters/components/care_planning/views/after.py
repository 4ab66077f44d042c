"""The agreement, and what follows it: sharing, reviewing, asking; and the answer no."""

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import stamp
from whatmatters.components.care_planning.forms import AgreeForm, AskForm, DeclineForm, OfferForm, ReviewForm, ShareForm
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.views.doors import address, around, newest
from whatmatters.components.care_planning.views.reading import read
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import CONFLICT, Act, attempt, small_page
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with


@about_person("write a plan", "opened the agreement")
def agree(request: HttpRequest, person: Person) -> HttpResponse:
    """The whole draft is shown above the form: one agrees to what one sees, and to nothing put in meanwhile."""
    version = newest(person)
    if request.method != "POST" and not version.is_draft:
        return redirect("plan", person=person.uuid)
    shown = read(version)
    now = stamp(shown["contents"])
    form = bound(AgreeForm, request, initial={"seen": now, "agreed_by": person.full_name, "agreed_role": "person"})
    context = {**around(request, person), **shown, "form": form}
    if form.is_valid():
        try:
            if attempt(form, actions.agree, version=version, by=acting(request), **form.cleaned_data):
                messages.success(request, "The plan is agreed")
                return redirect("plan", person=person.uuid)
        except Stale:
            form.data = {**form.data.dict(), "seen": now}  # type: ignore[attr-defined]  # a QueryDict, on a POST
            return render(request, "care_planning/agree.jinja", {**context, "changed": True}, status=CONFLICT)
    return page_with(request, "care_planning/agree.jinja", form, context)


def _small(request: HttpRequest, person: Person, form: type[Form], act: Act, **words: str) -> HttpResponse:
    return small_page(request, person, bound(form, request), act, back=address(request, person), **words)


@about_person("write a plan", "opened the sharing of the plan")
def share(request: HttpRequest, person: Person) -> HttpResponse:
    versions = Version.objects.select_related("plan__person", "plan__episode")
    version = get_object_or_404(versions, plan__person=person, state=State.AGREED)
    words = {"title": "Record that the plan was shared", "button": "Save", "done": "The share is recorded"}
    return _small(request, person, ShareForm, partial(actions.share, version=version), **words)


@about_person("write a plan", "opened the review of the plan")
def review(request: HttpRequest, person: Person) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.select_related("person", "episode"), person=person)
    words = {"title": "Record a review", "button": "Save the review", "done": "The review is recorded"}
    return _small(request, person, ReviewForm, partial(actions.review, plan=plan), **words)


def _ask(request: HttpRequest, person: Person) -> HttpResponse:
    plan = get_object_or_404(Plan, person=person)
    words = {"title": "Ask to look at the plan again", "button": "Ask", "done": "The team will see that you asked"}
    return _small(request, person, AskForm, partial(actions.ask_for_review, plan=plan), **words)


@about_person("write a plan", "opened the offer of a plan")
def offer(request: HttpRequest, person: Person) -> HttpResponse:
    """That they were asked; what they say may come later: a plan begun, or a no."""
    done = "The offer is recorded. Begin the plan with them, or record what they say"
    act = partial(actions.offer, person=person)
    return _small(request, person, OfferForm, act, title="A plan was offered", button="Save", done=done)


@about_person("write a plan", "opened the page for a plan declined")
def decline(request: HttpRequest, person: Person) -> HttpResponse:
    words = {"title": "The person does not want a plan", "button": "Save", "done": "Saved. A plan can be begun later"}
    return _small(request, person, DeclineForm, partial(actions.record_declined, person=person), **words)


ask = about_person("write a plan", "opened the page to ask for a review")(_ask)
my_ask = about_me("change my plan", "opened the page to ask for a review", scope="may_see_plan")(_ask)
