"""A commissioner's self-assessment of shared decision making, year by year, and its improvement plan."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from whatmatters.access.gate import allows, area_of, granted, grants_of, places_of
from whatmatters.components.shared_decision_making.actions import assessing as actions
from whatmatters.components.shared_decision_making.forms_audit import JudgeForm, PlannedStepForm
from whatmatters.components.shared_decision_making.models import PlannedStep, SelfAssessment, Statement
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.people.gate import acting
from whatmatters.people.mending import attempt_as_seen
from whatmatters.periods import financial_year, year_named
from whatmatters.web.forms import bound, short_form


@allows("assess shared decisions")
def assessments(request: HttpRequest) -> HttpResponse:
    boards, year = places_of(granted(request), Kind.ICB), financial_year(date.today())
    written = SelfAssessment.objects.filter(board__in=boards)
    rows = [(board, [one for one in written if one.board_id == board.pk], year.label) for board in boards]
    return render(request, "decisions_felt/assessments.jinja", {"rows": rows})


@allows("assess shared decisions")
def assessment(request: HttpRequest, board: str, year: str) -> HttpResponse:
    where, row = _of(request, board, year)
    judged = {one.statement: one for one in row.judged.all()} if row else {}
    context = {
        "where": where, "year": year, "row": row, "plan": row.plan.all() if row else [],
        "statements": [(one, judged.get(one)) for one in Statement], "today": date.today(),
        "may_judge": bool(grants_of(request.user, "assess shared decisions")),
    }  # fmt: skip
    return render(request, "decisions_felt/assessment.jinja", context)


@allows("assess shared decisions")
def judge(request: HttpRequest, board: str, year: str) -> HttpResponse:
    where, row = _of(request, board, year)
    initial: dict[str, Any] = {"revision": row.revision if row else None}
    for one in row.judged.all() if row else ():
        initial |= {one.statement: one.level, f"{one.statement}_seen": one.evidence}
    form = bound(JudgeForm, request, initial=initial)
    title = f"How far are decisions shared? {year}"
    return _form_page(request, where, year, form, actions.judge, facts=form.facts, title=title)


@allows("assess shared decisions")
def plan_step(request: HttpRequest, board: str, year: str) -> HttpResponse:
    where, _ = _of(request, board, year)
    form = bound(PlannedStepForm, request)
    return _form_page(
        request, where, year, form, actions.plan_step, facts=lambda: form.cleaned_data, title="Plan an improvement"
    )


@allows("assess shared decisions")
@require_POST
def complete(request: HttpRequest, board: str, year: str) -> HttpResponse:
    where, row = _of(request, board, year)
    if row is None:
        messages.warning(request, "Judge the statements first")
    else:
        try:
            actions.complete(assessment=row, by=acting(request))
            messages.success(request, "Completed, and attested to the programme")
        except ValidationError as problem:
            messages.warning(request, " ".join(problem.messages))
    return redirect("self-assessment", where.code, year)


@allows("assess shared decisions")
@require_POST
def step_done(request: HttpRequest, step: UUID) -> HttpResponse:
    boards = area_of(granted(request))
    row = get_object_or_404(
        PlannedStep.objects.select_related("assessment__board"), uuid=step, assessment__board__in=boards
    )
    actions.step_done(step=row, by=acting(request))
    messages.success(request, "Done")
    return redirect("self-assessment", row.assessment.board.code, row.assessment.year)


def _of(request: HttpRequest, board: str, year: str) -> tuple[Organisation, SelfAssessment | None]:
    where = get_object_or_404(Organisation, code=board, pk__in=area_of(granted(request)))
    if year_named(year) is None:
        raise Http404("There is no such year")
    return where, SelfAssessment.objects.filter(board=where, year=year).first()


def _form_page(
    request: HttpRequest, where: Organisation, year: str, form: Any, action: Any, *, facts: Any, title: str
) -> HttpResponse:
    """The self-assessment begins with the first thing that is saved."""
    with transaction.atomic():
        if form.is_valid():
            row = actions.assessment_of(board=where, year=year, by=acting(request))
            if attempt_as_seen(form, action, assessment=row, by=acting(request), **facts()):
                messages.success(request, "Saved")
                return redirect("self-assessment", where.code, year)
            transaction.set_rollback(True)
    back = reverse("self-assessment", args=[where.code, year])
    return short_form(request, form, title=title, button="Save", said=[where.name], back=back, small=True)
