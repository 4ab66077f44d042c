"""Supervision: the questions that wait for a supervisor, a session with one worker, what was agreed, to read again."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted, grants_of
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.forms_desk import AgreedForm, SessionForm
from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import CASE_OPEN, Question
from whatmatters.components.social_prescribing.story import story
from whatmatters.events.codes import SUPERVISED
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import acting, people_of
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with
from whatmatters.workforce.models import Post, StaffEvent, Worker

SHOWN = 20  # sessions, and questions that were talked over
ROLES = (Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.COACH)


def supervisees(request: HttpRequest) -> QuerySet[Worker]:
    """Those who name the supervisor; and, of the supervisor's own places, those for whom nobody is named."""
    near = Post.objects.filter(in_force(date.today()), organisation__in=area_of(granted(request)), role__in=ROLES)
    me = acting(request).worker or 0
    mine = Q(supervisor=me) | Q(supervisor=None, pk__in=near.values("worker"))
    return Worker.objects.filter(mine).exclude(pk=me).order_by("name", "pk")


def waiting(request: HttpRequest) -> QuerySet[Question]:
    """Their open questions, on open cases of people whom the supervisor may see."""
    people = people_of(granted(request)).values("pk")
    rows = Question.objects.filter(answered=None, referral__status__in=CASE_OPEN, referral__person__in=people)
    return rows.filter(worker__in=supervisees(request).values("pk")).select_related("worker", "referral__person")


@allows("supervise")
@transaction.atomic
def supervision(request: HttpRequest) -> HttpResponse:
    """Each worker with their questions: whoever asked before whoever did not, the longest without supervision first.
    Whoever has left stays only while a question of theirs is open."""
    questions = list(waiting(request))
    _audit(request, questions)
    by_worker: dict[int, list[Question]] = defaultdict(list)
    for question in questions:
        by_worker[question.worker_id].append(question)
    last = dict(StaffEvent.objects.filter(code=SUPERVISED).values_list("worker").annotate(Max("on")))
    here = set(Post.objects.filter(in_force(date.today()), role__in=ROLES).values_list("worker", flat=True))
    rows = [(worker, by_worker[worker.pk], last.get(worker.pk)) for worker in supervisees(request)]
    rows.sort(key=lambda row: (not row[1], row[2] or date.min))
    rows = [row for row in rows if row[1] or row[0].pk in here]
    may_see = bool(grants_of(request.user, "see caseloads"))
    return render(request, "social_prescribing/supervision.jinja", {"rows": rows, "may_see_caseloads": may_see})


@allows("supervise")
@transaction.atomic
def session(request: HttpRequest, worker: int) -> HttpResponse:
    """Record a session: the day, and what was agreed of each question that was talked over."""
    found = get_object_or_404(supervisees(request), pk=worker)
    questions = list(waiting(request).filter(worker=found))
    _audit(request, questions)
    form = bound(SessionForm, request, questions=questions)
    if form.is_valid() and attempt(form, actions.session, worker=found, by=acting(request), **form.facts()):
        messages.success(request, "Supervision recorded")
        return redirect("supervision-so-far", found.pk)
    told = [(question, story(question.referral)[:5], form[form.name_of(question)]) for question in questions]
    return page_with(request, "social_prescribing/session.jinja", form, {"worker": found, "told": told})


@allows("supervise")
@transaction.atomic
def so_far(request: HttpRequest, worker: int) -> HttpResponse:
    """To read again: the sessions on record, and what was agreed of people whom the supervisor may still see."""
    found = get_object_or_404(supervisees(request), pk=worker)
    agreed = Question.objects.filter(worker=found, referral__person__in=people_of(granted(request)).values("pk"))
    rows = list(agreed.exclude(answered=None).select_related("referral__person").order_by("-answered")[:SHOWN])
    _audit(request, rows)
    context = {"worker": found, "sessions": found.events.filter(code=SUPERVISED)[:SHOWN], "agreed": rows}
    return render(request, "social_prescribing/supervision_so_far.jinja", context)


@about_case("opened a question of supervision")
def agreed(request: HttpRequest, person: Person, referral: UUID, question: UUID) -> HttpResponse:
    """The worker writes down themselves what was agreed, after they have spoken."""
    rows = Question.objects.select_related("referral", "worker")
    row = get_object_or_404(rows, referral__person=person, referral__uuid=referral, uuid=question)
    form = bound(AgreedForm, request)
    facts = {"question": row, "by": acting(request)}
    if form.is_valid() and attempt(form, actions.answer, **facts, **form.cleaned_data):
        messages.success(request, "Saved")
        return redirect("case", person.uuid, row.referral.uuid)
    context = {"person": person, "row": row.referral, "question": row}
    return page_with(request, "social_prescribing/agreed.jinja", form, context)


def _audit(request: HttpRequest, questions: list[Question]) -> None:
    by = acting(request)
    audit.record("opened supervision", by=by, detail={"on": date.today().isoformat()})
    for person in {question.referral.person_id for question in questions}:
        audit.record("saw a question of supervision", by=by, person=person)
