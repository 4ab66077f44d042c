"""Scores of other questionnaires in a case: what is kept, what is refused, and that nothing is filled in."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from whatmatters.access.models import User
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Referral, Sitting, Status
from whatmatters.events.models import Event
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
At = Callable[[Status], Referral]
A_DAY = {"on_day": str(TODAY.day), "on_month": str(TODAY.month), "on_year": str(TODAY.year)}

GIVEN: dict[str, dict[str, Any]] = {
    "swemwbs": {"answers": {"raw": 21}},
    "ucla": {"answers": {"score": 7}},
    "mycaw": {"answers": {"concern_1": 5, "concern_2": 4, "wellbeing": 3}},
    "pam": {"answers": {"score": 47.2}, "licence": "NHSE-0042", "version": "2005"},
    "goal": {"answers": {"progress": 4}},
}
EVENTS = {
    "swemwbs": ("swemwbs-score", 19.25, ""),
    "ucla": ("ucla-loneliness-score", 7, ""),
    "mycaw": ("mycaw-score", 4, ""),
    "pam": ("activation-score", 47.2, "2005"),
    "goal": ("goal-progress", 4, ""),
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_score_becomes_a_row_and_an_event_of_the_case(name: str, at: At, link_worker: SimpleNamespace) -> None:
    row = at(Status.ACTIVE)
    facts = {"mode": "phone", "completed_by": "helped", **GIVEN[name]}
    sitting = actions.record_scores(referral=row, instrument=name, stage="before", by=link_worker.actor, **facts)
    event = Event.objects.get(code=EVENTS[name][0])
    assert (event.code, event.value, event.detail) == EVENTS[name]
    assert (event.episode_id, event.person_id, event.on) == (row.episode_id, row.person_id, TODAY)
    kept = Sitting.objects.get(pk=sitting.pk)
    assert (kept.mode, kept.completed_by, kept.licence) == ("phone", "helped", facts.get("licence", ""))
    assert kept.version == facts.get("version", "1")


@pytest.mark.parametrize(
    ("name", "facts", "says"),
    [
        ("swemwbs", {"answers": {"metric": 20.0}}, "No sum of answers gives the metric score 20"),
        ("pam", {"answers": {"score": 50}}, "Enter the licence number"),
        ("pam", {"answers": {"score": 50}, "licence": "1", "version": "2030"}, "Choose the version of PAM"),
        ("ucla", {"answers": {"score": 5}, "missing": 4}, "from 0 to 3"),
        ("sdq", {"answers": {}}, "Choose an instrument"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    name: str, facts: dict[str, Any], says: str, at: At, link_worker: SimpleNamespace
) -> None:
    row = at(Status.ACTIVE)
    before = Event.objects.count()
    with pytest.raises(actions.NotAllowed, match=says):
        actions.record_scores(referral=row, instrument=name, stage="before", by=link_worker.actor, **facts)
    assert (Sitting.objects.count(), Event.objects.count()) == (0, before)


def test_a_sitting_with_items_left_out_is_kept_without_a_score_or_an_event(at: At, link_worker: Any) -> None:
    row = at(Status.ACTIVE)
    actions.record_scores(referral=row, instrument="ucla", stage="before", answers={}, missing=1, by=link_worker.actor)
    assert Sitting.objects.get().answers == {"score": None}
    assert Sitting.objects.get().missing == 1
    assert not Event.objects.filter(code="ucla-loneliness-score").exists()


def test_each_instrument_has_its_own_before_and_after(at: At, link_worker: Any) -> None:
    row, by = at(Status.ACTIVE), link_worker.actor
    row.made_on = TODAY - timedelta(days=90)
    row.save()
    for name in ("ucla", "goal"):
        facts = {"referral": row, "instrument": name, "by": by, **GIVEN[name]}
        actions.record_scores(stage="before", on=TODAY - timedelta(days=60), **facts)
        with pytest.raises(actions.NotAllowed, match="come first and once"):
            actions.record_scores(stage="before", **facts)
        actions.record_scores(stage="after", **facts)
        with pytest.raises(actions.NotAllowed, match="this day or a later one"):
            actions.record_scores(stage="after", **facts)


def test_a_form_with_a_score_that_cannot_be_says_so_and_keeps_what_was_typed(at: At, desk: Client) -> None:
    row = at(Status.ACTIVE)
    address = f"/people/{row.person.uuid}/social-prescribing/{row.uuid}/swemwbs/"  # type: ignore[union-attr]  # a case
    typed = {"revision": str(row.revision), "stage": "before", "metric": "20.01", **A_DAY}
    answer = desk.post(address, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No sum of answers gives the metric score 20.01: the nearest are 19.98 and 20.73" in page
    assert 'value="20.01"' in page
    assert desk.post(address, {**typed, "metric": "", "raw": "36"}).status_code == 422
    assert desk.post(address, {**typed, "metric": "19.98"}).status_code == 302
    page = desk.get(f"/people/{row.person.uuid}/social-prescribing/{row.uuid}/").content.decode()  # type: ignore[union-attr]  # a case
    assert "19.98 on" in page
    assert "Not asked again yet" in page


def test_licensed_wording_is_not_on_the_form_but_the_licence_is_asked_for(at: At, desk: Client) -> None:
    row = at(Status.ACTIVE)
    address = f"/people/{row.person.uuid}/social-prescribing/{row.uuid}/pam/"  # type: ignore[union-attr]  # a case
    answer = desk.post(address, {"revision": str(row.revision), "stage": "before", "score": "50", **A_DAY})
    assert "Enter the licence number the score was taken under" in answer.content.decode()
    assert not Sitting.objects.exists()


def test_the_person_reads_their_own_scores_and_that_they_are_no_diagnosis(
    at: At, link_worker: Any, client: Client, joan: Person
) -> None:
    row, by = at(Status.ACTIVE), link_worker.actor
    row.made_on = TODAY - timedelta(days=90)
    row.save()
    for stage, score, days in (("before", 8, 60), ("after", 5, 1)):
        actions.record_scores(
            referral=row, instrument="ucla", stage=stage, answers={"score": score}, by=by,
            on=TODAY - timedelta(days=days),
        )  # fmt: skip
    joan.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan.save()
    client.force_login(joan.account)
    page = client.get(f"/my/{joan.uuid}/").content.decode()
    assert "That is a change for the better." in page
    assert "They are not a diagnosis" in page
    assert "How lonely you have felt (UCLA-3): 8 on" in page
    assert "you are lonely" not in page.lower()  # a cut-off, and an unverified one, is nothing to tell anybody by
