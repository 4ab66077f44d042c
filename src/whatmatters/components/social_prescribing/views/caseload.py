"""What each worker of a network holds; and a leaver's cases, handed over at once. No person cared for is named."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.caseload import CONTACTS, PEOPLE, WEIGHTS, judged, loads
from whatmatters.components.social_prescribing.colleagues import with_roles_at
from whatmatters.components.social_prescribing.desk import in_scope
from whatmatters.components.social_prescribing.forms_desk import AllToWorker
from whatmatters.components.social_prescribing.models import CASE_OPEN, Complexity, Referral
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with
from whatmatters.workforce.models import Worker


def at_work(request: HttpRequest, today: date) -> set[int]:
    """Whoever works referrals in the reader's places (ids)."""
    return set(with_roles_at(area_of(granted(request)), today).values_list("pk", flat=True))


def holders(here: set[int], scope: Q) -> QuerySet[Worker]:
    """Those at work there, and whoever still holds a case there."""
    holding = Referral.objects.filter(scope, status__in=CASE_OPEN).order_by().values_list("owner", flat=True)
    return Worker.objects.filter(Q(pk__in=here) | Q(pk__in=set(holding))).order_by("name", "pk")


@allows("see caseloads")
@transaction.atomic
def caseload(request: HttpRequest) -> HttpResponse:
    today = date.today()
    scope = in_scope(granted(request), today)
    audit.record("opened the caseloads", by=acting(request))
    here = at_work(request, today)
    rows = loads(holders(here, scope), scope, today)
    for load in rows:
        load.gone = load.worker.pk not in here
    context = {
        "rows": [(load, judged(load.per_person, CONTACTS), judged(load.a_year, PEOPLE)) for load in rows],
        "mine": acting(request).worker,
        "weights": [(Complexity(step).label, weight) for step, weight in WEIGHTS.items()],
    }
    return render(request, "social_prescribing/caseload.jinja", context)


@allows("watch referrals")
@transaction.atomic
def hand_over_all(request: HttpRequest, worker: int) -> HttpResponse:
    """Of someone who leaves or is away for long: all their open cases, to one colleague, with a note on each."""
    today = date.today()
    scope = in_scope(granted(request), today)
    audit.record("opened the handing over of a caseload", by=acting(request), detail={"worker": worker})
    known = Q(pk__in=holders(at_work(request, today), scope).values("pk")) | Q(
        posts__organisation__in=area_of(granted(request))
    )
    found = get_object_or_404(Worker.objects.filter(known).distinct(), pk=worker)
    among = with_roles_at(area_of(granted(request)), today).exclude(pk=found.pk)
    form = bound(AllToWorker, request, among=among)
    if form.is_valid():
        made = attempt(form, actions.hand_over_all, worker=found, among=scope, by=acting(request), **form.cleaned_data)
        if made:
            messages.success(request, f"Handed over: {len(made)} {'case' if len(made) == 1 else 'cases'}")
            return redirect("caseload")
    held = Referral.objects.filter(scope, owner=found, status__in=CASE_OPEN).count()
    context = {"worker": found, "held": held}
    return page_with(request, "social_prescribing/hand_over_all.jinja", form, context)
