"""From a bound Django field to the parameters of the NHS.UK macro that draws it."""

from typing import Any

from django import forms
from django.forms import BoundField

from whatmatters.web.forms import DayWidget

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


def faults(bound: BoundField) -> list[str]:
    """What is amiss, in words that say where. Django's own words for an empty box do not."""
    needed = str(forms.Field.default_error_messages["required"])
    ask = {"tick": "Tick", "date": "Enter a date for", "select": "Choose", "radios": "Choose", "checkboxes": "Choose"}
    wanted = f"{ask.get(kind(bound), 'Fill in')} “{bound.label}”"
    return [wanted if fault == needed else str(fault) for fault in bound.errors]


def parameters(bound: BoundField, label_class: str = "") -> dict[str, Any]:
    """What every kind is told; each macro reads only the names it knows."""
    name, attrs, value = bound.html_name, bound.field.widget.attrs, bound.value()
    drawn = kind(bound)
    optional = "" if bound.field.required or drawn == "tick" else " (optional)"
    words = f"{bound.label}{optional}"
    hint = {"text": bound.help_text} if bound.help_text else None
    told: dict[str, Any] = {
        "name": name,
        "value": "" if value is None else str(value),
        "label": {"text": words, "classes": f"nhsuk-label--s {label_class}"},
        "fieldset": {"legend": {"text": words, "classes": f"nhsuk-fieldset__legend--s {label_class}"}},
        "hint": hint,
        "errorMessage": {"text": " ".join(faults(bound))} if bound.errors else None,
        "autocomplete": attrs.get("autocomplete"),
        "inputmode": attrs.get("inputmode"),
    }
    # The macro of boxes numbers their ids from a prefix; an ``id`` of its own would be a second one on the page.
    told["idPrefix" if drawn in ("checkboxes", "radios", "tick") else "id"] = f"id_{name}"
    if drawn == "input":
        told["type"] = getattr(bound.field.widget, "input_type", "text")
        if isinstance(bound.field.widget, forms.PasswordInput):
            told["value"] = ""  # a password is never sent back
        told["spellcheck"] = False if told["autocomplete"] else None
    elif drawn == "tick":
        box = {"value": "on", "text": bound.label, "checked": bool(value), "hint": hint}
        told.update(items=[box], fieldset=None, hint=None)
    elif drawn == "date":
        told["items"] = days(bound, told)
    elif drawn in ("select", "checkboxes", "radios"):
        told["items"] = items = choices(bound, drawn)
        told["inline"] = drawn == "radios" and len(items) <= 3 and sum(len(item["text"]) for item in items) <= FEW
    return told


def choices(bound: BoundField, drawn: str) -> list[dict[str, Any]]:
    """The answers, those given marked; an empty answer only in a drop-down list."""
    value = bound.value()
    given = {str(part) for part in (value if isinstance(value, (list, tuple)) else [value]) if part is not None}
    mark = "selected" if drawn == "select" else "checked"
    pairs = [(str(key), str(words)) for key, words in bound.field.choices]  # type: ignore[attr-defined]
    return [{"value": k, "text": w, mark: k in given} for k, w in pairs if k or drawn == "select"]


def days(bound: BoundField, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Day, month and year; ``autocomplete="bday"`` fills all three."""
    value = bound.value()
    typed = value if isinstance(value, list) else DayWidget().decompress(value)
    error = " nhsuk-input--error" if bound.errors else ""
    return [
        {
            "id": f"id_{bound.html_name}-{part}",
            "name": f"{bound.html_name}_{part}",
            "label": part.capitalize(),
            "value": "" if given is None else str(given),
            "width": 4 if part == "year" else 2,
            "classes": error.strip(),
            "inputmode": "text" if part == "month" else "numeric",
            "autocomplete": f"bday-{part}" if told["autocomplete"] == "bday" else None,
        }
        for part, given in zip(("day", "month", "year"), typed, strict=True)
    ]
