"""What is asked when an offer is planned, reviewed and made; each form's ``facts()`` are the words of its action."""

from datetime import date
from operator import itemgetter
from typing import Any

from django import forms
from django.db.models import QuerySet

from whatmatters.components.social_prescribing.actions.knowing import Known
from whatmatters.components.social_prescribing.forms import need
from whatmatters.components.social_prescribing.forms_case import one_of
from whatmatters.components.social_prescribing.models import By, LeftOut, Objection, Outcome, Reach, SaidNo, Side
from whatmatters.components.social_prescribing.models.offer import DEPRIVED, RULE
from whatmatters.directory.needs import Need
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField
from whatmatters.workforce.models import Worker

OLDEST = 120
BY_TITLE = {cohort.id: cohort.title for cohort in COHORTS.values()}


def age(label: str) -> forms.IntegerField:
    errors = {"invalid": "Enter an age in whole years", "max_value": f"Enter an age of at most {OLDEST}"}
    box = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=OLDEST, error_messages=errors, widget=box
    )


def when(label: str = "On which day?") -> DayField:
    return DayField(label=label, initial=date.today, error_messages={"required": "Enter the day"})


class Facts(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WhomForm(Facts):
    """The rule: a cohort of the programme, within ages, not referred for a while."""

    cohort = forms.ChoiceField(
        label="Whom is it for?", help_text="As their practice has coded it",
        error_messages={"required": "Choose whom it is for"},
        choices=[("", "Choose a group of people"), *sorted(BY_TITLE.items(), key=itemgetter(1))],
    )  # fmt: skip
    least_age = age("From what age?")
    most_age = age("Up to what age?")
    quiet_months = forms.TypedChoiceField(
        label="Who was not referred to social prescribing in the last", coerce=int, initial=12,
        choices=[(6, "6 months"), (12, "12 months"), (24, "2 years"), (0, "at any time: ask whoever has no open case")],
    )  # fmt: skip
    deprived = forms.TypedChoiceField(
        label="Where do they live?", coerce=int, required=False, empty_value=None,
        choices=[("", "Wherever they live"), *((many, f"Only in {words}") for many, words in DEPRIVED)],
        help_text="By the Index of Multiple Deprivation, on their record. Whoever has none recorded is then left out",
    )  # fmt: skip


class PlanForm(WhomForm):
    service = forms.ModelChoiceField(
        Organisation.objects.none(), label="Which network?", to_field_name="code", empty_label="Choose a network",
        error_messages={"required": "Choose a network"},
    )  # fmt: skip
    title = short("What do you call it?", 100, required=True)
    why = long("What need is not met, and how do you know?", 1000, required=True)
    need = need("What is it about?", "Choose what it is about")
    what = long("What is offered, and by whom?", 1000, required=True)
    starts = DayField(label="From which day is it offered?", error_messages={"required": "Enter the first day"})
    field_order = ("revision", "service", "title", "why", "cohort")

    def __init__(self, *args: Any, services: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]  # a choice of models


class ChangeForm(PlanForm):
    """The network stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, services=Organisation.objects.none(), **kwargs)
        del self.fields["service"]


class PartnerForm(Facts):
    side = one_of("Who had a say?", Side.choices)
    who = short("Their name, or the organisation’s", 150, required=True)
    said = long("What did they bring to it?", 500, required=True)
    on = when()


class AgreeForm(Facts):
    on = when("On which day was it agreed?")


class ReviewForm(WhomForm):
    on = when("On which day was it reviewed?")
    population = long("What does the population need now?", 1000, required=True)
    capacity = long("What can the network carry?", 1000, required=True)
    outcome = one_of("What follows?", Outcome.choices)
    field_order = ("revision", "on", "population", "capacity", "outcome")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].required = False
        self.fields["cohort"].help_text = "This and what follows matter only where the offer is extended"


def whom(reach: Reach) -> dict[str, Any]:
    """The rule as the form starts with it."""
    return {name: getattr(reach, name) for name in RULE}


class InviteForm(forms.Form):
    """``who`` are the ticked of the list, by uuid."""

    how = one_of("How do you invite them?", By.choices)
    on = when("On which day?")


class LeaveOutForm(Facts):
    why = one_of("Why?", LeftOut.choices)
    note = long("A note for the care team", 300)


class PutBackForm(Facts):
    pass


class OneInviteForm(Facts):
    how = one_of("How?", By.choices)
    on = when()


class YesForm(Facts):
    need = forms.ChoiceField(label="What would help most?", choices=Need.choices, widget=forms.RadioSelect)
    on = when("When did they say yes?")


class NoForm(Facts):
    why = one_of("What did they say?", SaidNo.choices)
    never = forms.BooleanField(label="They do not want to be invited to anything else either", required=False)
    on = when("When did they say no?")


class AnswerInvitationForm(forms.Form):
    """As the invited person sees it."""

    answer = one_of(
        "What would you like?",
        [
            ("yes", "Yes, please get in touch"),
            ("no", "No, thank you"),
            ("never", "No, and please do not invite me to anything again"),
        ],
    )
    why = forms.ChoiceField(
        label="If no, would you tell us why? You need not", required=False, widget=forms.RadioSelect,
        choices=[
            (SaidNo.NOT_NOW, "Not now"),
            (SaidNo.NOT_NEEDED, "I do not need it"),
            (SaidNo.SUPPORTED, "I have support already"),
            (SaidNo.NOT_FOR_ME, "It is not for me"),
        ],
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ObjectionForm(forms.Form):
    kind = one_of("What did they say, or what is on file?", Objection.Kind.choices)
    on = when("Since when?")


class KnownForm(forms.Form):
    what = one_of("What do you know?", Known.choices)
    on = when("Since when do you know it?")


class MeetingForm(forms.Form):
    practice = forms.ModelChoiceField(
        Organisation.objects.none(), label="Which practice?", to_field_name="code", empty_label="Choose a practice",
        error_messages={"required": "Choose a practice"},
    )  # fmt: skip
    on = when("When was the meeting?")
    workers = forms.ModelMultipleChoiceField(
        Worker.objects.none(), label="Who of the team was there?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who was there"},
    )  # fmt: skip

    def __init__(self, *args: Any, practices: QuerySet[Organisation], workers: QuerySet[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset = practices  # type: ignore[attr-defined]  # a choice of models
        self.fields["workers"].queryset = workers  # type: ignore[attr-defined]  # of models


class AttestForm(forms.Form):
    practice = forms.ModelChoiceField(
        Organisation.objects.none(), label="Which practice?", to_field_name="code", empty_label="Choose a practice",
        error_messages={"required": "Choose a practice"},
    )  # fmt: skip
    able = forms.BooleanField(
        label="The practice can involve link workers in its meetings and refer people to them",
        error_messages={"required": "Tick the box if it is so; if it is not, there is nothing to attest"},
    )

    def __init__(self, *args: Any, practices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset = practices  # type: ignore[attr-defined]  # a choice of models
