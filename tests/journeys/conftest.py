"""A real browser before a real server: Debian's chromium, driven through pages as a person would.

``site`` is the browser at one screen size (every journey runs at both). A journey that leaves an error on the
console, asks anything of another host or is answered with a broken page fails at its end; what the screen then
showed is kept in ``var/screenshots``.
"""

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.driver import SIZES, Site

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.directory import actions as directory

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Playwright's own event loop lives in this thread, and Django would take each query for one made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium refuses root a sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_site(
    chromium: Browser, live_server: Any, settings: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Site]]:
    """``open_site("phone", javascript=False)``: a browser with nothing remembered. All are checked at the end."""
    settings.AUDIT_ANCHORS = tmp_path / "anchors"  # the chain begins anew with every journey's empty database
    opened: list[Site] = []

    def make(size: str = "desktop", javascript: bool = True) -> Site:
        options = {**SIZES[size], "java_script_enabled": javascript}
        opened.append(Site(chromium.new_context(**options, locale="en-GB").new_page(), live_server.url))
        return opened[-1]

    yield make
    faults = [fault for site in opened for fault in site.faults]
    for number, site in enumerate(opened):
        if request.node.stash.get(FAILED, False) or faults:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "-", request.node.name).strip("-")
            site.page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
        site.page.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(params=SIZES)
def site(open_site: Callable[..., Site], request: pytest.FixtureRequest) -> Site:
    """The browser at the desk and on a phone."""
    return open_site(request.param)


@pytest.fixture
def signed_in(settings: Any) -> Callable[[Site, Any], None]:
    """``signed_in(site, user)``: as if the user had just signed in (how they do is its own journey)."""
    settings.SECOND_FACTOR = False

    def sign_in(site: Site, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        site.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.home, "httpOnly": True}])

    return sign_in


@pytest.fixture
def cast(make_person: Callable[..., Any], make_worker: Callable[..., Any], place: SimpleNamespace) -> SimpleNamespace:
    """Joan of Harbour Surgery, her GP, the network's link worker, England's analyst, and a group near her."""
    account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan = make_person(account=account)
    for _ in range(9):
        make_person()
    directory.add(
        name="Dockside Shed", kind="company", about="Mending side by side", who_for="Anyone", where="Fishergate",
        cost="Free", by=THE_SYSTEM,
    )  # fmt: skip
    return SimpleNamespace(
        joan=joan,
        account=account,
        gp=make_worker(Role.CLINICIAN, place.harbour, "Dr Amara Nwosu"),
        tess=make_worker(Role.LINK_WORKER, place.east, "Tess Marchbank"),
        analyst=make_worker(Role.ICB_ANALYST, place.england, "Wei Ling Chan"),
    )


@pytest.fixture
def sits_down(open_site: Callable[..., Site], signed_in: Callable[[Site, Any], None]) -> Callable[[str, Any], Site]:
    """``sits_down("phone", user)``: a browser of their own, signed in."""

    def open_for(size: str, user: Any) -> Site:
        site = open_site(size)
        signed_in(site, user)
        return site

    return open_for
