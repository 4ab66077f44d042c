"""May they be written to by e-mail, and asked how things went? For the person, and for staff who take it down."""

from functools import partial

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON
from whatmatters.people.actions_wishes import say
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import small_page
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.wishes import agrees, says
from whatmatters.web.forms import bound

About = Wish.About
YES_NO = [("yes", "Yes"), ("no", "No")]


class WishesForm(forms.Form):
    email = forms.ChoiceField(
        label="May private links and questions come by e-mail?", choices=YES_NO, widget=forms.RadioSelect,
        help_text="Without a yes, they come by letter or phone. Nothing personal stands in an e-mail",
        error_messages={"required": "Choose yes or no"},
    )  # fmt: skip
    questions = forms.ChoiceField(
        label="May questions come about how the care went?", choices=YES_NO, widget=forms.RadioSelect,
        help_text="A few short questions now and then. A no changes nothing in the care",
        error_messages={"required": "Choose yes or no"},
    )  # fmt: skip


def _wishes(request: HttpRequest, person: Person) -> HttpResponse:
    act = partial(_said, person)
    back = reverse("portal" if acting(request).role == PERSON else "person-details", args=[person.uuid])
    words = {"title": "Being written to, and being asked", "button": "Save", "done": "Saved: it holds from now on"}
    return small_page(request, person, bound(WishesForm, request, initial=_now(person)), act, back=back, **words)


def _now(person: Person) -> dict[str, str]:
    """Nothing is ticked for e-mail while nothing was said: a yes must be their own."""
    email = says(person)[About.EMAIL]
    questions = "yes" if agrees(person, About.QUESTIONS) else "no"
    return {"questions": questions, **({"email": "yes" if email.yes else "no"} if email else {})}


@transaction.atomic
def _said(person: Person, *, email: str, questions: str, by: Actor) -> list[Wish]:
    told = {About.EMAIL: email, About.QUESTIONS: questions}
    return [say(person=person, about=about, yes=word == "yes", by=by) for about, word in told.items()]


wishes = about_person("register a person", "opened what they said to being asked")(_wishes)
my_wishes = about_me("decide what is shown", "opened what they said to being asked")(_wishes)
