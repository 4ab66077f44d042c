"""The forms of what is asked of community groups, and of what came of it. Each gives ``facts()`` for its action."""

from datetime import date
from typing import Any

from django import forms

from whatmatters.components.social_prescribing.forms_case import CaseForm, DayForm, one_of
from whatmatters.components.social_prescribing.models import (
    BY_A_GROUP,
    BY_THE_PERSON,
    OF_A_GROUP,
    OF_AN_UNMET_NEED,
    OF_NOT_GOING,
    OF_NOT_HELPING,
    Answer,
    Barrier,
    Enquiry,
    some,
)
from whatmatters.directory.needs import Need
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField


def reason(label: str, reasons: tuple[Barrier, ...], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=some(*reasons), required=required, widget=forms.RadioSelect)


class AskForm(CaseForm):
    tells = one_of("If the group says yes, what does the person agree that it is told?", Enquiry.Tells.choices)
    reach = short(
        "How the group can reach them", hint="First name is added by itself. Only shown once the group has said yes."
    )
    about = long("A few words to the group", 300)
    reply_by = DayField(label="When do you need an answer?", error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].help_text = "The group reads this before it answers: no name, address or illness"


class GroupAnswerForm(forms.Form):
    """As the group sees it."""

    answer = one_of(
        "Can you?",
        [(Answer.YES, "Yes, they are welcome"), (Answer.NO, "No, not us"), (Answer.FULL, "We are full just now")],
    )
    why = forms.ChoiceField(
        label="If no, why?", choices=some(*OF_A_GROUP, said=BY_A_GROUP), required=False, widget=forms.RadioSelect
    )
    full_until = DayField(label="If you are full, until when?", required=False)
    words = long("Anything you would like to say", 300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_until"].help_text = "Your last full day, as far as you know. Leave it empty if you do not"

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        answer, until = given.get("answer"), given.get("full_until")
        if answer == Answer.NO and not given.get("why") and "why" not in self.errors:
            self.add_error("why", "Choose why not")
        if answer == Answer.FULL and until and until < date.today():
            self.add_error("full_until", "This day is over: enter one to come, or leave it empty")
        return given

    def facts(self) -> dict[str, Any]:
        """Only what goes with the answer."""
        given = dict(self.cleaned_data)
        given["why"] = given["why"] if given["answer"] == Answer.NO else ""
        given["full_until"] = given["full_until"] if given["answer"] == Answer.FULL else None
        return given


class AnswerForm(GroupAnswerForm):
    """As the link worker writes it down."""

    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again first"})
    on = DayField(label="On which day did they say so?", initial=date.today)
    field_order = ("answer", "why", "full_until", "words", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = "What does the group say?"
        self.fields["full_until"].label = "If it is full, until when?"
        self.fields["full_until"].help_text = "The directory will say so too"
        self.fields["words"].label = "What else did they say?"


class RingForm(forms.Form):
    words = short("Your phone number, and a good time to ring", 150, required="Enter a phone number")


class OutcomeForm(forms.Form):
    """Did they go, did it help? ``who`` is who answers; ``went`` leaves the first question out: it is known."""

    went = one_of("", [])
    why_not_gone = forms.ChoiceField(label="If not, why?", required=False)
    helped = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No"), ("", "Too early to say")], required=False, widget=forms.RadioSelect
    )
    why_not_helped = forms.ChoiceField(label="If it did not, why?", required=False)
    words = long("Anything more", 150)

    ASK = {
        "worker": ("Did the person go?", "Yes, they went", "No, they did not go", "Did it help?"),
        "group": ("Did they come?", "Yes, they came", "No, not so far", "Did it help them, as far as you can tell?"),
        "person": ("Did you go?", "Yes, I went", "No, I did not go", "Did it help you?"),
    }

    def __init__(self, *args: Any, who: str, went: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["went"].label, yes, no, self.fields["helped"].label = self.ASK[who]
        self.fields["went"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]  # a choice field
        said = BY_THE_PERSON if who == "person" else {}
        for name, reasons in (("why_not_gone", OF_NOT_GOING), ("why_not_helped", OF_NOT_HELPING)):
            self.fields[name].choices = [("", "Choose a reason"), *some(*reasons, said=said)]  # type: ignore[attr-defined]  # as above
        self.fields["went"].error_messages["required"] = "Choose yes or no"
        if went:
            del self.fields["went"], self.fields["why_not_gone"]
            self.fields["helped"].required = True
            self.fields["helped"].choices = [("yes", "Yes"), ("no", "No")]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("went") == "no" and not given.get("why_not_gone") and "why_not_gone" not in self.errors:
            self.add_error("why_not_gone", "Choose why not")
        if given.get("went") != "no" and given.get("helped") == "no" and not given.get("why_not_helped"):
            self.add_error("why_not_helped", "Choose why it did not help")
        return given

    def facts(self) -> dict[str, Any]:
        return {"went": "yes", "why_not_gone": "", **self.cleaned_data}


class WorkersOutcomeForm(OutcomeForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again first"})
    on = DayField(label="On which day?", initial=date.today, error_messages={"required": "Enter the day"})
    field_order = ("went", "why_not_gone", "on", "helped", "why_not_helped", "words")


class UnmetForm(DayForm):
    reason = reason("Why was nothing found?", OF_AN_UNMET_NEED, required=True)
    need = forms.ChoiceField(label="What was the help wanted with?", choices=Need.choices)
