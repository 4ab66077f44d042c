"""The first page, a person's page, and the person's own pages: what each shows to whom, and at what cost."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, Grant, User
from whatmatters.components.care_planning import actions as planning
from whatmatters.events.codes import SP_REFERRED
from whatmatters.events.record import record
from whatmatters.people.models import Person, Representative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_step(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def worker(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker("link_worker", place.east, name="Tess Marchbank")


@pytest.fixture
def staff(worker: SimpleNamespace) -> Client:
    return browser(worker.user)


@pytest.fixture
def joan(make_person: Callable[..., Person]) -> Person:
    account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    return make_person(preferred_name="Joanie", communication="Large print", account=account)


def browser(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def acts_for(person: Person, **facts: Any) -> Client:
    account = User.objects.create(email="michelle@example.org", name="Michelle Atkinson")
    given = {"relationship": "daughter", "authority": "nominated", "start": date(2020, 1, 1), **facts}
    Representative.objects.create(person=person, account=account, **given)
    return browser(account)


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def portal(person: Person) -> str:
    return reverse("portal", args=[person.uuid])


def page_of(person: Person) -> str:
    return reverse("person", args=[person.uuid])


def test_anyone_is_told_what_this_is_and_where_to_go() -> None:
    page = text(browser(None).get("/"))
    for route in ("self-refer", "groups", "numbers", "sign-in"):
        assert reverse(route) in page


def test_the_tour_is_there_in_the_demo_and_nowhere_else(settings: Any) -> None:
    assert "wm-tour" in text(browser(None).get("/"))
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "whatmatters.demo"]
    assert "wm-tour" not in text(browser(None).get("/"))


def test_a_link_worker_is_led_to_the_desk_and_to_people(staff: Client) -> None:
    main = text(staff.get("/")).split("<main")[1]
    assert reverse("referral-desk") in main
    assert reverse("find-person") in main


def test_an_analyst_is_not_led_to_people(make_worker: Any, place: SimpleNamespace) -> None:
    main = text(browser(make_worker("icb_analyst", place.icb).user).get("/")).split("<main")[1]
    assert reverse("find-person") not in main
    assert reverse("referral-desk") not in main
    assert reverse("numbers") in main


def test_the_person_comes_to_their_own_pages(joan: Person) -> None:
    response = browser(joan.account).get("/")
    assert response.headers["Location"] == portal(joan)


def test_who_acts_for_two_chooses_whose_pages(joan: Person, make_person: Any) -> None:
    client = acts_for(joan, may_see_plan=True)
    other = make_person(given_name="Derek")
    Representative.objects.create(
        person=other, account=User.objects.get(name="Michelle Atkinson"), relationship="daughter", authority="lpa",
        start=date(2020, 1, 1),
    )  # fmt: skip
    page = text(client.get("/"))
    assert portal(joan) in page
    assert portal(other) in page


def test_staff_who_are_cared_for_too_find_both(worker: SimpleNamespace, joan: Person) -> None:
    Grant.objects.create(
        user=joan.account, role="clinician", organisation_id=worker.actor.organisation, start="2020-01-01"
    )
    page = text(browser(joan.account).get("/"))
    assert reverse("find-person") in page
    assert portal(joan) in page


def test_a_persons_page_puts_together_what_every_component_knows(
    staff: Client, worker: SimpleNamespace, joan: Person
) -> None:
    version = planning.start(person=joan, by=worker.actor)
    planning.save_about_me(version=version, words={"most_important": "My dog Biscuit"}, seen=0, by=worker.actor)
    planning.add_goal(version=version, outcome="Walk to the allotment", by=worker.actor)
    joan.carers.create(name="Maureen", relationship="sister", start=date(2020, 1, 1))
    joan.carers.create(name="Ended Ada", relationship="friend", start=date(2020, 1, 1), end=date(2021, 1, 1))
    record(SP_REFERRED, joan, on=date(2024, 3, 1), by=worker.actor, detail="pcn_manager")
    page = text(staff.get(page_of(joan)))
    for told in (
        "Needs:", "Large print", "My dog Biscuit", "Walk to the allotment", "A draft is being written",
        "Maureen, sister", "Harbour Surgery", "1 March 2024: Referred to social prescribing (PCN manager)",
        reverse("refer", args=[joan.uuid]),        reverse("plan", args=[joan.uuid]),
    ):  # fmt: skip
        assert told in page
    assert "Ended Ada" not in page


def test_a_persons_page_costs_the_same_however_much_has_happened(
    staff: Client, worker: SimpleNamespace, joan: Person, django_assert_max_num_queries: Any
) -> None:
    version = planning.start(person=joan, by=worker.actor)
    for n in range(30):
        planning.add_goal(version=version, outcome=f"Goal {n}", by=worker.actor)
        record(SP_REFERRED, joan, on=date(2024, 3, 1), by=worker.actor, detail="gp")
        joan.carers.create(name=f"Carer {n}", relationship="friend", start=date(2020, 1, 1))
    with django_assert_max_num_queries(42):
        assert staff.get(page_of(joan)).status_code == 200


def test_the_portal_costs_the_same_however_often_the_record_was_looked_at(
    staff: Client, joan: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        staff.get(page_of(joan))
    client = browser(joan.account)
    with django_assert_max_num_queries(40):
        assert client.get(portal(joan)).status_code == 200


def test_a_person_of_another_organisation_is_not_found_and_leaves_no_trace(
    staff: Client, make_person: Any, place: SimpleNamespace
) -> None:
    other = make_person(practice=place.avenues)
    assert staff.get(page_of(other)).status_code == 404
    assert not AuditEntry.objects.filter(person=other.pk).exists()


def test_the_portal_shows_who_looked_with_role_place_and_act(staff: Client, joan: Person) -> None:
    staff.get(page_of(joan))
    staff.get(page_of(joan))
    staff.get(reverse("plan", args=[joan.uuid]))
    page = text(browser(joan.account).get(portal(joan)))
    assert "Tess Marchbank (Social prescribing link worker, East Hull PCN): saw the plan" in page
    everyone = text(browser(joan.account).get(reverse("who-looked", args=[joan.uuid])))
    assert "saw your page (2 times)" in everyone
    assert "(2 times)" in everyone


def test_ones_own_looks_are_not_among_them(joan: Person) -> None:
    client = browser(joan.account)
    client.get(portal(joan))
    assert "Nobody but you." in text(client.get(portal(joan)))


def test_looks_at_anyone_else_are_not_among_them(staff: Client, joan: Person, make_person: Any) -> None:
    staff.get(page_of(make_person()))
    assert "Tess Marchbank" not in text(browser(joan.account).get(portal(joan)))


def test_who_acts_for_a_person_is_among_those_who_looked(joan: Person) -> None:
    acts_for(joan, may_see_plan=True).get(portal(joan))
    assert "Michelle Atkinson (acts for you)" in text(browser(joan.account).get(portal(joan)))


def test_who_looked_is_for_the_person_alone(staff: Client, joan: Person) -> None:
    staff.get(page_of(joan))
    client = acts_for(joan, may_see_plan=True, may_see_referrals=True)
    assert "Tess Marchbank" not in text(client.get(portal(joan)))
    assert client.get(reverse("who-looked", args=[joan.uuid])).headers["Location"] == portal(joan)


@pytest.mark.parametrize(
    ("facts", "plan", "referrals"),
    [
        ({"may_see_plan": True, "may_see_referrals": False}, True, False),
        ({"may_see_plan": False, "may_see_referrals": True}, False, True),
        ({"may_see_plan": True, "may_see_referrals": True}, True, True),
    ],
)
def test_a_representative_sees_the_parts_within_scope(
    joan: Person, facts: dict[str, bool], plan: bool, referrals: bool
) -> None:
    worker = Actor("Tess Marchbank", "link_worker")
    version = planning.start(person=joan, by=worker)
    planning.save_about_me(version=version, words={"most_important": "My dog Biscuit"}, seen=0, by=worker)
    page = text(acts_for(joan, **facts).get(portal(joan)))
    assert ("My dog Biscuit" in page) is plan
    assert ("Help from a link worker" in page) is referrals


@pytest.mark.parametrize("facts", [{"end": date(2024, 1, 1)}, {"start": date(2100, 1, 1)}])
def test_a_representative_out_of_their_days_finds_nothing(joan: Person, facts: dict[str, date]) -> None:
    assert acts_for(joan, **facts).get(portal(joan)).status_code == 404


def test_a_stranger_and_staff_find_nothing_at_the_portal(staff: Client, joan: Person) -> None:
    assert staff.get(portal(joan)).status_code == 404
    stranger = User.objects.create(email="stranger@example.org", name="Stranger")
    assert browser(stranger).get(portal(joan)).status_code == 404
    assert reverse("sign-in") in browser(None).get(portal(joan)).headers["Location"]


def test_the_person_sees_who_may_act_for_them_and_what_they_may_do(joan: Person) -> None:
    acts_for(joan, may_see_plan=True, may_change_plan=True, may_see_referrals=True, end=date(2100, 1, 1))
    page = text(browser(joan.account).get(portal(joan)))
    assert "may read and change my plan and see my referrals, until 1 January 2100" in page
