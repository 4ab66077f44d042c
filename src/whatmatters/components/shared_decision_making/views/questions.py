"""The person's own page: a few questions by a private link. And the staff page from which the link is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control

from whatmatters.access.gate import public
from whatmatters.components.shared_decision_making.actions import answering, asking
from whatmatters.components.shared_decision_making.forms_experience import AskForm, QuestionsForm
from whatmatters.components.shared_decision_making.models import Sent
from whatmatters.letters import address
from whatmatters.people.gate import about_person, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.wishes import may_be_emailed
from whatmatters.web.forms import bound, page_with

GONE = 410


@public
@cache_control(no_store=True)
def how_it_felt(request: HttpRequest, word: str) -> HttpResponse:
    """Says nothing of whom was asked: whoever has the link by mistake learns nothing."""
    row = answering.good(word)
    if row is None:
        return render(request, "decisions_felt/link_over.jinja", status=GONE)
    form = bound(QuestionsForm, request, instrument=row.instrument)
    if form.is_valid() and attempt(form, answering.answer_by_link, word=word, **form.facts()):
        return render(request, "decisions_felt/thanks.jinja", {"screen": False})
    context = {"about": row.get_situation_display(), "where": row.practice.name, "screen": False}
    return page_with(request, "decisions_felt/questions.jinja", form, context)


@about_person("write a plan", "opened the page to ask how a decision felt")
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    usual = Sent.EMAIL if may_be_emailed(person) and asking.worded("collaborate") else Sent.LETTER
    form = bound(AskForm, request, initial={"sent": usual})
    if form.is_valid():
        row: Any = attempt(form, asking.ask, person=person, by=acting(request), **form.cleaned_data)
        if row and row.sent == Sent.EMAIL:
            messages.success(request, "The questions are on their way")
            return redirect("person", person.uuid)
        if row:
            link = address.of("how-it-felt", asking.word_of(row))
            context = {"person": person, "link": link, "word": asking.spaced(asking.word_of(row)), "row": row}
            return render(request, "decisions_felt/letter_for.jinja", context)
    return page_with(request, "decisions_felt/ask.jinja", form, {"person": person})
