"""An audit of how decisions feel, from planning it to the day its answers are closed. No name is on these pages."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows, area_of, granted, grants_of, places_of
from whatmatters.access.models import Grant
from whatmatters.components.shared_decision_making.actions import auditing as actions
from whatmatters.components.shared_decision_making.actions.asking import worded
from whatmatters.components.shared_decision_making.actions.packing import groups_of, mean, share
from whatmatters.components.shared_decision_making.forms_audit import DayForm, GiveUpForm, PlanForm, Stands
from whatmatters.components.shared_decision_making.models import Audit, State
from whatmatters.components.shared_decision_making.population import said
from whatmatters.components.shared_decision_making.results import of_audit
from whatmatters.instruments import EXPERIENCE
from whatmatters.organisations.models import Kind
from whatmatters.organisations.tree import levels_up
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt, attempt_as_seen
from whatmatters.web.forms import bound, short_form

BY_EMAIL = (
    "Whoever has an e-mail address gets a private link now; for the others the care team prints letters. Everyone is "
    "asked once and, by e-mail, reminded once after ten days. A letter says nothing of why it is written."
)
BY_LETTER = (
    "its questions are not loaded here, so nobody is asked by e-mail: the care team prints a letter to everyone, and "
    "puts the questionnaire’s sheet in. The letter says nothing of why it is written."
)


def audits_for(grants: list[Grant], today: date) -> QuerySet[Audit]:
    """Of the area of the grants, and of the networks that they are in."""
    above = set().union(*levels_up([grant.organisation_id for grant in grants], today))
    near = Q(network__in=area_of(grants, today)) | Q(network__in=above, network__kind=Kind.PCN)
    return Audit.objects.filter(near).select_related("network", "again")


def found(request: HttpRequest, audit: UUID) -> Audit:
    return get_object_or_404(audits_for(granted(request), date.today()), uuid=audit)


def may(request: HttpRequest, capability: str) -> bool:
    return bool(grants_of(request.user, capability))


@allows("see audits")
def audits(request: HttpRequest) -> HttpResponse:
    today = date.today()
    context = {
        "rows": [(row, said(row), _days_left(row, today)) for row in audits_for(granted(request), today)],
        "may_audit": may(request, "audit decisions"),
    }
    return render(request, "decisions_felt/audits.jinja", context)


def _days_left(row: Audit, today: date) -> int | None:
    """Until it is due; below 0 it is late. None: signed, or given up."""
    return None if row.state in (State.SIGNED, State.ABANDONED) else (row.due - today).days


@allows("see audits")
def audit(request: HttpRequest, audit: UUID) -> HttpResponse:
    row = found(request, audit)
    sample, results = row.sample.all(), of_audit(row)
    context = {
        "row": row, "said": said(row), "days": _days_left(row, date.today()), "results": results, "share": share,
        "groups": groups_of(results) if results else [], "mean": mean, "may_audit": may(request, "audit decisions"),
        "may_write": may(request, "invite people"),
        "asked": sample.exclude(sent_on=None).count(), "answered": sample.filter(answered=True).count(),
        "letters": sample.filter(sent="letter").count(), "reminded": sample.exclude(reminded_on=None).count(),
        "improvements": row.improvements.all(), "steps": row.steps.all(),
        "pack": row.pack if row.state == State.SIGNED else None,
    }  # fmt: skip
    return render(request, "decisions_felt/audit.jinja", context)


@allows("audit decisions")
def plan(request: HttpRequest) -> HttpResponse:
    """``?again``: the audit that this one repeats, with its answers filled in."""
    networks = list(places_of(granted(request), Kind.PCN))
    before = audits_for(granted(request), date.today()).filter(uuid__in=_uuid(request.GET.get("again", ""))).first()
    kept = ("title", "cohort", "least_age", "after", "months", "instrument", "situation", "basis", "amount", "expected")
    initial = {name: getattr(before, name) for name in kept} | {"network": before.network} if before else {}
    form = bound(PlanForm, request, networks=networks, initial=initial)
    if form.is_valid() and (made := attempt(form, actions.plan, again=before, by=acting(request), **form.cleaned_data)):
        messages.success(request, "Planned. Draw the sample next")
        return redirect("audit-of-decisions", made.uuid)
    said = [f"As “{before.title}” was: change what should be different."] if before else []
    return short_form(request, form, title="Plan an audit", button="Save the plan", said=said, back=reverse("audits"))


def _uuid(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


@allows("audit decisions")
def draw(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = "The people of whom it is true today are listed, and the sample is taken from them by the seed."
    return act(
        request, audit, Stands, actions.draw, title="Draw the sample", button="Draw it", text=text, done="Sample drawn"
    )


@allows("audit decisions")
def send(request: HttpRequest, audit: UUID) -> HttpResponse:
    instrument = found(request, audit).instrument
    text = BY_EMAIL if worded(instrument) else f"{EXPERIENCE[instrument].title}: {BY_LETTER}"
    return act(
        request, audit, Stands, actions.send_all, title="Send the questions", button="Send them", text=text,
        done="The questions are on their way",
    )  # fmt: skip


@allows("audit decisions")
def close(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = "Links stop working, and the results can be read. This cannot be undone."
    return act(
        request, audit, DayForm, actions.close, title="Close the answers", button="Close them", text=text,
        done="Closed: here are the results",
    )  # fmt: skip


@allows("audit decisions")
def abandon(request: HttpRequest, audit: UUID) -> HttpResponse:
    text = "It stays on file, with the reason. Links stop working."
    return act(
        request, audit, GiveUpForm, actions.abandon, title="Give the audit up", button="Give it up", text=text,
        done="Given up",
    )  # fmt: skip


@allows("audit decisions")
@require_POST
def check(request: HttpRequest, audit: UUID) -> HttpResponse:
    """The sample is drawn a second time, and compared."""
    row = found(request, audit)
    if row.drawn_on is None:
        messages.warning(request, "The sample is not drawn yet")
    else:
        again = actions.drawn_again(row)
        same = "is the same" if again["same_list"] else "has changed since, by what was recorded later or by who left"
        taken = "the same people are drawn" if again["same_sample"] else "other people would be drawn from it"
        messages.info(request, f"Drawn again: the list of that day {same}; with the seed {taken}")
    return redirect("audit-of-decisions", row.uuid)


def act(
    request: HttpRequest, audit: UUID, kind: Any, action: Callable[..., Any], *, title: str, button: str, text: str,
    done: str, facts: Callable[[Any], dict[str, Any]] = lambda form: form.cleaned_data, **kwargs: Any,
) -> HttpResponse:  # fmt: skip
    """One short form of an audit, and the one action it is for."""
    row = found(request, audit)
    form = bound(kind, request, initial={"revision": row.revision}, **kwargs)
    if form.is_valid() and attempt_as_seen(form, action, audit=row, by=acting(request), **facts(form)) is not None:
        messages.success(request, done)
        return redirect("audit-of-decisions", row.uuid)
    return form_of(request, row, form, title=title, button=button, text=text)


def form_of(request: HttpRequest, row: Audit, form: Any, *, title: str, button: str, text: str) -> HttpResponse:
    said, back = [f"{row.title}, {row.network.name}", text], reverse("audit-of-decisions", args=[row.uuid])
    return short_form(request, form, title=title, button=button, said=said, back=back)
