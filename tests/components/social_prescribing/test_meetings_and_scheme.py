"""Practice meetings and what is attested; the scheme's protocol, its numbers and its targets."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from whatmatters.access.models import AuditEntry, User
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing.actions import NotAllowed, knowing, meeting, objecting, scheming
from whatmatters.components.social_prescribing.models import Aim, Item, Meeting, Scheme
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.periods import financial_year
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.indicators.attested_prescribing import PROTOCOL

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
YEAR = financial_year(TODAY).label


def own_events() -> list[tuple[str, str, str, date]]:
    return list(OrganisationEvent.objects.order_by("pk").values_list("subject__code", "code", "detail", "on"))


@pytest.fixture
def manager(place: SimpleNamespace, make_worker: Any) -> SimpleNamespace:
    made: SimpleNamespace = make_worker(Role.PCN_MANAGER, place.east, name="Ruth Adeyemi")
    return made


@pytest.fixture
def scheme(place: SimpleNamespace, manager: SimpleNamespace) -> Scheme:
    return scheming.scheme_of(service=place.east, year=YEAR, by=manager.actor)


def test_one_meeting_is_one_event_however_many_were_there(place: Any, link_worker: Any, make_worker: Any) -> None:
    other = make_worker(Role.LINK_WORKER, place.east, name="Lena Kowalska")
    meeting.attend(practice=place.harbour, workers=[link_worker.worker], by=link_worker.actor)
    meeting.attend(practice=place.harbour, workers=[link_worker.worker, other.worker], by=other.actor)
    assert Meeting.objects.get().attendances.count() == 2
    assert own_events() == [("B81001", "link-workers-in-meetings", "", TODAY)]
    assert AuditEntry.objects.filter(act="recorded a practice meeting").count() == 2


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"workers": []}, "who was there"),
        ({"on": TODAY + timedelta(days=1)}, "still to come"),
        ({"on": date(2019, 3, 31)}, "not open on that day"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(place: Any, link_worker: Any, facts: dict[str, Any], says: str) -> None:
    usual = {"practice": place.harbour, "workers": [link_worker.worker], "by": link_worker.actor}
    with pytest.raises(NotAllowed, match=says):
        meeting.attend(**{**usual, **facts})
    assert own_events() == []


def test_a_meeting_is_recorded_on_the_page_of_the_practices_one_works_for(
    place: Any, link_worker: Any, desk: Client
) -> None:
    page = reverse("practice-meetings")
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    there = {"practice": "B81001", "workers": [link_worker.worker.pk], **day}
    elsewhere = desk.post(page, {**there, "practice": "B81003"})  # another network's
    assert elsewhere.status_code == 422
    assert desk.post(page, there).status_code == 302
    assert "Sam Okafor" in desk.get(page).content.decode()
    assert own_events() == [("B81001", "link-workers-in-meetings", "", TODAY)]


def test_a_practice_attests_only_with_the_box_ticked(place: Any, manager: Any, client: Client) -> None:
    client.force_login(manager.user)
    page = reverse("attest-meetings")
    assert client.post(page, {"practice": "B81002"}).status_code == 422
    assert client.post(page, {"practice": "B81002", "able": "on"}).status_code == 302
    assert own_events() == [("B81002", "attested", "link-workers-involved", TODAY)]


def test_what_the_protocol_states_is_attested_once_and_again_when_it_changes(scheme: Scheme, manager: Any) -> None:
    by = manager.actor
    with pytest.raises(NotAllowed, match="Write what the protocol says first"):
        scheming.attest_protocol(scheme=scheme, by=by)
    scheming.state(scheme=scheme, item=Item.COSTS, text="Pay and places", evidence="Board paper 7", by=by)
    scheming.state(scheme=scheme, item=Item.MAP, text="Our map", by=by)
    assert len(scheming.attest_protocol(scheme=scheme, by=by)) == 2
    with pytest.raises(NotAllowed, match="attested already"):
        scheming.attest_protocol(scheme=scheme, by=by)
    changed = scheming.state(scheme=scheme, item=Item.COSTS, text="Pay, places and grants", by=by)
    assert changed.attested_on is None
    scheming.attest_protocol(scheme=scheme, by=by)
    assert [detail for _, _, detail, _ in own_events()] == ["protocol-costs", "protocol-map", "protocol-costs"]
    assert len(scheming.unsaid(scheme)) == 8


def test_a_protocol_is_attested_in_its_own_year(place: Any, manager: Any) -> None:
    old = scheming.scheme_of(service=place.east, year="2022-23", by=manager.actor)
    scheming.state(scheme=old, item=Item.COSTS, text="Pay", by=manager.actor)
    with pytest.raises(NotAllowed, match="must be in 2022-23"):
        scheming.attest_protocol(scheme=old, by=manager.actor)
    assert scheming.attest_protocol(scheme=old, on=date(2023, 3, 31), by=manager.actor)


def test_targets_are_set_and_dropped_and_the_first_is_attested(scheme: Scheme, manager: Any) -> None:
    by = manager.actor
    with pytest.raises(NotAllowed, match="above 0"):
        scheming.set_targets(scheme=scheme, targets={Aim.REFERRED: Decimal(0)}, by=by)
    assert own_events() == []
    scheming.set_targets(scheme=scheme, targets={Aim.REFERRED: Decimal("12.5"), Aim.TAKEN_UP: None}, by=by)
    scheming.set_targets(scheme=scheme, targets={Aim.REFERRED: Decimal(13), Aim.TAKEN_UP: Decimal(80)}, by=by)
    assert own_events() == [("U10001", "attested", "access-targets-set", TODAY)]
    scheming.set_targets(scheme=scheme, targets={Aim.REFERRED: None}, by=by)
    assert list(scheme.targets.values_list("aim", "at_least")) == [(Aim.TAKEN_UP, Decimal(80))]


def test_an_aim_is_an_indicator_of_which_more_is_better() -> None:
    for aim in Aim:
        assert INDICATORS[aim].direction == "higher"
    assert set(PROTOCOL) == set(Item.values)


def test_the_second_to_save_a_scheme_is_told(scheme: Scheme, manager: Any) -> None:
    seen = Scheme.objects.get(pk=scheme.pk).revision
    scheming.plan_numbers(scheme=scheme, referrals=400, wte=None, pence=None, by=manager.actor, revision=seen)
    with pytest.raises(Stale):
        scheming.plan_numbers(scheme=scheme, referrals=10, wte=None, pence=None, by=manager.actor, revision=seen)
    scheme.refresh_from_db()
    assert scheme.referrals == 400


def test_the_pages_of_a_scheme_keep_pounds_as_pence(place: Any, manager: Any, client: Client) -> None:
    client.force_login(manager.user)
    numbers = reverse("scheme-numbers", args=["U10001", YEAR])
    assert client.post(numbers, {"referrals": "400", "wte": "2.5", "pounds": "112500.99"}).status_code == 302
    row = Scheme.objects.get()
    assert (row.referrals, row.wte, row.pence) == (400, Decimal("2.50"), 11_250_099)
    assert "112500.99" in client.get(numbers).content.decode()
    answer = client.post(numbers, {"referrals": "many", "revision": str(row.revision)})
    assert answer.status_code == 422
    assert "many" in answer.content.decode()
    assert client.post(numbers, {"referrals": "5", "revision": "1"}).status_code == 422  # someone else saved meanwhile
    targets = reverse("scheme-targets", args=["U10001", YEAR])
    assert client.post(targets, {"referred": "14"}).status_code == 302
    assert "at least 14" in client.get(reverse("scheme", args=["U10001", YEAR])).content.decode()
    assert client.get(reverse("scheme", args=["U10001", "2022-24"])).status_code == 404
    assert client.get(reverse("scheme", args=["U10001", "2022-23-Q1"])).status_code == 404


def test_what_is_known_of_a_life_is_an_event_of_its_day(joan: Person, link_worker: Any) -> None:
    knowing.know(person=joan, what="lives-alone", on=date(2026, 5, 1), by=link_worker.actor)
    assert Event.objects.values_list("code", "detail", "on").get() == (
        "lonely-or-isolated", "lives-alone", date(2026, 5, 1),
    )  # fmt: skip
    assert knowing.known(joan) == [(date(2026, 5, 1), "Lives alone")]
    for facts, says in (({"what": "rich"}, "Choose what"), ({"on": date(1900, 1, 1)}, "outside the person")):
        with pytest.raises(ValidationError, match=says):
            knowing.know(person=joan, by=link_worker.actor, **{"what": "lonely", **facts})


def test_the_person_says_no_to_invitations_and_yes_again(joan: Person, client: Client, make_worker: Any) -> None:
    joan.account = User.objects.create(email="joan@example.org", name="Joan")
    joan.save()
    client.force_login(joan.account)
    page = reverse("my-invitations", args=[joan.uuid])
    assert "Do not invite me" in client.get(page).content.decode()
    for _ in range(2):  # a double click
        client.post(page, {"want": "no"})
        assert [one.kind for one in objecting.in_force(joan)] == ["asked"]
    assert "You may invite me again" in client.get(page).content.decode()
    client.post(page, {"want": "yes"})
    assert objecting.in_force(joan) == []


def test_whoever_works_for_one_practice_is_not_asked_which(
    gp: SimpleNamespace, manager: SimpleNamespace, client: Client
) -> None:
    chosen = '<option value="B81001" selected>'
    for user, there in ((gp.user, True), (manager.user, False)):
        client.force_login(user)
        for name in ("practice-meetings", "attest-meetings"):
            assert (chosen in client.get(reverse(name)).content.decode()) is there
