"""What the typed columns hold of the standard, by the names that ``held`` has in the list of its parts."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.contents import Contents
from whatmatters.components.care_planning.models import Action, Goal, Item, Progress, Words
from whatmatters.people.models import Person, Registration

Columns = dict[str, Any]


def of_version(contents: Contents) -> Columns:
    """Of the person as they are known now, and of the version. Two queries where the person is not at hand."""
    version = contents.version
    return {
        **of_person(version.plan.person),
        "version.conversation_on": _day(version.conversation_on),
        "version.agreed": True if version.agreed_on else None,
        "version.agreed_by": version.agreed_by,
        "version.agreed_role": version.get_agreed_role_display(),
        "version.agreed_on": _day(version.agreed_on),
        "version.review_on": _day(version.review_on),
        "version.reviewer_name": version.reviewer_name,
        "version.reviewer_role": version.reviewer_role,
        "version.reviewer_contact": version.reviewer_contact,
        "version.updated": _moment(updated(contents)),
        "version.writers": [{"name": name, "role": role} for name, role in writers(contents)],
    }


def of_person(person: Person) -> Columns:
    lines = [line.strip() for line in person.address.splitlines() if line.strip()]
    address = {f"address_line_{place}": line for place, line in enumerate(lines[:5], 1)}
    if person.postcode:
        address["postcode"] = person.postcode
    now = Registration.objects.filter(person=person, end=None).select_related("practice").first()
    return {
        "person.given_name": person.given_name,
        "person.family_name": person.family_name,
        "person.preferred_name": person.preferred_name,
        "person.title": person.title,
        "person.full_name": person.full_name,
        "person.born": _day(person.born),
        "person.ethnicity": person.ethnicity,
        "person.sex": person.sex,
        "person.nhs_number": person.nhs_number,
        "person.address": [address] if address else [],
        "person.phone": [{"persons_telephone_number": person.phone}] if person.phone else [],
        "person.email": [{"persons_email_address": person.email}] if person.email else [],
        "practice.name": now.practice.name if now else "",
        "practice.code": now.practice.code if now else "",
    }


def of_words(words: Words | None, snomed: str) -> Columns:
    """Under one heading of About Me."""
    return {"words.text": words.text, "words.snomed": {"code": snomed}} if words else {}


def of_goal(goal: Goal, step: Progress | None) -> Columns:
    return {
        "goal.outcome": goal.outcome,
        "goal.importance": goal.importance,
        "goal.professional_name": goal.professional_name,
        "goal.professional_role": goal.professional_role,
        "goal.status": _status(step),
    }


def of_action(action: Action, step: Progress | None) -> Columns:
    """It was last updated when it was written, or when someone noted how it stands."""
    later = step is not None and step.on > action.at.date()
    return {
        "action.what": action.what,
        "action.who": action.who,
        "action.who_name": action.who_name,
        "action.due": _day(action.due),
        "action.status": _status(step),
        "action.at": _day(step.on) if later and step else _moment(action.at),
    }


def of_item(item: Item) -> Columns:
    return {
        "item.at": _moment(item.at), "author.at": _moment(item.at), "author.name": item.by_name,
        "author.role": item.by_role,
    }  # fmt: skip


def updated(contents: Contents) -> datetime:
    """When anything was last written into the version."""
    written: list[Any] = [*contents.words.values(), *contents.goals]
    written.extend(item for items in contents.items.values() for item in items)
    written.extend(action for actions in contents.actions.values() for action in actions)
    return max((row.at for row in written), default=contents.version.started)


def writers(contents: Contents) -> list[tuple[str, str]]:
    """(name, role) of everyone whose words stand in the version, in the order in which they came to it."""
    written: list[Any] = [*contents.words.values(), *contents.goals]
    written.extend(item for items in contents.items.values() for item in items)
    return list(dict.fromkeys((row.by_name, row.by_role) for row in sorted(written, key=lambda row: row.at)))


def _status(step: Progress | None) -> dict[str, str] | None:
    return {"code": step.status, "display": progress.words(step.status)} if step else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    """By the clock here."""
    return localtime(moment).strftime("%Y-%m-%dT%H:%M")
