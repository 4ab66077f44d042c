"""A review that comes due reminds whoever sees to it, and asks the person what changed: once for each due day."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions import nudging
from whatmatters.components.care_planning.models import Checklist, Version
from whatmatters.letters.models import Letter
from whatmatters.people.actions_wishes import say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def planned(make_person: Any, write: Any, agree: Any, by: Actor) -> Any:
    def planned(review_in: int, email: str = "", agrees: bool = True, **facts: Any) -> Version:
        person = make_person(given_name="Zephyrine", email=email)
        if agrees:
            say(person=person, about="email", yes=True, by=by)
        made: Version = agree(
            write(actions.start(person=person, by=by)), review_on=TODAY + timedelta(days=review_in), **facts
        )
        return made

    return planned


def to() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def test_one_letter_tells_of_all_that_is_due_and_is_not_sent_again(planned: Any, coordinator: SimpleNamespace) -> None:
    planned(-30)
    planned(14)
    planned(15)  # not yet
    assert (nudging.remind_responsible(), nudging.remind_responsible()) == (2, 0)
    assert to() == [coordinator.user.email]


def test_the_letter_names_nobody(planned: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, ...]] = []
    monkeypatch.setattr(nudging.outbox, "post", lambda *words: sent.append(words))
    planned(-1)
    nudging.remind_responsible()
    assert "Zephyrine" not in str(sent)
    assert "/plans/due/" in str(sent)


def test_the_next_due_day_is_a_new_reason_to_write(planned: Any, by: Actor) -> None:
    version = planned(-30)
    nudging.remind_responsible()
    actions.review(plan=version.plan, on=TODAY - timedelta(days=10), next_on=TODAY + timedelta(days=2), by=by)
    assert nudging.remind_responsible() == 1


@pytest.mark.parametrize(("facts", "found"), [
    ({"reviewer_name": "sam okafor"}, "worker"),
    ({"reviewer_name": "Nobody Here", "reviewer_contact": "hub@example.org"}, "hub@example.org"),
    ({"reviewer_name": "Nobody Here", "reviewer_contact": "01632 960100"}, ""),
])  # fmt: skip
def test_who_is_responsible_is_found_by_name_or_contact(planned: Any, facts: dict[str, str], found: str) -> None:
    assert nudging.responsible(planned(1, **facts)).startswith(found)
    assert bool(nudging.responsible(planned(1, **facts))) == bool(found)


def test_the_dead_are_not_asked_after(planned: Any) -> None:
    person = planned(-1, "joan@example.org").plan.person
    person.died = TODAY
    person.save()
    assert (nudging.remind_responsible(), nudging.ask_what_changed()) == (0, 0)


def test_the_person_is_asked_once_by_a_private_link(planned: Any, by: Actor) -> None:
    planned(-1, "joan@example.org")
    planned(-1)  # without an address: a letter is given by hand
    planned(-1, "never@example.org", agrees=False)
    no_more = planned(-1, "no-more@example.org").plan.person
    say(person=no_more, about="email", yes=False, by=by)
    busy = planned(-1, "busy@example.org")
    actions.ask_concerns(person=busy.plan.person, by=by)
    assert (nudging.ask_what_changed(), nudging.ask_what_changed()) == (1, 0)
    assert to() == ["joan@example.org"]
    assert Checklist.objects.filter(key__isnull=False).count() == 2
