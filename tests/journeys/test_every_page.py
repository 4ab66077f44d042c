"""Every page of the house, as someone who may open it sees it, and again after its form was sent as it stands.

The routes and what their addresses name come from ``tests/house``: a new page is walked by itself.
"""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.house import ids
from tests.house.askers import NOBODY, SUBJECT, Asker
from tests.house.routes import Route, routes
from tests.house.world import World, build
from tests.journeys.driver import SIZES, Site

ROUTES = sorted(routes(), key=lambda route: route.name)
NEAR = ("the person", "representative", "of the same practice", "of the same network", "of the board above")
PAGE = "text/html"
SEND = "main form[method=post] button:not([name])"


@pytest.fixture
def world(transactional_db: None, settings: Any, caplog: pytest.LogCaptureFixture) -> World:
    settings.SECOND_FACTOR = False
    caplog.set_level(logging.CRITICAL, "django.request")  # those whom a page turns away are tried on purpose
    return build()


def reader(world: World, path: str) -> tuple[Asker, Any] | None:
    """The first who gets a page there; none for a route that only does something, or gives a file."""
    from tests.house.askers import ASKERS  # noqa: PLC0415

    near = [asker for asker in ASKERS if asker is SUBJECT or asker.words.endswith(NEAR)]
    for asker in (NOBODY, *near):
        client = Client()
        if asker is not NOBODY:
            client.force_login(world.accounts[asker.words])
        answer = client.get(path)
        if answer.status_code == 200:
            return (asker, client) if answer["Content-Type"].startswith(PAGE) else None
        if answer.status_code == 405:
            return None
    return None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_page_is_accessible_at_the_desk_and_on_a_phone(
    route: Route, world: World, open_site: Callable[..., Site], signed_in: Callable[[Site, Any], None]
) -> None:
    ids.FIRST.get(route.name, lambda world: None)(world)
    path = reverse(route.name, kwargs=ids.values(world, route))
    found = reader(world, path)
    if found is None:
        return
    site = open_site("desktop")
    if found[0] is not NOBODY:
        signed_in(site, world.accounts[found[0].words])
    site.open(path)
    for size in SIZES.values():
        site.page.set_viewport_size(size["viewport"])
        site.check()
    if site.page.locator(SEND).count():
        site.page.locator(SEND).first.click()
        site.check()
