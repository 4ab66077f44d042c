"""A group at its own entry, by a one-time link: all is true, or this is what is not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import public
from whatmatters.directory import actions
from whatmatters.directory.forms_entry import GroupForm
from whatmatters.directory.models import Group, Link
from whatmatters.people.mending import CONFLICT
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with

NOT_FOUND, GONE = 404, 410


class OwnForm(GroupForm):
    """As a keeper's, but that it was checked goes without saying."""

    verified = None  # type: ignore[assignment]  # Django's way to leave out a field of the form above


@public
def own_entry(request: HttpRequest, word: str) -> HttpResponse:
    """What is on file, to be confirmed with one press. Reading it uses nothing up: mail scanners open links too."""
    link = actions.link_of(word)
    if link is None or not actions.good(link):
        return over(request, link)
    if request.method == "POST":
        try:
            actions.confirm(link=link)
        except actions.LinkOver:  # pressed twice
            return over(request, link)
        return render(request, "directory/thanks.jinja", {"group": link.group})
    context = {"group": link.group, "places": link.group.places.all(), "meetings": link.group.meetings.all()}
    return render(request, "directory/own.jinja", {**context, "word": word})


@public
def own_change(request: HttpRequest, word: str) -> HttpResponse:
    link = actions.link_of(word)
    if link is None or not actions.good(link):
        return over(request, link)
    group = link.group
    form = bound(OwnForm, request, instance=Group.objects.get(pk=group.pk), initial={"revision": group.revision})
    if form.is_valid():
        try:
            with transaction.atomic():
                waits = actions.correct(link=link, revision=form.cleaned_data["revision"] or 0, **form.facts())
        except actions.LinkOver:
            return over(request, link)
        except Stale:
            return meanwhile(request, form, group, {"word": word, "own": True})
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return render(request, "directory/thanks.jinja", {"group": group, "waits": waits})
    return page_with(request, "directory/edit.jinja", form, {"group": group, "word": word, "own": True})


def over(request: HttpRequest, link: Link | None) -> HttpResponse:
    """What to do when a link no longer works; of a word never given out the page says nothing else."""
    context = {"group": link.group if link else None, "used": bool(link and link.used)}
    return render(request, "directory/over.jinja", context, status=GONE if link else NOT_FOUND)


def meanwhile(request: HttpRequest, form: GroupForm, group: Group, context: dict[str, Any]) -> HttpResponse:
    """The page again with what was typed, and beside it what someone else saved; nothing is saved yet."""
    now = Group.objects.get(pk=group.pk)
    data = request.POST.copy()
    data["revision"] = str(now.revision)
    again = type(form)(data, instance=Group.objects.get(pk=group.pk))
    context = {**context, "form": again, "group": now, "differ": form.differs(now), "stale": True}
    return render(request, "directory/edit.jinja", context, status=CONFLICT)
