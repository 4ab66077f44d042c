"""The small steps in which a plan is written. The person's own words come first."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.models import Action, Goal, Plan, Share, Version
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField

Hidden = forms.HiddenInput


class AboutMeForm(forms.Form):
    """One box a heading. ``seen`` tells what the page was made from (``actions.writing.last_words``)."""

    seen = forms.IntegerField(widget=Hidden, required=False)
    supported_by = short(
        "Supported to write this by", 150, hint="Who helped with what is new here, if anyone: name and who they are"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for heading in HEADINGS:
            self.fields[heading.name] = long(heading.title, 4000, hint=heading.asks)

    def words(self) -> dict[str, str]:
        return {heading.name: self.cleaned_data[heading.name] for heading in HEADINGS}


class ConversationForm(forms.Form):
    revision = forms.IntegerField(widget=Hidden, required=False)
    conversation_on = DayField(label="The day you talked", required=False)
    needs = long(
        "Needs, worries and strengths that came up",
        4000,
        hint="Health, and money, housing, company, sleep",
    )
    participants = long(
        "Whom the person chose to be involved", 2000,
        hint="One on each line: name, who they are. For example: Maureen Atkinson, sister",
    )  # fmt: skip

    def people(self) -> list[tuple[str, str]]:
        """(name, relationship) of each line."""
        lines = [line.partition(",") for line in self.cleaned_data["participants"].splitlines() if line.strip()]
        return [(name.strip(), relationship.strip()) for name, _, relationship in lines]


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """``needs``: (key, title) of the needs that the goal may hang on."""

    revision = forms.IntegerField(widget=Hidden, required=False)
    need = forms.TypedChoiceField(label="For which need or worry?", required=False, coerce=UUID, empty_value=None)
    importance = forms.TypedChoiceField(
        label="How important is it to them?", required=False, coerce=int, empty_value=None,
        choices=[("", "Not said"), *[(n, f"{n}{' (most)' if n == 10 else ''}") for n in range(1, 11)]],
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [("", "None, or several"), *needs]  # type: ignore[attr-defined]  # a ChoiceField
        if not needs:
            del self.fields["need"]

    class Meta:
        model = Goal
        fields = ("outcome", "need", "importance", "professional_name", "professional_role")
        widgets = {"outcome": forms.Textarea}
        labels = {
            "outcome": "What does the person want to be able to do, or want to be different?",
            "professional_name": "Agreed with which professional?", "professional_role": "Their role",
        }  # fmt: skip
        error_messages = {"outcome": {"required": "Write what the person wants"}}


class ActionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    revision = forms.IntegerField(widget=Hidden, required=False)
    who = forms.ChoiceField(
        label="Who will do it?", choices=Action.Who.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose who will do it"},
    )  # fmt: skip
    due = DayField(label="By when?", required=False)

    class Meta:
        model = Action
        fields = ("what", "who", "who_name", "due")
        widgets = {"what": forms.Textarea}
        labels = {"what": "What will be done?", "who_name": "Their name, or the group's"}
        error_messages = {"what": {"required": "Write what will be done"}}


class AgreeForm(forms.Form):
    seen = forms.CharField(widget=Hidden, required=False)
    agreed_on = DayField(label="The day it was agreed", error_messages={"required": "Enter the day it was agreed"})
    agreed_role = forms.ChoiceField(
        label="Who agreed it?", choices=Version._meta.get_field("agreed_role").choices or (), widget=forms.RadioSelect,
        error_messages={"required": "Choose who agreed it"},
    )  # fmt: skip
    agreed_by = short("Their name", 70, required="Enter the name of who agreed it")
    review_on = DayField(label="To be looked at again on", required=False)
    reviewer_name = short("Who will see to that?", 70)
    reviewer_role = short("Their role", 70)
    reviewer_contact = short("How to reach them", 35)


class ShareForm(forms.Form):
    kind = forms.ChoiceField(
        label="Shared with", choices=Share.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose with whom it was shared"},
    )  # fmt: skip
    with_whom = short("Name of the person or place", 70)
    how = forms.ChoiceField(
        label="How?", choices=Share.How.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was shared"},
    )  # fmt: skip
    on = DayField(label="On", initial=date.today, error_messages={"required": "Enter the day it was shared"})


class ReviewForm(forms.Form):
    on = DayField(label="The day you looked at it together", error_messages={"required": "Enter the day of the review"})
    words = long("What was said", 2000, hint="If something must change, start a new version afterwards")
    next_on = DayField(
        label="To be looked at again on", error_messages={"required": "Enter the day of the next review"}
    )


class AskForm(forms.Form):
    why = long("Is there something you want to talk about?", 1000)


class OfferForm(forms.Form):
    on = DayField(label="The day it was offered", initial=date.today, error_messages={"required": "Enter the day"})


class DeclineForm(forms.Form):
    on = DayField(label="The day they said no", initial=date.today, error_messages={"required": "Enter the day"})
    why = forms.ChoiceField(
        label="What did they say?", choices=Plan.SaidNo.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )  # fmt: skip


class ProgressForm(forms.Form):
    status = forms.ChoiceField(
        label="How does it stand?", widget=forms.RadioSelect, error_messages={"required": "Choose how it stands"}
    )
    on = DayField(label="On", initial=date.today, error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, of: Goal | Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = progress.GOAL if isinstance(of, Goal) else progress.ACTION
        self.fields["status"].help_text = of.outcome if isinstance(of, Goal) else of.what
        self.fields["status"].choices = [(status, progress.words(status)) for status in known]  # type: ignore[attr-defined]  # a ChoiceField
