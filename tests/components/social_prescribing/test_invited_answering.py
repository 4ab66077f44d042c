"""Someone invited by letter answers by its private link; used, late and guessed links answer nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing.actions import inviting, planning
from whatmatters.components.social_prescribing.actions.invited_answering import GOOD_FOR, word_of
from whatmatters.components.social_prescribing.models import Invitation, Listed, Objection, Side, State
from whatmatters.letters.outbox import deliver
from whatmatters.people.actions_wishes import say

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()


@pytest.fixture
def invited(
    place: SimpleNamespace, link_worker: SimpleNamespace, make_person: Callable[..., Any]
) -> Callable[..., Invitation]:
    """Winifred, invited to a call in winter."""

    def make(how: str = "letter", on: date = TODAY) -> Invitation:
        by, before = link_worker.actor, on - timedelta(days=20)
        offer = planning.plan_offer(
            service=place.east, title="A call in winter", need="company", why="Many live alone", starts=before,
            what="A link worker rings, and comes along once.", cohort="lonely-or-isolated", on=before, by=by,
        )  # fmt: skip
        for side in Side:
            planning.add_partner(offer=offer, side=side, who=side.label, said="Yes", on=before, by=by)
        planning.agree(offer=offer, on=before, by=by)
        person = make_person(
            given_name="Winifred", email="win@example.org", address="9 Dock Row\nHull", postcode="HU9 1ZZ"
        )
        say(person=person, about="email", yes=True, by=by)
        row = Listed.objects.create(offer=offer, person=person, on=before, because="lives alone")
        return inviting.invite(listed=row, how=how, on=on, by=by)

    return make


def page_of(invitation: Invitation) -> str:
    return reverse("offer-invitation", args=[word_of(invitation)])


@pytest.mark.parametrize(
    ("typed", "state", "why", "objections"),
    [
        ({"answer": "yes"}, State.ACCEPTED, "", 0),
        ({"answer": "no", "why": "supported"}, State.DECLINED, "supported", 0),
        ({"answer": "no"}, State.DECLINED, "not said", 0),
        ({"answer": "never"}, State.DECLINED, "not said", 1),
    ],
)
def test_they_answer_without_an_account_and_the_link_is_used_up(
    typed: dict[str, str], state: str, why: str, objections: int, invited: Callable[..., Invitation]
) -> None:
    sent, client = invited(), Client()
    assert "A link worker rings, and comes along once." in client.get(page_of(sent)).content.decode()
    assert client.post(page_of(sent), typed).status_code == 200
    row = Listed.objects.get()
    assert (row.state, row.said_no, Objection.objects.count()) == (state, why, objections)
    assert (row.referral is not None) == (state == State.ACCEPTED)
    again = client.post(page_of(sent), {"answer": "yes"})
    assert again.status_code == 410
    assert "was answered" in again.content.decode()


def test_nothing_chosen_is_told_and_nothing_happens(invited: Callable[..., Invitation], client: Client) -> None:
    answer = client.post(page_of(invited()), {})
    assert (answer.status_code, "Choose one" in answer.content.decode()) == (422, True)
    assert Listed.objects.get().state == State.INVITED


def test_a_guess_or_a_late_one_says_what_to_do_and_names_nobody(
    invited: Callable[..., Invitation], client: Client
) -> None:
    late = invited(on=TODAY - GOOD_FOR - timedelta(days=1))
    for address, status in ((page_of(late), 410), (reverse("offer-invitation", args=["x" * 43]), 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert "Ask for a link worker" in answer.content.decode()
        assert "Winifred" not in answer.content.decode()


def test_neither_page_nor_email_names_the_person_and_the_email_has_the_link(
    invited: Callable[..., Invitation], client: Client
) -> None:
    sent = invited(how="email")
    deliver()
    (letter,) = mail.outbox
    assert page_of(sent) in letter.body
    for text in (letter.subject + letter.body, client.get(page_of(sent)).content.decode()):
        assert not re.search("Winifred|HU9|A call in winter|alone", text)


def test_letters_to_print_are_for_the_care_team_and_only_of_those_who_wait(
    invited: Callable[..., Invitation], link_worker: SimpleNamespace, client: Client
) -> None:
    sent = invited()
    address = reverse("offer-letters", args=[sent.listed.offer.uuid])
    assert client.get(address).status_code == 302
    client.force_login(link_worker.user, backend="django.contrib.auth.backends.ModelBackend")
    for size in ("", "?size=large"):
        page = client.get(address + size).content.decode()
        assert "9 Dock Row<br>Hull<br>HU9 1ZZ" in page
        assert word_of(sent) in page
        assert ("wm-large" in page) == bool(size)
    inviting.said_no(listed=sent.listed, why="not now", by=link_worker.actor)
    assert "9 Dock Row" not in client.get(address).content.decode()
