"""An entry as one form: the group, then its places and days (``forms_rows``), with room for one more of each."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from whatmatters.directory import forms_rows as rows
from whatmatters.directory.conditions import Condition
from whatmatters.directory.forms_fields import Lines, Said, many
from whatmatters.directory.models import Group, Meeting, Place
from whatmatters.directory.needs import Need
from whatmatters.web.forms import DayField

PENCE = Decimal(100)
NOTHING = "nothing"
POUNDS = "Enter what people pay in pounds, like 2.50"
SECTIONS = {
    "The group": ("name", "kind", "also", "about", "notice", "standing"),
    "Who it is for": (
        "who_for", "age_from", "age_to", "sex", "sex_why", "conditions", "carers", "area", "outward", "not_for",
    ),
    "Cost and languages": ("cost_kind", "price", "cost", "languages"),
    "How to reach it": ("phone", "email", "website", "contact", "joining", "online", "home_visits", "letters_to"),
    "Room for more people": ("capacity", "capacity_until", "wait_weeks"),
    "Where and when, in a sentence": ("where", "postcode"),
}  # fmt: skip


OLDEST, LONGEST = 120, 260  # years of age; weeks to wait: five years


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no [Group] when run
    """``facts()`` is what ``actions.add`` and ``change`` take."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    also = many("What else it helps with", Need.choices)
    conditions = many("Made for people with", Condition.choices)
    not_for = Lines(label="Who it is not for", required=False, help_text="One on each line")
    price = forms.DecimalField(
        label="What people usually pay", required=False, min_value=0, max_value=10_000, decimal_places=2,
        help_text="In pounds, each time: 2.50", widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_decimal_places"), POUNDS),
    )  # fmt: skip
    online, home_visits = Said("Can be joined online"), Said("Visits people at home")
    capacity_until = DayField(label="If it is full or has a list: until the end of", required=False)
    verified = forms.BooleanField(label="I have checked with the group today that all this is true", required=False)

    class Meta:
        model = Group
        fields = [name for names in SECTIONS.values() for name in names]
        widgets = {"about": forms.Textarea}
        labels = {"cost": "Cost in words", "outward": "Postcode districts it serves"}
        help_texts = {
            "outward": "For example KM1 KM2. Leave empty if it does not matter where people live",
            "languages": "With commas between: English, Polish, British Sign Language",
            "sex_why": "The law allows it for a good reason: say which",
            "cost": "For example: £2 a session, tea included",
            "letters_to": "Not shown to the public. Once a year we ask there whether all is still true",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance
        if group.price is not None:
            self.initial["price"] = group.price / PENCE
        self.places = list(group.places.all()) if group.pk else []
        self.meetings = list(group.meetings.all()) if group.pk else []
        for fields, initial in (rows.places(self.places), rows.meetings(self.meetings, self.places)):
            self.fields.update(fields)
            self.initial.update(initial)
        self.fields["standing"].required = False  # running, unless it is said otherwise

    def _at_most(self, name: str, most: int, words: str) -> int | None:
        given: int | None = self.cleaned_data[name]
        if given is not None and given > most:
            raise forms.ValidationError(words)
        return given

    def clean_age_from(self) -> int | None:
        return self._at_most("age_from", OLDEST, f"Enter an age in years, up to {OLDEST}")

    def clean_age_to(self) -> int | None:
        return self._at_most("age_to", OLDEST, f"Enter an age in years, up to {OLDEST}")

    def clean_wait_weeks(self) -> int | None:
        return self._at_most("wait_weeks", LONGEST, f"Enter a number of weeks, up to {LONGEST}")

    def clean_price(self) -> int | None:
        given = self.cleaned_data["price"]
        return None if given is None else int(given * PENCE)

    def clean_standing(self) -> str:
        return str(self.cleaned_data["standing"] or self.instance.standing)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, wrong in rows.faults(given, len(self.places) + 1, len(self.meetings) + 2).items():
            if name not in self.errors:
                self.add_error(name, wrong)
        return given

    def facts(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.Meta.fields}
        places = rows.places_given(self.cleaned_data, self.places)
        return {**given, "places": list(places.values()), "meetings": rows.meetings_given(self.cleaned_data, places)}

    def sections(self) -> list[tuple[str, list[BoundField], bool]]:
        """Heading, boxes, and whether it stands open: it holds something, or something to mend."""
        told = {heading: [self[name] for name in names if name in self.fields] for heading, names in SECTIONS.items()}
        for number in range(len(self.places) + 1):
            told[f"Place {number + 1}"] = self._begin(f"place{number}_")
        for number in range(len(self.meetings) + 2):
            told[f"Day {number + 1}"] = self._begin(f"day{number}_")
        first = ("The group", "Who it is for", "Place 1", "Day 1")
        return [(head, boxes, head in first or self._told(boxes)) for head, boxes in told.items()]

    def differs(self, now: Group) -> list[tuple[str, str, str]]:
        """What is on file now and was typed otherwise: label, theirs, yours."""
        typed = self.cleaned_data
        told = [
            (str(self[name].label), _told(self, name, getattr(now, name)), _told(self, name, typed[name]))
            for name in self.Meta.fields
            if (getattr(now, name) or None) != (typed[name] or None)
        ]
        places = rows.places_given(typed, self.places)
        yours = [Place(**place).said for place in places.values()]
        yours += [Meeting(**{**row, "place": None}).said for row in rows.meetings_given(typed, places)]
        theirs = [place.said for place in now.places.all()] + [meeting.said for meeting in now.meetings.all()]
        if theirs != yours:
            told.append(("Places and days", "; ".join(theirs) or NOTHING, "; ".join(yours) or NOTHING))
        return told

    def _begin(self, prefix: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def _told(self, boxes: list[BoundField]) -> bool:
        usual = ("often", "place")  # of a day nobody has told of: every week, at the first place
        return any(
            box.errors or self.initial.get(box.name) or box.name in self.changed_data
            for box in boxes
            if not box.name.endswith(usual)
        )


def _told(form: GroupForm, name: str, value: Any) -> str:
    """As the page says it: the words of choices, lists with commas."""
    words = {str(key): str(said) for key, said in getattr(form.fields[name], "choices", ())}
    parts = value if isinstance(value, list) else [] if value is None else [value]
    return ", ".join(words.get(str(part), str(part)) for part in parts) or NOTHING
