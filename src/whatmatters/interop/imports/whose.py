"""Whose a plan from elsewhere is: by NHS number and day of birth, and a name that fits; never by likeness alone."""

from datetime import date

from whatmatters.people.models import Person
from whatmatters.people.nhs_number import problem_with
from whatmatters.people.text import folded


class NotOurs(ValueError):
    """It cannot be said whose it is. The message holds nothing personal."""


def whose(*, nhs_number: str, born: date, given: str, family: str) -> Person:
    """Number and day of birth must both be the person's, and the family name or a given name (people marry, and are
    called by their second name). Raises NotOurs."""
    if not nhs_number:
        raise NotOurs("there is no NHS number: a plan is matched by NHS number and date of birth")
    if problem := problem_with(nhs_number):
        raise NotOurs(f"NHS number: {problem}")
    person = Person.objects.filter(nhs_number=nhs_number).first()
    if person is None:
        raise NotOurs("nobody on file here has this NHS number: register the person first")
    if person.born != born:
        raise NotOurs("the date of birth is not that of the person with this NHS number: ask the source whose it is")
    known = set(folded(f"{person.family_name} {person.given_name} {person.preferred_name}").split())
    if not known & set(folded(f"{family} {given}").split()):
        raise NotOurs("no name is that of the person with this NHS number: ask the source whose it is")
    return person
