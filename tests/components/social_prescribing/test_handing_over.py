"""A case changes hands with its whole story; the receiver and the person learn of it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from whatmatters.components.social_prescribing import actions, panel
from whatmatters.components.social_prescribing.models import Handover, Referral, Status
from whatmatters.letters.models import Letter
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def jo(make_worker: Callable[..., Any], place: Any) -> SimpleNamespace:
    found: SimpleNamespace = make_worker("link_worker", place.east, name="Jo Bell")
    return found


def test_the_case_goes_on_with_another_worker_and_the_event_says_why(
    at: Callable[[Status], Referral], link_worker: Any, jo: Any, codes: Any, joan: Person
) -> None:
    row = at(Status.ACTIVE)
    facts: dict[str, Any] = {"to": jo.worker, "why": "leaving", "note": "Ring after ten"}
    actions.hand_over(referral=row, by=link_worker.actor, **facts)
    row.refresh_from_db()
    assert (row.owner, row.status) == (jo.worker, "active")
    assert codes(joan)[-1] == ("handed-over", "leaving")


def test_the_receiver_sees_what_is_new_until_they_open_it_and_all_that_went_before(
    at: Callable[[Status], Referral], link_worker: Any, jo: Any, client: Client
) -> None:
    row = at(Status.ACTIVE)
    actions.record_contact(referral=row, how="phone", spoke=True, note="Her son is in Leeds", by=link_worker.actor)
    facts: dict[str, Any] = {"to": jo.worker, "why": "leaving", "note": "Ring after ten"}
    actions.hand_over(referral=row, by=link_worker.actor, **facts)
    client.force_login(jo.user)
    case = reverse("case", args=[row.person.uuid, row.uuid])  # type: ignore[union-attr]  # Joan
    assert "handed to you by Sam Okafor" in client.get(reverse("referral-desk")).content.decode()
    first = client.get(case).content.decode()
    for words in ("Handed to you by Sam Okafor", "Ring after ten", "Her son is in Leeds", "Handed over to Jo Bell"):
        assert words in first
    assert "Handed to you by" not in client.get(case).content.decode()
    assert "handed to you by" not in client.get(reverse("referral-desk")).content.decode()
    letter = Letter.objects.get(to=jo.user.email)
    assert "Atkinson" not in f"{letter.subject} {letter.text}"


def test_handed_to_and_fro_before_it_was_opened_it_is_news_once_and_the_last_hand_speaks(
    at: Callable[[Status], Referral], link_worker: Any, jo: Any, client: Client
) -> None:
    row = at(Status.ACTIVE)
    for to, by, note in (
        (jo, link_worker, "I am away"),
        (link_worker, jo, "Back to you"),
        (jo, link_worker, "I leave"),
    ):
        actions.hand_over(referral=row, to=to.worker, why="leaving", note=note, by=by.actor)
        row.refresh_from_db()
    client.force_login(jo.user)
    assert client.get(reverse("referral-desk")).content.decode().count("handed to you by") == 1
    case = reverse("case", args=[row.person.uuid, row.uuid])  # type: ignore[union-attr]  # Joan
    above = client.get(case).content.decode().split("The story so far")[0]
    assert ("I leave" in above, "I am away" in above) == (True, False)
    assert "handed to you by" not in client.get(reverse("referral-desk")).content.decode()


def test_a_whole_caseload_is_one_line_of_news_that_opens(
    gp: Any, link_worker: Any, jo: Any, make_person: Callable[..., Person], client: Client
) -> None:
    for _ in range(6):
        row = actions.refer(person=make_person(), need="food", by=gp.actor)
        actions.accept(referral=row, by=link_worker.actor)
    facts: dict[str, Any] = {"to": jo.worker, "why": "leaving", "among": Q()}
    actions.hand_over_all(worker=link_worker.worker, by=link_worker.actor, **facts)
    client.force_login(jo.user)
    before, inside = client.get(reverse("referral-desk")).content.decode().split("6 cases were handed to you", 1)
    assert ("<details" in before, before.count("handed to you by")) == (True, 0)
    assert inside.split("</details>")[0].count("handed to you by Sam Okafor") == 6


def test_the_person_is_told_in_plain_words(
    at: Callable[[Status], Referral], link_worker: Any, jo: Any, joan: Person
) -> None:
    joan.account = joan.account or jo.user
    joan.email = "joan@example.org"
    joan.save()
    row = at(Status.ACTIVE)
    actions.hand_over(referral=row, to=jo.worker, why="leaving", by=link_worker.actor)
    news = panel.mine(joan, jo.user)["news"]
    assert "You have another link worker now. They know your story: you need not tell it again." in [
        words for _, words in news
    ]
    assert Letter.objects.filter(to="joan@example.org").exists()


def test_what_cannot_be_handed_over(
    at: Callable[[Status], Referral], link_worker: Any, jo: Any, make_worker: Callable[..., Any], place: Any
) -> None:
    row, by = at(Status.ACTIVE), link_worker.actor
    far = make_worker("link_worker", place.west, name="Far Worker").worker
    gp = make_worker("clinician", place.harbour).worker
    for to, why, says in (
        (far, "leaving", "does not work referrals where"),
        (gp, "leaving", "does not work referrals where"),
        (link_worker.worker, "leaving", "already"),
        (jo.worker, "bored", "one of the reasons"),
    ):
        with pytest.raises(actions.NotAllowed, match=says):
            actions.hand_over(referral=row, to=to, why=why, by=by)
    actions.close(referral=row, reason="done", by=by)
    with pytest.raises(actions.NotAllowed, match="cannot be done now"):
        actions.hand_over(referral=row, to=jo.worker, why="leaving", by=by)
    assert not Handover.objects.exists()


@pytest.fixture
def held_by(make_person: Callable[..., Person], gp: Any, link_worker: Any) -> Callable[..., list[Referral]]:
    """``held_by(3)``: so many cases, held by Sam."""

    def make(count: int, **facts: Any) -> list[Referral]:
        rows = [actions.refer(person=make_person(**facts), need="food", by=gp.actor) for _ in range(count)]
        return [actions.accept(referral=row, by=link_worker.actor) for row in rows]

    return make


@pytest.fixture
def manager(make_worker: Callable[..., Any], place: Any) -> Any:
    return make_worker("pcn_manager", place.east, name="Gill Manager")


def test_a_leavers_cases_all_go_at_once_by_a_manager_who_sees_no_names(
    held_by: Callable[..., Any], link_worker: Any, jo: Any, client: Client, manager: Any
) -> None:
    held_by(3)
    client.force_login(manager.user)
    address = reverse("hand-over-all", args=[link_worker.worker.pk])
    page = client.get(address).content.decode()
    assert "3 open cases go to one colleague" in page
    assert "Atkinson" not in page
    assert client.post(address, {"to": jo.worker.pk}).status_code == 422  # no reason
    assert client.post(address, {"to": jo.worker.pk, "why": "leaving"})["Location"] == reverse("caseload")
    assert Referral.objects.filter(owner=jo.worker).count() == Handover.objects.count() == 3
    assert Letter.objects.filter(to=jo.user.email).count() == 1


def test_all_go_or_none(
    held_by: Callable[..., Any], link_worker: Any, client: Client, make_worker: Any, place: Any
) -> None:
    near = make_worker("link_worker", place.garden, name="Near Worker")
    held_by(2)
    held_by(1, practice=place.garden)
    client.force_login(link_worker.user)
    address = reverse("hand-over-all", args=[link_worker.worker.pk])
    answer = client.post(address, {"to": near.worker.pk, "why": "leaving"})
    assert answer.status_code == 422
    assert "2 of the 3 people are registered where Near Worker does not work" in answer.content.decode()
    assert not Handover.objects.exists()


def test_the_queries_of_handing_all_over_do_not_ask_again_for_every_person_who_may_take_them(
    held_by: Callable[..., Any], link_worker: Any, jo: Any, django_assert_max_num_queries: Any
) -> None:
    held_by(12)
    with django_assert_max_num_queries(12 * 17 + 25):
        actions.hand_over_all(worker=link_worker.worker, to=jo.worker, why="leaving", among=Q(), by=link_worker.actor)
