"""The link worker's desk, and the referrals on it that are not matched to a person yet."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.matching import alike, candidates, with_case
from whatmatters.components.social_prescribing.acts import now
from whatmatters.components.social_prescribing.desk import in_scope, laid_out, open_referrals
from whatmatters.components.social_prescribing.forms_case import MatchForm
from whatmatters.components.social_prescribing.marks import mark
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.components.social_prescribing.views.case import act_page
from whatmatters.people.gate import acting, people_of
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

SHOWN = 50  # of each list, until one asks for all of it


@allows("work referrals")
@transaction.atomic
def referral_desk(request: HttpRequest) -> HttpResponse:
    by, today = acting(request), date.today()
    rows = list(open_referrals(granted(request), today))
    mine = [row for row in rows if row.owner_id is None or row.owner_id == by.worker]
    everyone = request.GET.get("whose") == "all"
    mark(rows, today)
    audit.record("opened the referral desk", by=by, detail={"referrals": len(rows)})
    context = {
        "lists": laid_out(rows if everyone else mine, today),
        "everyone": everyone,
        "counts": {"mine": len(mine), "all": len(rows)},
        "whole": request.GET.get("whole", ""),
        "shown": SHOWN,
    }
    return render(request, "social_prescribing/desk.jinja", context)


@allows("work referrals")
@transaction.atomic
def unmatched(request: HttpRequest, referral: UUID) -> HttpResponse:
    """What the form said, who it may be, and the choice between them."""
    audit.record("opened a referral that is not matched yet", by=acting(request))
    row = unmatched_row(request, referral)
    people = people_of(granted(request))
    likely = candidates(row.given, people)
    form = bound(MatchForm, request, likely=[person for person, _ in likely])
    if form.is_valid():
        person = form.chosen(people)
        if person is None:
            form.add_error("nhs_number", "Nobody on the lists you look after has this NHS number")
        elif attempt(form, actions.match, referral=row, person=person, by=acting(request)):
            row.refresh_from_db()
            joined = row.status == Status.JOINED
            messages.success(request, "Joined to the person's open case" if joined else "Matched to this person")
            return redirect("case", person.uuid, row.uuid)
    context = {
        "row": row,
        "likely": likely,
        "with_case": with_case(person for person, _ in likely),
        "alike": alike(row, in_scope(granted(request), date.today())),
        "acts": now(row.status),
    }
    return page_with(request, "social_prescribing/unmatched.jinja", form, context)


@allows("work referrals")
@transaction.atomic
def unmatched_act(request: HttpRequest, referral: UUID, name: str) -> HttpResponse:
    """Declined or passed on without anyone having been matched."""
    audit.record("opened a referral that is not matched yet", by=acting(request))
    row = unmatched_row(request, referral)
    return act_page(request, row, name, back=redirect("referral-desk"))


def unmatched_row(request: HttpRequest, referral: UUID) -> Referral:
    scope = in_scope(granted(request), date.today())
    row = get_object_or_404(Referral.objects.select_related("given", "practice", "taken_by"), scope, uuid=referral)
    if row.status != Status.UNMATCHED:
        raise Http404("This referral has been dealt with")
    return row
