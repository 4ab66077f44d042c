"""A community group's own pages, reached by its private link and in no other way: what it is asked, and its answers.

Until it says yes it learns nothing of anyone; then a first name and how to reach them, where the person agreed to
that, for as long as it is of use. A used, expired or guessed link shows none of this, and says what to do.
"""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from whatmatters.access import audit
from whatmatters.access.gate import public
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.answering import THE_GROUP
from whatmatters.components.social_prescribing.asked import live, of_group
from whatmatters.components.social_prescribing.forms_groups import GroupAnswerForm, OutcomeForm, RingForm
from whatmatters.components.social_prescribing.models import Answer, Enquiry, GroupLink, Went
from whatmatters.components.social_prescribing.views.groups import outcome
from whatmatters.people.mending import attempt
from whatmatters.web.forms import bound, page_with

GUESSED, GONE = 404, 410


@public
@cache_control(no_store=True)
@transaction.atomic
def asked(request: HttpRequest, word: str) -> HttpResponse:
    """All that the group is asked; where that is one thing, that."""
    link = writing.known(word)
    if link is None or not writing.good(link):
        return _gone(request, word, link)
    rows = of_group(link.enquiry.group)
    if len(rows) == 1:
        return redirect("group-answer", word, rows[0].uuid)
    _looked(link.enquiry, named=False)
    context = {"group": link.enquiry.group, "rows": rows, "word": word, "last": link.enquiry}
    return render(request, "social_prescribing/group_asked.jinja", context)


@public
@cache_control(no_store=True)
@transaction.atomic
def answer(request: HttpRequest, word: str, enquiry: UUID) -> HttpResponse:
    """One thing: whether it can take someone, or what came of someone it took."""
    link, row = writing.known(word), _of_link(word, enquiry)
    if link is None or row is None or not writing.good(link):
        return _gone(request, word, link)
    if not live(row):
        return render(request, "social_prescribing/group_enough.jinja", {"row": row, "word": word}, status=GONE)
    if row.answer == Answer.AWAITED:
        return _can_you(request, word, link, row)
    return _what_came(request, word, link, row)


def _can_you(request: HttpRequest, word: str, link: GroupLink, row: Enquiry) -> HttpResponse:
    form = bound(GroupAnswerForm, request)
    if form.is_valid() and attempt(form, actions.group_answered, enquiry=row, by=THE_GROUP, **form.facts()):
        return _thanks(request, link, row, straight=form.cleaned_data["answer"] == Answer.YES)
    _looked(row, named=False)
    return page_with(request, "social_prescribing/group_answer.jinja", form, {"row": row, "word": word})


def _what_came(request: HttpRequest, word: str, link: GroupLink, row: Enquiry) -> HttpResponse:
    assert row.connection is not None  # noqa: S101  # for mypy: a yes connects, says the database
    form = bound(OutcomeForm, request, who="group", went=row.connection.went == Went.WENT)
    if form.is_valid() and attempt(form, outcome, connection=row.connection, by=THE_GROUP, **form.facts()):
        return _thanks(request, link, row)
    named = row.tells == Enquiry.Tells.NAME
    _looked(row, named=named)
    context = {"row": row, "word": word, "named": named, "person": row.referral.person if named else None}
    return page_with(request, "social_prescribing/group_outcome.jinja", form, context)


@public
@cache_control(no_store=True)
@transaction.atomic
def ring(request: HttpRequest, word: str, enquiry: UUID) -> HttpResponse:
    """The group would rather speak. A link that is used or expired is good for this: nothing is shown, none is lost."""
    row = _of_link(word, enquiry)
    if row is None:
        return _gone(request, word, None)
    form = bound(RingForm, request)
    if form.is_valid() and attempt(form, actions.ring_us, enquiry=row, by=THE_GROUP, **form.cleaned_data):
        return render(request, "social_prescribing/group_will_ring.jinja", {})
    return page_with(request, "social_prescribing/group_ring.jinja", form, {"word": word})


def _thanks(request: HttpRequest, link: GroupLink, row: Enquiry, *, straight: bool = False) -> HttpResponse:
    """The link is spent; its successor leads on, and is in no letter."""
    writing.spend(link)
    messages.success(request, "Thank you. The link worker has your answer")
    word = writing.fresh(row)
    return redirect("group-answer", word, row.uuid) if straight else redirect("group-asked", word)


def _of_link(word: str, enquiry: UUID) -> Enquiry | None:
    """The enquiry, where it is of the group that the link was sent to."""
    link = writing.known(word)
    rows = Enquiry.objects.select_related("group", "connection", "referral__person", "referral__service")
    return rows.filter(group=link.enquiry.group_id, uuid=enquiry).first() if link else None


def _looked(row: Enquiry, *, named: bool) -> None:
    person = row.referral.person_id if named else None
    audit.record("a community group read what it is asked", by=THE_GROUP, person=person, detail={"enquiry": row.pk})


def _gone(request: HttpRequest, word: str, link: GroupLink | None) -> HttpResponse:
    context = {"word": word, "enquiry": link.enquiry if link else None}
    return render(request, "social_prescribing/group_gone.jinja", context, status=GONE if link else GUESSED)
