"""A visit on one's own: who is told when, who sees where, and that a press too many harms nothing."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.visiting import escalate
from whatmatters.components.social_prescribing.forms_desk import BackByForm
from whatmatters.components.social_prescribing.models import Referral, Status, Visit
from whatmatters.letters.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
WHERE = "12 Dansom Lane, the blue door"


@pytest.fixture
def team(make_worker: Callable[..., Any], place: Any, link_worker: Any) -> SimpleNamespace:
    """Sam goes out; Jo is named; Ada is of the team, Gill its manager, Far of another network."""
    return SimpleNamespace(
        sam=link_worker,
        jo=make_worker("link_worker", place.east, name="Jo Bell"),
        ada=make_worker("link_worker", place.east, name="Ada Kay"),
        gill=make_worker("pcn_manager", place.east, name="Gill Manager"),
        far=make_worker("link_worker", place.west, name="Far Worker"),
    )


@pytest.fixture
def visit(at: Callable[[Status], Referral], team: SimpleNamespace) -> Visit:
    back = timezone.now() + timedelta(hours=2)
    facts = {"where": WHERE, "phone": "07700 900123", "back_by": back, "colleague": team.jo.worker}
    return actions.plan_visit(referral=at(Status.ACTIVE), by=team.sam.actor, **facts)


def overdue_by(visit: Visit, minutes: int) -> None:
    Visit.objects.filter(pk=visit.pk).update(back_by=timezone.now() - timedelta(minutes=minutes))


def written(team: SimpleNamespace) -> list[str]:
    names = {one.user.email: name for name, one in vars(team).items()}
    return sorted(names[letter.to] for letter in Letter.objects.all() if letter.to in names)


def page_of(visit: Visit) -> str:
    row = visit.referral
    return reverse("visit", args=[row.person.uuid, row.uuid, visit.uuid])  # type: ignore[union-attr]  # Joan


# minutes past the hour, each followed by a round -> who has been written to by then
ROUNDS = [
    ([-1], []),
    ([0, 1, 5], ["jo", "sam"]),
    ([29], ["jo", "sam"]),
    ([1, 31, 45], ["ada", "gill", "jo", "jo", "sam"]),
]


@pytest.mark.parametrize(("minutes", "to"), ROUNDS)
def test_the_colleague_is_told_at_once_the_team_after_half_an_hour_and_each_once(
    visit: Visit, team: SimpleNamespace, minutes: list[int], to: list[str]
) -> None:
    for some in minutes:
        overdue_by(visit, some)
        escalate()
        escalate()
    assert written(team) == to
    told = "".join(f"{letter.subject}{letter.text}" for letter in Letter.objects.all())
    assert not [word for word in ("Atkinson", "Dansom", "Sam", "07700") if word in told]


def test_a_visit_still_shouts_after_its_case_was_closed_for_the_worker_is_still_out(
    visit: Visit, team: SimpleNamespace
) -> None:
    actions.close(referral=visit.referral, reason="done", by=team.ada.actor)
    overdue_by(visit, 1)
    escalate()
    assert "jo" in written(team)


def test_checking_in_is_one_press_from_the_desk_and_a_second_press_is_no_harm(
    visit: Visit, team: SimpleNamespace, desk: Client
) -> None:
    assert f'action="{page_of(visit)}"' in desk.get(reverse("referral-desk")).content.decode()
    for _ in range(2):
        assert desk.post(page_of(visit), {"do": "safe"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.how, visit.ended_by) == ("safe", "Sam Okafor")
    overdue_by(visit, 40)
    escalate()
    assert written(team) == []


def test_whoever_was_told_learns_that_all_is_well(visit: Visit, team: SimpleNamespace) -> None:
    overdue_by(visit, 1)
    escalate()
    actions.check_in(visit=visit, by=team.sam.actor)
    assert written(team) == ["jo", "jo", "sam"]


# who, minutes past the hour -> sees where
SEES = [
    ("sam", -60, True), ("jo", -60, False), ("ada", -60, False),
    ("sam", 1, True), ("jo", 1, True), ("ada", 1, False), ("ada", 31, True),
]  # fmt: skip


@pytest.mark.parametrize(("who", "minutes", "sees"), SEES)
def test_where_they_are_is_seen_by_those_who_need_it(  # noqa: PLR0917
    visit: Visit, team: SimpleNamespace, client: Client, who: str, minutes: int, sees: bool
) -> None:
    overdue_by(visit, minutes)
    client.force_login(getattr(team, who).user)
    pages = [client.get(page_of(visit)), client.get(reverse("referral-desk"), {"whose": "all"})]
    shown = [WHERE in page.content.decode() for page in pages]
    assert shown == [sees, sees and who != "sam"]
    case = client.get(reverse("case", args=page_of(visit).split("/")[2:5:2])).content.decode()
    assert WHERE not in case


def test_another_network_sees_nothing_of_it(visit: Visit, team: SimpleNamespace, client: Client) -> None:
    overdue_by(visit, 90)
    client.force_login(team.far.user)
    assert client.get(page_of(visit)).status_code == 404
    assert "Sam Okafor" not in client.get(reverse("referral-desk"), {"whose": "all"}).content.decode()


def test_a_colleague_who_has_spoken_with_them_says_how_they_know(
    visit: Visit, team: SimpleNamespace, client: Client
) -> None:
    overdue_by(visit, 1)
    client.force_login(team.jo.user)
    assert "Say how you know" in client.post(page_of(visit), {"do": "found"}).content.decode()
    client.post(page_of(visit), {"do": "safe"})  # only whoever is out can check in
    visit.refresh_from_db()
    assert visit.ended is None
    client.post(page_of(visit), {"do": "found", "words": "Rang: the car broke down"})
    visit.refresh_from_db()
    assert (visit.how, visit.words, visit.ended_by) == ("found", "Rang: the car broke down", "Jo Bell")


def test_a_later_hour_starts_the_watch_again(visit: Visit, team: SimpleNamespace) -> None:
    overdue_by(visit, 31)
    escalate()
    actions.stay_longer(visit=visit, back_by=timezone.now() + timedelta(hours=1), by=team.sam.actor)
    escalate()
    assert written(team) == ["jo", "sam"]
    overdue_by(visit, 1)
    escalate()
    assert written(team) == ["jo", "jo", "sam", "sam"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"back_by": timedelta(minutes=-1)}, "still to come"),
        ({"back_by": timedelta(days=40)}, "within a month"),
        ({"colleague": "sam"}, "someone other than you"),
        ({"colleague": "far"}, "someone other than you"),
        ({"colleague": "gill"}, "works referrals here"),
    ],
)
def test_what_cannot_be_planned(
    at: Callable[[Status], Referral], team: SimpleNamespace, changes: dict[str, Any], says: str
) -> None:
    facts = {"where": WHERE, "back_by": timedelta(hours=1), "colleague": "jo", **changes}
    facts["back_by"], facts["colleague"] = timezone.now() + facts["back_by"], getattr(team, facts["colleague"]).worker
    with pytest.raises(actions.NotAllowed, match=says):
        actions.plan_visit(referral=at(Status.ACTIVE), by=team.sam.actor, **facts)


@pytest.mark.parametrize(
    ("typed", "reads"),
    [("15:30", "15:30"), ("3.30pm", "15:30"), ("3 pm", "15:00"), ("12am", "00:00"), ("12 pm", "12:00"), ("9", "09:00"),
     ("25:00", None), ("13pm", None), ("half past", None), ("9:61", None)],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, reads: str | None) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    day = {"on_day": tomorrow.day, "on_month": tomorrow.month, "on_year": tomorrow.year}
    form = BackByForm({**day, "back": typed})
    assert form.is_valid() == (reads is not None)
    if reads:
        assert f"{timezone.localtime(form.moment()):%H:%M}" == reads
    else:
        assert form.errors["back"] == ["Enter a time like 15:30"]
