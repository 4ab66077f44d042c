"""Who is meant by a public form: likely people are offered with what agrees, and a link worker decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.matching import candidates
from whatmatters.components.social_prescribing.models import Given, Referral, Status
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BORN = date(1948, 5, 17)


@pytest.mark.parametrize(
    ("given", "agrees"),
    [
        ({}, ["family name", "given name", "date of birth"]),
        ({"name": "ATKINSON JOAN"}, ["family name", "given name", "date of birth"]),
        ({"name": "Joanie Smith"}, ["given name", "date of birth"]),
        ({"name": "J Atkínson", "postcode": "hu92aa"}, ["family name", "date of birth", "postcode"]),
        ({"name": "Someone Else"}, None),
        ({"name": "Someone Else", "phone": "01482 1 23456"}, ["date of birth", "phone"]),
        ({"born": date(1948, 5, 18)}, None),
        ({"born": date(1950, 1, 1), "name": "A B", "nhs_number": "9990000018"}, ["NHS number"]),
        ({"born": date(1950, 1, 1), "nhs_number": "9990000026"}, None),
    ],
)
def test_what_a_form_has_in_common_with_a_person(
    given: dict[str, Any], agrees: list[str] | None, make_person: Callable[..., Person]
) -> None:
    make_person(
        given_name="Joan", family_name="Atkinson", preferred_name="Joanie", born=BORN, postcode="HU9 2AA",
        phone="01482123456", nhs_number="9990000018",
    )  # fmt: skip
    written = Given(**{"name": "Joan Atkinson", "born": BORN, **given})
    assert [found for _, found in candidates(written, Person.objects.all())] == ([agrees] if agrees else [])


def test_the_likeliest_of_namesakes_comes_first(make_person: Callable[..., Person]) -> None:
    for postcode in ("HU1 1AA", "HU9 2AA", "HU3 3AA"):
        make_person(given_name="Joan", family_name="Atkinson", postcode=postcode)
    found = candidates(Given(name="Joan Atkinson", born=BORN, postcode="HU9 2AA"), Person.objects.all())
    assert found[0][0].postcode == "HU9 2AA"
    assert len(found) == 3


def test_the_page_shows_a_second_identifier_and_matches(desk: Client, sent: Callable[..., Any], joan: Person) -> None:
    row, _ = sent()
    where = reverse("unmatched", args=[row.uuid])
    page = desk.get(where).content.decode()
    assert joan.nhs_number_shown in page
    assert joan.postcode in page
    answer = desk.post(where, {"person": str(joan.uuid)})
    assert answer["Location"] == reverse("case", args=[joan.uuid, row.uuid])
    assert Referral.objects.get().person == joan
    assert desk.get(where).status_code == 404


def test_someone_else_is_matched_by_nhs_number(
    desk: Client, sent: Callable[..., Any], make_person: Callable[..., Person]
) -> None:
    other = make_person(family_name="Newname", born=date(1990, 1, 1))
    assert other.nhs_number
    row, _ = sent(name="Jo Oldname")
    written = f"{other.nhs_number[:3]} {other.nhs_number[3:6]} {other.nhs_number[6:]}"
    desk.post(reverse("unmatched", args=[row.uuid]), {"nhs_number": written})
    assert Referral.objects.get().person == other


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "one of the two"),
        ({"nhs_number": "9990000034"}, "Nobody on the lists you look after"),
        ({"nhs_number": "9990000035"}, "not a valid NHS number"),
        ({"person": "not-a-uuid"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_named_and_nobody_is_matched(
    typed: dict[str, str], words: str, desk: Client, sent: Callable[..., Any], joan: Person
) -> None:
    row, _ = sent()
    answer = desk.post(reverse("unmatched", args=[row.uuid]), typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Referral.objects.get().person is None


def test_nobody_of_another_network_is_offered_or_matched(
    desk: Client, sent: Callable[..., Any], make_person: Callable[..., Person], place: Any
) -> None:
    west = make_person(given_name="Joan", family_name="Atkinson", practice=place.avenues)
    assert west.nhs_number
    row, _ = sent()
    where = reverse("unmatched", args=[row.uuid])
    assert "Nobody on your lists" in desk.get(where).content.decode()
    assert desk.post(where, {"person": str(west.uuid)}).status_code == 422
    assert desk.post(where, {"nhs_number": west.nhs_number}).status_code == 422
    theirs, _ = sent(practice=place.avenues)
    assert desk.get(reverse("unmatched", args=[theirs.uuid])).status_code == 404


def test_an_unmatched_request_can_be_declined_and_its_sender_is_told(
    desk: Client, sent: Callable[..., Any], client: Client
) -> None:
    row, word = sent()
    where = reverse("unmatched-act", args=[row.uuid, "decline"])
    assert desk.get(where).status_code == 200
    desk.post(where, {"revision": row.revision, "reason": "not reached"})
    row.refresh_from_db()
    assert (row.status, row.why) == (Status.DECLINED, "The person could not be reached")
    assert "It was not taken on." in Client().get(reverse("track-referral", args=[word])).content.decode()


def test_a_request_for_someone_with_an_open_case_joins_it(
    desk: Client, sent: Callable[..., Any], joan: Person, gp: Any
) -> None:
    case = actions.refer(person=joan, need="company", by=gp.actor)
    row, _ = sent()
    desk.post(reverse("unmatched", args=[row.uuid]), {"person": str(joan.uuid)})
    row.refresh_from_db()
    assert (row.status, row.case, row.episode) == (Status.JOINED, case, None)


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"died": date.today()}, "has died"), ({"born": date.today()}, "born after the referral was made")],
)
def test_nobody_is_matched_whom_it_cannot_be(
    facts: dict[str, Any], why: str, sent: Callable[..., Any], make_person: Callable[..., Person], link_worker: Any
) -> None:
    row, _ = sent(on=date.today() - timedelta(days=3))
    with pytest.raises(actions.NotAllowed, match=why):
        actions.match(referral=row, person=make_person(**facts), by=link_worker.actor)
    assert Referral.objects.get().status == Status.UNMATCHED
