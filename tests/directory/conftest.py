"""Groups to look for and letters to look into."""

import re
from collections.abc import Callable
from datetime import date
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.roles import Role
from whatmatters.directory import actions
from whatmatters.directory.models import Group


@pytest.fixture
def make_group(db: None) -> Callable[..., Group]:
    """Checked today unless told otherwise: ``make_group("Men in Sheds", about="Woodwork")``."""
    serials = count(1)

    def make(name: str = "", **facts: Any) -> Group:
        usual = {"kind": "company", "about": "Woodwork and a brew", "last_verified": date.today()}
        return actions.add(by=THE_SYSTEM, name=name or f"Group {next(serials)}", **{**usual, **facts})

    return make


@pytest.fixture
def keeper(
    place: SimpleNamespace, make_worker: Callable[..., SimpleNamespace], settings: Any, client: Client
) -> Client:
    """A link worker, signed in."""
    settings.SECOND_FACTOR = False
    client.force_login(make_worker(Role.LINK_WORKER, place.east).user)
    return client


@pytest.fixture
def last_link() -> Callable[[], str]:
    """The path of the link in the newest letter."""

    def link() -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
        assert found, mail.outbox[-1].body
        return found[1]

    return link
