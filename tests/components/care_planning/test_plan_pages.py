"""The plan's pages: written in small steps by staff or by the person, read by those who may, printed."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.components.care_planning.sharing import text

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Version
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson", preferred_name="Joanie")


@pytest.fixture
def joan(person: Person) -> Client:
    """The person, signed in on a browser of her own."""
    person.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    person.save()
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture
def acting_for(person: Person) -> Callable[..., Client]:
    """A browser of someone who acts for the person within scopes."""

    def acting_for(**facts: Any) -> Client:
        account = User.objects.create(email="michelle@example.org", name="Michelle Atkinson")
        given = {"relationship": "daughter", "authority": "nominated", "start": date(2020, 1, 1), **facts}
        Representative.objects.create(person=person, account=account, **given)
        client = Client()
        client.force_login(account)
        return client

    return acting_for


def words(**given: str) -> dict[str, str]:
    return {**{heading.name: "" for heading in HEADINGS}, "seen": "0", "supported_by": "", **given}


def at(name: str, person: Person, *more: Any) -> str:
    return reverse(name, args=[person.uuid, *more])


def test_where_there_is_no_plan_each_way_to_begin_says_what_it_is_for(staff: Client, person: Person) -> None:
    page = text(staff.get(at("plan", person)))
    ways = page[page.index('<dl class="wm-ways">') : page.index("</dl>", page.index('<dl class="wm-ways">'))]
    assert ways.count("<dt>") == ways.count("<dd>") == 5
    staff.post(at("plan-start", person))
    assert "wm-ways" not in text(staff.get(at("plan", person)))


def test_a_plan_is_written_agreed_and_shared_in_small_steps(staff: Client, person: Person) -> None:
    assert "There is no plan yet" in text(staff.get(at("plan", person)))
    assert staff.post(at("plan-start", person)).headers["Location"] == at("plan-words", person)
    step = staff.post(at("plan-words", person), words(most_important="My dog Biscuit"))
    assert step.headers["Location"] == at("plan-conversation", person)
    talked = {
        "revision": "1", "needs": "Stiff hips", "participants": "Maureen Atkinson, sister\n\nDr Aziz",
        **day("conversation_on", date(2024, 5, 1)),
    }  # fmt: skip
    assert staff.post(at("plan-conversation", person), talked).headers["Location"] == at("plan-parts", person)
    goal = {"outcome": "Walk to the allotment", "importance": "9", "professional_name": "Sam Okafor"}
    staff.post(at("plan-goal-add", person), goal)
    version = Version.objects.get()
    action = {"what": "Walk to the corner", "who": "person", **day("due", date(2024, 9, 1))}
    staff.post(at("plan-action-add", person, version.goals.get().uuid), action)
    page = staff.get(at("plan-agree", person))
    assert "Walk to the corner" in text(page)
    agreed = {
        "seen": stamp_on(text(page)), "agreed_role": "person", "agreed_by": "Joan Atkinson",
        "reviewer_name": "Sam Okafor", **day("agreed_on", date(2024, 5, 8)), **day("review_on", date(2025, 5, 8)),
    }  # fmt: skip
    assert staff.post(at("plan-agree", person), agreed).headers["Location"] == at("plan", person)
    page_text = text(staff.get(at("plan", person)))
    assert "This plan does not count yet" in page_text
    assert "It has not been shared" in page_text
    staff.post(at("plan-share", person), {"kind": "person", "how": "paper", **day("on", date(2024, 5, 8))})
    page_text = text(staff.get(at("plan", person)))
    assert "This plan counts." in page_text
    for said in (
        "My dog Biscuit",
        "Stiff hips",
        "Maureen Atkinson (sister)",
        "Dr Aziz",
        "Importance: 9",
        "printed copy",
    ):
        assert said in page_text


def stamp_on(page: str) -> str:
    """The hidden ``seen`` of a page."""
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_the_page_says_all_the_time_what_is_missing(staff: Client, person: Person) -> None:
    staff.post(at("plan-start", person))
    page = text(staff.get(at("plan", person)))
    for sentence in (
        "has not agreed it yet", "whom the person chose", "day of the conversation", "There is no goal",
        "It has not been shared", "There is no review date", "Nobody is named",
    ):  # fmt: skip
        assert sentence in page


def test_whose_words_they_are_is_said(staff: Client, joan: Client, person: Person) -> None:
    joan.post(at("my-plan-start", person))
    joan.post(at("my-plan-words", person), words(most_important="My dog Biscuit"))
    page = text(staff.get(at("plan", person)))
    assert "In Joanie’s own words" in page
    version = Version.objects.get()
    seen = str(version.words.get().pk)
    staff.post(at("plan-words", person), words(most_important="My dog Biscuit", wellness="Sleeps badly", seen=seen))
    page = text(staff.get(at("plan", person)))
    assert "In Joanie’s own words" in page
    assert "Written down with Joanie by Sam Okafor" in page


def test_the_second_writer_under_a_heading_sees_both_and_keeps_their_text(
    staff: Client, joan: Client, person: Person
) -> None:
    joan.post(at("my-plan-start", person))
    joan.post(at("my-plan-words", person), words(people="Maureen", wellness="Tired in the mornings"))
    typed = words(people="Her sister and Derek", also="Worked at Birds Eye")
    response = staff.post(at("plan-words", person), typed)
    assert response.status_code == 409
    page = text(response)
    assert "Someone else has saved this page" in page
    assert '<td class="nhsuk-table__cell">Maureen</td>' in page
    assert "Her sister and Derek</textarea>" in page
    assert "Worked at Birds Eye</textarea>" in page
    assert "Tired in the mornings</textarea>" in page
    again = words(
        people="Maureen, and Derek", also="Worked at Birds Eye", wellness="Tired in the mornings", seen=stamp_on(page)
    )
    assert staff.post(at("plan-words", person), again).status_code == 302
    kept = {name: row.text for name, row in contents_of(Version.objects.get()).words.items()}
    assert kept == {"people": "Maureen, and Derek", "also": "Worked at Birds Eye", "wellness": "Tired in the mornings"}


def test_a_stale_conversation_shows_both_versions(staff: Client, person: Person) -> None:
    staff.post(at("plan-start", person))
    first = {"revision": "1", "needs": "Stiff hips", "participants": ""}
    staff.post(at("plan-conversation", person), first)
    response = staff.post(at("plan-conversation", person), {**first, "needs": "Money worries"})
    assert response.status_code == 409
    assert "Stiff hips" in text(response)
    assert "Money worries</textarea>" in text(response)


def test_a_stale_goal_shows_both_versions(staff: Client, person: Person, by: Actor) -> None:
    version = actions.start(person=person, by=by)
    goal = actions.add_goal(version=version, outcome="Walk", importance=3, by=by)
    staff.post(at("plan-goal", person, goal.uuid), {"revision": "1", "outcome": "Walk daily", "importance": "8"})
    response = staff.post(at("plan-goal", person, goal.uuid), {"revision": "1", "outcome": "Swim", "importance": "3"})
    assert response.status_code == 409
    assert "Walk daily" in text(response)
    assert "Swim</textarea>" in text(response)


def test_words_typed_while_another_agreed_the_plan_are_not_lost(
    staff: Client, draft: Version, write: Any, agree: Any
) -> None:
    agree(write(draft))
    response = staff.post(at("plan-words", draft.plan.person), words(also="Worked at Birds Eye"))
    assert response.status_code == 422
    assert "start a new version" in text(response)
    assert "Worked at Birds Eye</textarea>" in text(response)


def test_nothing_is_taken_out_of_a_plan_that_was_agreed_meanwhile(
    staff: Client, draft: Version, write: Any, agree: Any
) -> None:
    version = agree(write(draft))
    person, goal = version.plan.person, version.goals.get()
    for address in (
        at("plan-goal-remove", person, goal.uuid),
        at("plan-action-remove", person, goal.actions.get().uuid),
    ):
        page = staff.post(address, follow=True)
        assert "start a new version" in text(page)
    assert goal.actions.count() == 1


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("plan-words", words(seen="x")),
        ("plan-words", words(wellness="Jo\x00an")),
        ("plan-words", words(wellness="Jo\u202ean")),
        ("plan-words", words(wellness="x" * 4001)),
        ("plan-conversation", {"revision": "9" * 30, "participants": "Maureen, sister"}),
        ("plan-conversation", {"revision": "1", "participants": f"{'x' * 71}, sister"}),
        ("plan-conversation", {"revision": "1", "conversation_on_day": "31", "conversation_on_month": "2"}),
        ("plan-goal-add", {"outcome": "Walk", "importance": "11"}),
        ("plan-goal-add", {"outcome": " "}),
        ("plan-agree", {"seen": "no such stamp", "agreed_role": "person"}),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_saved(
    staff: Client, draft: Version, name: str, sent: dict[str, str]
) -> None:
    response = staff.post(at(name, draft.plan.person), sent)
    assert response.status_code in (409, 422)
    assert "There is a problem" in text(response) or "Someone else has saved" in text(response)
    draft.refresh_from_db()
    assert (draft.revision, draft.needs, draft.state) == (1, "", "draft")
    assert [draft.words.count(), draft.participants.count(), draft.goals.count()] == [0, 0, 0]


def test_agreeing_to_a_page_that_has_changed_shows_it_again(
    staff: Client, draft: Version, write: Any, by: Actor
) -> None:
    person = write(draft).plan.person
    seen = stamp_on(text(staff.get(at("plan-agree", person))))
    actions.add_goal(version=draft, outcome="Put in meanwhile", by=by)
    sent = {"seen": seen, "agreed_role": "person", "agreed_by": "Joan", **day("agreed_on", date(2024, 5, 8))}
    response = staff.post(at("plan-agree", person), sent)
    assert response.status_code == 409
    assert "Put in meanwhile" in text(response)
    assert stamp_on(text(response)) != seen
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_plan_in_force_stands_before_the_draft_of_the_next(staff: Client, counting: Version, by: Actor) -> None:
    actions.start(person=counting.plan.person, by=by)
    page = text(staff.get(at("plan", counting.plan.person)))
    assert page.index("The agreed plan, version 1") < page.index("Draft, not agreed yet")


def printed(staff: Client, person: Person, seen: int) -> str:
    return text(staff.post(at("plan-print", person), {"seen": seen, "look": "plain", "form_of": "page"}))


def test_print_carries_the_date_the_version_and_until_when_it_may_be_relied_on(
    staff: Client, counting: Version
) -> None:
    page = printed(staff, counting.plan.person, 1)
    today = date.today()
    for said in (
        "Version 1, agreed on 8 May 2024", f"Copy made on {today.day} {today:%B %Y}", "Do not rely on it after",
        "My dog Biscuit", "Walk Biscuit to the allotment", "Walk to the corner", "ATKINSON", "17 May 1948", "999 000",
    ):  # fmt: skip
        assert said in page
    assert "<form" not in page.split("<main")[1]


def test_a_draft_is_printed_only_where_nothing_is_agreed_and_says_so(
    staff: Client, draft: Version, write: Any, agree: Any, by: Actor
) -> None:
    person = draft.plan.person
    assert "This is a draft and not agreed: do not rely on it." in printed(staff, person, 1)
    agree(write(draft))
    actions.add_goal(version=actions.start(person=person, by=by), outcome="Only in the draft", by=by)
    page = printed(staff, person, 1)
    assert "Version 1" in page
    assert "Only in the draft" not in page


def test_an_old_version_says_that_it_is_not_in_force(staff: Client, counting: Version, agree: Any, by: Actor) -> None:
    person = counting.plan.person
    agree(actions.start(person=person, by=by), agreed_on=date(2024, 9, 1))
    assert "This is not the plan in force" in text(staff.get(at("plan-version", person, 1)))
    assert "This is not the plan in force" not in text(staff.get(at("plan-version", person, 2)))


def test_the_person_writes_asks_and_notes_progress_from_their_own_pages(
    joan: Client, person: Person, write: Any, agree: Any, by: Actor
) -> None:
    joan.post(at("my-plan-start", person))
    version = Version.objects.select_related("plan__person", "plan__episode").get()
    joan.post(at("my-plan-goal-add", person), {"outcome": "See the sea", "importance": "10"})
    assert version.goals.get().by_role == "person"
    agree(write(version))
    goal = version.goals.first()
    joan.post(at("my-plan-progress", person, "goal", goal.uuid), {"status": "achieved", **day("on", date(2024, 8, 1))})
    joan.post(at("my-plan-ask", person), {"why": "My knee is worse"})
    page = text(joan.get(at("my-plan", person)))
    assert "Achieved" in page
    assert "A review was asked for" in page
    assert "My knee is worse" in page


STAFF_ONLY = ("plan", "plan-words", "plan-agree", "plan-share", "plan-review", "plan-print")


def test_the_person_has_no_way_in_by_the_door_of_staff(joan: Client, person: Person, by: Actor) -> None:
    actions.start(person=person, by=by)
    for name in STAFF_ONLY:
        assert joan.get(at(name, person)).status_code == 404


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        ({"may_see_plan": True}, (200, 404)),
        ({"may_see_plan": True, "may_change_plan": True}, (200, 200)),
        ({"may_see_plan": False, "may_see_referrals": True}, (404, 404)),
        ({"may_see_plan": True, "may_change_plan": True, "end": date(2024, 1, 1)}, (404, 404)),
        ({"may_see_plan": True, "may_change_plan": True, "start": date(2100, 1, 1)}, (404, 404)),
    ],
)
def test_a_representative_sees_and_writes_within_scope_and_days(
    acting_for: Any, person: Person, by: Actor, facts: dict[str, Any], answers: tuple[int, int]
) -> None:
    sees, writes = answers
    actions.start(person=person, by=by)
    client = acting_for(**facts)
    assert client.get(at("my-plan", person)).status_code == sees
    assert client.get(at("my-plan-words", person)).status_code == writes
    if sees == 200:
        assert ("Go on writing" in text(client.get(at("my-plan", person)))) == (writes == 200)


def test_a_representatives_words_are_marked_as_theirs(
    acting_for: Any, staff: Client, person: Person, by: Actor
) -> None:
    actions.start(person=person, by=by)
    acting_for(may_see_plan=True, may_change_plan=True).post(at("my-plan-words", person), words(people="Us"))
    assert "Written by Michelle Atkinson, who acts for Joanie" in text(staff.get(at("plan", person)))


def test_a_plan_of_another_organisation_is_not_found(
    staff: Client, make_person: Any, place: SimpleNamespace, by: Actor
) -> None:
    other = make_person(practice=place.avenues)
    actions.start(person=other, by=by)
    for name in (*STAFF_ONLY, "plan-goals", "plan-conversation", "plan-start", "plan-decline", "plan-ask"):
        assert staff.get(at(name, other)).status_code == 404, name
        assert staff.post(at(name, other)).status_code == 404, name


def test_another_persons_goal_is_not_found_under_this_one(
    staff: Client, person: Person, make_person: Any, by: Actor
) -> None:
    actions.start(person=person, by=by)
    goal = actions.add_goal(version=actions.start(person=make_person(), by=by), outcome="Hers", by=by)
    for name in ("plan-goal", "plan-action-add", "plan-goal-remove"):
        assert staff.post(at(name, person, goal.uuid), {"outcome": "Mine"}).status_code == 404
    assert staff.post(at("plan-progress", person, "goal", goal.uuid), {"status": "achieved"}).status_code == 404


def test_what_is_typed_never_stands_in_an_address(staff: Client, person: Person) -> None:
    staff.post(at("plan-start", person))
    response = staff.post(at("plan-words", person), words(most_important="Secretword"), follow=True)
    assert all("Secretword" not in address for address, _ in response.redirect_chain)


def test_the_plan_takes_as_many_queries_however_long_it_is(
    staff: Client, counting: Version, by: Actor, django_assert_max_num_queries: Any
) -> None:
    person = counting.plan.person
    new = actions.start(person=person, by=by)
    for n in range(10):
        goal = actions.add_goal(version=new, outcome=f"Goal {n}", by=by)
        for m in range(5):
            actions.add_action(goal=goal, what=f"Action {m}", who="person", by=by)
    with django_assert_max_num_queries(37):
        assert staff.get(at("plan", person)).status_code == 200


def test_an_offer_and_a_no_with_its_reason_stand_on_the_plans_page(staff: Client, person: Person) -> None:
    day = {"on_day": "1", "on_month": "3", "on_year": "2024"}
    assert "Record that a plan was offered" in text(staff.get(at("plan", person)))
    staff.post(at("plan-offered", person), day)
    page = text(staff.get(at("plan", person)))
    assert "A plan was offered on 1 March 2024" in page
    assert "Record that a plan was offered" not in page
    refused = staff.post(at("plan-decline", person), day)
    assert refused.status_code == 422
    assert "Choose what they said" in text(refused)
    staff.post(at("plan-decline", person), {**day, "on_day": "8", "why": "not now"})
    page = text(staff.get(at("plan", person)))
    assert "was offered a plan on 1 March 2024 and said no on 8 March 2024: not now" in page
    assert "Begin a plan" in page
