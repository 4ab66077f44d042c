"""One worker: their posts, who supervises them, and their supervision and training so far."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows, area_of, granted, oneself, signed_in
from whatmatters.events.codes import CONFIDENT, SUPERVISED, TRAINED
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with, short_form
from whatmatters.workforce import actions_support as actions
from whatmatters.workforce.forms import HowSure, Supervised, Supervisor, Trained
from whatmatters.workforce.models import Course, Post, StaffEvent, Worker


def workers_in(area: set[int]) -> QuerySet[Worker]:
    return Worker.objects.filter(posts__organisation__in=area).distinct()


def records(found: Worker) -> dict[str, Any]:
    """The worker's own pages' words: ``supervision``, ``training`` (with the course's name) and ``survey``."""
    rows = list(found.events.all())
    courses = dict(Course.choices)
    return {
        "supervision": [row for row in rows if row.code == SUPERVISED],
        "training": [(row, courses.get(row.detail, row.detail)) for row in rows if row.code == TRAINED],
        "survey": [row for row in rows if row.code == CONFIDENT],
    }


def _near(request: HttpRequest, worker: int) -> Worker:
    return get_object_or_404(workers_in(area_of(granted(request))).select_related("supervisor"), pk=worker)


@allows("manage the team")
def worker(request: HttpRequest, worker: int) -> HttpResponse:
    found = _near(request, worker)
    posts = found.posts.filter(organisation__in=area_of(granted(request))).select_related("organisation")
    context = {"worker": found, "posts": posts.order_by("-start"), **records(found), "may_strike": True}
    return render(request, "workforce/worker.jinja", context)


@allows("manage the team")
def record_supervision(request: HttpRequest, worker: int) -> HttpResponse:
    found = _near(request, worker)
    given_by = found.supervisor.name if found.supervisor else ""
    form = bound(Supervised, request, initial={"on": date.today(), "given_by": given_by})
    return _recorded(request, found, form, actions.supervised, f"Record supervision of {found.name}")


@allows("manage the team")
def record_training(request: HttpRequest, worker: int) -> HttpResponse:
    found = _near(request, worker)
    form = bound(Trained, request, initial={"on": date.today()})
    return _recorded(request, found, form, actions.trained, f"Record training of {found.name}")


@allows("manage the team")
def name_supervisor(request: HttpRequest, worker: int) -> HttpResponse:
    found = _near(request, worker)
    area = area_of(granted(request))
    form = bound(Supervisor, request, area=area, worker=found, initial={"supervisor": found.supervisor_id})
    return _recorded(request, found, form, actions.name_supervisor, f"Who supervises {found.name}?")


def _recorded(request: HttpRequest, found: Worker, form: Any, action: Any, title: str) -> HttpResponse:
    if form.is_valid() and attempt(form, action, worker=found, by=acting(request), **form.cleaned_data):
        messages.success(request, "Saved")
        return redirect("worker", found.pk)
    return short_form(request, form, title=title, button="Save", back=reverse("worker", args=[found.pk]))


@allows("manage the team")
@require_POST
def strike_out(request: HttpRequest, record: int) -> HttpResponse:
    near = workers_in(area_of(granted(request)))
    row = get_object_or_404(StaffEvent, pk=record, worker__in=near.values("pk"), code__in=(SUPERVISED, TRAINED))
    actions.strike_out(record=row, by=acting(request))
    messages.success(request, "Struck out")
    return redirect("worker", row.worker_id)


@signed_in
def my_work(request: Any) -> HttpResponse:
    """A worker's own posts, supervision and training, and the one question of the staff survey."""
    found = Worker.objects.filter(account=request.user).select_related("supervisor").first()
    form = bound(HowSure, request)
    context: dict[str, Any] = {"worker": found}
    if found:
        given = {"worker": found, "on": date.today(), "by": oneself(request.user)}
        if form.is_valid() and attempt(form, actions.said_how_sure, **given, **form.cleaned_data):
            messages.success(request, "Thank you: your answer is saved")
            return redirect("my-work")
        posts = Post.objects.filter(worker=found).select_related("organisation").order_by("-start")
        context |= {"posts": posts, **records(found)}
    return page_with(request, "workforce/my_work.jinja", form, context)
