"""The desk: who is on it, in which list, for how long, and what it costs to show."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.desk import laid_out, place
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.people.models import Person

TODAY = date(2026, 3, 31)
PINNED = 29  # queries of the desk: a change that needs more says why here


def ago(days: int | None) -> date | None:
    return None if days is None else TODAY - timedelta(days=days)


# status, and days ago: made, last spoken, last change of status, last scores after support -> list, days, next
NAMES = ("next", "new", "waiting", "quiet", "due", "active")
PLACES = [
    ("unmatched", 3, None, 3, None, "new", 3, "match"),
    ("received", 3, None, 1, None, "new", 3, "decide"),
    ("accepted", 40, None, 2, None, "waiting", 40, "contact"),
    ("active", 90, 0, 80, None, "active", 0, "contact"),
    ("active", 90, 29, 80, None, "active", 29, "contact"),
    ("active", 90, 30, 80, None, "quiet", 30, "contact"),
    ("active", 90, 60, 80, None, "quiet", 60, "contact"),
    ("active", 90, 61, 80, None, "due", 61, "close"),
    ("active", 90, 5, 80, 5, "due", 5, "close"),
    ("active", 90, 5, 80, 4, "due", 5, "close"),
    ("active", 90, 4, 80, 5, "active", 4, "contact"),  # spoken with since the scores: still at work
    ("active", 200, 100, 1, 100, "active", 1, "contact"),  # reopened yesterday
]


@pytest.mark.parametrize(("status", "made", "spoken", "stepped", "scored", "name", "days", "step"), PLACES)
def test_each_open_referral_is_in_one_list(  # noqa: PLR0917
    status: str, made: int, spoken: int | None, stepped: int, scored: int | None, name: str, days: int, step: str
) -> None:
    row = SimpleNamespace(
        person=SimpleNamespace(died=None),
        status=status,
        next_on=None,
        made_on=ago(made),
        spoken_on=ago(spoken),
        stepped_on=ago(stepped),
        scored_on=ago(scored),
    )
    assert place(row, TODAY) == (name, ago(days), step)


@pytest.mark.parametrize("status", ["accepted", "active"])
def test_a_case_whose_person_died_is_due_to_close(status: str) -> None:
    row = SimpleNamespace(person=SimpleNamespace(died=ago(2)), status=status, made_on=ago(9), next_on=ago(5))
    assert place(row, TODAY) == ("due", ago(2), "close")


@pytest.mark.parametrize(
    ("next_in", "name", "days"), [(-3, "next", 3), (0, "next", 0), (1, "quiet", 40), (None, "quiet", 40)]
)
def test_a_next_step_whose_day_has_come_goes_before_all_else_and_one_to_come_hides_no_silence(
    next_in: int | None, name: str, days: int
) -> None:
    row = SimpleNamespace(
        person=SimpleNamespace(died=None), status="active", made_on=ago(90), spoken_on=ago(40), stepped_on=ago(80),
        scored_on=None, next_on=None if next_in is None else ago(-next_in), next_what="Ring about the choir",
    )  # fmt: skip
    assert place(row, TODAY) == (name, ago(days), "contact")
    laid_out([row], TODAY)
    assert (row.next, row.silent) == ("Ring about the choir", 40 if name == "next" else 0)


@pytest.fixture
def shown(desk: Client) -> Callable[..., dict[str, list[str]]]:
    """The names in each list of the page."""

    def read(**query: str) -> dict[str, list[str]]:
        page = desk.get(reverse("referral-desk"), query).content.decode()
        parts = page.split('<h2 id="')[1:]
        rows = {part.split('"')[0]: part.split("<tr")[2:] for part in parts}
        names = {name: [row.split("</a>")[0].split(">")[-1] for row in found] for name, found in rows.items()}
        return {name: names.get(name, []) for name in NAMES}  # a list with nobody in it is not drawn

    return read


@pytest.mark.django_db
def test_a_referral_moves_from_list_to_list_and_leaves_the_desk_when_closed(
    shown: Callable[..., Any], joan: Person, gp: Any, link_worker: Any
) -> None:
    by = link_worker.actor
    days = [date.today() - timedelta(days=n) for n in (80, 79, 70, 0)]
    where = []
    case = actions.refer(person=joan, need="company", by=gp.actor, on=days[0])
    steps: list[Callable[[], Any]] = [
        lambda: None,
        lambda: actions.accept(referral=case, by=by, on=days[1]),
        lambda: actions.record_contact(referral=case, how="phone", spoke=False, by=by, on=days[2]),
        lambda: actions.record_contact(referral=case, how="phone", spoke=True, by=by, on=days[2]),
        lambda: actions.record_contact(referral=case, how="phone", spoke=True, by=by, on=days[3]),
        lambda: actions.close(referral=case, reason="done", by=by),
    ]
    for step in steps:
        step()
        where.append([name for name, names in shown().items() if names == ["ATKINSON, Joan"]])
    assert where == [["new"], ["waiting"], ["waiting"], ["due"], ["active"], []]


@pytest.mark.django_db
def test_nothing_of_a_closed_case_shouts(desk: Client, at: Callable[[Status], Referral]) -> None:
    at(Status.CLOSED)
    long_ago = date.today() - timedelta(days=400)
    Referral.objects.update(made_on=long_ago)
    page = desk.get(reverse("referral-desk"), {"whose": "all"}).content.decode()
    assert "ATKINSON" not in page
    assert "All of my network (0)" in page


@pytest.mark.django_db
def test_the_longest_wait_is_first(shown: Callable[..., Any], make_person: Callable[..., Person], gp: Any) -> None:
    for name, days in (("Bea", 2), ("Ann", 9), ("Cat", 1)):
        person = make_person(given_name=name, family_name="Ward")
        actions.refer(person=person, need="company", by=gp.actor, on=date.today() - timedelta(days=days))
    assert shown()["new"] == ["WARD, Ann", "WARD, Bea", "WARD, Cat"]


@pytest.mark.django_db
def test_mine_are_those_i_accepted_and_the_new_ones_of_nobody(
    shown: Callable[..., Any], make_person: Callable[..., Person], make_worker: Callable[..., Any], gp: Any, place: Any
) -> None:
    colleague = make_worker("link_worker", place.east, name="Jo Bell")
    theirs, new = (make_person(given_name=name, family_name="Ward") for name in ("Ann", "Bea"))
    actions.accept(referral=actions.refer(person=theirs, need="food", by=gp.actor), by=colleague.actor)
    actions.refer(person=new, need="food", by=gp.actor)
    assert shown()["waiting"] == []
    assert shown()["new"] == ["WARD, Bea"]
    assert shown(whose="all")["waiting"] == ["WARD, Ann"]


@pytest.mark.django_db
def test_people_and_requests_of_other_networks_are_not_on_the_desk(
    shown: Callable[..., Any],
    make_person: Callable[..., Person],
    link_worker: Any,
    place: Any,
    sent: Callable[..., Any],
) -> None:
    actions.refer(person=make_person(practice=place.avenues), need="food", by=link_worker.actor)
    sent(practice=place.avenues, name="West Person")
    sent(practice=place.garden, name="East Person")
    assert [name for names in shown(whose="all").values() for name in names] == ["East Person"]


@pytest.mark.django_db
def test_a_person_who_moves_practice_takes_their_referral_to_the_other_desk(
    shown: Callable[..., Any], joan: Person, gp: Any, place: Any, make_worker: Callable[..., Any]
) -> None:
    actions.refer(person=joan, need="food", by=gp.actor)
    joan.registrations.update(practice=place.avenues)
    assert shown(whose="all")["new"] == ["ATKINSON, Joan"]  # until somebody works there, it stays where it was sent
    make_worker("link_worker", place.west)
    assert shown(whose="all")["new"] == []


@pytest.mark.django_db
def test_a_person_on_no_list_stays_on_the_desk_their_referral_was_sent_to(
    shown: Callable[..., Any], desk: Client, joan: Person, gp: Any
) -> None:
    row = actions.refer(person=joan, need="food", by=gp.actor)
    joan.registrations.update(end=date.today())
    assert shown(whose="all")["new"] == ["ATKINSON, Joan"]
    assert desk.get(reverse("case", args=[joan.uuid, row.uuid])).status_code == 200
    assert desk.get(reverse("person", args=[joan.uuid])).status_code == 404  # the rest of the record stays shut


@pytest.mark.django_db
def test_the_page_costs_the_same_number_of_queries_for_one_case_and_for_sixty(
    desk: Client, make_person: Callable[..., Person], gp: Any, link_worker: Any
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(reverse("referral-desk")).status_code == 200
        return len(seen)

    def refer_some(count: int) -> None:
        for _ in range(count):
            case = actions.refer(person=make_person(), need="food", by=gp.actor)
            actions.accept(referral=case, by=link_worker.actor)

    refer_some(1)
    cost()
    one = cost()
    refer_some(59)
    assert cost() == one <= PINNED
    page = desk.get(reverse("referral-desk")).content.decode()
    assert page.count(">Speak with the person<") == 20
    assert page.split("<details")[0].count(">Speak with the person<") == 5  # the rest a press away: a phone is short
    whole = desk.get(reverse("referral-desk"), {"whole": "waiting"}).content.decode()
    assert whole.split("<details")[0].count(">Speak with the person<") == 60


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["clinician", "pcn_manager", "icb_analyst", "privacy_officer"])
def test_the_desk_is_for_those_who_work_referrals(
    role: str, client: Client, make_worker: Callable[..., Any], place: Any
) -> None:
    client.force_login(make_worker(role, place.east).user)
    assert client.get(reverse("referral-desk")).status_code == 403
