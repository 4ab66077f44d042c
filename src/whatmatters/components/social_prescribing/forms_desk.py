"""The short forms of a worker's day: what comes next, handing over, supervision, a visit."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from whatmatters.components.social_prescribing.actions import supervising
from whatmatters.components.social_prescribing.caseload import WEIGHTS
from whatmatters.components.social_prescribing.colleagues import working_on
from whatmatters.components.social_prescribing.forms_case import CaseForm, next_day, next_words, one_of
from whatmatters.components.social_prescribing.models import Complexity, Question, Visit, Why
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField
from whatmatters.workforce.models import Worker

A_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


class TimeField(forms.CharField):
    """A time of day as people write it: 15:30, 3.30pm, 3 pm. Cleans to ``datetime.time``."""

    def to_python(self, value: Any) -> Any:
        typed = (super().to_python(value) or "").lower()
        if not typed:
            return typed
        found = A_TIME.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
        half = found[3] if found else None
        if half and not 1 <= hour <= 12:
            hour = 99
        try:
            return time(hour % 12 + 12 * (half == "pm") if half and hour < 99 else hour, minute)
        except ValueError:
            raise ValidationError("Enter a time like 15:30") from None

    def run_validators(self, value: Any) -> None:
        """Those of text have nothing to say of a time."""


class PlanForm(CaseForm):
    next_on = next_day("When is the next step?")
    next_what = next_words("What is the next step?")
    complexity = forms.ChoiceField(
        label="How much does the case ask of you?", required=False, widget=forms.RadioSelect,
        choices=[(step, f"{Complexity(step).label} (counts {WEIGHTS[step]})") for step in Complexity.values],
    )  # fmt: skip


class ToWorker(CaseForm):
    """One of the workers ``among`` whom there is a choice."""

    to = forms.ModelChoiceField(
        Worker.objects.none(), label="Who takes it on?", empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague", "invalid_choice": "Choose a colleague from the list"},
    )  # fmt: skip
    why = one_of("Why?", Why.choices)
    note = long("What should they know first?", 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row:
            self.offer(working_on(self.row, date.today()).exclude(pk=self.row.owner_id or 0))

    def offer(self, among: QuerySet[Worker]) -> None:
        self.fields["to"].queryset = among  # type: ignore[attr-defined]  # a choice of models


class AllToWorker(ToWorker):
    """All open cases of a worker: no page of one case was open, so no revision of one."""

    revision = None  # type: ignore[assignment]  # how Django takes a field out

    def __init__(self, *args: Any, among: QuerySet[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(among)


class AskForm(CaseForm):
    question = long("What would you like to talk over?", supervising.SHORT, required=True)


class AgreedForm(forms.Form):
    words = long("What was agreed?", supervising.LONG, required=True)


class SessionForm(forms.Form):
    """A supervision session: the day, a few words, and for each question what was agreed (empty: not talked over)."""

    on = DayField(label="On which day?", initial=date.today, error_messages={"required": "Enter the day"})
    words = forms.CharField(
        label="What else was it about?", help_text="A few words for their record. Name nobody who is cared for.",
        max_length=300, required=False, widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            person = question.referral.person
            label = f"What was agreed about {person.called}?" if person else "What was agreed?"
            self.fields[self.name_of(question)] = long(label, supervising.LONG)

    @staticmethod
    def name_of(question: Question) -> str:
        return f"agreed-{question.uuid}"

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        agreed = {question: given[self.name_of(question)] for question in self.questions}
        told = {question: said for question, said in agreed.items() if said}
        return {"on": given["on"], "words": given["words"], "answers": told}


class BackByForm(forms.Form):
    """An hour on a day, as a moment in the time of the place."""

    on = DayField(label="On which day?", initial=date.today, error_messages={"required": "Enter the day"})
    back = TimeField(
        label="Back by", help_text="For example, 15:30. If you have not checked in by then, your colleague is told.",
        error_messages={"required": "Enter the time by which you are back"},
    )  # fmt: skip

    def moment(self) -> datetime:
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["on"], given["back"]))


class VisitForm(CaseForm, BackByForm):
    where = short(
        "Where will you be?", 150, hint="Your colleague sees this only if you are overdue.",
        required="Say where you will be",
    )  # fmt: skip
    phone = short("Your phone number", 35, inputmode="tel")
    colleague = forms.ModelChoiceField(
        Worker.objects.none(), label="Who is told if you do not check in?", empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague", "invalid_choice": "Choose a colleague from the list"},
    )  # fmt: skip
    field_order = ("revision", "where", "on", "back", "phone", "colleague")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is None or self.by is None or self.row.person is None:
            return
        others = working_on(self.row, date.today()).exclude(pk=self.by.worker or 0)
        self.fields["colleague"].queryset = others  # type: ignore[attr-defined]  # a choice of models
        last = Visit.objects.filter(worker=self.by.worker).order_by("-pk").first()
        address = " ".join(f"{self.row.person.address} {self.row.person.postcode}".split())
        usual = {"where": address[:150], "phone": last.phone if last else ""}
        self.initial = {**usual, "colleague": last.colleague_id if last else None, **self.initial}

    def facts(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("on", "back")}
        return {**kept, "back_by": self.moment()}
