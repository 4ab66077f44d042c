"""One group's page, and what anyone may do on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access.gate import public, public_actor
from whatmatters.directory import actions
from whatmatters.directory.forms import FaultForm
from whatmatters.directory.models import Feed, Group, Origin, Standing
from whatmatters.directory.replies import ENOUGH, figures
from whatmatters.directory.views.finding import may_keep
from whatmatters.directory.wording import ACCESS
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

GONE = 410


@public
def group(request: HttpRequest, group: UUID) -> HttpResponse:
    """Of one that has closed, or that nobody has checked for long, the public learns only that."""
    found = get_object_or_404(Group.objects.select_related("provider"), uuid=group)
    keeper = may_keep(request)
    if not keeper and (found.faded or found.standing == Standing.CLOSED):
        return render(request, "directory/gone.jinja", {"group": found}, status=GONE)
    places, meetings = list(found.places.all()), list(found.meetings.all())
    context = {
        "group": found, "places": places, "meetings": meetings, "may_keep": keeper, "access": ACCESS,
        "figures": figures(found), "enough": ENOUGH, "feed": Feed.objects.filter(name=found.source).first(),
        "by_source": Origin.objects.filter(group=found, verified=found.last_verified).exists(),
        "check": found.checks.filter(ended_on=None).first() if keeper else None,
    }  # fmt: skip
    return render(request, "directory/group.jinja", context)


@public
def report_fault(request: HttpRequest, group: UUID) -> HttpResponse:
    """Tell us something is wrong: no name is asked for, and no address kept."""
    found = get_object_or_404(Group.objects.exclude(standing=Standing.CLOSED), uuid=group)
    form = bound(FaultForm, request)
    by = public_actor(request)
    if form.is_valid() and attempt(form, actions.report, group=found, by=by, **form.facts()) is not None:
        messages.success(request, "Thank you. We will look at it and ask the group")
        return redirect("group", found.uuid)
    return page_with(request, "directory/fault.jinja", form, {"group": found})


@public
def ask_link(request: HttpRequest, group: UUID) -> HttpResponse:
    """A link to one's own entry, to the address on file. The answer is the same whether one is on file or not."""
    found = get_object_or_404(Group.objects.exclude(standing=Standing.CLOSED), uuid=group)
    if request.method == "POST":
        actions.send_link(group=found, by=public_actor(request))
        messages.success(request, "If we have an email address of the group, a link is on its way there")
        return redirect("group", found.uuid)
    return render(request, "directory/ask_link.jinja", {"group": found})
