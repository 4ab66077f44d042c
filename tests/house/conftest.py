"""The world is built once for each file of tests and undone at its end; each request in it is undone too."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.house.world import World, build, undone


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def world(built: World, db: None) -> World:
    """What a test makes in it (``made``) goes with the test."""
    built.made = {}
    return built


@pytest.fixture
def one_factor(settings: Any) -> None:
    """Staff are signed in by their session alone, as in the demo."""
    settings.SECOND_FACTOR = False
