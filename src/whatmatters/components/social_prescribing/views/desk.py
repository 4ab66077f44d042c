"""The link worker's desk, and the referrals on it that are not matched to a person yet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.gate import allows, granted
from whatmatters.access.models import Grant
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.matching import alike, candidates, with_case
from whatmatters.components.social_prescribing.actions.visiting import THEN_ALL
from whatmatters.components.social_prescribing.acts import now
from whatmatters.components.social_prescribing.asked import for_owner
from whatmatters.components.social_prescribing.caseload import UNJUDGED, WEIGHTS
from whatmatters.components.social_prescribing.commonest import COMMONEST
from whatmatters.components.social_prescribing.desk import in_scope, laid_out, open_referrals
from whatmatters.components.social_prescribing.forms_case import MatchForm
from whatmatters.components.social_prescribing.marks import mark
from whatmatters.components.social_prescribing.models import CASE_OPEN, Handover, Question, Referral, Status, Visit
from whatmatters.components.social_prescribing.views.case import act_page
from whatmatters.people.gate import acting, people_of
from whatmatters.people.mending import attempt
from whatmatters.people.written import of_people
from whatmatters.web.forms import bound, page_with

SHOWN = 20  # of each list, until one asks for all of it
UNFOLDED, NOT_WORTH = 5, 2  # of these the first; a fold over one or two more would hide them for nothing
ANSWERS = timedelta(days=7)  # that long an answer from supervision stays on the desk


@allows("work referrals")
@transaction.atomic
def referral_desk(request: HttpRequest) -> HttpResponse:
    by, today = acting(request), date.today()
    mine = Q(owner=None) | Q(owner=by.worker)
    everyone = request.GET.get("whose") == "all"
    rows = list(open_referrals(granted(request), today, None if everyone else mine))
    mark(rows, today)
    own = [row for row in rows if row.owner_id in (None, by.worker)]
    held = [row for row in own if row.owner_id]
    audit.record("opened the referral desk", by=by, detail={"referrals": len(rows)})
    context = {
        "lists": laid_out(rows, today),
        "everyone": everyone,
        "counts": {"mine": len(own), "all": len(rows)},
        "held": len(held),
        "weighted": sum(WEIGHTS.get(row.complexity, UNJUDGED) for row in held),
        "whole": request.GET.get("whole", ""),
        "shown": SHOWN,
        "unfolded": unfolded,
        "commonest": COMMONEST,
        "groups": for_owner(by.worker, today),
        "lost_letters": of_people(people_of(granted(request))).count(),
        **news(granted(request), by, today),
    }
    return render(request, "social_prescribing/desk.jinja", context)


def unfolded(rows: list[Any]) -> list[Any]:
    """The first of a list, that every list can be seen on a phone."""
    return rows if len(rows) <= UNFOLDED + NOT_WORTH else rows[:UNFOLDED]


def news(grants: list[Grant], by: Actor, today: date) -> dict[str, Any]:
    """What stands above the lists: visits still out, cases handed over and not yet opened, answers to questions."""
    now = timezone.now()
    mine, named = Q(worker=by.worker), Q(colleague=by.worker)
    late = Visit.objects.filter(ended=None, back_by__lte=now - THEN_ALL).values_list("referral", flat=True)
    near = Q(back_by__lte=now - THEN_ALL, referral__in=_reached(grants, today, late))
    out = Visit.objects.filter(mine | named | near, ended=None).select_related("referral__person", "worker")
    handed = Handover.objects.filter(to=by.worker, seen=None, referral__owner=by.worker)
    some = handed.filter(referral__status__in=CASE_OPEN).select_related("referral__person", "was").order_by("on", "pk")
    latest = {one.referral_id: one for one in some}  # to and fro before it was opened: the last hand speaks
    answered = Question.objects.filter(worker=by.worker, answered__gte=now - ANSWERS)
    seen = answered.filter(referral__in=_reached(grants, today, answered.values_list("referral", flat=True)))
    visits = list(out)
    return {
        "out": [visit for visit in visits if visit.worker_id == by.worker],
        "overdue": [visit for visit in visits if visit.worker_id != by.worker and visit.back_by <= now],
        "watched": [visit for visit in visits if visit.worker_id != by.worker and visit.back_by > now],
        "handed": list(latest.values()),
        "answered": list(seen.select_related("referral__person")),
    }


def _reached(grants: list[Grant], today: date, some: Iterable[int]) -> list[int]:
    """Of some few referrals (ids) those of this desk: looked up one by one, for asked of all it costs seconds."""
    ids = list(some)
    if not ids:
        return []
    return list(Referral.objects.filter(in_scope(grants, today), pk__in=ids).values_list("pk", flat=True))


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
