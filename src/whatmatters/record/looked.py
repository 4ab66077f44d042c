"""Who looked at a person's record, in words the person can read. The truth is the audit chain; this only reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from whatmatters.access.audit import WITHHELD
from whatmatters.access.models import AuditEntry
from whatmatters.access.roles import PERSON, PUBLIC, REPRESENTATIVE, SYSTEM, Role
from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person

ROLES: dict[str, str] = {
    **{role.value: str(role.label) for role in Role},
    REPRESENTATIVE: "acts for you",
    PUBLIC: "",
    SYSTEM: "the computer itself",
    PERSON: "acted as you",  # another account, since the person's own looks are left out
    "account": "",
}


@dataclass(frozen=True)
class Look:
    """``times`` the same was done by the same one on that day."""

    on: date
    who: str
    role: str
    organisation: str
    act: str
    times: int


def looked(person: Person, most: int) -> list[Look]:
    """The newest ``most`` entries by anyone but the person, the same of one day told once. Two queries."""
    entries = AuditEntry.objects.filter(person=person.pk).exclude(act__in=WITHHELD).order_by("-number")
    if person.account_id is not None:
        entries = entries.exclude(user=person.account_id)
    rows = list(entries[:most])
    names = dict(Organisation.objects.filter(code__in={row.organisation for row in rows}).values_list("code", "name"))
    told = [
        (localtime(row.at).date(), row.actor, ROLES.get(row.role, row.role), names.get(row.organisation, ""), _act(row))
        for row in rows
    ]
    counted: dict[tuple[date, str, str, str, str], int] = {}
    for row in told:
        counted[row] = counted.get(row, 0) + 1
    return [Look(*row, times) for row, times in counted.items()]


def _act(entry: AuditEntry) -> str:
    """The act as the audit names it, said to the person themself."""
    act = entry.act.replace("the person's", "your").replace("the person", "you")
    return f"{act}: {entry.why}" if entry.why else act
