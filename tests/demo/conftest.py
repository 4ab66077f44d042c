"""A small demo, built once for all the tests that read it and gone afterwards: it takes longer than most of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from whatmatters.demo.build import build
from whatmatters.demo.world import World

PEOPLE = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker builds it, and what wants an empty database comes before it."""
    mine = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in mine:
        if item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.xdist_group("demo"))
    readers = {item for item in mine if "world" in getattr(item, "fixturenames", ())}
    items.sort(key=readers.__contains__)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(on=date.today(), people=PEOPLE)
        transaction.set_rollback(True)
