"""Places and days in the form of an entry: ``place0_town``, ``day0_opens``. One left empty is none."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from whatmatters.directory.forms_fields import Clock, Said
from whatmatters.directory.models import DAYS, Meeting, Place
from whatmatters.web.forms import DayField

TEXTS = ("name", "address", "town", "postcode", "latitude", "longitude", "bus", "access")
NUMBERS = ("latitude", "longitude")
YES_NO = ("step_free", "toilet", "hearing_loop", "parking")
OFTEN = (
    ("1w", "Every week"), ("2w", "Every other week"), ("3w", "Every third week"), ("4w", "Every fourth week"),
    ("m1", "First of the month"), ("m2", "Second of the month"), ("m3", "Third of the month"),
    ("m4", "Fourth of the month"), ("m13", "First and third of the month"), ("m24", "Second and fourth of the month"),
    ("once", "Once"),
)  # fmt: skip
Fields = tuple[dict[str, forms.Field], dict[str, Any]]
Given = dict[str, Any]


def places(known: list[Place]) -> Fields:
    """Fields and what stands in them, for the places there are and one more."""
    fields: dict[str, forms.Field] = {}
    initial: dict[str, Any] = {}
    for at, place in enumerate([*known, Place()]):
        for name in (*TEXTS, *YES_NO):
            model: Any = Place._meta.get_field(name)
            label = str(model.verbose_name).capitalize()
            made: Any = Said(label) if name in YES_NO else model.formfield(label=label, required=False)
            if name in NUMBERS:
                made.widget = forms.TextInput({"inputmode": "decimal"})
            fields[f"place{at}_{name}"], initial[f"place{at}_{name}"] = made, getattr(place, name)
    fields["place0_bus"].help_text = "For example: 57 and 66, stop at the church"
    return fields, initial


def meetings(known: list[Meeting], among: list[Place]) -> Fields:
    """As ``places``, with two more."""
    fields: dict[str, forms.Field] = {}
    initial: dict[str, Any] = {}
    where = [("", "Nowhere in particular, or online"), *((str(at), f"Place {at + 1}") for at in range(len(among) + 1))]
    numbers = {place.pk: at for at, place in enumerate(among)}
    for at, row in enumerate([*known, None, None]):
        one = {
            "weekday": forms.TypedChoiceField(
                label="Day", choices=[("", "No day"), *DAYS], coerce=int, empty_value=None, required=False
            ),
            "opens": Clock("From"),
            "closes": Clock("To"),
            "often": forms.ChoiceField(label="How often", choices=OFTEN, required=False),
            "first": DayField(label="The first day, or one on which it meets", required=False),
            "last": DayField(label="The last day", required=False),
            "place": forms.TypedChoiceField(label="Where", choices=where, coerce=int, empty_value=None, required=False),
            "note": forms.CharField(label="A note", max_length=200, required=False),
        }
        fields |= {f"day{at}_{name}": field for name, field in one.items()}
        stands = {"often": "1w", "place": 0} if row is None else {name: getattr(row, name, None) for name in one}
        if row is not None:
            stands |= {"often": _often(row), "place": numbers.get(row.place_id or 0)}
        initial |= {f"day{at}_{name}": value for name, value in stands.items()}
    return fields, initial


def _often(row: Meeting) -> str:
    if row.first and row.first == row.last:
        return "once"
    return f"m{row.in_month}" if row.in_month else f"{row.every}w"


def places_given(given: Given, known: list[Place]) -> dict[int, Given]:
    """By their number in the form; one that was there keeps its uuid."""
    told = {}
    for at in range(len(known) + 1):
        facts = _place(given, at)
        if any(value not in (None, "") for value in facts.values()):
            told[at] = {**facts, **({"uuid": known[at].uuid} if at < len(known) else {})}
    return told


def _place(given: Given, at: int) -> Given:
    """The fields of ``Place`` for the place of this number; a box that is itself amiss is as if empty."""
    texts = {name: given.get(f"place{at}_{name}") or "" for name in TEXTS if name not in NUMBERS}
    return texts | {name: given.get(f"place{at}_{name}") for name in (*NUMBERS, *YES_NO)}


def meetings_given(given: Given, places: dict[int, Given]) -> list[Given]:
    """What ``actions.add`` takes: the place by its number among those that are told."""
    order = {at: number for number, at in enumerate(places)}
    told, at = [], 0
    while f"day{at}_weekday" in given:
        facts = meeting(given, at)
        if facts["weekday"] is not None:
            told.append({**facts, "place": order.get(given.get(f"day{at}_place", -1))})
        at += 1
    return told


def meeting(given: Given, at: int) -> Given:
    """The fields of ``Meeting`` for the day of this number."""
    facts = {name: given.get(f"day{at}_{name}") for name in ("weekday", "opens", "closes", "first", "last")}
    often = given.get(f"day{at}_often") or "1w"
    facts |= {"note": given.get(f"day{at}_note") or "", "every": 1, "in_month": ""}
    if often == "once":
        day = facts["last"] = facts["first"]
        facts["weekday"] = day.weekday() if day else None
    elif often.startswith("m"):
        facts["in_month"] = often[1:]
    else:
        facts["every"] = int(often[:-1])
    return facts


def faults(given: Given, places: int, meetings: int) -> dict[str, str]:
    """Field to what must be mended, beyond what each box says for itself."""
    wrong: dict[str, str] = {}
    for at in range(places):
        wrong |= _wrong(Place(**_place(given, at)), f"place{at}_", ["group"])
    for at in range(meetings):
        facts = meeting(given, at)
        if facts["weekday"] is not None:
            wrong |= _wrong(Meeting(**facts), f"day{at}_", ["group", "place"])
        elif given.get(f"day{at}_often") == "once":
            if facts["opens"] or facts["closes"] or given.get(f"day{at}_weekday") is not None:
                wrong[f"day{at}_first"] = "Enter the day"
        elif facts["opens"] or facts["closes"] or facts["first"]:
            wrong[f"day{at}_weekday"] = "Choose the day of the week"
    return wrong


def _wrong(row: Place | Meeting, prefix: str, unknown: list[str]) -> dict[str, str]:
    """What the row itself would refuse, by the boxes of this form; what is no box is said at the first."""
    try:
        row.clean_fields(exclude=[*unknown, "uuid"])
        row.clean()
    except ValidationError as problem:
        boxes = {"in_month": "often", "every": "often"}
        return {f"{prefix}{boxes.get(name, name)}": said[0] for name, said in problem.message_dict.items()}
    return {}
