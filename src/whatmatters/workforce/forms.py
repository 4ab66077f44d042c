"""What the team's pages ask."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from whatmatters.access.forms import RoleAt
from whatmatters.access.models import User
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import DayField
from whatmatters.workforce.models import Course, Post, Worker


class NewPost(RoleAt):
    employer = forms.CharField(
        max_length=150, required=False, help_text="Who pays them, if another: a charity or a trust, for example"
    )
    wte = forms.DecimalField(
        label="Whole-time equivalent", min_value=Decimal("0.01"), max_value=Decimal("1.5"), decimal_places=2,
        help_text="1 is full time, 0.5 is half time",
        error_messages={
            "required": "Enter the whole-time equivalent", "invalid": "Enter a number, like 1 or 0.6",
            "min_value": "Enter a number above 0", "max_value": "Enter a number of at most 1.5",
        },
    )  # fmt: skip
    field_order: tuple[str, ...] = ("role", "organisation", "employer", "wte")


class NewWorker(NewPost):
    name = forms.CharField(max_length=150, error_messages={"required": "Enter their name"})
    profession = forms.CharField(max_length=70, required=False)
    registration = short(
        "Registration number", 20,
        hint="With the GMC, NMC, HCPC or GPhC, for example: files of training name people by it",
    )  # fmt: skip
    account = forms.EmailField(
        label="Email address of their account", required=False,
        help_text="Links what they do here to their post",
    )  # fmt: skip
    field_order = ("name", "profession", "registration", "account", *NewPost.field_order)

    def clean_account(self) -> User | None:
        email = self.cleaned_data["account"]
        if not email:
            return None
        accounts = User.objects.filter(grants__organisation__in=self.area, worker__isnull=True)
        found: User | None = accounts.filter(email__iexact=email).first()
        if found is None:
            raise ValidationError(
                "No account with this address works here without a post: check it, or invite them first"
            )
        return found


class EndOfPost(forms.Form):
    end = DayField(label="First day without the post", error_messages={"required": "Enter the day"})

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_end(self) -> Any:
        if self.cleaned_data["end"] < self.post.start:
            raise ValidationError("This is before the post began")
        return self.cleaned_data["end"]


class Supervised(forms.Form):
    on = DayField(label="On which day?", error_messages={"required": "Enter the day"})
    given_by = short("Who gave it?", 150, required="Enter who gave it")
    words = long("What was it about?", 300, hint="A few words for the record. Name nobody who is cared for.")


class Trained(forms.Form):
    course = forms.ChoiceField(
        choices=[("", "Choose a course"), *Course.choices], error_messages={"required": "Choose the course"}
    )
    on = DayField(label="Completed on", error_messages={"required": "Enter the day"})
    given_by = short("Given by", 150)
    words = long("Anything to remember?", 300, hint="The number of the certificate, or when it runs out, for example.")


class Supervisor(forms.Form):
    """One of those who work in the organisations of ``area`` (ids), or nobody."""

    supervisor = forms.ModelChoiceField(
        Worker.objects.none(), label="Who supervises them?", required=False, empty_label="Nobody is named"
    )

    def __init__(self, *args: Any, area: set[int], worker: Worker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Worker.objects.filter(posts__organisation__in=area).exclude(pk=worker.pk)
        self.fields["supervisor"].queryset = near.distinct().order_by("name")  # type: ignore[attr-defined]  # of models


class HowSure(forms.Form):
    sure = forms.TypedChoiceField(
        label="Do you feel confident in carrying out your role?", choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes", error_messages={"required": "Choose yes or no"},
    )  # fmt: skip
