"""Workers, their posts and accounts. No account has a password: the demo's own sign-in is the way in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from whatmatters.access.accounts import grant_role, open_account
from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.access.roles import Role
from whatmatters.demo.places import Place
from whatmatters.demo.words import words
from whatmatters.organisations.models import Organisation
from whatmatters.workforce.models import Post, Worker


@dataclass(frozen=True)
class Staff:
    """Who acts, by role and the code of the organisation where they hold it."""

    actors: dict[tuple[str, str], list[tuple[Actor, date, date | None]]]

    def at(self, role: str, place: Place, on: date, turn: int = 0) -> Actor:
        """One in post for a practice, its own or its network's, by turns. Raises LookupError for none."""
        for code in (place.code, place.pcn, place.facts.get("moved_from", "")):
            held = self.actors.get((role, code), [])
            if there := [actor for actor, start, end in held if start <= on and (end is None or on < end)]:
                return there[turn % len(there)]
        raise LookupError(f"No {role} for {place.code} on {on}")


def email_of(name: str) -> str:
    """Where the account of someone of this name is: an address that can never be delivered (RFC 2606)."""
    return f"{name.lower().removeprefix('dr ').replace(' ', '.')}@demo.example"


def make(on: date) -> Staff:
    """Writes workers, posts, accounts and grants."""
    rows = {row.code: row for row in Organisation.objects.all()}
    made: dict[tuple[str, str], list[tuple[Actor, date, date | None]]] = {}
    for fact in words("staff")["worker"]:
        for code, actor, start, end in _worker(fact, rows, on):
            made.setdefault((fact["role"], code), []).append((actor, start, end))
    return Staff(made)


def _worker(
    fact: dict[str, Any], rows: dict[str, Organisation], on: date
) -> list[tuple[str, Actor, date, date | None]]:
    role, start = Role(fact["role"]), on - timedelta(days=fact["began"])
    account = open_account(email=email_of(fact["name"]), name=fact["name"], by=THE_SYSTEM)
    worker = Worker.objects.create(name=fact["name"], profession=fact.get("profession", ""), account=account)
    made = []
    for code in fact["at"]:
        place = rows[code]
        end = on - timedelta(days=fact["left"]) if "left" in fact else place.closed
        grant_role(account, role=role, organisation=place, start=start, end=end, by=THE_SYSTEM)
        actor = Actor(account.name, role, account.pk, place.pk, place.code, worker.pk)
        made.append((code, actor, start, end))
    first = made[0]
    Post.objects.create(
        worker=worker, role=role, organisation=rows[first[0]], employer=fact.get("employer", rows[first[0]].name),
        wte=fact["wte"], start=start, end=first[3],
    )  # fmt: skip
    return made
