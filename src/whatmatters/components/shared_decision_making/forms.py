"""The three talks: who and what matters, the options, the decision. Little is asked, all of the standard is there."""

from datetime import date, timedelta
from typing import Any

from django import forms

from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.components.shared_decision_making.models.words import Consent, Interpreter, Leader, Mechanism, Recorded
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField

Hidden = forms.HiddenInput
ENTRY = 150  # letters, of a coded entry's free text in the standard


def one_of(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Not said"), *choices], required=False)


def revision() -> forms.IntegerField:
    return forms.IntegerField(widget=Hidden, required=False)


def short_lines(text: str, longest: int = ENTRY) -> None:
    """One entry a line, each as long as the standard lets it be."""
    for line in text.splitlines():
        if len(line.strip()) > longest:
            raise forms.ValidationError(f"One line is longer than {longest} letters: break it in two")


class TeamForm(forms.Form):
    revision = revision()
    problems = long(
        "What is it about?", 1000, hint="The problem to decide on, one a line", required="Say what the problem is"
    )
    matters = long("What matters to them", hint="In their own words. What stands here came from the plan, or from them")
    person_agenda = long("What they want to talk about")
    involved = long("Who decides with them", 1500, hint="One a line: name, who they are. For example: Pat, sister")
    contact_on = DayField(label="The day you talked", error_messages={"required": "Enter the day you talked"})
    contact_time = forms.TimeField(label="At what time", required=False, help_text="For example 10:30")
    clinician_agenda = long("What you want to talk about")
    shared_before = long("What they were given to read before")
    led_by = one_of("Who leads the talk", Leader.choices)
    mechanism = one_of("How you talk", Mechanism.choices)
    interpreter = one_of("Is an interpreter there?", Interpreter.choices)
    accompanied_by = short("Who came with them")
    seen_by = short("Seen by")
    seen_by_role = short("Their role")
    responsible = short("Who is responsible for their care")
    responsible_role = short("The role of who is responsible")
    present = short("Another professional who is there")
    present_role = short("The role of the other professional")
    location = short("Where", 150)
    location_type = short("Kind of place (code)", 3)
    contact_type = short("Kind of contact", 150, hint="For example: physiotherapy appointment")
    specialty = short("Specialty (treatment function code)", 3)
    recorded = one_of("Is the talk recorded?", Recorded.choices)
    recording_consent = long("Their consent to the recording")
    recording_copy = long("Where the recording is")

    FIRST = ("problems", "matters", "person_agenda", "involved")
    needed_later = ("matters",)

    def clean_problems(self) -> str:
        short_lines(self.cleaned_data["problems"])
        return str(self.cleaned_data["problems"]).strip()

    def people(self) -> list[tuple[str, str]]:
        """(name, who they are) of each line."""
        lines = [line.partition(",") for line in self.cleaned_data["involved"].splitlines() if line.strip()]
        return [(name.strip(), who.strip()) for name, _, who in lines]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "involved")}


AFTER = {"6": 42, "13": 91, "26": 182, "52": 364}  # weeks, and the days they are
REVIEW = (
    ("6", "In six weeks"),
    ("13", "In three months"),
    ("26", "In six months"),
    ("52", "In a year"),
    ("day", "On another day"),
    ("none", "No review is needed"),
)
OTHER = "other"


class DecideForm(forms.Form):
    """``chosen`` is the place of an option in the talk, or ``other``."""

    revision = revision()
    chosen = forms.ChoiceField(label="What did you decide together?", widget=forms.RadioSelect, required=False)
    decided = short("In words", 150, hint="Needed for something else; otherwise it adds to what was chosen")
    review = forms.ChoiceField(
        label="When do you look at it again?", choices=REVIEW, widget=forms.RadioSelect, required=False
    )
    review_on = DayField(label="If on another day, which?", required=False)
    actions_person = long("What the person, or who cares for them, does now", hint="One a line")
    actions_professionals = long("What professionals do now", hint="One a line, with who and by when")
    issue_flag = short("Is there a doubt or reservation?", 150, hint="In short, theirs or yours")
    issue = long("What the doubt is")
    withheld = forms.BooleanField(label="Something was kept from the person", required=False)
    withheld_why = long(
        "Why it was kept from them", hint="They do not see this. Only where they would be seriously harmed"
    )
    legal_advice = long("Legal advice sought")
    still_to_share = long("What is still to be told")
    delay_why = long("Why it is not told now")
    share_when = long("When it can be told")
    consent_form = one_of("Consent form", Consent.choices)
    consent_form_words = short("Another consent form", 150)
    consent_form_location = long("Where the consent form is")
    consent_form_mime = short("Kind of file of the consent form", 100, hint="For example application/pdf")

    needed_later = ("chosen", "review")
    FIRST = ("chosen", "decided", "review", "review_on")
    NEXT = ("actions_person", "actions_professionals")

    def __init__(self, *args: Any, options: list[str], decision: Decision, **kwargs: Any) -> None:
        self.options, self.on = options, decision.contact_on
        kwargs["initial"] = _as_it_stands(decision, options)
        super().__init__(*args, **kwargs)
        choices = [*((str(n), what) for n, what in enumerate(options)), (OTHER, "Something else")]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("review") == "day" and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Enter the day, or choose another answer")
        if given.get("withheld_why") and not given.get("withheld"):
            self.add_error("withheld", "Tick this as well, or take out why something was kept from them")
        if given.get("chosen") is not None and len(self._decided()) > ENTRY:
            self.add_error("decided", f"With the option’s name this is over {ENTRY} letters: say it in fewer words")
        return given

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        apart = ("revision", "chosen", "decided", "review", "review_on")
        given = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        review = self.cleaned_data["review"]
        day = self.cleaned_data["review_on"] if review == "day" else None
        if review in AFTER:
            day = self.on + timedelta(days=AFTER[review])
        return {**given, "decided": self._decided(), "review_on": day, "no_review": review == "none"}

    def _decided(self) -> str:
        chosen, words = self.cleaned_data["chosen"], self.cleaned_data.get("decided", "").strip()
        if not chosen or chosen == OTHER:
            return str(words)
        what = self.options[int(chosen)]
        return what if not words or words == what else f"{what}: {words}"


def _as_it_stands(row: Decision, options: list[str]) -> dict[str, Any]:
    held = {f.name: getattr(row, f.name) for f in row._meta.concrete_fields}
    chosen = next((n for n, what in enumerate(options) if row.decided.startswith(what)), None)
    words = row.decided if chosen is None else row.decided.removeprefix(options[chosen]).removeprefix(": ")
    place = OTHER if chosen is None and words else ("" if chosen is None else str(chosen))
    review = "none" if row.no_review else "day" if row.review_on else ""
    return {**held, "chosen": place, "decided": words, "review": review}


class WhyForm(forms.Form):
    """Putting off (with a day to come back) and cancelling."""

    why = long("Why?", 300, required="Say why, in a few words")


class DeferForm(WhyForm):
    review_on = DayField(label="When do you come back to it?", required=False)


class PrepareForm(forms.Form):
    revision = revision()
    agenda = long("What do you want to talk about?", 2000)
    matters = long(
        "What matters most to you in this?", 2000, hint="What you want to be able to do, or to keep from happening"
    )
    questions = long("What do you want to ask?", 1900)


class AskForm(forms.Form):
    situation = forms.ChoiceField(label="What will the talk be about?", required=False)

    def __init__(self, *args: Any, situations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [("", "Not said yet"), *situations]  # type: ignore[attr-defined]  # a ChoiceField


class EndForm(forms.Form):
    revision = revision()
    ended = DayField(
        label="Since when is it no longer so?", initial=date.today, error_messages={"required": "Enter the day"}
    )
    why = short("Why?", 300, required="Say why, in a few words")
