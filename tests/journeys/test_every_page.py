"""Every page of the house, as someone who may open it sees it, and again after its form was sent as it stands.

The routes and what their addresses name come from ``tests/house``: a new page is walked by itself.
"""

import logging
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from tests.house import ids
from tests.house.askers import ASKERS, NOBODY, SUBJECT, Asker
from tests.house.routes import Route, routes
from tests.house.world import World, build
from tests.journeys.driver import SIZES, Site

NEAR = ("the person", "representative", "of the same practice", "of the same network", "of the board above")
SEND = "main form[method=post] button:not([name]):visible"


def rooms(patterns: Any = None) -> Iterator[tuple[str, str]]:
    """Room and name of every route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from rooms(pattern.url_patterns)
        else:
            parts = pattern.callback.__module__.removeprefix("whatmatters.").split(".")
            yield parts[1 if parts[0] == "components" else 0], pattern.name


ROOMS = {room: {name for _, name in pairs} for room, pairs in groupby(sorted(rooms()), key=itemgetter(0))}


@pytest.fixture
def world(transactional_db: None, settings: Any, caplog: pytest.LogCaptureFixture) -> World:
    settings.SECOND_FACTOR = False
    caplog.set_level(logging.CRITICAL, "django.request")  # those whom a page turns away are tried on purpose
    return build()


def reader(world: World, path: str) -> Asker | None:
    """The first who gets a page there; none for a route that only does something, or gives a file."""
    near = [asker for asker in ASKERS if asker is SUBJECT or asker.words.endswith(NEAR)]
    for asker in (NOBODY, *near):
        client = Client()
        if asker is not NOBODY:
            client.force_login(world.accounts[asker.words])
        answer = client.get(path)
        if answer.status_code == 405:
            return None
        if answer.status_code == 200:
            return asker if answer["Content-Type"].startswith("text/html") else None
    return None


def visited(world: World, among: set[str]) -> list[tuple[Route, str, Asker]]:
    """The routes with a page, their addresses, and who opens them."""
    pages = []
    for route in routes():
        if route.name in among:
            ids.FIRST.get(route.name, lambda world: None)(world)
            path = reverse(route.name, kwargs=ids.values(world, route))
            if (asker := reader(world, path)) is not None:
                pages.append((route, path, asker))
    return pages


def faults(site: Site, route: Route) -> list[str]:
    return [f"{route.name}: {fault}" for fault in (*site.axe(), *site.reflow())]


@pytest.mark.parametrize("room", ROOMS)
def test_the_pages_of_a_room_are_accessible(
    room: str, world: World, open_site: Callable[..., Site], signed_in: Callable[[Site, Any], None]
) -> None:
    pages, found = visited(world, ROOMS[room]), list[str]()
    sites = {asker: open_site() for asker in dict.fromkeys(asker for _, _, asker in pages)}
    for asker, site in sites.items():
        if asker is not NOBODY:
            signed_in(site, world.accounts[asker.words])
    for route, path, asker in pages:
        sites[asker].open(path)
        for size in SIZES.values():
            sites[asker].resize(**size["viewport"])
            found += faults(sites[asker], route)
    # Sending a form may change what other pages show, so it is done when all were seen.
    for route, path, asker in pages:
        sites[asker].open(path)
        if route.name != "sign-out" and sites[asker].page.locator(SEND).count():
            sites[asker].page.locator(SEND).first.click()
            found += faults(sites[asker], route)
    assert not found, "\n".join(found)
