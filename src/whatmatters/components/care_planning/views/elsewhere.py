"""Plans that others made with the person, beside their own; and taking an entry over from one of them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.elsewhere import entries
from whatmatters.components.care_planning.models import MadeElsewhere, Plan
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.rights import audience_of_role, hidden_from, lets_through
from whatmatters.components.care_planning.views.doors import around
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.models import Person


def _elsewhere(request: HttpRequest, person: Person) -> HttpResponse:
    """Newest first; of one that its source sent again with other words, the one made last. What the person keeps from
    carers is not shown to who acts for them."""
    plan = Plan.objects.filter(person=person).first()
    hidden = hidden_from(plan, audience_of_role(acting(request).role))
    found: dict[tuple[str, str], MadeElsewhere] = {}
    for made in MadeElsewhere.objects.filter(person=person).prefetch_related("taken_over__version"):
        found.setdefault((made.place, made.reference or str(made.uuid)), made)
    shown = [
        (
            made,
            [one for one in entries(made) if lets_through(hidden, one.part)],
            {one.item: one for one in made.taken_over.all() if one.version.state == State.DRAFT},
        )
        for made in found.values()
    ]
    return render(request, "care_planning/elsewhere.jinja", {**around(request, person), "shown": shown})


@about_person("write a plan", "took over from a plan made elsewhere")
@require_POST
def take_over(request: HttpRequest, person: Person, made: UUID) -> HttpResponse:
    found = get_object_or_404(MadeElsewhere.objects.select_related("person"), person=person, uuid=made)
    try:
        with transaction.atomic():
            actions.take_over(made=found, item=request.POST.get("item", ""), by=acting(request))
        messages.success(
            request, "Taken over into the draft: read it with the person, and change what they say differently"
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("plan-elsewhere", person=person.uuid)


elsewhere = about_person("see a plan", "saw the plans made elsewhere")(_elsewhere)
my_elsewhere = about_me("see my record", "saw the plans made elsewhere", scope="may_see_plan")(_elsewhere)
