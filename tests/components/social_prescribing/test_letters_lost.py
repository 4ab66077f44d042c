"""A letter comes back: whatever hung on it is put before a named person at once, and shown where its state is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.house.ids_offers import offer
from tests.house.world import World
from tests.letters.reports import report

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import inviting, one_time
from whatmatters.components.social_prescribing.models import Enquiry, Listed, OneTimeLink, Referral, State, Status
from whatmatters.config.commands.round import came_back
from whatmatters.directory import actions as directory
from whatmatters.letters.models import Letter
from whatmatters.letters.returned import take
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person, Written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.slow]


def bounced(to: str, status: str = "5.1.1") -> None:
    """The latest letter to the address comes back, as by the command."""
    assert take(report(Letter.objects.filter(to=to).latest("pk"), status=status)) == "failed"
    came_back()


def sent_to(address: str) -> list[str]:
    return [one.subject for one in mail.outbox if one.to == [address]]


def page(client: Client, name: str, *parts: Any) -> str:
    return client.get(reverse(name, args=parts)).content.decode()


@pytest.fixture
def asked(at: Callable[[Status], Referral], link_worker: Any) -> Enquiry:
    shed = directory.add(
        by=link_worker.actor, name="Tiger Shed", kind="company", about="Tools", email="hello@shed.example"
    )
    return actions.enquire(referral=at(Status.ACTIVE), group=shed, by=link_worker.actor)


def test_a_group_that_never_got_the_question_is_put_before_the_owner_at_once(
    asked: Enquiry, link_worker: Any, desk: Client
) -> None:
    bounced("hello@shed.example")
    row = Enquiry.objects.get()
    assert (row.alarm, row.escalated_to, row.answer) == ("letter", link_worker.user, "awaited")
    assert sent_to(link_worker.user.email) == ["A community group needs following up"]
    for name in ("referral-desk", "groups-asked"):
        shown = page(desk, name)
        assert "Our letter to the group did not arrive" in shown
        assert "obody has this address, or it takes no email (5.1.1)" in shown
    came_back()
    assert len(sent_to(link_worker.user.email)) == 1


def test_after_a_yes_a_group_that_never_learned_whom_to_expect_is_rung(asked: Enquiry, link_worker: Any) -> None:
    actions.group_answered(enquiry=asked, answer="yes", by=link_worker.actor)
    bounced("hello@shed.example")
    assert Enquiry.objects.get().alarm == "letter"


@pytest.fixture
def invited(joan: Person, link_worker: Any, place: Any) -> Callable[[str], Listed]:
    def make(how: str) -> Listed:
        made = offer(World(by=link_worker.actor, at={"U10001": place.east}), "U10001")
        row = Listed.objects.create(offer=made, person=joan, on=made.starts, because="lonely")
        inviting.invite(listed=row, how=how, by=link_worker.actor)
        row.refresh_from_db()
        return row

    Person.objects.filter(pk=joan.pk).update(email="joan@example.org")
    say(person=joan, about="email", yes=True, by=link_worker.actor)
    return make


def test_an_invitation_that_came_back_asked_nobody_and_another_way_is_taken_at_once(
    invited: Callable[[str], Listed], link_worker: Any, desk: Client
) -> None:
    row = invited("email")
    bounced("joan@example.org")
    shown = page(desk, "offer-list", row.offer.uuid)
    assert "The email did not arrive: invite in another way (1)" in shown
    assert sent_to(link_worker.user.email) == ["An email did not arrive"]
    with pytest.raises(actions.NotAllowed, match="Choose another way, or mend the address"):
        inviting.invite(listed=row, how="email", by=link_worker.actor)
    inviting.invite(listed=row, how="phone", by=link_worker.actor)
    assert inviting.reached(row) == [row.offer.starts]
    assert Listed.objects.get().state == State.INVITED
    assert "invite in another way" not in page(desk, "offer-list", row.offer.uuid)


def test_whoever_made_a_one_time_link_is_told_that_it_did_not_arrive(
    place: Any, link_worker: Any, desk: Client
) -> None:
    one_time.send_link(
        practice=place.harbour, source="agency", sector="housing", organisation="Hull Homes", to="kim@gone.example",
        by=link_worker.actor,
    )  # fmt: skip
    bounced("kim@gone.example")
    assert sent_to(link_worker.user.email) == ["A link did not arrive"]
    assert "Did not arrive" in page(desk, "one-time-links")
    came_back()
    assert len(sent_to(link_worker.user.email)) == 1
    assert OneTimeLink.objects.get().used is None  # good still, should it be given in another way


@pytest.fixture
def told_of(joan: Person, gp: Any, link_worker: Any) -> Person:
    """Joan, who was written to that her referral was accepted."""
    Person.objects.filter(pk=joan.pk).update(email="joan@example.org")
    joan.refresh_from_db()
    actions.accept(referral=actions.refer(person=joan, need="company", by=gp.actor), by=link_worker.actor)
    return joan


def test_news_that_did_not_reach_the_person_waits_on_a_list_until_it_is_seen_to(
    told_of: Person, link_worker: Any, desk: Client
) -> None:
    bounced("joan@example.org")
    assert sent_to(link_worker.user.email) == ["An email did not arrive"]
    assert "1 email did not arrive" in page(desk, "referral-desk")
    shown = page(desk, "lost-letters")
    assert "News of a referral, to the person" in shown
    assert "joan@example.org" in shown
    assert "Email does not arrive" in page(desk, "person", told_of.uuid)
    answer = desk.post(reverse("lost-letters"), {"letter": Written.objects.get().pk}, follow=True)
    assert "Nothing waits" in answer.content.decode()
    assert "did not arrive" not in page(desk, "referral-desk")


def test_a_colleague_of_another_network_neither_sees_nor_settles_it(
    told_of: Person, make_worker: Callable[..., Any], place: Any, client: Client
) -> None:
    bounced(told_of.email)
    client.force_login(make_worker("link_worker", place.west, name="Ade Cole").user)
    assert "Nothing waits" in page(client, "lost-letters")
    for number in (Written.objects.get().pk, "x", "", "9" * 40):
        told = client.post(reverse("lost-letters"), {"letter": number}, follow=True)
        assert "no longer on the list" in told.content.decode()
    assert Written.objects.get().settled_on is None


def test_where_the_sender_has_left_somebody_who_looks_after_the_person_is_told(
    told_of: Person, gp: Any, link_worker: Any
) -> None:
    link_worker.user.grants.all().delete()
    bounced("joan@example.org")
    assert sent_to(gp.user.email)[-1:] == ["An email did not arrive"]
    assert Written.objects.get().told == gp.user


def test_nobody_is_told_of_a_letter_to_someone_who_has_died(told_of: Person) -> None:
    Person.objects.filter(pk=told_of.pk).update(died=Referral.objects.get().made_on)
    bounced("joan@example.org")
    assert Written.objects.get().told_on is None
