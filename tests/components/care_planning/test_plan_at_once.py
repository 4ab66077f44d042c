"""Two at one plan at one moment: both see both, and each thing happens once."""

from datetime import date
from typing import Any

import pytest
from tests.people.at_once import at_once

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Plan, Version
from whatmatters.events.models import Event
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
JOAN = Actor("Joan Atkinson", "person")


def fresh(version: Version) -> Version:
    """As a request of its own would read it."""
    return Version.objects.select_related("plan__person", "plan__episode").get(pk=version.pk)


def test_two_beginnings_make_one_plan_with_one_draft(make_person: Any, by: Actor) -> None:
    person = make_person()
    came = at_once(*[lambda: actions.start(person=Person.objects.get(pk=person.pk), by=by)] * 3)
    assert came == ["done", "done", "done"]
    assert (Plan.objects.count(), Version.objects.count()) == (1, 1)


def test_words_under_one_heading_are_saved_once_and_the_other_is_told(draft: Version, by: Actor) -> None:
    came = at_once(
        lambda: actions.save_about_me(version=fresh(draft), words={"people": "Maureen"}, seen=0, by=JOAN),
        lambda: actions.save_about_me(version=fresh(draft), words={"people": "Her sister"}, seen=0, by=by),
    )
    assert came == ["WordsChanged", "done"]
    assert draft.words.count() == 1


def test_words_under_two_headings_are_both_saved(draft: Version, by: Actor) -> None:
    came = at_once(
        lambda: actions.save_about_me(version=fresh(draft), words={"people": "Maureen"}, seen=0, by=JOAN),
        lambda: actions.save_about_me(version=fresh(draft), words={"wellness": "Tired"}, seen=0, by=by),
    )
    assert came == ["done", "done"]
    assert contents_of(draft).words.keys() == {"people", "wellness"}


def test_a_plan_is_agreed_once(draft: Version, write: Any, agree: Any) -> None:
    write(draft)
    assert at_once(lambda: agree(fresh(draft)), lambda: agree(fresh(draft))) == ["ValidationError", "done"]
    assert Event.objects.filter(code="care-plan-agreed").count() == 1


def test_nothing_slips_into_a_plan_while_it_is_agreed(draft: Version, write: Any, by: Actor) -> None:
    """Either the goal came first and the agreement is stale, or the agreement did and the goal is refused."""
    seen = stamp(contents_of(write(draft)))
    given = {"agreed_on": date(2024, 5, 8), "agreed_by": "Joan Atkinson", "agreed_role": "person"}
    came = at_once(
        lambda: actions.agree(version=fresh(draft), seen=seen, by=by, **given),
        lambda: actions.add_goal(version=fresh(draft), outcome="Put in meanwhile", by=by),
    )
    assert came in (["Stale", "done"], ["ValidationError", "done"])
    agreed = fresh(draft).state == "agreed"
    assert agreed == (stamp(contents_of(fresh(draft))) == seen)


def test_two_shares_count_the_plan_once(draft: Version, write: Any, agree: Any, by: Actor) -> None:
    version = agree(write(draft))

    def share(kind: str) -> None:
        actions.share(version=fresh(version), kind=kind, how="paper", on=date(2024, 5, 10), by=by)

    assert at_once(lambda: share("person"), lambda: share("carer")) == ["done", "done"]
    assert Event.objects.filter(code="care-plan-met-criteria").count() == 1
    assert Event.objects.filter(code="care-plan-shared").count() == 2
