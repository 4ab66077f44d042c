"""What came of a group is told by the person, the group or the link worker, and returns to all three and the GP."""

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
from whatmatters.components.social_prescribing.actions import writing
from whatmatters.components.social_prescribing.actions.answering import THE_GROUP
from whatmatters.components.social_prescribing.models import (
    Connection,
    Enquiry,
    Notice,
    Referral,
    Status,
    UnmetNeed,
)
from whatmatters.directory.models import Group, Postcode
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def joans_account(joan: Person) -> User:
    joan.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan.save()
    return joan.account


@pytest.fixture
def asked(at: Callable[[Status], Referral], sheds: Group, link_worker: Any) -> Enquiry:
    return actions.enquire(referral=at(Status.ACTIVE), group=sheds, by=link_worker.actor)


@pytest.fixture
def link(asked: Enquiry) -> Connection:
    found = actions.group_answered(enquiry=asked, answer="yes", by=THE_GROUP).connection
    assert found
    return found


@pytest.fixture
def person(joan: Person) -> Actor:
    return Actor("Joan Atkinson", PERSON)


def news() -> list[tuple[str, str]]:
    return list(Notice.objects.exclude(news__in=Status.values).values_list("to", "news"))


def test_the_group_tells_by_its_link_and_everyone_learns_it(link: Connection, asked: Enquiry, gp: Any) -> None:
    word = writing.fresh(asked)
    where = reverse("group-answer", args=[word, asked.uuid])
    assert Client().post(where, {"went": "yes", "helped": "yes"}).status_code == 302
    link.refresh_from_db()
    assert (link.went, link.helped, link.helped_told) == ("went", "yes", "group")
    assert news()[1:] == [("sender", "helped"), ("person", "helped")]
    sent = Client()
    sent.force_login(gp.user)
    assert "Went to Men in Sheds, and it helped." in sent.get(reverse("my-referrals")).content.decode()


def test_the_persons_own_word_outweighs_the_groups_and_never_the_other_way(link: Connection, person: Actor) -> None:
    actions.taken_up(connection=link, by=THE_GROUP)
    actions.got_help(connection=link, by=THE_GROUP)
    actions.not_helped(connection=link, reason="not welcome", by=person)
    link.refresh_from_db()
    assert (link.helped, link.helped_told, link.why) == ("no", "person", "not welcome")
    with pytest.raises(actions.NotAllowed, match="already recorded"):
        actions.got_help(connection=link, by=THE_GROUP)


def test_whoever_went_after_all_went(link: Connection, person: Actor) -> None:
    actions.did_not_go(connection=link, reason="unwell", by=THE_GROUP)
    actions.taken_up(connection=link, by=person)
    with pytest.raises(actions.NotAllowed, match="already recorded"):
        actions.did_not_go(connection=link, reason="unwell", by=THE_GROUP)
    link.refresh_from_db()
    assert (link.went, link.why) == ("went", "")


def test_it_cannot_have_helped_who_is_not_known_to_have_gone(link: Connection, person: Actor) -> None:
    with pytest.raises(actions.NotAllowed, match="Record first"):
        actions.got_help(connection=link, by=person)


def test_the_person_tells_on_their_own_page(
    link: Connection, joan: Person, joans_account: User, codes: Callable[..., Any], desk: Client
) -> None:
    own = Client()
    own.force_login(joans_account)
    where = reverse("my-group", args=[joan.uuid, link.uuid])
    assert where in own.get(reverse("portal", args=[joan.uuid])).content.decode()
    assert own.post(where, {"went": "yes", "helped": "no"}).status_code == 422
    own.post(where, {"went": "yes", "helped": "no", "why_not_helped": "cost", "words": "Four pounds a time"})
    assert codes(joan)[-4:] == [
        ("attended", "company"),
        ("not-helped", "cost"),
        ("unmet-need", "cost"),
        ("unmet-need-kind", "company"),
    ]
    case = reverse("case", args=[joan.uuid, link.referral.uuid])
    assert "Four pounds a time" in desk.get(case).content.decode()
    assert own.get(where).status_code == 404


def test_the_person_may_rather_not(asked: Enquiry, joan: Person, joans_account: User, desk: Client) -> None:
    own = Client()
    own.force_login(joans_account)
    where = reverse("my-enquiry", args=[joan.uuid, asked.uuid])
    assert where in own.get(reverse("portal", args=[joan.uuid])).content.decode()
    own.post(where)
    asked.refresh_from_db()
    assert (asked.answer, asked.why, asked.seen) == ("withdrawn", "declined", None)
    for where in ("groups-asked", "referral-desk"):
        assert "Men in Sheds" in desk.get(reverse(where)).content.decode()
    desk.get(reverse("case", args=[joan.uuid, asked.referral.uuid]))  # where its owner reads it
    assert "Men in Sheds" not in desk.get(reverse("referral-desk")).content.decode()


def test_a_signposts_take_up_is_known_too_and_is_no_referral(
    at: Callable[[Status], Referral], sheds: Group, link_worker: Any, codes: Callable[..., Any], joan: Person
) -> None:
    told = actions.signpost(referral=at(Status.ACTIVE), group=sheds, by=link_worker.actor)
    actions.taken_up(connection=told, by=link_worker.actor)
    actions.got_help(connection=told, by=link_worker.actor)
    names = [code for code, _ in codes(joan)]
    assert names[-3:] == ["signposted", "attended", "got-help"]
    assert not {"connected", "group-asked"} & set(names)


def test_the_outcome_is_learned_after_the_case_closed(link: Connection, asked: Enquiry, link_worker: Any) -> None:
    actions.close(referral=link.referral, reason="done", by=link_worker.actor)
    word = writing.fresh(asked)
    Client().post(reverse("group-answer", args=[word, asked.uuid]), {"went": "yes", "helped": "yes"})
    link.refresh_from_db()
    assert link.helped == "yes"


def test_a_sender_without_an_account_learns_it_without_the_groups_name(
    sent: Callable[..., Any], joan: Person, link_worker: Any, sheds: Group
) -> None:
    row, word = sent()
    by = link_worker.actor
    actions.match(referral=row, person=joan, by=by)
    actions.accept(referral=Referral.objects.get(), by=by)
    told = actions.signpost(referral=Referral.objects.get(), group=sheds, by=by)
    actions.taken_up(connection=told, by=by)
    page = Client().get(reverse("track-referral", args=[word])).content.decode()
    assert "Went to a community group; whether it helped is not known yet." in page
    assert "Men in Sheds" not in page


def test_an_unmet_need_is_two_presses_and_knows_where_the_person_lives_where_a_lookup_does(
    at: Callable[[Status], Referral], desk: Client, joan: Person, codes: Callable[..., Any]
) -> None:
    Postcode.objects.create(code="HU92AA", latitude=53.75, longitude=-0.29, lsoa="E01012345", authority="E06000010")
    row = at(Status.ACTIVE)
    where = reverse("case-unmet", args=[joan.uuid, row.uuid])
    page = desk.get(where, {"need": "travel"}).content.decode()
    assert 'value="travel" selected' in page
    today = {f"on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    first = {"revision": row.revision, "need": "travel", **today}
    assert desk.post(where, first).status_code == 422
    desk.post(where, {**first, "reason": "too far"})
    found = UnmetNeed.objects.get()
    assert (found.need, found.reason, found.lsoa, found.authority) == ("travel", "too far", "E01012345", "E06000010")
    assert found.practice.code == "B81001"
    assert codes(joan)[-2:] == [("unmet-need", "too far"), ("unmet-need-kind", "travel")]


def test_without_a_lookup_an_unmet_need_is_of_the_practice_alone(
    at: Callable[[Status], Referral], link_worker: Any
) -> None:
    found = actions.unmet(referral=at(Status.ACTIVE), reason="no service", by=link_worker.actor)
    assert (found.lsoa, found.authority, found.practice.code) == ("", "", "B81001")


@pytest.mark.parametrize("reason", ["unwell", "alone", "other"])
def test_not_every_reason_is_an_unmet_need(reason: str, link: Connection, link_worker: Any) -> None:
    actions.did_not_go(connection=link, reason=reason, by=link_worker.actor)
    assert not UnmetNeed.objects.exists()
