"""What is said before a group is asked: room, whom it is for, and how sure the entry is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing.fitting import warnings
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.directory.models import Group
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = date.today() + timedelta(days=40)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"capacity": "full"}, "It is full."),
        ({"capacity": "full", "capacity_until": LATER}, "It is full until the end of"),
        ({"capacity": "full", "capacity_until": date.today() - timedelta(days=1)}, ""),
        ({"capacity": "waiting", "wait_weeks": 6}, "The usual wait is 6 weeks"),
        ({"age_from": 90}, "for people of 90 and over"),
        ({"age_to": 25}, "for people up to 25"),
        ({"sex": "M"}, "for men only"),
        ({"sex": "F"}, ""),
        ({"outward": "HU1 HU2"}, "It serves HU1 HU2. Joan lives in HU9."),
        ({"outward": "HU9"}, ""),
        ({"not_for": ["People who use a wheelchair"]}, "It says whom it is not for: People who use a wheelchair."),
        ({"standing": "paused"}, "paused"),
        ({"last_verified": None}, "Nobody has checked"),
    ],
)
def test_what_speaks_against_it_is_said(facts: dict[str, Any], said: str, joan: Person) -> None:
    group = Group(**{"name": "Shed", "kind": "company", "last_verified": date.today(), **facts})
    found = warnings(group, joan)
    assert (said in " ".join(found)) if said else found == []


def test_it_is_said_before_anything_is_sent(
    at: Callable[[Status], Referral], sheds: Group, desk: Client, joan: Person
) -> None:
    Group.objects.update(capacity="full", age_to=25)
    row = at(Status.ACTIVE)
    page = desk.get(reverse("case-ask", args=[joan.uuid, row.uuid, sheds.uuid])).content.decode()
    assert page.index("It is full.") < page.index("people up to 25") < page.index("<form method")
    found = desk.get(reverse("case-group", args=[joan.uuid, row.uuid])).content.decode()
    assert "It is full." in found
