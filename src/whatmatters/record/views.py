"""The first page, a person's page for staff, and the person's own pages. Each composes what the components show."""

from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access.gate import fully_signed_in, grants_of, public
from whatmatters.components.care_planning import panel as care_planning
from whatmatters.components.shared_decision_making import panel as shared_decision_making
from whatmatters.components.social_prescribing import panel as social_prescribing
from whatmatters.components.social_prescribing.actions import seen
from whatmatters.components.social_prescribing.hiding import audience_of, withheld_events
from whatmatters.components.social_prescribing.models import Told
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import about_me, about_person, acting, mine, people_of, scopes_of
from whatmatters.people.models import Person
from whatmatters.people.written import SEES, address_fails, of_people
from whatmatters.record.happened import happened
from whatmatters.record.looked import looked


@public
def home(request: HttpRequest) -> HttpResponse:
    """For anyone: what this is. For staff: their work. For the person and who acts for them: their pages."""
    if not fully_signed_in(request):
        return render(request, "record/front.jinja")
    theirs = list(mine(request.user))
    capabilities = [
        name
        for name in (
            "find people",
            "work referrals",
            "watch referrals",
            "take down a referral",
            "write a plan",
            "see shared plans",
            "open in an emergency",
            "see the audit",
        )
        if grants_of(request.user, name)
    ]
    staff = bool(capabilities) or request.user.grants.exists()  # type: ignore[union-attr]  # signed in
    if len(theirs) == 1 and not staff:
        return redirect("portal", person=theirs[0].uuid)
    looking = people_of(grants_of(request.user, SEES)) if "find people" in capabilities else Person.objects.none()
    context = {"theirs": theirs, "staff": staff, "may": capabilities, "lost_letters": of_people(looking).count()}
    return render(request, "record/work.jinja", context)


@about_person("see a person", "saw the person's page")
def person(request: HttpRequest, person: Person) -> HttpResponse:
    today = date.today()
    context = {
        "person": person,
        "care_planning": care_planning.panel(person),
        "shared_decision_making": shared_decision_making.panel(person),
        "social_prescribing": social_prescribing.panel(person, request.user),  # type: ignore[arg-type]  # signed in
        "carers": list(person.carers.filter(in_force(today))),
        "representatives": list(person.representatives.filter(in_force(today)).select_related("account")),
        "email_fails": address_fails(person),
        "registrations": list(person.registrations.select_related("practice").order_by("-start")[:5]),
        "happened": happened(person, without=withheld_events(person, audience_of(request.user, person))),  # type: ignore[arg-type]  # signed in
    }
    return render(request, "record/person.jinja", context)


@about_me("see my record", "saw the person's own pages")
def portal(request: HttpRequest, person: Person) -> HttpResponse:
    """Who acts for someone sees the parts that their scopes allow; the person sees all, and who looked."""
    scopes = scopes_of(request.user, person)
    own = person.account_id == request.user.pk
    today = date.today()
    context = {
        "person": person,
        "own": own,
        "whose": "my" if own else f"{person.called}’s",
        "scopes": scopes,
        "shared_decision_making": shared_decision_making.panel(person) if "may_see_plan" in scopes else None,
        "care_planning": care_planning.panel(person, acting(request).role) if "may_see_plan" in scopes else None,
        "social_prescribing": social_prescribing.mine(person, request.user),  # type: ignore[arg-type]  # signed in
        "looked": looked(person, 20)[:5] if own else [],
        "carers": list(person.carers.filter(in_force(today))) if own else [],
        "representatives": list(person.representatives.filter(in_force(today)).select_related("account")),
    }
    page = render(request, "record/portal.jinja", context)
    if "may_see_referrals" in scopes:
        seen(referrals=Q(person=person), to=Told.PERSON)
    return page


@about_me("see my record", "saw who looked at the record")
def who_looked(request: HttpRequest, person: Person) -> HttpResponse:
    """For the person alone: whoever acts for them may be among those one wants to know of."""
    if person.account_id != request.user.pk:
        return redirect("portal", person=person.uuid)
    return render(request, "record/looked.jinja", {"person": person, "looked": looked(person, 500)})
