"""Someone referred who is not on file yet; and which priority groups a case falls in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted, places_of
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.service import groups_of
from whatmatters.components.social_prescribing.forms_door import PrioritiesForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Given, Referral
from whatmatters.components.social_prescribing.views.desk import unmatched_row
from whatmatters.organisations.choosing import said
from whatmatters.organisations.models import Kind
from whatmatters.people.forms import RegisterForm
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt, attempt_as_seen
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with


class ReferredForm(RegisterForm):
    """Whether the NHS number is taken, the action says: it knows of those who are on file and on no list."""

    def validate_unique(self) -> None:
        pass


@allows("work referrals")
@transaction.atomic
def register(request: HttpRequest, referral: UUID) -> HttpResponse:
    """The registering form, filled in with what was given; saving it matches the referral too."""
    audit.record("opened a referral that is not matched yet", by=acting(request))
    row = unmatched_row(request, referral)
    given, practices = prefilled(row.given), places_of(granted(request), Kind.PRACTICE)
    first = {**given, "practice": said(row.practice), "start": date.today()}
    form = bound(ReferredForm, request, instance=Person(**given), practices=practices, initial=first)
    if form.is_valid():
        facts = {**form.details(), "practice": form.cleaned_data["practice"], "start": form.cleaned_data["start"]}
        if person := attempt(form, actions.register_and_match, referral=row, by=acting(request), **facts):
            messages.success(request, "On file, and the referral is theirs")
            row.refresh_from_db()
            return redirect("case", person.uuid, row.uuid)
    return page_with(request, "social_prescribing/register.jinja", form, {"row": row})


def prefilled(given: Given) -> dict[str, Any]:
    """What was written, in the boxes of the form: the last word of the name is taken for the family name."""
    *first, last = given.name.split() or [""]
    return {
        "given_name": " ".join(first)[:35], "family_name": last[:35], "born": given.born, "postcode": given.postcode,
        "nhs_number": given.nhs_number or None, "phone": given.phone, "email": given.email,
    }  # fmt: skip


@about_case("opened the priority groups of a case")
def priorities(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = get_object_or_404(Referral, person=person, uuid=referral)
    groups = groups_of(row)
    chosen = list(row.priorities.values_list("group__uuid", flat=True))
    form = bound(PrioritiesForm, request, groups=groups, initial={"groups": chosen, "revision": row.revision})
    if form.is_valid() and attempt_as_seen(
        form, actions.set_priorities, referral=row, by=acting(request), **form.cleaned_data
    ):
        messages.success(request, "Saved")
        return redirect("case", person.uuid, row.uuid)
    context = {"person": person, "row": row, "groups": list(groups)}
    return page_with(request, "social_prescribing/priorities.jinja", form, context)
