"""What the person said to being written to or asked: e-mail only after a yes, questions until a no."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Subquery

from whatmatters.letters.outbox import is_address
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish

About = Wish.About
UNSAID = {About.EMAIL: False, About.QUESTIONS: True, About.INVITATIONS: True}
NO_EMAIL = (
    "It is not recorded that they agree to be written to by e-mail: ask them and record it on their details, "
    "or give it to them another way"
)


def says(person: Person) -> dict[str, Wish | None]:
    """What they said last about each thing, None where they never did. One query."""
    found = {wish.about: wish for wish in person.wishes.order_by("pk")}
    return {about: found.get(about) for about in About}


def agrees(person: Person, about: str) -> bool:
    """What they said last, or what holds while nothing was said."""
    wish = says(person)[about]
    return wish.yes if wish else UNSAID[About(about)]


def may_be_emailed(person: Person) -> bool:
    """An address is on file, and they agreed that private links go there."""
    return is_address(person.email) and agrees(person, About.EMAIL)


def refuses_email(person: Person) -> bool:
    """They said no: not even that there is news goes by e-mail. Who said nothing gave the address for that."""
    wish = says(person)[About.EMAIL]
    return wish is not None and not wish.yes


def refusers(people: Collection[int], on: date | None = None) -> set[int]:
    """Of these ids, who said by the end of the day (today) that they do not want to be asked how things went, or not
    to be invited to what they did not ask for: whoever refused either is in no sample."""
    rows = Wish.objects.filter(about__in=(About.QUESTIONS, About.INVITATIONS), at__date__lte=on or date.today())
    latest = {(person, about): yes for person, about, yes in rows.order_by("pk").values_list("person", "about", "yes")}
    return {person for (person, _), yes in latest.items() if not yes}.intersection(people)


def by_email(person: str) -> Subquery:
    """For a list: what the person, whose id stands in that column, said last about e-mail; None where nothing."""
    rows = Wish.objects.filter(person=OuterRef(person), about=About.EMAIL)
    return Subquery(rows.order_by("-pk").values("yes")[:1])
