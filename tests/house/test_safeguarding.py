"""A hidden note is hidden: all that a person and whoever acts for them can open is the same to the letter with it as
without it; and so is all that staff whose role does not need it can open.

Two worlds are compared: in one of them a link worker wrote a safeguarding note, reworded it and opened it again; in the
other nobody did. The routes are found by themselves, so that a new page of the person's is compared too.
"""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.house import ids, ids_care
from tests.house.askers import NOBODY, SUBJECT, Asker
from tests.house.routes import Route
from tests.house.test_routes import ROUTES
from tests.house.world import World

from whatmatters.access.models import AuditEntry
from whatmatters.access.roles import CAPABILITIES, Role
from whatmatters.components.social_prescribing.models import Entry

NOTE = "Zebra: her son takes her pension"
OTHERS = [Asker("representative"), Asker("representative who sees the plan only")]
STAFF = [Asker(f"{role} of the same practice", role, "B81001") for role in Role]
WITHOUT_NEED = [asker for asker in STAFF if asker.role not in CAPABILITIES["see safeguarding notes"]]
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FORMS = rf'type="hidden" name="(?:csrfmiddlewaretoken" value="\w+|\w+" value="{UUID})"'  # new in every form
FILES = r'\d{4}-\d\d-\d\dT[\d:.+]+Z?|"[0-9a-f]{60,64}"'  # a file tells its second, and a digest that holds it
ONCE = re.compile(f"{FORMS}|{FILES}")
# Of those without need: who opens people's pages, and who takes files out. The others open less than these.
READERS = [asker for asker in WITHOUT_NEED if asker.role in (Role.COACH, Role.PCN_MANAGER)]
FRESH_WORD = {"ask-to-prepare", "plan-concerns-letter"}  # sending these makes a private word, another each time
OF_ITS_OWN = {"audit", "audit-of-person"}  # the privacy officer is shown every act


def test_some_staff_need_the_notes_and_some_do_not() -> None:
    assert WITHOUT_NEED
    assert len(WITHOUT_NEED) < len(STAFF)


def noted(world: World) -> None:
    """Through the pages, as it is done; the browser is the link worker's own."""
    case = ids_care.referral(world, world.subject)
    worker = Client()
    worker.force_login(world.accounts["link_worker of the same practice"])
    where = reverse("safeguarding", args=(world.subject.uuid, case.uuid))
    assert worker.post(where, {"choices": ["concern"], "text": NOTE}).status_code == 302
    entry = Entry.objects.get(text=NOTE)
    again = reverse("safeguarding-note", args=(world.subject.uuid, case.uuid, entry.uuid))
    assert worker.post(again, {"entry": entry.uuid, "text": f"{NOTE}, and her post"}).status_code == 302
    assert NOTE in worker.get(where).content.decode()


def letters(answer: HttpResponse) -> tuple[int, str, dict[str, str]]:
    """All of an answer, but for what is new in every answer."""
    body = b"".join(answer) if answer.streaming else answer.content
    page = ONCE.sub("", body.decode("utf-8", "replace"))
    return answer.status_code, page, {name: re.sub(r"nonce-[^']+", "", value) for name, value in answer.items()}


def read(world: World, route: Route, asker: Asker) -> list[tuple[int, str, dict[str, str]]]:
    url = reverse(route.name, kwargs=ids.values(world, route))
    methods = ("GET",) if route.name in FRESH_WORD else ("GET", "POST")
    return [letters(world.ask(asker, method, url)) for method in methods]


def told_apart(world: World, route: Route, askers: list[Asker]) -> list[str]:
    """Who reads something else there in one world than in the other, or the note."""
    ids.first(world, route)
    ids.values(world, route)
    ids_care.referral(world, world.subject)
    without = [read(world, route, asker) for asker in askers]
    noted(world)
    with_it = [read(world, route, asker) for asker in askers]
    shown = [any(NOTE in page for _, page, _ in pages) for pages in with_it]
    both = zip(askers, without, with_it, shown, strict=True)
    return [asker.words for asker, before, after, note in both if before != after or note]


MINE = [route for route in ROUTES if route.rule and route.rule.relation in ("self", "none", "account")]
STAFFED = [
    route for route in ROUTES if route.rule and route.rule.relation in ("person", "organisation")
    and route.name not in OF_ITS_OWN and not route.name.startswith("safeguarding")
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.parametrize("route", MINE, ids=lambda route: route.name)
def test_the_persons_own_pages_are_the_same_to_the_letter(route: Route, world: World, one_factor: None) -> None:
    assert told_apart(world, route, [SUBJECT, *OTHERS, NOBODY]) == []


@pytest.mark.slow
@pytest.mark.parametrize("route", STAFFED, ids=lambda route: route.name)
def test_staff_without_need_see_the_same_pages_to_the_letter(route: Route, world: World, one_factor: None) -> None:
    assert told_apart(world, route, READERS) == []


def test_it_is_seen_by_those_who_need_it_and_each_look_is_on_the_chain(world: World, one_factor: None) -> None:
    """Or the tests above would prove nothing."""
    noted(world)
    acts = AuditEntry.objects.filter(person=world.subject.pk).values_list("act", flat=True)
    assert {"wrote a safeguarding note", "opened the safeguarding notes"} <= set(acts)
    case = ids_care.referral(world, world.subject)
    url = reverse("safeguarding", args=(world.subject.uuid, case.uuid))
    for asker in STAFF:
        seen = NOTE in world.ask(asker, "GET", url).content.decode()
        assert seen == (asker.role in CAPABILITIES["see safeguarding notes"]), asker.words
