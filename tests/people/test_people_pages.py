"""The people pages: what they show, what they refuse, and that no name ever stands in an address."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from whatmatters.access.models import AuditEntry, User
from whatmatters.people.models import Person, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def staff(client: Client, settings: Any, make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(make_worker("care_coordinator", place.east).user)
    return client


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def details(person: Person, **changes: Any) -> dict[str, Any]:
    """The form of a person's details as a browser would send it."""
    names = (
        "title", "given_name", "family_name", "preferred_name", "nhs_number", "sex", "ethnicity", "address", "postcode",
        "phone", "email", "language", "communication", "adjustments", "revision",
    )  # fmt: skip
    return {**{name: getattr(person, name) or "" for name in names}, **day("born", person.born), **changes}


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_search_is_posted_and_shows_what_tells_namesakes_apart(staff: Client, make_person: Any) -> None:
    for born, postcode in ((date(1948, 5, 17), "HU9 2AA"), (date(1952, 7, 9), "HU5 1BB")):
        make_person(given_name="John", family_name="Smith", born=born, postcode=postcode)
    page = text(staff.post(reverse("find-person"), {"name": "smith"}))
    for told in ("2 people found", "17 May 1948", "9 July 1952", "HU9 2AA", "HU5 1BB", "Harbour Surgery"):
        assert told in page


def test_a_name_sent_in_the_address_is_not_looked_for(staff: Client, make_person: Any) -> None:
    make_person(given_name="John", family_name="Smith")
    assert "SMITH" not in text(staff.get(reverse("find-person"), {"name": "smith"}))


def test_people_of_other_organisations_are_not_found(staff: Client, make_person: Any, place: SimpleNamespace) -> None:
    person = make_person(practice=place.avenues, family_name="Elsewhere")
    asked = ({"name": "elsewhere"}, {"nhs_number": person.nhs_number}, day("born", person.born))
    for one in asked:
        page = text(staff.post(reverse("find-person"), one))
        assert "Nobody found" in page
        assert "ELSEWHERE" not in page


def test_the_audit_of_a_search_says_who_was_shown_and_not_what_was_typed(staff: Client, make_person: Any) -> None:
    person = make_person(family_name="Smith")
    staff.post(reverse("find-person"), {"name": "smith"})
    entry = AuditEntry.objects.get(act="searched for a person")
    assert entry.detail == {"shown": [person.pk]}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "Enter a name, a date of birth or an NHS number"),
        ({"nhs_number": "999 000 0019"}, "not a valid NHS number"),
        ({"nhs_number": "12"}, "has 10 digits"),
        ({"name": "Jo\x00an"}, "Null characters are not allowed"),
        ({"name": "Jo\u202ean"}, "cannot be seen"),
        ({"born_day": "31", "born_month": "2", "born_year": "1948"}, "real date"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(staff: Client, asked: dict[str, str], told: str) -> None:
    response = staff.post(reverse("find-person"), asked)
    assert response.status_code == 422
    assert told in text(response)


def test_registering_a_person_leads_to_their_page(staff: Client, place: SimpleNamespace) -> None:
    sent = {
        "given_name": "Siân 🦊", "family_name": "O’Brien", "nhs_number": "999 000 0018", "practice": place.garden.code,
        "language": "Welsh", **day("born", date(1960, 2, 29)), **day("start", date(2020, 1, 6)),
    }  # fmt: skip
    response = staff.post(reverse("register-person"), sent)
    person = Person.objects.get()
    assert response.headers["Location"] == reverse("person", args=[person.uuid])
    assert (person.given_name, person.nhs_number) == ("Siân 🦊", "9990000018")
    assert Registration.objects.get().practice == place.garden


def test_a_number_on_file_elsewhere_is_refused_without_a_word_of_whose(
    staff: Client, make_person: Any, place: SimpleNamespace
) -> None:
    other = make_person(practice=place.avenues, family_name="Secretname")
    sent = {
        "given_name": "Bea", "family_name": "Stone", "nhs_number": other.nhs_number, "practice": place.garden.code,
        "language": "English", **day("born", date(1960, 2, 29)), **day("start", date(2020, 1, 6)),
    }  # fmt: skip
    response = staff.post(reverse("register-person"), sent)
    assert response.status_code == 422
    assert "already on file" in text(response)
    assert "secretname" not in text(response).lower()
    assert Person.objects.count() == 1


def test_only_practices_of_ones_own_organisations_are_offered(staff: Client, place: SimpleNamespace) -> None:
    page = text(staff.get(reverse("register-person")))
    assert "Harbour Surgery" in page
    assert "The Avenues Medical Centre" not in page


def test_details_are_changed_and_shown(staff: Client, make_person: Any) -> None:
    person = make_person()
    sent = details(person, preferred_name="Joanie", interpreter="on", language="Polish", communication="Large print")
    response = staff.post(reverse("change-details", args=[person.uuid]), sent)
    page = text(staff.get(response.headers["Location"]))
    for told in ("Joanie", "interpreter, Polish", "Large print"):
        assert told in page


def test_the_second_to_save_sees_both_versions_and_loses_nothing(staff: Client, make_person: Any) -> None:
    person = make_person(phone="01482 555 000")
    address = reverse("change-details", args=[person.uuid])
    first, second = details(person, phone="01482 555 001"), details(person, phone="01482 555 002")
    assert staff.post(address, first).status_code == 302
    response = staff.post(address, second)
    assert response.status_code == 409
    page = text(response)
    assert "Someone else has saved this page" in page
    assert "01482 555 001" in page
    assert 'value="01482 555 002"' in page
    assert 'name="revision" value="2"' in page
    assert Person.objects.get().phone == "01482 555 001"
    staff.post(address, {**second, "revision": "2"})
    assert Person.objects.get().phone == "01482 555 002"


def test_the_banner_says_who_is_on_file_and_not_what_was_typed(staff: Client, make_person: Any) -> None:
    person = make_person(given_name="Joan", family_name="Atkinson")
    sent = details(person, family_name="Typed", born_year="3000")
    page = text(staff.post(reverse("change-details", args=[person.uuid]), sent))
    banner = page.split('<section class="wm-banner')[1].split("</section>")[0]
    assert "ATKINSON, Joan" in banner
    assert "TYPED" not in banner


def test_every_page_about_a_person_shows_name_birth_number_and_age(staff: Client, make_person: Any) -> None:
    person = make_person(given_name="Joan", family_name="Atkinson", born=date(1948, 5, 17))
    for name in ("person-details", "change-details", "move-registration", "record-death", "add-carer", "give-account"):
        page = text(staff.get(reverse(name, args=[person.uuid])))
        for told in ("ATKINSON, Joan", "17 May 1948", person.nhs_number_shown, f"<dd>{person.age}</dd>"):
            assert told in page, name


PERSON_PAGES = (
    "person-details", "change-details", "move-registration", "record-death", "give-account", "add-carer",
    "add-representative",
)  # fmt: skip


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_a_person_of_another_organisation_is_not_found(
    staff: Client, make_person: Any, place: SimpleNamespace, name: str
) -> None:
    person = make_person(practice=place.avenues)
    for send in (staff.get, staff.post):
        assert send(reverse(name, args=[person.uuid])).status_code == 404
    assert not AuditEntry.objects.filter(person=person.pk).exists()


def test_another_persons_carer_is_not_found_under_this_one(staff: Client, make_person: Any) -> None:
    one, other = make_person(), make_person()
    carer = other.carers.create(name="Maureen", relationship="sister", start=date(2020, 1, 1))
    assert staff.post(reverse("end-carer", args=[one.uuid, carer.uuid]), day("on", date(2024, 1, 1))).status_code == 404


def test_moving_to_another_teams_practice_ends_our_sight_of_the_person(
    staff: Client, make_person: Any, place: SimpleNamespace
) -> None:
    person = make_person()
    address = reverse("move-registration", args=[person.uuid])
    assert "No practice has this code" in text(
        staff.post(address, {"practice": "Z99999", **day("start", date.today())})
    )
    response = staff.post(address, {"practice": "b81003", **day("start", date.today())})
    assert response.headers["Location"] == reverse("find-person")
    assert staff.get(reverse("person-details", args=[person.uuid])).status_code == 404


def test_carers_and_deaths_are_recorded_from_their_pages(staff: Client, make_person: Any) -> None:
    person = make_person()
    carer = {"name": "Maureen", "relationship": "sister", "contact": "", **day("start", date(2020, 1, 1))}
    assert staff.post(reverse("add-carer", args=[person.uuid]), carer).status_code == 302
    end, ended = reverse("end-carer", args=[person.uuid, person.carers.get().uuid]), day("on", date(2024, 1, 1))
    why = staff.post(end, ended)
    assert (why.status_code, "Choose whether they have died" in text(why)) == (422, True)
    assert staff.post(end, {**ended, "ended": "died"}).status_code == 302
    assert (person.carers.get().end, person.carers.get().ended) == (date(2024, 1, 1), "died")
    assert "died on 1 January 2024" in text(staff.get(reverse("person-details", args=[person.uuid])))
    death = {"revision": "1", **day("on", date(2024, 2, 1))}
    assert staff.post(reverse("record-death", args=[person.uuid]), death).status_code == 302
    assert "1 February 2024, aged 75" in text(staff.get(reverse("person-details", args=[person.uuid])))


def representative(**changes: Any) -> dict[str, Any]:
    sent = {
        "name": "Michelle Atkinson", "email": "michelle@example.org", "relationship": "daughter", "authority": "lpa",
        "may_see_plan": "on", **day("start", date(2024, 1, 1)),
    }  # fmt: skip
    return {**sent, **changes}


def test_a_representative_gets_an_account_and_a_link_to_set_its_password(
    staff: Client, make_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = make_person()
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(reverse("add-representative", args=[person.uuid]), representative())
    assert person.representatives.get().account.email == "michelle@example.org"
    assert [letter.to for letter in mail.outbox] == [["michelle@example.org"]]


def test_a_representative_who_is_refused_leaves_no_account_and_no_letter(
    staff: Client, make_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person, before = make_person(), User.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        sent = representative(may_see_plan="", may_change_plan="on")
        response = staff.post(reverse("add-representative", args=[person.uuid]), sent)
    assert response.status_code == 422
    assert "tick both" in text(response)
    assert User.objects.count() == before
    assert mail.outbox == []


def test_the_person_is_given_an_account(staff: Client, make_person: Any) -> None:
    person = make_person()
    staff.post(reverse("give-account", args=[person.uuid]), {"email": "joan@example.org"})
    assert Person.objects.get().account == User.objects.get(email="joan@example.org")
