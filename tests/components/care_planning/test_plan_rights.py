"""What is kept from a kind of reader is in nothing that they can open, whatever its look; the most restrictive wins."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pypdf import PdfReader
from tests.components.care_planning.sharing import LATER, SAID, TODAY, browser, readers, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.care_planning.actions.giving import give_access, hide
from whatmatters.components.care_planning.models import Hiding, Version
from whatmatters.components.care_planning.parts import PARTS, READERS
from whatmatters.components.care_planning.rights import hidden_from, kept
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson")


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


def words_in(page: str) -> set[str]:
    """The parts whose word is on the page."""
    return {part for part, word in SAID.items() if word in page}


def pdf_text(content: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return "".join(pages).replace("\n", "")  # a word may be broken at its hyphen


HIDDEN = [
    # who reads, what the person keeps from them, to which parts access was given; what they are not shown
    ("care home", (), (), set()),
    ("care home", ("needs",), (), {"needs"}),
    ("care home", ("needs",), ("goals", "needs"), set(PARTS) - {"goals"}),
    ("carer", (), (), {"formulation"}),
    ("community group", ("goals",), (), {"goals", "formulation"}),
    ("community group", (), ("formulation",), set(PARTS)),
    ("hospital", (), (), set()),
    ("practice", (), ("goals",), set(PARTS) - {"goals"}),
    ("", (), (), set()),
    ("person", (), (), set()),
]


@pytest.mark.parametrize(("audience", "keeps", "given_parts", "expected"), HIDDEN)
def test_the_most_restrictive_rule_wins(
    *, audience: str, keeps: Any, given_parts: Any, expected: Any, version: Version, by: Actor
) -> None:
    for part in keeps:
        hide(plan=version.plan, part=part, audiences=[audience], by=by)
    assert hidden_from(version.plan, audience, only=given_parts) == expected


def test_of_two_kinds_of_reader_what_is_kept_from_either_is_kept(version: Version, by: Actor) -> None:
    hide(plan=version.plan, part="goals", audiences=["hospital"], by=by)
    hide(plan=version.plan, part="needs", audiences=["out of hours"], by=by)
    assert hidden_from(version.plan, "hospital", "out of hours") == {"goals", "needs"}


def test_a_wish_is_added_and_the_latest_speaks(version: Version, by: Actor) -> None:
    hide(plan=version.plan, part="goals", audiences=["hospital", "carer"], by=by)
    hide(plan=version.plan, part="goals", audiences=["carer"], by=by)
    assert kept(version.plan) == {"carer": {"goals"}}
    assert list(Hiding.objects.values_list("audience", "hidden")) == [
        ("carer", True), ("hospital", True), ("hospital", False),
    ]  # fmt: skip


def test_nothing_is_kept_from_who_writes_it_with_them(version: Version, by: Actor) -> None:
    with pytest.raises(ValidationError):
        hide(plan=version.plan, part="goals", audiences=["practice"], by=by)


def everything_shown(version: Version, staff: Client, guest: Client, url: str) -> Iterator[tuple[str, str]]:
    """Every page, paper and file that a care home gets, or is given, by name."""
    given = reverse("plan-print", args=[version.plan.person.uuid])
    for look, form_of in (("plain", "page"), ("large", "page"), ("easy", "page"), ("easy", "pdf")):
        asked = {"seen": version.number, "look": look, "form_of": form_of}
        for whose, client, where, more in (
            ("given", staff, given, {"audience": "care home"}), ("theirs", guest, f"{url}print/", {}),
        ):  # fmt: skip
            answer = client.post(where, {**asked, **more})
            assert answer.status_code == 200
            yield f"{look} {form_of} {whose}", pdf_text(answer.content) if form_of == "pdf" else text(answer)
    yield "their page", text(guest.get(url))


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=some.sets(some.sampled_from(sorted(SAID)), min_size=1, max_size=8))
@pytest.mark.slow
def test_what_is_hidden_is_in_no_rendering(
    *, hidden: set[str], person: Person, version: Version, by: Actor, coordinator: Any, make_worker: Any
) -> None:
    here = getattr(person, "readers", None) or readers(make_worker)
    person.readers = here  # type: ignore[attr-defined]  # made once for all the examples
    for part in SAID:
        hide(plan=version.plan, part=part, audiences=["care home"] if part in hidden else [], by=by)
    access, _ = give_access(
        version=version, kind="care home", purpose="care", until=LATER, by=by, organisation=here.home
    )
    url = reverse("shared-plan", args=[access.uuid])
    staff, guest = browser(coordinator.user), browser(here.manager.user)
    for name, said in everything_shown(version, staff, guest, url):
        assert words_in(said) & hidden == set(), name
    assert words_in(text(staff.get(reverse("plan-read", args=[person.uuid, "easy"])))) >= hidden


def test_what_is_hidden_is_not_in_the_file_for_another_system(
    person: Person, version: Version, by: Actor, coordinator: Any
) -> None:
    kept_back = {"goals", "contingency", "please_do", "needs", "personal_contacts", "legal"}
    for part in kept_back:
        hide(plan=version.plan, part=part, audiences=["care home"], by=by)
    asked = {"audience": "care home", "with_whom": "Quay House", "purpose": "care"}
    sent = browser(coordinator.user).post(reverse("plan-file", args=[person.uuid]), asked)
    assert sent["Content-Type"].startswith("application/fhir+json")
    assert words_in(text(sent)) == set(SAID) - kept_back


def test_the_renderings_do_show_what_is_not_hidden(person: Person, version: Version, coordinator: Any) -> None:
    """Or the test above would prove nothing."""
    staff = browser(coordinator.user)
    for look in ("plain", "large", "easy"):
        assert words_in(text(staff.get(reverse("plan-read", args=[person.uuid, look])))) == set(SAID)


@pytest.fixture
def daughter(person: Person) -> Client:
    """She may see and change the plan."""
    account = User.objects.create(email="michelle@example.org", name="Michelle Atkinson")
    Representative.objects.create(
        person=person, account=account, relationship="daughter", authority="nominated", start=TODAY,
        may_change_plan=True, may_see_referrals=True,
    )  # fmt: skip
    return browser(account)


OF_CARERS = [
    ("my-plan", ()), ("my-plan-version", (1,)), ("my-plan-read", ("plain",)), ("my-plan-read", ("large",)),
    ("my-plan-read", ("easy",)), ("portal", ()), ("my-conversation", ()),
]  # fmt: skip


@pytest.mark.parametrize("part", sorted(SAID))
def test_what_is_kept_from_carers_is_on_no_page_of_theirs(
    part: str, person: Person, version: Version, by: Actor, daughter: Client
) -> None:
    hide(plan=version.plan, part=part, audiences=["carer"], by=by)
    for name, more in OF_CARERS:
        page = text(daughter.get(reverse(name, args=[person.uuid, *more])))
        assert words_in(page) & {part, "formulation"} == set(), name
    for look in ("page", "pdf") if part == "goals" else ("page",):
        sent = {"seen": "1", "look": "plain", "form_of": look}
        made = daughter.post(reverse("my-plan-print", args=[person.uuid]), sent)
        assert SAID[part] not in (pdf_text(made.content) if look == "pdf" else text(made))


def test_a_carer_who_is_not_shown_all_of_it_may_not_write_in_it(
    person: Person, version: Version, by: Actor, daughter: Client
) -> None:
    at = reverse("my-plan-start", args=[person.uuid])
    hide(plan=version.plan, part="goals", audiences=["carer"], by=by)
    assert daughter.post(at).status_code == 403
    assert "Change the plan" not in text(daughter.get(reverse("my-plan", args=[person.uuid])))
    hide(plan=version.plan, part="goals", audiences=[], by=by)
    assert daughter.post(at).status_code == 302


def test_a_carer_is_not_told_whether_something_is_kept_from_them(
    person: Person, version: Version, by: Actor, daughter: Client
) -> None:
    at = reverse("my-plan-read", args=[person.uuid, "plain"])
    note = "This may not be all of the plan."
    assert note in text(daughter.get(at))
    hide(plan=version.plan, part="goals", audiences=["carer"], by=by)
    page = text(daughter.get(at))
    assert note in page
    assert "kept back" not in page


def test_a_professional_is_told_that_it_is_not_all(
    person: Person, version: Version, by: Actor, make_worker: Any
) -> None:
    here = readers(make_worker)
    access, _ = give_access(
        version=version, kind="hospital", purpose="move", until=LATER, by=by, organisation=here.ward
    )
    url, guest = reverse("shared-plan", args=[access.uuid]), browser(here.registrar.user)
    assert "not all of the plan" not in text(guest.get(url))
    hide(plan=version.plan, part="legal", audiences=["hospital"], by=by)
    assert "This is not all of the plan" in text(guest.get(url))


def test_the_person_is_told_plainly_who_sees_what_and_decides(person: Person, version: Version, by: Actor) -> None:
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    joan, at = browser(person.account), reverse("my-plan-sharing", args=[person.uuid])
    page = text(joan.get(at))
    assert "Who can see my plan" in page
    assert "the team that works with it" in page
    change = reverse("my-plan-part", args=[person.uuid, "goals"])
    assert "see all of it" in text(joan.get(change))
    joan.post(change, {"audiences": ["care home", "community group"]})
    assert kept(version.plan) == {"care home": {"goals"}, "community group": {"goals"}}
    assert "kept from care home, community group" in text(joan.get(at))


def test_keeping_what_an_emergency_needs_is_warned_of(person: Person, version: Version, coordinator: Any) -> None:
    staff = browser(coordinator.user)
    assert "emergency" in text(staff.get(reverse("plan-part", args=[person.uuid, "contingency"])))
    assert "in an emergency" not in text(staff.get(reverse("plan-part", args=[person.uuid, "also"])))


def test_every_kind_of_reader_can_be_kept_from_every_part() -> None:
    assert {"care home", "community group", "out of hours", "carer"} <= set(READERS)
    assert set(SAID) <= set(PARTS)
