"""What is asked for on the directory's pages."""

from typing import Any

from django import forms

from whatmatters.directory.models import Group
from whatmatters.directory.needs import Need
from whatmatters.people.text import one_line


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        validators=[one_line],
        help_text="For example gardening, or Polish",
    )
    kind = forms.ChoiceField(label="Help with", required=False, choices=[("", "Anything"), *Need.choices])


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes no [Group] when run
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verified = forms.BooleanField(label="I have checked with the group today that all this is true", required=False)

    class Meta:
        model = Group
        fields = (
            "name", "kind", "about", "who_for", "where", "postcode", "cost", "languages", "phone", "email", "website",
            "capacity",
        )  # fmt: skip
        widgets = {"about": forms.Textarea}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
