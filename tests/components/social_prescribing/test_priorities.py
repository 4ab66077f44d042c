"""The priority groups of the local protocol; and someone referred who is not on file yet."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import (
    Falls,
    Notice,
    PriorityGroup,
    Referral,
    Status,
    Timers,
    Told,
)
from whatmatters.events.models import Event
from whatmatters.people.models import Person, Registration

GROUPS = {"remind": "4", "reply": "8", "outcome": "30"}  # days that community groups have
pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def manager(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> SimpleNamespace:
    return make_worker(Role.PCN_MANAGER, place.east, name="Gill Waud")


@pytest.fixture
def carers(manager: SimpleNamespace, place: SimpleNamespace) -> PriorityGroup:
    definition = "Cares for someone twenty hours a week or more"
    return actions.add_priority_group(service=place.east, name="Carers", definition=definition, by=manager.actor)


def test_a_manager_adds_words_and_ends_the_groups_of_their_service(
    client: Client, manager: Any, carers: PriorityGroup
) -> None:
    client.force_login(manager.user)
    where = reverse("service", args=["U10001"])
    client.post(reverse("add-priority-group", args=["U10001"]), {"name": "Newly widowed", "definition": ""})
    page = client.get(where).content.decode()
    assert "Carers" in page
    assert "Newly widowed" in page
    one = reverse("priority-group", args=["U10001", carers.uuid])
    client.post(one, {"name": "Unpaid carers", "definition": "Any hours", "ended": "on"})
    carers.refresh_from_db()
    assert (carers.name, carers.definition, carers.end) == ("Unpaid carers", "Any hours", TODAY)
    assert "No longer used" in client.get(where).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Enter a name for the group"),
        ({"name": "Carers"}, "There is a group of this name already"),
        ({"name": "x" * 71}, "at most 70 characters"),
        ({"name": "Hidden\u202e"}, "characters that cannot be seen"),
    ],
)
def test_a_group_that_cannot_be_is_named_and_not_added(
    typed: dict[str, str], words: str, client: Client, manager: Any, carers: PriorityGroup
) -> None:
    client.force_login(manager.user)
    answer = client.post(reverse("add-priority-group", args=["U10001"]), {"definition": "Kept", **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert list(PriorityGroup.objects.all()) == [carers]


def test_a_manager_sets_the_days_of_their_own_service_only(client: Client, manager: Any) -> None:
    client.force_login(manager.user)
    client.post(reverse("service", args=["U10001"]), {**GROUPS, "accept": "2", "contact": "7", "revision": "1"})
    row = Timers.objects.get()
    assert (row.service.code, row.accept, row.contact, row.tell) == ("U10001", 2, 7, None)
    assert (row.remind, row.reply, row.outcome) == (4, 8, 30)
    answer = client.post(
        reverse("service", args=["U10001"]), {**GROUPS, "accept": "two", "contact": "7", "revision": "2"}
    )
    assert answer.status_code == 422
    assert "Enter a whole number of days from 1 to 90" in answer.content.decode()
    stale = client.post(reverse("service", args=["U10001"]), {**GROUPS, "accept": "3", "contact": "7", "revision": "1"})
    assert "Someone else has changed this meanwhile" in stale.content.decode()
    assert client.get(reverse("service", args=["U10002"])).status_code == 404


def test_a_link_worker_ticks_the_groups_and_the_desk_and_the_case_show_them(
    desk: Client, at: Callable[[Status], Referral], carers: PriorityGroup, joan: Person
) -> None:
    row = at(Status.RECEIVED)
    where = reverse("case-priorities", args=[joan.uuid, row.uuid])
    assert "Carers: Cares for someone twenty hours" in desk.get(where).content.decode()
    desk.post(where, {"groups": [str(carers.uuid)], "revision": row.revision})
    assert [falls.group for falls in Falls.objects.filter(referral=row)] == [carers]
    for page in (reverse("referral-desk"), reverse("case", args=[joan.uuid, row.uuid])):
        assert '<strong class="nhsuk-tag nhsuk-tag--purple">Carers</strong>' in desk.get(page).content.decode()
    row.refresh_from_db()
    desk.post(where, {"groups": [], "revision": row.revision})
    assert not Falls.objects.exists()


def test_the_group_of_another_service_is_refused(
    at: Callable[[Status], Referral], manager: Any, place: Any, link_worker: Any
) -> None:
    other = actions.add_priority_group(service=place.west, name="Anyone", by=manager.actor)
    with pytest.raises(actions.NotAllowed):
        actions.set_priorities(referral=at(Status.RECEIVED), groups=[other], by=link_worker.actor)


def test_a_case_keeps_a_group_that_is_no_longer_used(
    at: Callable[[Status], Referral], carers: PriorityGroup, manager: Any, link_worker: Any
) -> None:
    row = actions.set_priorities(referral=at(Status.RECEIVED), groups=[carers], by=link_worker.actor)
    actions.change_priority_group(group=carers, name="Carers", ended=True, by=manager.actor)
    again = actions.set_priorities(referral=row, groups=[carers], by=link_worker.actor)
    assert again.priorities.count() == 1


def register(desk: Client, row: Referral, **facts: str) -> Any:
    typed = {
        "practice": row.practice.code, "start_day": "1", "start_month": "6", "start_year": "2026",
        "given_name": "Joan", "family_name": "Ward", "born_day": "17", "born_month": "5", "born_year": "1948",
        "language": "English",
    }  # fmt: skip
    return desk.post(reverse("register-unmatched", args=[row.uuid]), {**typed, **facts})


def test_someone_not_on_file_is_registered_with_what_was_given(desk: Client, sent: Callable[..., Any]) -> None:
    row, _ = sent(name="Mary Ann Ward", phone="01482 000222", postcode="HU9 1AA")
    page = desk.get(reverse("register-unmatched", args=[row.uuid])).content.decode()
    for kept in ('value="Mary Ann"', 'value="Ward"', 'value="1948"', 'value="01482 000222"', 'value="HU9 1AA"'):
        assert kept in page
    answer = register(desk, row)
    row.refresh_from_db()
    assert row.status == Status.RECEIVED
    assert row.person
    assert answer["Location"] == reverse("case", args=[row.person.uuid, row.uuid])
    assert Event.objects.get().person == row.person


def test_what_is_wrong_registers_nobody_and_matches_nothing(desk: Client, sent: Callable[..., Any]) -> None:
    row, _ = sent()
    answer = register(desk, row, family_name="")
    assert answer.status_code == 422
    assert "Enter their family name" in answer.content.decode()
    assert not Person.objects.exists()
    assert Referral.objects.get().status == Status.UNMATCHED


def test_a_person_on_file_who_is_on_no_list_is_put_back_on_one_and_is_no_second_person(
    desk: Client, sent: Callable[..., Any], joan: Person
) -> None:
    Registration.objects.update(end=date(2026, 1, 1))
    row, _ = sent(nhs_number=joan.nhs_number)
    register(desk, row, nhs_number=joan.nhs_number or "")
    row.refresh_from_db()
    assert row.person == joan
    assert joan.registrations.filter(end=None, practice=row.practice).exists()
    assert Person.objects.count() == 1


def test_a_number_of_someone_registered_elsewhere_is_refused(
    desk: Client, sent: Callable[..., Any], make_person: Callable[..., Person], place: Any
) -> None:
    west = make_person(practice=place.avenues)
    row, _ = sent()
    answer = register(desk, row, nhs_number=west.nhs_number or "")
    assert "This NHS number is already on file" in answer.content.decode()
    assert Referral.objects.get().status == Status.UNMATCHED


def test_the_page_of_an_unmatched_request_shows_likely_duplicates(
    desk: Client, sent: Callable[..., Any], joan: Person, gp: Any
) -> None:
    actions.refer(person=joan, need="food", by=gp.actor)
    row, _ = sent()
    sent(name="J Atkinson", postcode="HU9 2AA")
    sent(name="Joan Atkinson", born=date(1950, 1, 1))
    page = desk.get(reverse("unmatched", args=[row.uuid])).content.decode()
    assert "Another request that is not matched yet may be about the same person" in page
    assert "J Atkinson, born 17 May 1948" in page
    assert "Has an open case: this will join it." in page
    assert "How it came" in page


def test_when_the_first_sender_cancels_whoever_asked_too_is_not_lost(
    joan: Person, gp: Any, link_worker: Any, sent: Callable[..., Any], codes: Callable[..., Any]
) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    second, _ = sent()
    third, _ = sent(need="food")
    for row in (second, third):
        actions.match(referral=row, person=joan, by=link_worker.actor)
    actions.cancel(referral=case, by=gp.actor)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.status, second.case) == (Status.RECEIVED, None)
    assert (third.status, third.case) == (Status.JOINED, second)
    assert codes(joan) == [("referral", "clinician"), ("cancelled", ""), ("referral", "agency")]
    assert not Notice.objects.filter(to=Told.PERSON).exists()  # for the person nothing has changed


def test_the_reason_of_a_cancelled_case_that_a_colleague_had_joined_is_told_by_their_role(
    joan: Person, gp: Any, make_worker: Callable[..., Any], place: Any, codes: Callable[..., Any]
) -> None:
    coach = make_worker(Role.COACH, place.harbour)
    case = actions.refer(person=joan, need="company", by=gp.actor)
    actions.refer(person=joan, need="food", by=coach.actor)
    actions.cancel(referral=case, by=gp.actor)
    assert codes(joan)[-1] == ("referral", "coach")


def test_a_request_that_came_to_the_wrong_practice_is_sent_on_and_leaves_this_desk(
    desk: Client, sent: Callable[..., Any], place: Any, make_worker: Callable[..., Any]
) -> None:
    row, _ = sent()
    where = reverse("unmatched-act", args=[row.uuid, "send-on"])
    wrong = desk.post(where, {"practice": "B81003", "revision": row.revision})
    assert wrong.status_code == 422  # nobody would see it there
    west = make_worker(Role.LINK_WORKER, place.west, name="Jo Bell")
    desk.post(where, {"practice": "B81003", "revision": row.revision, "note": "Moved in May"})
    row.refresh_from_db()
    assert (row.practice.code, row.service.code, row.status) == ("B81003", "U10002", Status.UNMATCHED)
    assert "Joan Atkinson" not in desk.get(reverse("referral-desk")).content.decode()
    desk.force_login(west.user)
    assert "Joan Atkinson" in desk.get(reverse("referral-desk")).content.decode()
    assert row.changes.latest("pk").why == "Sent on to the desk of The Avenues Medical Centre: Moved in May"
