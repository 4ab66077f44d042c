"""The person's own word on a community group: whether they still want it, whether they went, whether it helped."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.outcomes import BY_GROUP
from whatmatters.components.social_prescribing.forms_groups import OutcomeForm
from whatmatters.components.social_prescribing.models import Answer, Barrier, Connection, Enquiry, Helped, Went
from whatmatters.components.social_prescribing.views.groups import outcome
from whatmatters.people.gate import about_me, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with

TELL = "tell what came of it"


@about_me(TELL, "opened what a community group was asked", scope="may_see_referrals")
def tell(request: HttpRequest, person: Person, connection: UUID) -> HttpResponse:
    """Did you go, did it help? What the group said of it does not count against the person's own word."""
    of_person = Connection.objects.select_related("referral", "group").filter(referral__person=person)
    link = get_object_or_404(of_person, uuid=connection)
    if link.helped != Helped.NOT_KNOWN and link.helped_told != BY_GROUP:
        raise Http404("Nothing is left to ask of this group")
    form = bound(OutcomeForm, request, who="person", went=link.went == Went.WENT)
    if form.is_valid() and attempt(form, outcome, connection=link, by=acting(request), **form.facts()):
        messages.success(request, "Thank you. Your link worker can read this")
        return redirect("portal", person.uuid)
    return page_with(request, "social_prescribing/my_group.jinja", form, {"person": person, "link": link})


@about_me(TELL, "opened what a community group was asked", scope="may_see_referrals")
def rather_not(request: HttpRequest, person: Person, enquiry: UUID) -> HttpResponse:
    """A group has been asked, and the person would rather not."""
    rows = Enquiry.objects.select_related("group").filter(referral__person=person, answer=Answer.AWAITED)
    asked = get_object_or_404(rows, uuid=enquiry)
    form = bound(forms.Form, request)
    if form.is_valid() and attempt(
        form, actions.take_back, enquiry=asked, by=acting(request), why=Barrier.PERSON.value
    ):
        messages.success(request, "Taken back. Your link worker knows")
        return redirect("portal", person.uuid)
    return page_with(request, "social_prescribing/my_rather_not.jinja", form, {"person": person, "asked": asked})
