"""From an action's refusal back to the page: the form says what to mend, or shows both versions."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms import BaseForm, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

CONFLICT = 409
Done = TypeVar("Done")


def attempt(form: BaseForm, action: Callable[..., Done], **facts: Any) -> Done | None:
    """What the action made; or None, when it refused: the form now says why, and nothing of it is saved."""
    try:
        with transaction.atomic():
            return action(**facts)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def both_versions(
    request: HttpRequest, template: str, form: "ModelForm[Any]", saved: Model, context: dict[str, Any]
) -> HttpResponse:
    """The page again, with what was typed still in it, and beside it what someone else saved meanwhile.

    Saving once more is then a choice made knowingly: the form now stands at the saved revision.
    """
    blank = type(form)(instance=saved)
    differ = [
        {"label": field.label, "theirs": _told(field.field, field.value()), "yours": _told(field.field, typed)}
        for field in blank
        if not field.is_hidden and field.name in form.cleaned_data
        for typed in [form.cleaned_data[field.name]]
        if (field.value() or None) != (typed or None)
    ]
    form.data = {**form.data.dict(), "revision": str(saved.revision)}  # type: ignore[attr-defined]
    return render(request, template, {**context, "form": form, "differ": differ}, status=CONFLICT)


def _told(field: Any, value: Any) -> str:
    """A value as the page says it: the words of a choice, yes or no, nothing as a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = dict(getattr(field, "choices", ()))
    return str(words.get(value, value) or "–")
