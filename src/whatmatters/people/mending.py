"""From an action's refusal back to the page: the form says what to mend, or shows both versions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.people.gate import acting
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.forms import page_with

CONFLICT = 409
Act = Callable[..., Any]


def attempt(form: BaseForm, action: Act, /, **facts: Any) -> Any:
    """What the action made; or None, when it refused: the form now says why, and nothing of it is saved."""
    try:
        with transaction.atomic():
            return action(**facts)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def attempt_as_seen(form: BaseForm, action: Act, /, **facts: Any) -> Any:
    """As ``attempt``; where someone else has changed it since the page was opened, the form says to look first."""
    try:
        return attempt(form, action, **facts)
    except Stale:
        form.add_error(None, "Someone else has changed this meanwhile: go back and look at it first")
        return None


def small_page(
    request: HttpRequest, person: Person, form: BaseForm, act: Act, *, title: str, button: str, done: str, back: str
) -> HttpResponse:
    """One short form under the banner. ``act`` takes ``by`` and the form's facts and does the one thing the page is
    for; afterwards, and on the way out, the reader goes ``back`` (an address)."""
    if form.is_valid() and attempt_as_seen(form, act, by=acting(request), **form.cleaned_data) is not None:
        messages.success(request, done)
        return redirect(back)
    context = {"person": person, "title": title, "button": button, "back": back}
    return page_with(request, "people/small.jinja", form, context)


def both_versions(
    request: HttpRequest, template: str, form: BaseForm, saved: Mapping[str, Any], context: dict[str, Any]
) -> HttpResponse:
    """The page again, with what was typed still in it, and beside it what someone else saved meanwhile.

    ``saved`` maps the form's fields to what is on file now, ``revision`` among them: the form then stands at that
    revision, and to save once more is a choice made knowingly.
    """
    differ = differences(form, saved)
    form.data = {**form.data.dict(), "revision": str(saved["revision"])}  # type: ignore[attr-defined]  # a QueryDict, on a POST
    return render(request, template, {**context, "form": form, "differ": differ}, status=CONFLICT)


def differences(form: BaseForm, saved: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is on file now beside what was typed, of each box where they are not the same."""
    return [
        {"label": str(bound.label), "theirs": _told(bound.field, saved[name]), "yours": _told(bound.field, typed)}
        for name, typed in form.cleaned_data.items()
        for bound in [form[name]]
        if not bound.is_hidden and (saved[name] or None) != (typed or None)
    ]


def _told(field: Any, value: Any) -> str:
    """A value as the page says it: the words of a choice, yes or no, nothing as a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = dict(getattr(field, "choices", ()))
    return str(words.get(value, value) or "–")
