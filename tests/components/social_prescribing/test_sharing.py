"""What a person wants kept from their practice, or from others of the team, is left out of what those read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.access.roles import PERSON
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Audience, Hiding, Referral, Status
from whatmatters.directory.models import Group
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEED, SUPPORT = "Afraid of her brother", "A room of her own to talk in"


@pytest.fixture
def case(at: Callable[[Status], Referral], link_worker: Any, sheds: Group) -> Referral:
    row = at(Status.ACTIVE)
    actions.write(referral=row, section="needs", text=NEED, by=link_worker.actor)
    actions.write(referral=row, section="support", text=SUPPORT, by=link_worker.actor)
    actions.connect(referral=row, group=sheds, by=link_worker.actor)
    return row


@pytest.fixture
def page(joan: Person) -> Callable[[Any], str]:
    def of(worker: Any) -> str:
        browser = Client()
        browser.force_login(worker.user)
        return browser.get(reverse("person", args=(joan.uuid,))).content.decode()

    return of


@pytest.fixture
def readers(make_worker: Any, place: Any, gp: Any) -> dict[str, Any]:
    """Someone of each audience."""
    return {"practice": gp, "team": make_worker("coach", place.harbour, name="Kit Ode")}


def item(case: Referral, section: str) -> Any:
    return case.entries.get(section=section).item


def test_until_something_is_kept_all_of_it_is_shown(case: Referral, page: Any, readers: dict[str, Any]) -> None:
    assert case
    for reader in readers.values():
        assert all(words in page(reader) for words in (NEED, SUPPORT, "Men in Sheds"))


@pytest.mark.parametrize("audience", Audience)
def test_one_item_is_kept_from_one_audience_and_from_no_other(
    audience: str, case: Referral, page: Any, readers: dict[str, Any], link_worker: Any
) -> None:
    actions.hide(referral=case, of=item(case, "needs"), audience=audience, hidden=True, by=link_worker.actor)
    assert {name: NEED in page(reader) for name, reader in readers.items()} == {
        "practice": audience != "practice", "team": audience != "team",
    }  # fmt: skip
    assert all(SUPPORT in page(reader) for reader in readers.values())
    assert NEED in page(link_worker)


def test_a_rewording_stays_kept(case: Referral, page: Any, gp: Any, link_worker: Any) -> None:
    actions.hide(referral=case, of=item(case, "needs"), audience="practice", hidden=True, by=link_worker.actor)
    entry = case.entries.get(section="needs")
    actions.reword(entry=entry, text="Afraid at home", by=link_worker.actor)
    assert "Afraid at home" not in page(gp)


def test_a_group_that_is_kept_is_named_nowhere_nor_told_among_what_happened(
    case: Referral, page: Any, gp: Any, link_worker: Any
) -> None:
    assert "Introduced to a community group" in page(gp)
    of = case.connections.get().uuid
    actions.hide(referral=case, of=of, audience="practice", hidden=True, by=link_worker.actor)
    assert "Men in Sheds" not in page(gp)
    assert "Introduced to a community group" not in page(gp)


def test_who_referred_is_not_told_of_it_either(case: Referral, client: Client, gp: Any, link_worker: Any) -> None:
    link = case.connections.get()
    actions.taken_up(connection=link, by=link_worker.actor)
    client.force_login(gp.user)
    assert "Went to Men in Sheds" in client.get(reverse("my-referrals")).content.decode()
    actions.hide(referral=case, of=link.uuid, audience="practice", hidden=True, by=link_worker.actor)
    assert "Men in Sheds" not in client.get(reverse("my-referrals")).content.decode()


def test_the_whole_case_is_kept_but_that_there_is_one(case: Referral, page: Any, gp: Any, link_worker: Any) -> None:
    actions.hide(referral=case, of=case.uuid, audience="practice", hidden=True, by=link_worker.actor)
    shown = page(gp)
    assert not any(words in shown for words in (NEED, SUPPORT, "Men in Sheds", "Link worker spoke with the person"))
    assert "Referred to social prescribing" in shown


def test_the_person_may_change_their_mind_and_both_acts_stay_on_file(
    case: Referral, page: Any, gp: Any, joan: Person
) -> None:
    by = Actor(joan.full_name, PERSON)
    for hidden in (True, True, False):
        actions.hide(referral=case, of=item(case, "needs"), audience="practice", hidden=hidden, by=by)
    assert NEED in page(gp)
    assert [row.hidden for row in Hiding.objects.all()] == [True, False]


def test_nobody_else_decides_it(case: Referral, gp: Any) -> None:
    with pytest.raises(actions.NotAllowed, match="Only the person"):
        actions.hide(referral=case, of=item(case, "needs"), audience="practice", hidden=False, by=gp.actor)


def test_what_is_not_in_the_case_cannot_be_kept(case: Referral, link_worker: Any, joan: Person) -> None:
    with pytest.raises(actions.NotAllowed, match="no such detail"):
        actions.hide(referral=case, of=joan.uuid, audience="practice", hidden=True, by=link_worker.actor)


def test_the_person_decides_on_their_own_page_and_only_what_they_changed_is_saved(
    case: Referral, client: Client, page: Any, gp: Any, link_worker: Any
) -> None:
    joan = case.person
    assert joan
    joan.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan.save()
    client.force_login(joan.account)
    where = reverse("my-sharing", args=(joan.uuid, case.uuid))
    assert NEED in client.get(where).content.decode()
    # Meanwhile the link worker keeps the support from the practice; Joan's page does not know of it yet.
    actions.hide(referral=case, of=item(case, "support"), audience="practice", hidden=True, by=link_worker.actor)
    assert client.post(where, {"keep": [f"{item(case, 'needs')}.practice"]}).status_code == 302
    assert NEED not in page(gp)
    assert SUPPORT not in page(gp)
    assert "Kept from the GP practice" in client.get(reverse("my-conversation", args=(joan.uuid,))).content.decode()


def test_who_acts_for_the_person_reads_what_was_said_and_not_the_risks(
    case: Referral, client: Client, link_worker: Any
) -> None:
    """The risk may be the one who acts for them."""
    joan = case.person
    assert joan
    actions.write(referral=case, section="risks", choices=["harm"], text="Her son", by=link_worker.actor)
    son = User.objects.create(email="son@example.org", name="Sean")
    Representative.objects.create(
        person=joan, account=son, relationship="Son", authority="nominated", may_see_referrals=True,
        start=date(2026, 1, 1),
    )  # fmt: skip
    joan.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan.save()
    shown = {}
    for account in (son, joan.account):
        client.force_login(account)
        shown[account.name] = client.get(reverse("my-conversation", args=(joan.uuid,))).content.decode()
    assert all(NEED in page for page in shown.values())
    assert {name: "Her son" in page for name, page in shown.items()} == {"Sean": False, "Joan Atkinson": True}
