"""Every route of the house, by every role, in every relationship: who gets in, who does not, and what they learn.

What should happen is worked out here from the rule that the route declares and from the table of capabilities; what
does happen is asked of the real thing. New routes are found by themselves; ids in their addresses are made in ``ids``.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.house import ids
from tests.house.askers import ASKERS, NOBODY, OVER_THE_SUBJECT, SUBJECT, Asker
from tests.house.routes import Route, routes
from tests.house.world import World

from whatmatters.access.gate import Rule
from whatmatters.access.roles import CAPABILITIES, PERSON, REPRESENTATIVE

pytestmark = pytest.mark.slow

ROUTES = sorted(routes(), key=lambda route: route.name)
WITH_IDS = [route for route in ROUTES if any(ids.whose(route, one) != ids.OPEN for one in route.params)]
BEHIND_SIGN_IN = [route for route in ROUTES if route.rule and route.rule.relation not in ("none", "half")]
IN, SIGN_IN, FORBIDDEN, NOT_FOUND = "in", "to sign-in", "forbidden", "not found"
WRONG_METHOD = "no such method"  # said of every id alike, so it tells nothing; but only to those past the gate
BY_NAME_ONLY = {"demo-sign-in"}  # open to all, and "not found" to a POST that names no account of the demo


def expected(rule: Rule, asker: Asker, somewhere: bool) -> str:
    """``somewhere``: the address names something that belongs to a place."""
    if rule.relation == "none":
        return IN
    if asker is NOBODY:
        return SIGN_IN
    if rule.relation in ("half", "account"):
        return IN
    holders = CAPABILITIES[rule.capability]
    if rule.relation == "self":
        return expected_of_self(rule, asker, holders)
    holds, near = asker.role in holders and asker.at != "gone", asker.at in OVER_THE_SUBJECT
    if rule.relation == "person":
        return IN if holds and near else NOT_FOUND
    assert rule.relation == "organisation", f"no such relation: {rule.relation}"
    return FORBIDDEN if not holds else IN if near or not somewhere else NOT_FOUND


def expected_of_self(rule: Rule, asker: Asker, holders: frozenset[str]) -> str:
    if asker is not SUBJECT and rule.scope not in asker.scopes:
        return NOT_FOUND
    return IN if (PERSON if asker is SUBJECT else REPRESENTATIVE) in holders else FORBIDDEN


def outcome(answer: HttpResponse) -> str:
    if answer.status_code in (403, 404):
        return FORBIDDEN if answer.status_code == 403 else NOT_FOUND
    if answer.status_code == 405:
        return WRONG_METHOD
    return SIGN_IN if answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=") else IN


def fits(route: Route, got: str, wanted: str) -> bool:
    if got == WRONG_METHOD:
        return wanted in (IN, NOT_FOUND)
    return got == wanted or (route.name in BY_NAME_ONLY and got == NOT_FOUND)


def askers(rule: Rule) -> list[Asker]:
    """All; but a role that does not hold the capability is asked where it is nearest, and no further away. A page for
    every account does not ask where someone works: one of each role, one of each place."""
    if rule.capability:
        holders = CAPABILITIES[rule.capability]
        return [asker for asker in ASKERS if asker.role in holders or asker.at in ("", "B81001", "gone")]
    return [asker for asker in ASKERS if asker.at in ("", "B81001", "gone") or asker.role == "link_worker"]


def test_every_route_has_a_name_of_its_own_and_a_rule() -> None:
    names = [route.name for route in ROUTES]
    assert sorted(set(names)) == names
    assert [route.name for route in ROUTES if route.rule is None] == []


def test_the_rules_name_capabilities_that_somebody_holds() -> None:
    assert all(CAPABILITIES[route.rule.capability] for route in ROUTES if route.rule and route.rule.capability)


@pytest.fixture
def blank_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF takes seconds to lay out, and who gets it is settled before."""
    laid_out = SimpleNamespace(metadata=SimpleNamespace(title="", lang=""), write_pdf=lambda **_: b"%PDF")
    monkeypatch.setattr("weasyprint.HTML.render", lambda self, **_: laid_out)


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_who_gets_in(route: Route, world: World, one_factor: None, blank_files: None) -> None:
    assert route.rule
    ids.first(world, route)
    url = reverse(route.name, kwargs=ids.values(world, route))
    somewhere = any(ids.whose(route, one) == ids.PLACE for one in route.params)
    wrong = {
        f"{method} by {asker.words}": (outcome(answer), answer.status_code, wanted)
        for asker in askers(route.rule)
        for method in ("GET", "POST")
        for wanted in [expected(route.rule, asker, somewhere)]
        for answer in [world.ask(asker, method, url)]
        if not fits(route, outcome(answer), wanted)
    }
    assert wrong == {}


def insiders(route: Route) -> Asker:
    """One who gets in: the nearest."""
    assert route.rule
    return next(asker for asker in ASKERS if expected(route.rule, asker, True) == IN and asker is not NOBODY)


def swapped(world: World, route: Route) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of addresses: with one id changed to what is another's, and to what never existed."""
    own = ids.values(world, route)
    pairs = []
    for parameter, converter in zip(route.params, route.converters, strict=True):
        of = ids.whose(route, parameter)
        if of == ids.OPEN:
            continue
        staff = parameter == "person" and route.rule and route.rule.relation != "self"
        people = [world.stranger] if staff else [world.neighbour, world.stranger]  # the neighbour is theirs to see
        others = [{"person": one} for one in people] if of == ids.PERSON else [{"code": "B83001"}]
        never = {**own, parameter: ids.NEVER[converter]()}
        pairs += [({**own, parameter: ids.values(world, route, **owner)[parameter]}, never) for owner in others]
    return pairs


def bare(answer: HttpResponse) -> tuple[int, str, dict[str, str]]:
    """All that a reader could learn from the answer; the form token of the page is new each time."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    headers = {name: re.sub(r"nonce-[^']+", "", value) for name, value in answer.items()}
    return answer.status_code, page, headers


@pytest.mark.parametrize("route", WITH_IDS, ids=lambda route: route.name)
def test_what_is_anothers_looks_like_what_never_was(route: Route, world: World, one_factor: None) -> None:
    ids.first(world, route)
    asker = insiders(route)
    pairs, unheard_of = swapped(world, route), dict[Any, Any]()
    assert pairs
    for others, never in pairs:
        for method in ("GET", "POST"):
            answer = world.ask(asker, method, reverse(route.name, kwargs=others))
            assert outcome(answer) in (NOT_FOUND, WRONG_METHOD), f"{method} {sorted(others)}"
            key = method, *never.values()
            if key not in unheard_of:
                unheard_of[key] = bare(world.ask(asker, method, reverse(route.name, kwargs=never)))
            assert bare(answer) == unheard_of[key]


@pytest.mark.parametrize("route", BEHIND_SIGN_IN, ids=lambda route: route.name)
def test_staff_who_owe_their_second_factor_get_nowhere(route: Route, world: World, settings: Any) -> None:
    """The first whom it would let in, and the first whom it would not."""
    settings.SECOND_FACTOR = True
    assert route.rule
    url = reverse(route.name, kwargs=ids.values(world, route))
    staff = [asker for asker in ASKERS if asker.role]
    asked = {expected(route.rule, asker, True) == IN: asker for asker in reversed(staff)}.values()
    assert {outcome(world.ask(asker, method, url)) for asker in asked for method in ("GET", "POST")} == {SIGN_IN}


def test_every_role_owes_a_second_factor(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    url, staff = reverse("find-person"), [asker for asker in ASKERS if asker.role]
    assert [asker.words for asker in staff if outcome(world.ask(asker, "GET", url)) != SIGN_IN] == []
