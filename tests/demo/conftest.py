"""A small demo, built once for a file of tests and gone afterwards."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from whatmatters.demo.build import build
from whatmatters.demo.world import World

PEOPLE = 300


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(on=date.today(), people=PEOPLE)
        transaction.set_rollback(True)
