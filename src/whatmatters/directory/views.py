"""The directory: open to everyone to read, kept by those who know the groups."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access.gate import allows, grants_of, public
from whatmatters.directory import actions
from whatmatters.directory.forms import GroupForm, SearchForm
from whatmatters.directory.models import Group
from whatmatters.directory.search import search
from whatmatters.people.gate import acting
from whatmatters.people.mending import CONFLICT
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

SHOWN = 50  # on one page; the page says how many more there are


def may_keep(request: HttpRequest) -> bool:
    return bool(grants_of(request.user, "keep the directory"))


@public
def groups(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    found = search(form.cleaned_data["words"], form.cleaned_data["kind"]) if form.is_valid() else Group.objects.none()
    context = {"found": found[:SHOWN], "count": found.count(), "shown": SHOWN, "may_keep": may_keep(request)}
    return page_with(request, "directory/groups.jinja", form, context)


@public
def group(request: HttpRequest, group: UUID) -> HttpResponse:
    found = get_object_or_404(Group, uuid=group)
    return render(request, "directory/group.jinja", {"group": found, "may_keep": may_keep(request)})


@allows("keep the directory")
def add(request: HttpRequest) -> HttpResponse:
    form = bound(GroupForm, request)
    if form.is_valid():
        with transaction.atomic():
            made = actions.add(by=acting(request), **form.facts())
            verified(request, form, made)
        return redirect("group", made.uuid)
    return page_with(request, "directory/edit.jinja", form, {"group": None})


@allows("keep the directory")
def change(request: HttpRequest, group: UUID) -> HttpResponse:
    found = get_object_or_404(Group, uuid=group)
    now = Group.objects.get(pk=found.pk)  # the form below writes what was typed onto ``found``
    form = bound(GroupForm, request, instance=found, initial={"revision": found.revision})
    if form.is_valid():
        try:
            with transaction.atomic():
                typed = form.cleaned_data["revision"] or 0
                made = actions.change(group=now, by=acting(request), revision=typed, **form.facts())
                verified(request, form, made)
        except Stale:
            now.refresh_from_db()
            again = GroupForm({**request.POST.dict(), "revision": now.revision}, instance=found)
            return render(
                request, "directory/edit.jinja", {"form": again, "group": now, "stale": True}, status=CONFLICT
            )
        return redirect("group", made.uuid)
    return page_with(request, "directory/edit.jinja", form, {"group": now})


def verified(request: HttpRequest, form: GroupForm, made: Group) -> None:
    if form.cleaned_data["verified"]:
        actions.verify(group=made, by=acting(request))
    messages.success(request, "Saved")
