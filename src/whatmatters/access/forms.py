"""What the pages of sign-in and of accounts ask."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.organisations.models import Organisation
from whatmatters.web.forms import DayField

OWN_ADDRESS = forms.EmailInput(attrs={"autocomplete": "username"})
OLD_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})
NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})
ONE_TIME_CODE = forms.TextInput(attrs={"autocomplete": "one-time-code"})


class SignIn(forms.Form):
    email = forms.CharField(
        label="Email address",
        max_length=254,
        widget=OWN_ADDRESS,
        error_messages={"required": "Enter your email address"},
    )
    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=OLD_PASSWORD,
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args: Any, asked_by: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_by = asked_by

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "email" in given and "password" in given:
            found = authenticate(self.asked_by, username=given["email"], password=given["password"])
            if not isinstance(found, User):
                raise ValidationError("The email address or the password is not right")
            self.account = found
        return given


class Code(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=ONE_TIME_CODE,
        help_text="The 6 digits that your authenticator app shows now",
        error_messages={"required": "Enter the code that your app shows"},
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split()).lower()


class NewPassword(forms.Form):
    password = forms.CharField(
        label="New password",
        max_length=200,
        strip=False,
        widget=NEW_PASSWORD,
        help_text="At least 12 characters. Three random words are easy to remember and hard to guess",
        error_messages={"required": "Enter a new password"},
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class ChangePassword(NewPassword):
    old = forms.CharField(
        label="Password you use now", max_length=200, strip=False, widget=OLD_PASSWORD,
        error_messages={"required": "Enter the password you use now"},
    )  # fmt: skip
    field_order = ("old", "password")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.account.check_password(old):
            raise ValidationError("This is not the password you use now")
        return old


class RoleAt(forms.Form):
    """A role at one of the organisations that whoever asks looks after (``area``: their ids), from a day to a day."""

    role = forms.ChoiceField(
        choices=[("", "Choose a role"), *Role.choices], error_messages={"required": "Choose the role"}
    )
    organisation = forms.CharField(
        label="Organisation code", max_length=12, help_text="The ODS code, for example B81001",
        error_messages={"required": "Enter the organisation's ODS code"},
    )  # fmt: skip
    start = DayField(label="From", error_messages={"required": "Enter the first day"})
    end = DayField(label="Until", required=False, help_text="The first day without it; leave empty for no end")

    def __init__(self, *args: Any, area: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area

    def clean_organisation(self) -> Organisation:
        code = self.cleaned_data["organisation"].upper()
        found = Organisation.objects.filter(code=code, pk__in=self.area).first()
        if found is None:
            raise ValidationError("You look after no organisation with this code: check the code")
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("start") and given.get("end") and given["end"] <= given["start"]:
            self.add_error("end", "This day must be after the first day")
        return given


class Invitation(RoleAt):
    name = forms.CharField(
        label="Name", max_length=150, error_messages={"required": "Enter the name they are known by at work"}
    )
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address, like sam@example.org",
        },
    )
    field_order = ("name", "email", "role", "organisation", "start", "end")


class LastDay(forms.Form):
    end = DayField(label="First day without the role", error_messages={"required": "Enter the day"})
