"""What is entered for an audit and for a self-assessment."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from django import forms

from whatmatters.components.shared_decision_making.forms_experience import instrument, situation
from whatmatters.components.shared_decision_making.models import After, Audit, Basis, Improvement, Level, Statement
from whatmatters.components.shared_decision_making.population import EVERYONE
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.organisations.models import Organisation
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField

WHOM = sorted(((one.id, one.title) for one in COHORTS.values()), key=itemgetter(1))


def when(label: str = "On which day?") -> DayField:
    return DayField(label=label, initial=date.today, error_messages={"required": "Enter the day"})


def whole(label: str, low: int, high: int, initial: int | None = None, hint: str = "") -> forms.IntegerField:
    errors = {
        "invalid": "Enter a whole number",
        "min_value": f"Enter {low} or more",
        "max_value": f"Enter at most {high}",
    }
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, initial=initial, help_text=hint, error_messages=errors,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class Stands(forms.Form):
    """Where the audit stood when the page was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlanForm(forms.Form):
    title = short(
        "What do you call the audit?", 150, hint="For example: type 1 diabetes after the annual review", required=True
    )
    cohort = forms.ChoiceField(
        label="Whom is it about?", choices=[("", "Choose a group of people"), (EVERYONE, "Everyone registered"), *WHOM],
        error_messages={"required": "Choose whom the audit is about"}, help_text="As their practice has coded it",
    )  # fmt: skip
    least_age = whole("From what age?", 0, 120, 18)
    after = forms.ChoiceField(label="What must have happened?", choices=After.choices, required=False)
    months = whole("In the last how many months?", 1, 24, 12)
    instrument = instrument()
    situation = situation("Only where everyone who is asked decided about the same thing: they read it on their page")
    basis = forms.ChoiceField(
        label="How is the size of the sample decided?", choices=Basis.choices, widget=forms.RadioSelect,
        initial=Basis.PERCENT,
    )  # fmt: skip
    amount = whole(
        "How much?", 1, 100, 10, "Percent of the population, or percentage points of margin: 10, for example"
    )
    expected = whole("What share do you expect to answer, in percent?", 1, 100, 40, "Only counts for a margin")
    seed = short(
        "Seed", 40, hint="Anything: the same seed draws the same people. Left empty, one is drawn by lot and kept",
    )  # fmt: skip

    def __init__(self, *args: Any, networks: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(pk__in=[one.pk for one in networks]).order_by("name")
        self.fields["network"] = forms.ModelChoiceField(
            rows, label="Which network?", initial=networks[0] if len(networks) == 1 else None,
            empty_label="Choose a network", error_messages={"required": "Choose the network"},
        )  # fmt: skip
        self.order_fields(("network",))


class DayForm(Stands):
    on = when()


class GiveUpForm(Stands):
    why = long("Why is it given up?", 300, required=True)


class ConsiderForm(forms.Form):
    what = long(
        "What could be done better?", 500, hint="One improvement at a time. Name nobody who is cared for", required=True
    )


class DecideForm(Stands):
    """For each option: is it done, by whom, by when."""

    def __init__(self, *args: Any, of: Audit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options: list[Improvement] = list(of.improvements.all())
        for n, option in enumerate(self.options, 1):
            self.fields[f"chosen_{n}"] = forms.BooleanField(label=f"We do this: {option.what}", required=False)
            self.fields[f"owner_{n}"] = short(f"Who does improvement {n}?", 150)
            self.fields[f"by_{n}"] = DayField(label=f"By when is improvement {n} made?", required=False)
        self.fields["decision"] = long("What was decided, and why?", 2000, required=True)
        self.fields["on"] = when("Decided on")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for n in range(1, len(self.options) + 1):
            if given.get(f"chosen_{n}"):
                if not given.get(f"owner_{n}") and f"owner_{n}" not in self.errors:
                    self.add_error(f"owner_{n}", f"Write who does improvement {n}")
                if not given.get(f"by_{n}") and f"by_{n}" not in self.errors:
                    self.add_error(f"by_{n}", f"Enter by when improvement {n} is made")
        return given

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = {
            option: (given[f"owner_{n}"], given[f"by_{n}"])
            for n, option in enumerate(self.options, 1)
            if given[f"chosen_{n}"]
        }
        return {"decision": given["decision"], "on": given["on"], "revision": given["revision"], "chosen": chosen}


class MadeForm(forms.Form):
    came_of_it = long("What was done, and what came of it?", 500, required=True)
    on = when("Made on")


class SignForm(Stands):
    signatory = short("Name of who signs", 150, required=True)
    role = short("Their role", 100, hint="For example: clinical lead of the network", required=True)
    on = when("Signed on")


class JudgeForm(Stands):
    """A level for every statement, and where it can be seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in Statement:
            self.fields[statement.value] = forms.TypedChoiceField(
                label=str(statement.label), choices=Level.choices, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"{statement.value}_seen"] = short(
                "Where can that be seen?", 300, hint=f"Of: {statement.label}"
            )

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        levels = {
            one.value: (given[one.value], given[f"{one.value}_seen"])
            for one in Statement
            if given[one.value] is not None
        }
        return {"revision": given["revision"], "levels": levels}


class PlannedStepForm(forms.Form):
    statement = forms.ChoiceField(label="Which statement is it about?", choices=Statement.choices)
    what = long("What is done?", 500, required=True)
    owner = short("Who does it?", 150, required=True)
    by_day = DayField(label="By when?", error_messages={"required": "Enter the day by which it is done"})
