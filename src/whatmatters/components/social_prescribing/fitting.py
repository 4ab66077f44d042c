"""What a link worker should know before a group is asked: whether it has room, and whether it is for this person."""

from whatmatters.directory.models import Capacity, Group, Sex, Standing
from whatmatters.people.models import Person
from whatmatters.web.words import day


def warnings(group: Group, person: Person) -> list[str]:
    """Sentences, the gravest first; none where nothing speaks against it. Nothing here stops anyone."""
    return [*_running(group), *_room(group), *_not_for(group, person), *_uncertain(group)]


def _running(group: Group) -> list[str]:
    return ["It is paused for a while."] if group.standing == Standing.PAUSED else []


def _room(group: Group) -> list[str]:
    until = f" until the end of {day(group.capacity_until)}" if group.capacity_until else ""
    weeks = f" The usual wait is {group.wait_weeks} weeks." if group.wait_weeks else ""
    if group.room == Capacity.FULL:
        return [f"It is full{until}.{weeks}"]
    return [f"It has a waiting list{until}.{weeks}"] if group.room == Capacity.WAITING else []


def _not_for(group: Group, person: Person) -> list[str]:
    found = []
    if group.age_from is not None and person.age < group.age_from:
        found.append(f"It is for people of {group.age_from} and over. {person.called} is {person.age}.")
    if group.age_to is not None and person.age > group.age_to:
        found.append(f"It is for people up to {group.age_to}. {person.called} is {person.age}.")
    if group.sex and person.sex and person.sex != group.sex:
        found.append("It is for women only." if group.sex == Sex.WOMEN else "It is for men only.")
    outward = person.postcode.strip().upper().split(" ")[0]
    if group.outward and outward and outward not in group.outward.upper().split():
        found.append(f"It serves {group.outward}. {person.called} lives in {outward}.")
    spoken = [language.casefold() for language in group.spoken]
    if person.interpreter and spoken and person.language.casefold() not in spoken:
        found.append(f"{person.called} needs {person.language}; the group speaks {group.languages}.")
    return found + [f"It says whom it is not for: {line}." for line in group.not_for]


def _uncertain(group: Group) -> list[str]:
    if group.last_verified is None:
        return ["Nobody has checked its entry with the group yet."]
    return [f"Nobody has checked its entry since {day(group.last_verified)}."] if group.stale else []
