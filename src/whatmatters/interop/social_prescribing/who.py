"""Of whom a file speaks: by NHS number where that was asked for, else by a pseudonym."""

from uuid import UUID

from django.utils.crypto import salted_hmac

from whatmatters.people.models import Person


def pseudonym(of: UUID) -> str:
    """The same in every file that leaves here, and of no use elsewhere: sealed with the secret key of this system, and
    new when that is changed."""
    return salted_hmac("whatmatters.interop.pseudonym", str(of), algorithm="sha256").hexdigest()[:20]


def named(person: Person, by_number: bool) -> str:
    """The NHS number, empty where none is held; or the pseudonym."""
    return (person.nhs_number or "") if by_number else pseudonym(person.uuid)
