"""Every page of the house, as someone who may open it sees it, and again after its form was sent as it stands.

The routes and what their addresses name come from ``tests/house``: a new page is walked by itself.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver, reverse
from playwright.sync_api import TimeoutError as PatienceEnded
from tests.house import ids
from tests.house.askers import ASKERS, NOBODY, SUBJECT, Asker
from tests.house.routes import Route, routes
from tests.house.test_routes import IN, expected
from tests.house.world import World, build
from tests.journeys.driver import SIZES, Site

NEAR = ("the person", "representative", "of the same practice", "of the same network", "of the board above")
SEND = "main form[method=post] button:not([name]):visible"
ANSWERED = 2_000  # milliseconds


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


def reader(world: World, route: Route, path: str) -> Asker | None:
    """The first who may open it and gets a page; none for a route that only does something, or gives a file."""
    assert route.rule
    near = [asker for asker in ASKERS if asker is SUBJECT or asker.words.endswith(NEAR)]
    somewhere = any(ids.whose(route, one) == ids.PLACE for one in route.params)
    for asker in (NOBODY, *near):
        if expected(route.rule, asker, somewhere) == IN:
            answer = world.ask(asker, "GET", path)
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
            if (asker := reader(world, route, path)) is not None:
                pages.append((route, path, asker))
    return pages


def looked_at(site: Site) -> list[str]:
    """What is wrong with a page at the desk and on a phone."""
    found = []
    for name, size in SIZES.items():
        if not site.resize(**size["viewport"]):
            found.append(f"sticks out sideways: {name}")
        found += site.axe()
    return found + site.reflow()


def sent(site: Site) -> None:
    """Presses the button, and waits for the page that answers; a form that the browser itself refuses has none."""
    site.page.evaluate("() => { document.asked = true }")
    site.page.locator(SEND).first.click()
    with contextlib.suppress(PatienceEnded):
        site.page.wait_for_function("() => !document.asked", timeout=ANSWERED)


@pytest.mark.parametrize("room", ROOMS)
def test_the_pages_of_a_room_are_accessible(
    room: str, world: World, open_site: Callable[..., Site], signed_in: Callable[[Site, Any], None]
) -> None:
    pages, found, forms = visited(world, ROOMS[room]), list[str](), []
    sites = {asker: open_site() for asker in dict.fromkeys(asker for _, _, asker in pages)}
    for asker, site in sites.items():
        if asker is not NOBODY:
            signed_in(site, world.accounts[asker.words])
    for route, path, asker in pages:
        sites[asker].open(path)
        found += [f"{route.name}: {fault}" for fault in looked_at(sites[asker])]
        if route.name != "sign-out" and sites[asker].page.locator(SEND).count():
            forms.append((route, path, sites[asker]))
    # Sending a form may change what other pages show, so it is done when all were seen.
    for route, path, site in forms:
        site.open(path)
        if site.page.locator(SEND).count():
            sent(site)
            found += [f"{route.name}, sent: {fault}" for fault in (*site.axe(), *site.reflow())]
    assert not found, "\n".join(found)
