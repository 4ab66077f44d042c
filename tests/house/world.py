"""The corner of the NHS in which every door of the house is tried."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.house.askers import (
    ASKERS,
    GONE,
    LONG_AGO,
    NOBODY,
    OTHER_PERSON,
    PLACES,
    REPRESENTATIVES,
    SCOPES,
    STAFF,
    SUBJECT,
    TODAY,
    Asker,
)  # fmt: skip

from whatmatters.access.actors import Actor
from whatmatters.access.models import Grant, User
from whatmatters.access.roles import Role
from whatmatters.organisations.models import Membership, Organisation
from whatmatters.people.models import Person, Registration, Representative
from whatmatters.workforce.models import Worker


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class World(SimpleNamespace):
    """``subject`` at B81001, ``neighbour`` there too, ``stranger`` at B83001; ``accounts`` by the asker's words."""

    def ask(
        self, asker: Asker, method: str, url: str, data: Any = None, after: Callable[[], None] = lambda: None
    ) -> HttpResponse:
        """One request by the asker, whose effects are undone, the session's too; ``after`` looks before they are."""
        client = Client()
        if asker.words in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[asker.words]
        with undone():
            answer = client.post(url, data or {}) if method == "POST" else client.get(url, data or {})
            after()
        return answer


def person(serial: int, practice: Organisation, **facts: Any) -> Person:
    numbers = ("9990000018", "9990000026", "9990000034")  # each with a right check digit
    made = Person.objects.create(
        nhs_number=numbers[serial],
        given_name=f"Zephyrine{serial}",
        family_name=f"Quillfeather{serial}",
        born=date(1950, 1, 1),
        **facts,
    )
    Registration.objects.create(person=made, practice=practice, start=LONG_AGO)
    return made


def account(words: str) -> User:
    name = words.replace(" ", "-")
    return User.objects.create(email=f"{name}@example.org", name=words.capitalize())


def build() -> World:
    at: dict[str, Organisation] = {}
    for code, (kind, parents) in PLACES.items():
        at[code] = Organisation.objects.create(code=code, name=f"Place {code}", kind=kind, opened=LONG_AGO)
        for parent in parents:
            Membership.objects.create(child=at[code], parent=at[parent], start=LONG_AGO)
    accounts = {asker.words: account(asker.words) for asker in ASKERS if asker is not NOBODY}
    for asker in STAFF:
        user = accounts[asker.words]
        Grant.objects.create(user=user, role=asker.role, organisation=at[asker.at], start=LONG_AGO)
        Worker.objects.create(name=user.name, account=user)
    for asker in GONE:
        Grant.objects.create(
            user=accounts[asker.words], role=asker.role, organisation=at["B81001"], start=LONG_AGO, end=TODAY
        )
    subject = person(0, at["B81001"], account=accounts[SUBJECT.words])
    neighbour = person(1, at["B81001"], account=accounts[OTHER_PERSON.words])
    stranger = person(2, at["B83001"])
    for words, (scopes, start, end) in REPRESENTATIVES.items():
        Representative.objects.create(
            person=subject, account=accounts[words], relationship="Daughter", authority="nominated",
            start=start, end=end, **{scope: scope in scopes for scope in SCOPES},
        )  # fmt: skip
    world = World(
        at=at, accounts=accounts, subject=subject, neighbour=neighbour, stranger=stranger, cookies={}, made={}
    )
    for words, user in accounts.items():
        client = Client()
        client.force_login(user)
        world.cookies[words] = client.cookies[settings.SESSION_COOKIE_NAME].value
    gp = accounts[f"{Role.CLINICIAN} of the same practice"]
    world.by = Actor(gp.name, Role.CLINICIAN, gp.pk, at["B81001"].pk, "B81001", gp.worker.pk)
    return world
