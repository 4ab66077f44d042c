"""What ``web/form.jinja`` must know of a bound Django field to draw it."""

from typing import Any

from django import forms
from django.forms import BoundField

from whatmatters.web.forms import PARTS, DayWidget

FEW = 30  # letters of all answers together, up to which they stand side by side

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (  # the first that fits: Django derives some from others
    (forms.HiddenInput, "hidden"),
    (DayWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)


def kind(bound: BoundField) -> str:
    """The name of the way it is drawn (see ``web/form.jinja``)."""
    return next((name for widget, name in KINDS if isinstance(bound.field.widget, widget)), "input")


def first_box(bound: BoundField) -> str:
    """The id that the error summary leads to: of several boxes, the first."""
    return f"id_{bound.html_name}" + ("-day" if kind(bound) == "date" else "")


NO_PLACE = ("Ensure this", "Select a valid", "Null characters", "Enter a valid value")  # how Django's own words begin


def faults(bound: BoundField) -> list[str]:
    """What is amiss, in words that say where. Django's own words for an empty box do not, nor for some others."""
    needed = str(forms.Field.default_error_messages["required"])
    ask = {"tick": "Tick", "date": "Enter a date for", "select": "Choose", "radios": "Choose", "checkboxes": "Choose"}
    wanted = f"{ask.get(kind(bound), 'Fill in')} “{bound.label}”"
    said = [wanted if fault == needed else str(fault) for fault in bound.errors]
    return [f"{bound.label}: {words}" if words.startswith(NO_PLACE) else words for words in said]


def told(bound: BoundField) -> dict[str, Any]:
    """All that the page says of a field, kind by kind."""
    drawn, name, value = kind(bound), bound.html_name, bound.value()
    attrs, error, hint = bound.field.widget.attrs, " ".join(faults(bound)), bound.help_text
    # A question that begins with its own condition, or ends in it, says itself when it must be answered.
    says_when = str(bound.label).startswith("If ") or ", if " in str(bound.label)
    # Nor is that optional which may wait until a draft is finished: the form names it in ``needed_later``.
    later = bound.name in getattr(bound.form, "needed_later", ())
    optional = "" if bound.field.required or drawn == "tick" or says_when or later else " (optional)"
    secret = isinstance(bound.field.widget, forms.PasswordInput)  # never sent back
    about = {
        "kind": drawn,
        "id": f"id_{name}",
        "name": name,
        "value": "" if value is None or secret else str(value),
        "words": f"{bound.label}{optional}",
        "hint": hint,
        "error": error,
        "describedby": " ".join(f"id_{name}-{part}" for part, words in (("hint", hint), ("error", error)) if words),
        "autocomplete": attrs.get("autocomplete"),
        "inputmode": attrs.get("inputmode"),
    }
    if drawn == "input":
        about["type"] = getattr(bound.field.widget, "input_type", "text")
        about["offers"] = list(getattr(bound.field.widget, "offers", ()))
    elif drawn == "tick":
        about["items"] = [{"value": "on", "text": bound.label, "chosen": bool(value)}]
    elif drawn == "date":
        typed = value if isinstance(value, list) else DayWidget().decompress(value)
        about["parts"] = [{"name": part, "value": given} for part, given in zip(PARTS, typed, strict=True)]
    elif drawn in ("select", "checkboxes", "radios"):
        about["items"] = items = choices(bound, drawn)
        about["inline"] = drawn == "radios" and len(items) <= 3 and sum(len(item["text"]) for item in items) <= FEW
    return about


def choices(bound: BoundField, drawn: str) -> list[dict[str, Any]]:
    """The answers, those given marked; an empty answer only in a drop-down list."""
    value = bound.value()
    given = {str(part) for part in (value if isinstance(value, (list, tuple)) else [value]) if part is not None}
    pairs = [(str(key), str(words)) for key, words in bound.field.choices]  # type: ignore[attr-defined]  # a ChoiceField
    return [{"value": k, "text": w, "chosen": k in given} for k, w in pairs if k or drawn == "select"]
