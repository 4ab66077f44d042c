"""A proactive offer: a plan with partners, a list by rule, invitations that stop, and answers."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions import inviting, objecting, planning
from whatmatters.components.social_prescribing.models import Listed, Objection, Offer, Reach, Side, Standing, State
from whatmatters.components.social_prescribing.reaching import ELSEWHERE, members, said
from whatmatters.events.codes import ISOLATED, SP_REFERRED
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.events.record import begin, record
from whatmatters.letters.models import Letter
from whatmatters.people.actions import move_registration, record_death
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person
from whatmatters.people.wishes import refusers

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def plan(place: SimpleNamespace, link_worker: SimpleNamespace) -> Callable[..., Offer]:
    """Lonely people of 65 and over in East Hull, planned 60 days ago and offered from 40 days ago."""

    def make(**facts: Any) -> Offer:
        usual = {
            "service": place.east, "title": "A call in winter", "need": "company", "why": "Many live alone",
            "what": "A link worker rings", "starts": ago(40), "cohort": "lonely-or-isolated", "least_age": 65,
            "on": ago(60), "by": link_worker.actor,
        }  # fmt: skip
        return planning.plan_offer(**{**usual, **facts})

    return make


@pytest.fixture
def agreed(plan: Callable[..., Offer], link_worker: SimpleNamespace) -> Callable[..., Offer]:
    def make(**facts: Any) -> Offer:
        offer = plan(**facts)
        for side in Side:
            planning.add_partner(
                offer=offer, side=side, who=side.label, said="Ring in the morning", on=ago(55), by=link_worker.actor
            )
        return planning.agree(offer=offer, on=ago(50), by=link_worker.actor)

    return make


@pytest.fixture
def lonely(make_person: Callable[..., Person], gp: SimpleNamespace) -> Callable[..., Person]:
    """Someone of whom it was recorded 90 days ago that they live alone."""

    def make(code: str = ISOLATED, detail: str = "lives-alone", on: date | None = None, **facts: Any) -> Person:
        person = make_person(**facts)
        with transaction.atomic():
            record(code, person, on=on or ago(90), by=gp.actor, detail=detail)
        return person

    return make


@pytest.fixture
def listed(agreed: Callable[..., Offer], lonely: Callable[..., Person], link_worker: SimpleNamespace) -> Listed:
    say(person=lonely(email="joan@example.org"), about="email", yes=True, by=link_worker.actor)
    inviting.make_list(offer=agreed(), on=ago(45), by=link_worker.actor)
    return Listed.objects.get()


def attested() -> list[tuple[str, str, date]]:
    return list(OrganisationEvent.objects.order_by("pk").values_list("subject__code", "detail", "on"))


def test_there_is_no_list_before_the_plan_is_agreed(plan: Any, lonely: Any, link_worker: Any) -> None:
    lonely()
    with pytest.raises(actions.NotAllowed, match="Agree the plan with its partners first"):
        inviting.make_list(offer=plan(), by=link_worker.actor)
    assert not Listed.objects.exists()


def test_a_plan_is_agreed_when_every_side_has_had_a_say_and_that_is_attested(plan: Any, link_worker: Any) -> None:
    offer, by = plan(), link_worker.actor
    for side in Side:
        assert planning.missing(offer)
        with pytest.raises(actions.NotAllowed, match=f"{Side.LIVED.label}"):
            planning.agree(offer=offer, by=by)
        planning.add_partner(offer=offer, side=side, who="Someone", said="Yes", on=ago(55), by=by)
    with pytest.raises(actions.NotAllowed, match="before"):
        planning.agree(offer=offer, on=ago(56), by=by)
    assert attested() == []
    assert planning.agree(offer=offer, on=ago(50), by=by).standing == Standing.AGREED
    assert attested() == [("U10001", "proactive-plan-agreed", ago(50))]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"cohort": "everyone"}, "Choose whom"),
        ({"least_age": 80, "most_age": 70}, "lowest age is above"),
        ({"least_age": 65, "most_age": 300}, "at most 120"),
        ({"on": TODAY + timedelta(days=1)}, "still to come"),
        ({"title": ""}, "cannot be blank"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: Any, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        plan(**facts)


def test_an_agreed_plan_is_changed_by_a_review_alone(agreed: Any, plan: Any, link_worker: Any) -> None:
    draft = planning.change_offer(offer=plan(), title="A call in spring", least_age=70, by=link_worker.actor)
    assert (draft.title, draft.reach.least_age, draft.reach.cohort) == ("A call in spring", 70, "lonely-or-isolated")
    with pytest.raises(actions.NotAllowed, match="stands at “Agreed”"):
        planning.change_offer(offer=agreed(), title="Another", by=link_worker.actor)


def test_a_review_extends_the_cohort_from_its_day(agreed: Any, lonely: Any, link_worker: Any) -> None:
    offer, by = agreed(), link_worker.actor
    lonely(born=date(TODAY.year - 60, 1, 1))
    assert inviting.make_list(offer=offer, by=by)[0] == 0
    planning.review(
        offer=offer, population="Many under 65 too", capacity="Two more days a week", outcome="extend",
        cohort="lonely-or-isolated", least_age=50, on=ago(10), by=by,
    )  # fmt: skip
    assert [said(reach) for reach in offer.reaches.all()] == [
        "Lonely, isolated or living alone, aged 65 or over, no referral in 12 months",
        "Lonely, isolated or living alone, aged 50 or over, no referral in 12 months",
    ]
    assert attested()[-1] == ("U10001", "proactive-offer-reviewed", ago(10))
    assert inviting.make_list(offer=offer, by=by)[0] == 1


def test_an_offer_that_has_ended_invites_nobody(listed: Listed, link_worker: Any) -> None:
    planning.review(offer=listed.offer, population="Met", capacity="None", outcome="end", by=link_worker.actor)
    with pytest.raises(actions.NotAllowed, match="not being made"):
        inviting.invite(listed=listed, how="phone", by=link_worker.actor)


# who, and whether the rule finds them: lonely or isolated in the last 12 months, 65 and over, no referral in 12 months
PEOPLE: dict[str, tuple[dict[str, Any], bool]] = {
    "lives alone, 77": ({}, True),
    "recorded two years ago": ({"on": ago(800)}, False),
    "64 years old": ({"born": date(TODAY.year - 64, TODAY.month, 1) - timedelta(days=1)}, False),
    "a carer, not lonely": ({"code": "carer", "detail": ""}, False),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_rule_finds(who: str, agreed: Any, lonely: Any, place: Any) -> None:
    facts, there = PEOPLE[who]
    person = lonely(**{"born": date(TODAY.year - 77, 1, 1), **facts})
    assert [found for found, _ in members(agreed().reach, place.east, TODAY)] == ([person.pk] if there else [])


@pytest.mark.parametrize(("days", "there"), [(30, False), (500, True)])
def test_whoever_was_referred_lately_is_not_asked(days: int, there: bool, agreed: Any, lonely: Any, gp: Any) -> None:
    person = lonely()
    with transaction.atomic():
        record(SP_REFERRED, person, on=ago(days), by=gp.actor, detail="gp", episode=begin(person))
    assert inviting.make_list(offer=agreed(), by=gp.actor)[0] == there


def test_a_list_says_why_each_person_is_on_it_and_takes_nobody_twice(
    agreed: Any, lonely: Any, link_worker: Any, place: Any
) -> None:
    person = lonely(born=date(TODAY.year - 77, 1, 1))
    lonely(practice=place.avenues)  # another network's
    offer = agreed()
    assert inviting.make_list(offer=offer, by=link_worker.actor) == (1, {})
    (row,) = Listed.objects.all()
    assert row.person == person
    day = ago(90)
    assert row.because.splitlines() == [
        f"lonely, isolated or living alone (lives alone), recorded on {day.day} {day:%B %Y}",
        "aged 77",
        "no referral in 12 months",
    ]
    assert inviting.make_list(offer=offer, by=link_worker.actor) == (0, {})
    assert AuditEntry.objects.filter(person=person.pk, act="listed for a proactive offer").count() == 1


def died(person: Person, by: Any, place: Any) -> None:
    record_death(person=person, on=TODAY, revision=person.revision, by=by)


def moved(person: Person, by: Any, place: Any) -> None:
    move_registration(person=person, practice=place.avenues, on=TODAY, by=by)


def objected(person: Person, by: Any, place: Any) -> None:
    objecting.object_to(person=person, kind="asked", by=by)


def opted_out(person: Person, by: Any, place: Any) -> None:
    objecting.object_to(person=person, kind="national", by=by)


def referred(person: Person, by: Any, place: Any) -> None:
    actions.refer(person=person, need="money", by=by)


BEFORE = {
    died: "has died", moved: "no longer on the list", objected: "asked not to be invited", opted_out: "opted out",
    referred: "has an open case",
}  # fmt: skip


@pytest.mark.parametrize("what", BEFORE, ids=lambda what: what.__name__)
def test_left_out_by_themselves_when_the_list_is_made(
    what: Any, agreed: Any, lonely: Any, link_worker: Any, place: Any
) -> None:
    offer = agreed(quiet_months=0)
    what(lonely(), link_worker.actor, place)
    made, out = inviting.make_list(offer=offer, by=link_worker.actor)
    assert made == 0
    assert [BEFORE[what] in why for why in out] == ([True] if what not in (died, moved) else [])


@pytest.mark.parametrize("what", BEFORE, ids=lambda what: what.__name__)
def test_left_out_again_at_the_invitation(what: Any, listed: Listed, link_worker: Any, place: Any) -> None:
    what(listed.person, link_worker.actor, place)
    events = Event.objects.count()
    with pytest.raises(actions.NotAllowed, match=BEFORE[what]):
        inviting.invite(listed=listed, how="phone", by=link_worker.actor)
    assert Event.objects.count() == events
    listed.refresh_from_db()
    assert (listed.state, listed.invitations.count()) == (State.LISTED, 0)


WHERE: dict[int | None, bool] = {1: True, 2: True, 3: False, 10: False, None: False}  # the most deprived fifth


@pytest.mark.parametrize("decile", WHERE)
def test_an_offer_may_be_for_deprived_places_alone(decile: int | None, agreed: Any, lonely: Any, place: Any) -> None:
    person = lonely(deprivation=decile)
    found = dict(members(agreed(deprived=2).reach, place.east, TODAY))
    assert (person.pk in found) == WHERE[decile]
    assert found.get(person.pk, ["lives in the most deprived fifth of places"])[-1] == (
        "lives in the most deprived fifth of places"
    )
    assert person.pk in dict(members(agreed(title="For all").reach, place.east, TODAY))


def test_that_where_they_live_decides_is_said_and_audited(agreed: Any, link_worker: Any, client: Any) -> None:
    offer = agreed(deprived=1)
    assert said(offer.reach).endswith(", living in the most deprived tenth of places")
    (told,) = AuditEntry.objects.filter(act="said whom a proactive offer is for")
    assert (told.detail["deprived"], told.detail["cohort"]) == (1, "lonely-or-isolated")
    client.force_login(link_worker.user)
    page = client.get(reverse("offer", args=[offer.uuid])).content.decode()
    assert "Whoever has no deprivation recorded is not found" in page
    with pytest.raises(actions.NotAllowed, match="shares of places"):
        agreed(deprived=7)


def test_a_draft_keeps_where_they_live_until_it_is_changed(plan: Any, link_worker: Any) -> None:
    draft = planning.change_offer(offer=plan(deprived=3), title="A call in spring", by=link_worker.actor)
    assert draft.reach.deprived == 3
    assert planning.change_offer(offer=draft, deprived=None, by=link_worker.actor).reach.deprived is None


def test_an_objection_taken_back_lets_them_be_invited(listed: Listed, link_worker: Any) -> None:
    made = objecting.object_to(person=listed.person, kind="asked", by=link_worker.actor)
    assert objecting.object_to(person=listed.person, kind="asked", by=link_worker.actor) == made
    objecting.take_back(objection=made, by=link_worker.actor)
    assert inviting.invite(listed=listed, how="phone", by=link_worker.actor)
    with pytest.raises(actions.NotAllowed, match="already"):
        objecting.take_back(objection=made, by=link_worker.actor)


def test_two_offers_do_not_ask_one_person_within_four_weeks(agreed: Any, listed: Listed, link_worker: Any) -> None:
    by = link_worker.actor
    inviting.invite(listed=listed, how="letter", on=ago(40), by=by)
    other = agreed(title="A walk in spring")
    assert inviting.make_list(offer=other, on=ago(13), by=by) == (0, {ELSEWHERE: 1})
    assert inviting.make_list(offer=other, on=ago(12), by=by) == (1, {})
    inviting.invite(listed=listed, how="phone", on=ago(11), by=by)
    with pytest.raises(actions.NotAllowed, match="was invited in another offer less than four weeks ago"):
        inviting.invite(listed=other.listed.get(), how="phone", on=ago(10), by=by)
    listed.invitations.filter(on=ago(11)).update(letter=Letter.objects.create(failed=timezone.now()))
    inviting.invite(listed=other.listed.get(), how="phone", on=ago(10), by=by)


def test_two_invitations_two_weeks_apart_and_never_a_third(listed: Listed, link_worker: Any, codes: Any) -> None:
    by = link_worker.actor
    with pytest.raises(actions.NotAllowed, match="before"):
        inviting.invite(listed=listed, how="letter", on=ago(41), by=by)  # the offer begins 40 days ago
    inviting.invite(listed=listed, how="letter", on=ago(40), by=by)
    with pytest.raises(actions.NotAllowed, match="14 days from the first"):
        inviting.invite(listed=listed, how="phone", on=ago(27), by=by)
    inviting.invite(listed=listed, how="phone", on=ago(26), by=by)
    with pytest.raises(actions.NotAllowed, match="invited twice"):
        inviting.invite(listed=listed, how="text", by=by)
    assert codes(listed.person)[1:] == [("invited", "letter"), ("offered", ""), ("invited", "phone")]


def test_two_weeks_after_the_second_the_round_stops_asking(listed: Listed, link_worker: Any) -> None:
    by = link_worker.actor
    inviting.invite(listed=listed, how="letter", on=ago(30), by=by)
    assert inviting.stop_asking() == 0
    inviting.invite(listed=listed, how="letter", on=ago(14), by=by)
    assert inviting.stop_asking() == 1
    assert inviting.stop_asking() == 0
    listed.refresh_from_db()
    assert listed.state == State.STOPPED
    assert inviting.said_yes(listed=listed, by=by).referral  # a late yes is as good


def test_an_email_says_nothing_of_the_person(
    listed: Listed, link_worker: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite(listed=listed, how="email", by=link_worker.actor)
    (letter,) = mail.outbox
    assert letter.to == ["joan@example.org"]
    for secret in ("Joan", "Atkinson", "lonely", "alone", "call in winter"):
        assert secret.lower() not in (letter.subject + letter.body).lower()


def test_nobody_is_emailed_who_has_no_address(agreed: Any, lonely: Any, link_worker: Any) -> None:
    lonely()
    inviting.make_list(offer=agreed(), by=link_worker.actor)
    with pytest.raises(actions.NotAllowed, match="no email address"):
        inviting.invite(listed=Listed.objects.get(), how="email", by=link_worker.actor)


def test_nobody_is_emailed_who_has_not_agreed_to_it(agreed: Any, lonely: Any, link_worker: Any) -> None:
    person = lonely(email="joan@example.org")
    inviting.make_list(offer=agreed(), by=link_worker.actor)
    with pytest.raises(actions.NotAllowed, match="not recorded that they agree to be written to by e-mail"):
        inviting.invite(listed=Listed.objects.get(), how="email", by=link_worker.actor)
    say(person=person, about="email", yes=True, by=link_worker.actor)
    assert inviting.invite(listed=Listed.objects.get(), how="email", by=link_worker.actor).letter


def test_yes_is_a_referral(listed: Listed, link_worker: Any, codes: Any) -> None:
    inviting.invite(listed=listed, how="phone", on=ago(5), by=link_worker.actor)
    row = inviting.said_yes(listed=listed, on=ago(4), by=link_worker.actor)
    assert row.referral
    assert (row.state, row.referral.need, row.referral.made_on) == (State.ACCEPTED, "company", ago(4))
    assert codes(listed.person)[-1] == ("referral", "link_worker")


def test_no_is_kept_with_its_reason_and_may_be_for_good(listed: Listed, link_worker: Any, codes: Any) -> None:
    by = link_worker.actor
    inviting.invite(listed=listed, how="phone", on=ago(5), by=by)
    with pytest.raises(actions.NotAllowed, match="what they said"):
        inviting.said_no(listed=listed, why="rude", by=by)
    row = inviting.said_no(listed=listed, why="not needed", never=True, by=by)
    assert (row.state, row.said_no) == (State.DECLINED, "not needed")
    assert codes(listed.person)[-1] == ("declined", "person")
    assert Objection.objects.get().person == listed.person


def test_left_out_with_a_reason_and_put_back(listed: Listed, link_worker: Any) -> None:
    by = link_worker.actor
    with pytest.raises(actions.NotAllowed, match="Choose why"):
        inviting.leave_out(listed=listed, why="because", by=by)
    row = inviting.leave_out(listed=listed, why="unwell", note="In hospital", by=by)
    assert (row.state, row.left_out) == (State.EXCLUDED, "unwell")
    with pytest.raises(actions.NotAllowed, match="Left out"):
        inviting.invite(listed=listed, how="phone", by=by)
    assert inviting.put_back(listed=listed, by=by).state == State.LISTED
    assert inviting.invite(listed=listed, how="phone", by=by)


def test_an_answer_needs_a_question(listed: Listed, link_worker: Any) -> None:
    for answer in (
        lambda: inviting.said_yes(listed=listed, by=link_worker.actor),
        lambda: inviting.said_no(listed=listed, why="not now", by=link_worker.actor),
    ):
        with pytest.raises(actions.NotAllowed, match="To invite"):
            answer()


def test_a_cohort_of_unmet_need_is_what_could_not_be_found(agreed: Any, lonely: Any, place: Any) -> None:
    person = lonely(code="social-prescribing-unmet-need", detail="full")
    offer = agreed(cohort="unmet-need", least_age=None)
    ((found, why),) = members(offer.reach, place.east, TODAY)
    assert found == person.pk
    assert why[0].startswith("need for which no help was found (full), recorded on")


def test_the_rule_is_said_in_a_line() -> None:
    reach = Reach(cohort="carer", least_age=18, most_age=64, quiet_months=0)
    assert said(reach) == "Carer, aged 18 to 64"


@pytest.mark.parametrize(("kind", "asks"), [("asked", True), ("national", False)])
def test_who_asked_not_to_be_invited_has_said_so_to_everyone_who_asks(
    kind: str, asks: bool, make_person: Callable[..., Person], link_worker: SimpleNamespace
) -> None:
    """What they asked for themself; the national opt-out is about research and planning."""
    person, by = make_person(), link_worker.actor
    made = objecting.object_to(person=person, kind=kind, by=by)
    assert refusers([person.pk]) == ({person.pk} if asks else set())
    objecting.take_back(objection=made, by=by)
    assert refusers([person.pk]) == set()
