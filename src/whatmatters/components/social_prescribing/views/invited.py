"""Letters of invitation to print, and the page to which their private links lead."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted, public
from whatmatters.components.social_prescribing.actions import invited_answering as answering
from whatmatters.components.social_prescribing.forms_offer import AnswerInvitationForm
from whatmatters.components.social_prescribing.models import By, Invitation, Standing
from whatmatters.components.social_prescribing.views.proactive import offers_for
from whatmatters.letters import address
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import acting, people_of
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

GUESSED, GONE = 404, 410


@allows("invite people")
@transaction.atomic
def letters(request: HttpRequest, offer: UUID) -> HttpResponse:
    """One page of paper for each invitation by letter that waits for an answer; the latest of each person."""
    today = date.today()
    row = get_object_or_404(offers_for(granted(request), today), uuid=offer)
    rows = Invitation.objects.filter(
        listed__offer=row, listed__person__in=people_of(granted(request)).values("pk"), how=By.LETTER
    ).select_related("listed__person")
    latest = {one.listed_id: one for one in rows if answering.good(one)}
    audit.record("printed letters of invitation", by=acting(request), detail={"offer": row.pk, "letters": len(latest)})
    written = [_letter(one, today) for one in latest.values()] if row.standing == Standing.AGREED else []
    context = {"row": row, "letters": written, "large": request.GET.get("size") == "large"}
    return render(request, "social_prescribing/invitation_letters.jinja", context)


def _letter(invitation: Invitation, today: date) -> dict[str, Any]:
    person = invitation.listed.person
    lines = [*person.address.splitlines(), person.postcode]
    listed = person.registrations.filter(in_force(today)).select_related("practice").first()
    return {
        "person": person,
        "lines": [line for line in lines if line],
        "practice": listed.practice.name if listed else "",
        "link": address.of("offer-invitation", answering.word_of(invitation)),
        "until": invitation.on + answering.GOOD_FOR,
    }


@public
@cache_control(no_store=True)
@transaction.atomic
def invitation(request: HttpRequest, word: str) -> HttpResponse:
    """What is offered, and yes or no. It names nobody."""
    found = answering.invited_by(word)
    if found is None or not answering.good(found):
        status = GONE if found else GUESSED
        return render(request, "social_prescribing/invitation_gone.jinja", {"known": found}, status=status)
    form = bound(AnswerInvitationForm, request)
    if form.is_valid():
        done = attempt(form, answering.answer_invitation, invitation=found, **form.facts())
        if done:
            return render(request, "social_prescribing/invitation_thanks.jinja", {"answer": form.facts()["answer"]})
    audit.record("opened an invitation by its link", by=answering.BY_LINK, person=found.listed.person_id)
    return page_with(request, "social_prescribing/invitation.jinja", form, {"offer": found.listed.offer})
