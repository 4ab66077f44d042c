"""The team of the organisations that a manager works for and below."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.access.gate import allows, area_of, grants_of
from whatmatters.access.roles import roles_with
from whatmatters.web.forms import bound, page_with, short_form
from whatmatters.workforce import actions
from whatmatters.workforce.forms import EndOfPost, NewPost, NewWorker
from whatmatters.workforce.models import Post, Worker


def posts_in(area: set[int]) -> QuerySet[Post]:
    return Post.objects.filter(organisation__in=area)


@allows("manage the team")
def team(request: Any) -> HttpResponse:
    rows = posts_in(area_of(request.grants)).select_related("worker", "organisation")
    running = Q(end__isnull=True) | Q(end__gt=date.today())
    context = {
        "posts": rows.filter(running).order_by("worker__name", "start"),
        "past": rows.exclude(running).order_by("-end")[:50],
        "may_see_caseloads": bool(grants_of(request.user, "see caseloads")),
    }
    return render(request, "workforce/team.jinja", context)


@allows("manage the team")
def take_on(request: Any) -> HttpResponse:
    form = bound(NewWorker, request, area=area_of(request.grants), initial={"start": date.today()})
    if not form.is_valid():
        title, back = "Add someone to the team", reverse("team")
        return short_form(request, form, title=title, button="Add to the team", back=back)
    given = form.cleaned_data
    who = {fact: given.pop(fact) for fact in ("name", "profession", "registration", "account")}
    with transaction.atomic():
        worker = actions.take_on(**who, by=request.actor)
        actions.appoint(worker, **given, by=request.actor)
    messages.success(request, "Added to the team")
    return redirect("team")


@allows("manage the team")
def appoint(request: Any, worker: int) -> HttpResponse:
    area = area_of(request.grants)
    found = get_object_or_404(Worker.objects.filter(posts__in=posts_in(area)).distinct(), pk=worker)
    form = bound(NewPost, request, area=area, initial={"start": date.today()})
    if not form.is_valid():
        title, back = f"Another post for {found.name}", reverse("worker", args=[found.pk])
        return short_form(request, form, title=title, button="Add the post", back=back)
    actions.appoint(found, **form.cleaned_data, by=request.actor)
    messages.success(request, "Post added")
    return redirect("team")


@allows("manage the team")
def end_post(request: Any, post: int) -> HttpResponse:
    found = get_object_or_404(posts_in(area_of(request.grants)).select_related("worker", "organisation"), pk=post)
    form = bound(EndOfPost, request, post=found, initial={"end": date.today()})
    if not form.is_valid():
        holds = found.role in roles_with("work referrals") and bool(grants_of(request.user, "watch referrals"))
        return page_with(request, "workforce/end_post.jinja", form, {"post": found, "may_hold_cases": holds})
    actions.end_post(found, on=form.cleaned_data["end"], by=request.actor)
    messages.success(request, "Post ended")
    return redirect("team")
