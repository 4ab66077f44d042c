"""Link workers in the meetings of practices, and each practice's own word on it."""

from datetime import date

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from whatmatters.access.gate import allows, granted, places_of
from whatmatters.access.roles import roles_with
from whatmatters.components.social_prescribing.actions import meeting as actions
from whatmatters.components.social_prescribing.forms_offer import AttestForm, MeetingForm
from whatmatters.components.social_prescribing.models import Meeting
from whatmatters.events.codes import ATTESTED
from whatmatters.events.models import OrganisationEvent
from whatmatters.measurement.details import LINK_WORKERS_INVOLVED
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import in_force, levels_up
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.periods import financial_year
from whatmatters.web.forms import bound, page_with, short_form
from whatmatters.workforce.models import Post, Worker

SHOWN = 100


@allows("keep practice meetings")
def practice_meetings(request: HttpRequest) -> HttpResponse:
    """Each practice with its last meeting; and the form for the next."""
    practices = places_of(granted(request), Kind.PRACTICE)
    form = bound(
        MeetingForm, request, practices=practices, workers=_workers(practices),
        initial={"workers": [acting(request).worker], "practice": _only(practices)},
    )  # fmt: skip
    if form.is_valid() and attempt(form, actions.attend, by=acting(request), **form.cleaned_data):
        messages.success(request, "Meeting saved")
        return redirect("practice-meetings")
    meetings = Meeting.objects.filter(practice__in=practices).select_related("practice")
    context = {
        "year": financial_year(date.today()).label,
        "practices": _said(practices),
        "meetings": list(meetings.prefetch_related("attendances__worker")[:SHOWN]),
    }
    return page_with(request, "social_prescribing/meetings.jinja", form, context)


@allows("keep practice meetings")
def attest_meetings(request: HttpRequest) -> HttpResponse:
    practices = places_of(granted(request), Kind.PRACTICE)
    form = bound(AttestForm, request, practices=practices, initial={"practice": _only(practices)})
    if form.is_valid():
        actions.attest_involved(practice=form.cleaned_data["practice"], by=acting(request))
        messages.success(request, "Attested")
        return redirect("practice-meetings")
    words = {"title": "Attest for a practice", "button": "Attest it", "back": reverse("practice-meetings")}
    return short_form(request, form, small=True, **words)


def _only(practices: QuerySet[Organisation]) -> Organisation | None:
    """Where there is no choice, none is asked for."""
    found = list(practices[:2])
    return found[0] if len(found) == 1 else None


def _workers(practices: QuerySet[Organisation]) -> QuerySet[Worker]:
    """In post today as link workers or care coordinators, at these practices or above them."""
    today = date.today()
    where = set().union(*levels_up(practices.values_list("pk", flat=True), today))
    posts = Post.objects.filter(in_force(today), organisation__in=where, role__in=roles_with("work referrals"))
    return Worker.objects.filter(pk__in=posts.values("worker")).order_by("name")


def _said(practices: QuerySet[Organisation]) -> list[tuple[Organisation, date | None, int, date | None]]:
    """Each practice: its last meeting, how many this year, and when it last attested this year."""
    year = financial_year(date.today())
    this_year = Q(on__gte=year.start, on__lt=year.end)
    met: dict[int, list[date]] = {}
    for practice, on in Meeting.objects.filter(practice__in=practices).values_list("practice", "on"):
        met.setdefault(practice, []).append(on)
    said = OrganisationEvent.objects.filter(
        this_year, subject__in=practices, code=ATTESTED, detail=LINK_WORKERS_INVOLVED
    )
    attested = dict(said.order_by("on").values_list("subject", "on"))
    rows = []
    for one in practices:
        days = met.get(one.pk, [])
        rows.append((one, max(days, default=None), sum(day in year for day in days), attested.get(one.pk)))
    return rows
