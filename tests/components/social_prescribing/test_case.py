"""The case on the page: three actions at most, stale pages that lose nothing, and nobody else's case."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import User
from whatmatters.components.social_prescribing import actions, panel
from whatmatters.components.social_prescribing.models import Connection, Contact, Notice, Referral, Sitting, Status
from whatmatters.directory.models import Group
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
A_DAY = {"on_day": str(date.today().day), "on_month": str(date.today().month), "on_year": str(date.today().year)}


def address(row: Referral, *more: Any) -> str:
    """The case's page, or one of its acts."""
    assert row.person
    return reverse("case-act" if more else "case", args=[row.person.uuid, row.uuid, *more])


# What the ten commonest things take from the case's page: the status, the act's page, what is filled in.
COMMONEST: list[tuple[Status, str, dict[str, str]]] = [
    (Status.RECEIVED, "accept", {}),
    (Status.RECEIVED, "decline", {"reason": "person"}),
    (Status.RECEIVED, "redirect", {"where": "advice"}),
    (Status.ACCEPTED, "contact", {"spoke": "yes", "how": "phone", **A_DAY}),
    (Status.ACCEPTED, "contact", {"spoke": "no", "how": "phone", **A_DAY}),
    (Status.ACTIVE, "ons4", {"stage": "before", "happiness": "7", **A_DAY}),
    (Status.ACTIVE, "close", {"reason": "done"}),
    (Status.CLOSED, "reopen", {"why": "Rang again"}),
]


@pytest.mark.parametrize(("status", "act", "typed"), COMMONEST)
def test_each_common_act_is_a_link_a_short_form_and_a_button(
    status: Status, act: str, typed: dict[str, str], desk: Client, at: Callable[[Status], Referral]
) -> None:
    row = at(status)
    page = desk.get(address(row)).content.decode()
    assert address(row, act) in page
    form = desk.get(address(row, act)).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', form)
    assert revision
    answer = desk.post(address(row, act), {"revision": revision[1], **typed})
    assert (answer.status_code, answer["Location"]) == (302, address(row))
    after = Referral.objects.get(pk=row.pk)
    assert after.revision == row.revision + 1


def test_accepting_is_one_press_on_the_case_page_and_the_case_is_mine(
    desk: Client, at: Callable[[Status], Referral], link_worker: Any
) -> None:
    row = at(Status.RECEIVED)
    page = desk.get(address(row)).content.decode()
    assert f'action="{address(row, "accept")}"' in page
    desk.post(address(row, "accept"), {"revision": row.revision})
    row.refresh_from_db()
    assert (row.status, row.owner_id) == ("accepted", link_worker.worker.pk)


@pytest.mark.parametrize(
    ("act", "typed", "words"),
    [
        ("contact", {}, "Choose yes or no"),
        ("contact", {"spoke": "yes", "how": "phone"}, "Enter the day"),
        ("contact", {"spoke": "yes", "how": "pigeon", **A_DAY}, "Select a valid choice"),
        ("contact", {"spoke": "yes", "how": "phone", **A_DAY, "on_year": "2199"}, "still to come"),
        ("contact", {"spoke": "yes", "how": "phone", **A_DAY, "on_year": "1999"}, "is before"),
        ("contact", {"spoke": "yes", "how": "phone", **A_DAY, "note": "x" * 2001}, "at most 2000"),
        ("contact", {"spoke": "yes", "how": "phone", **A_DAY, "note": "\u202ex"}, "cannot be seen"),
        ("ons4", {"stage": "before", **A_DAY}, "at least one answer"),
        ("ons4", {"stage": "before", "anxiety": "11", **A_DAY}, "whole number from 0 to 10"),
        ("ons4", {"stage": "before", "anxiety": "-1", **A_DAY}, "whole number from 0 to 10"),
        ("ons4", {"stage": "before", "anxiety": "5.5", **A_DAY}, "whole number from 0 to 10"),
        ("ons4", {"stage": "before", "anxiety": "seven", **A_DAY}, "whole number from 0 to 10"),
        ("ons4", {"anxiety": "5", **A_DAY}, "Choose one"),
        ("close", {}, "Choose one"),
        ("close", {"reason": "tired of it"}, "Select a valid choice"),
        ("redirect", {"where": "the moon"}, "Select a valid choice"),
        ("accept", {}, "This cannot be done now"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(
    act: str, typed: dict[str, str], words: str, desk: Client, at: Callable[[Status], Referral]
) -> None:
    row = at(Status.ACTIVE)
    contacts = Contact.objects.count()
    answer = desk.post(address(row, act), {"revision": row.revision, **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Referral.objects.get().status == Status.ACTIVE
    assert (Contact.objects.count(), Sitting.objects.count()) == (contacts, 0)


def test_a_form_without_its_revision_is_not_taken(desk: Client, at: Callable[[Status], Referral]) -> None:
    row = at(Status.ACTIVE)
    answer = desk.post(address(row, "close"), {"reason": "done"})
    assert answer.status_code == 422
    assert "Open the page again first" in answer.content.decode()


def test_an_overtaken_page_shows_both_versions_and_saves_neither_over_the_other(
    desk: Client, at: Callable[[Status], Referral], make_worker: Callable[..., Any], place: Any
) -> None:
    row = at(Status.ACTIVE)
    colleague = make_worker("link_worker", place.east, name="Jo Bell").actor
    actions.record_contact(referral=row, how="phone", spoke=True, note="She is off to Leeds", by=colleague)
    typed = {"revision": row.revision, "reason": "lost", "note": "No answer for weeks"}
    answer = desk.post(address(row, "close"), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "She is off to Leeds" in page
    assert "Jo Bell" in page
    assert "No answer for weeks" in page
    assert Referral.objects.get().status == Status.ACTIVE
    now = re.search(r'name="revision" value="(\d+)"', page)
    assert now
    desk.post(address(row, "close"), {**typed, "revision": now[1]})  # chosen knowingly
    assert Referral.objects.get().status == Status.CLOSED


def test_a_form_sent_twice_is_saved_once(desk: Client, at: Callable[[Status], Referral]) -> None:
    row = at(Status.ACTIVE)
    typed = {"revision": row.revision, "spoke": "yes", "how": "phone", **A_DAY}
    before = Contact.objects.count()
    answers = [desk.post(address(row, "contact"), typed).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert Contact.objects.count() == before + 1


def test_a_group_is_found_by_word_and_the_person_introduced(
    desk: Client, at: Callable[[Status], Referral], sheds: Group
) -> None:
    row = at(Status.ACTIVE)
    assert row.person
    where = reverse("case-group", args=[row.person.uuid, row.uuid])
    assert "Men in Sheds" in desk.get(where).content.decode()  # of the need they were referred for
    assert "No group matches" in desk.get(where, {"words": "zither"}).content.decode()
    typed = {"revision": row.revision, "group": sheds.uuid, **A_DAY}
    assert desk.post(where, {"revision": row.revision, "how": "connect", **A_DAY}).status_code == 422
    desk.post(where, {**typed, "how": "connect"})
    link = Connection.objects.get()
    assert (link.signpost, link.went) == (False, "not yet")
    assert desk.post(where, {**typed, "how": "signpost"}).status_code == 409


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({"went": "yes", "helped": "yes"}, ("went", "yes", "")),
        ({"went": "yes", "helped": "no", "why_not_helped": "not welcome"}, ("went", "no", "not welcome")),
        ({"went": "no", "why_not_gone": "too far", "words": "No bus"}, ("did not", "not known", "too far")),
    ],
)
def test_whether_they_went_and_it_helped_is_asked_until_it_is_known(
    answers: dict[str, str], kept: tuple[str, ...], desk: Client, at: Callable[[Status], Referral], sheds: Group
) -> None:
    row = at(Status.ACTIVE)
    link = actions.connect(referral=row, group=sheds, by=THE_SYSTEM)
    assert row.person
    where = reverse("case-went", args=[row.person.uuid, row.uuid, link.uuid])
    assert where in desk.get(address(row)).content.decode()
    desk.post(where, {"revision": Referral.objects.get().revision, **answers, **A_DAY})
    link.refresh_from_db()
    assert (link.went, link.helped, link.why) == kept
    assert where not in desk.get(address(row)).content.decode()


def test_the_story_tells_everything_in_plain_words_the_latest_first(
    desk: Client, joan: Person, gp: Any, link_worker: Any, sheds: Group
) -> None:
    by = link_worker.actor
    case = actions.refer(person=joan, need="company", by=gp.actor, reason="Lost her husband <in May>")
    actions.accept(referral=case, by=by)
    actions.record_contact(referral=case, how="phone", spoke=True, note="Likes\nwood", by=by)
    actions.record_ons4(referral=case, stage="before", answers={"happiness": 3}, by=by)
    actions.did_not_go(connection=actions.connect(referral=case, group=sheds, by=by), why="No bus", by=by)
    actions.refer(person=joan, need="money", by=gp.actor)
    actions.close(referral=case, reason="moved", note="To Leeds", by=by)
    page = desk.get(address(case)).content.decode()
    story = page[page.index("The story so far") :]
    words = [
        "Closed: The person moved away", "To Leeds", "Asked for again: Money, debt and benefits",
        "Did not go to Men in Sheds", "No bus", "Introduced to Men in Sheds", "ONS4 before support",
        "Happy yesterday 3; 3 not answered", "Spoke with the person, by phone", "Likes<br>wood",
        "Referral made", "Dr Priya Nair, Harbour Surgery", "Lost her husband &lt;in May&gt;",
    ]  # fmt: skip
    assert [word for word in words if word not in story] == []
    assert story.index("Closed") < story.index("Referral made")


def test_the_page_of_a_joined_request_is_the_page_of_its_case(desk: Client, at: Callable[[Status], Referral]) -> None:
    row = at(Status.JOINED)
    assert row.case
    assert desk.get(address(row))["Location"] == address(row.case)


def test_the_case_of_another_person_or_network_is_not_found(
    desk: Client, make_person: Callable[..., Person], joan: Person, gp: Any, place: Any
) -> None:
    theirs = actions.refer(person=make_person(practice=place.avenues), need="food", by=gp.actor)
    neighbours = actions.refer(person=make_person(), need="food", by=gp.actor)
    assert theirs.person
    assert neighbours.person
    for person, row in ((theirs.person, theirs), (joan, theirs), (joan, neighbours), (neighbours.person, theirs)):
        for page in (
            reverse("case", args=[person.uuid, row.uuid]),
            reverse("case-act", args=[person.uuid, row.uuid, "accept"]),
            reverse("case-group", args=[person.uuid, row.uuid]),
        ):
            assert desk.get(page).status_code == 404
            assert desk.post(page, {"revision": row.revision}).status_code == 404
    assert set(Referral.objects.values_list("status", flat=True)) == {"received"}


def test_a_misspelt_act_is_not_found(desk: Client, at: Callable[[Status], Referral]) -> None:
    assert desk.get(address(at(Status.ACTIVE), "erase")).status_code == 404


def test_the_persons_own_panel_has_news_and_hides_it_from_those_without_the_right(
    joan: Person, gp: Any, link_worker: Any, sheds: Group
) -> None:
    account, daughter = (User.objects.create(email=f"{name}@example.org", name=name) for name in ("joan", "daughter"))
    Person.objects.filter(pk=joan.pk).update(account=account)
    proxy = Representative.objects.create(
        person=joan, account=daughter, relationship="Daughter", authority="nominated", start=date(2020, 1, 1)
    )
    case = actions.refer(person=joan, need="company", by=gp.actor)
    actions.accept(referral=case, by=link_worker.actor)
    actions.record_contact(referral=case, how="phone", spoke=True, note="For us alone", by=link_worker.actor)
    actions.connect(referral=case, group=sheds, by=link_worker.actor)
    html = render_to_string("social_prescribing/mine.jinja", {"social_prescribing": panel.mine(joan, account)})
    for words in ("A link worker has taken it on.", "Your link worker is Sam Okafor", "Men in Sheds", "News"):
        assert words in html
    assert "For us alone" not in html
    assert panel.mine(joan, daughter) == {}
    Representative.objects.filter(pk=proxy.pk).update(may_see_referrals=True)
    assert panel.mine(joan, daughter)["referral"] == case
    assert Notice.objects.filter(to="person", read=None).count() == 1


def test_the_staff_panel_offers_a_referral_only_when_no_case_is_open(
    at: Callable[[Status], Referral], joan: Person, gp: Any, link_worker: Any
) -> None:
    def html(user: Any) -> str:
        return render_to_string(
            "social_prescribing/panel.jinja", {"person": joan, "social_prescribing": panel.panel(joan, user)}
        )

    offer, case = reverse("refer", args=[joan.uuid]), "Open the case"
    assert offer in html(gp.user)
    assert "Not referred yet" in html(gp.user)
    row = at(Status.ACTIVE)
    assert offer not in html(gp.user)
    assert case not in html(gp.user)
    assert case in html(link_worker.user)
    actions.close(referral=row, reason="done", by=link_worker.actor)
    assert offer in html(gp.user)


def test_the_scores_page_thinks_of_the_right_stage(desk: Client, at: Callable[[Status], Referral]) -> None:
    row = at(Status.ACTIVE)
    chosen = re.compile(r'value="(before|after)" checked')
    assert chosen.findall(desk.get(address(row, "ons4")).content.decode()) == ["before"]
    actions.record_ons4(referral=row, stage="before", answers={"anxiety": 0}, by=THE_SYSTEM)
    assert chosen.findall(desk.get(address(row, "ons4")).content.decode()) == ["after"]
