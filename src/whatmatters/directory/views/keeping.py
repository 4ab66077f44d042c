"""What keepers do: add and change entries, and see to those that are due, reported or corrected."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows
from whatmatters.directory import actions
from whatmatters.directory.forms_entry import GroupForm
from whatmatters.directory.models import Correction, Group, Report
from whatmatters.directory.views.own import meanwhile
from whatmatters.directory.worklist import worklist
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import bound, page_with


@allows("keep the directory")
def add(request: HttpRequest) -> HttpResponse:
    form = bound(GroupForm, request)
    if form.is_valid() and (made := attempt(form, _saved, request=request, form=form, group=None)):
        messages.success(request, "Saved")
        return redirect("group", made.uuid)
    return page_with(request, "directory/edit.jinja", form, {"group": None})


@allows("keep the directory")
def change(request: HttpRequest, group: UUID) -> HttpResponse:
    found = get_object_or_404(Group, uuid=group)
    now = Group.objects.get(pk=found.pk)  # the form below writes what was typed onto ``found``
    form = bound(GroupForm, request, instance=found, initial={"revision": found.revision})
    try:
        if form.is_valid() and (made := attempt(form, _saved, request=request, form=form, group=now)):
            messages.success(request, "Saved")
            return redirect("group", made.uuid)
    except Stale:
        return meanwhile(request, form, now, {})
    return page_with(request, "directory/edit.jinja", form, {"group": now})


def _saved(*, request: HttpRequest, form: GroupForm, group: Group | None) -> Group:
    by = acting(request)
    if group is None:
        made = actions.add(by=by, **form.facts())
    else:
        made = actions.change(group=group, by=by, revision=form.cleaned_data["revision"] or 0, **form.facts())
    if form.cleaned_data["verified"]:
        actions.checked(group=made, by=by)
    return made


@allows("keep the directory")
def checks(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a keeper, the most urgent first."""
    return render(request, "directory/checks.jinja", {"work": worklist()})


ACTS = {
    "checked": (actions.checked, "Checked today"),
    "write": (actions.write_again, "A letter is on its way"),
    "returned": (actions.letter_returned, "Noted: find another way to reach them"),
}


@allows("keep the directory")
@require_POST
def keep(request: HttpRequest, group: UUID, act: str) -> HttpResponse:
    """One press on the group's page or the list."""
    if act not in ACTS:
        raise Http404("No such act")
    found, (do, said) = get_object_or_404(Group, uuid=group), ACTS[act]
    if do(group=found, by=acting(request)) is False:
        messages.warning(request, "There is no email address to write to: add one to the entry first")
    else:
        messages.success(request, said)
    return redirect("group", found.uuid)


@allows("keep the directory")
@require_POST
def settle(request: HttpRequest, report: int) -> HttpResponse:
    actions.settle(report=get_object_or_404(Report, pk=report), by=acting(request))
    messages.success(request, "Done")
    return redirect("directory-checks")


@allows("keep the directory")
@require_POST
def decide(request: HttpRequest, correction: int) -> HttpResponse:
    row = get_object_or_404(Correction, pk=correction)
    take = request.POST.get("take") == "yes"
    try:
        with transaction.atomic():
            actions.decide(correction=row, take=take, by=acting(request))
    except ValidationError as problem:
        messages.warning(request, " ".join(problem.messages))
    else:
        messages.success(request, "Shown from now on" if take else "Left as it was")
    return redirect("directory-checks")
