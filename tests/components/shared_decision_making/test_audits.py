"""An audit from the population to the signed pack, each step only from where it may be taken."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.components.shared_decision_making.actions import answering, asking, auditing, improving, packing
from whatmatters.components.shared_decision_making.models import MOVES, Ask, Audit, State
from whatmatters.components.shared_decision_making.results import of_audit
from whatmatters.events.codes import CONDITION, PLAN_REVIEWED
from whatmatters.events.models import Event, OrganisationEvent
from whatmatters.events.record import record
from whatmatters.letters.models import Letter
from whatmatters.people.actions_wishes import say
from whatmatters.people.revisions import Stale

pytestmark = pytest.mark.database
TODAY = date.today()
NINES, LESS = [9, 9, 9], [9, 9, 5]


@pytest.fixture
def lead(make_worker, place):
    return make_worker("clinical_lead", place.east).actor


@pytest.fixture
def clinic(make_person, lead):
    """So many adults with type 1 diabetes, each reviewed a month ago."""

    def fill(number, **facts):
        people = [make_person(born=date(1960, 1, 1), **facts) for _ in range(number)]
        with transaction.atomic():
            for one in people:
                record(CONDITION, one, on=TODAY - timedelta(days=900), by=lead, detail="type-1-diabetes")
                record(PLAN_REVIEWED, one, on=TODAY - timedelta(days=30), by=lead)
        return people

    return fill


@pytest.fixture
def plan(place, lead):
    def make(**facts):
        usual = {
            "network": place.east, "title": "Type 1 diabetes", "cohort": "type-1-diabetes", "after": PLAN_REVIEWED,
            "instrument": "collaborate", "basis": "percent", "amount": 10, "seed": "1948", "by": lead,
        }  # fmt: skip
        return auditing.plan(**{**usual, **facts})

    return make


def answered(audit, items):
    """In one order: what is hidden depends on who answered."""
    for one, given in zip(audit.sample.filter(answered=False).order_by("person"), items, strict=False):
        answering.answer_by_link(word=asking.word_of(one), items=given, groups={"sex": "F", "age": "65-79"})


def test_the_population_is_who_fits_the_rule_and_ten_percent_of_it_are_drawn(plan, clinic, make_person, lead):
    clinic(11)
    make_person()  # without diabetes
    clinic(1, died=TODAY)
    [child] = clinic(1)
    child.born = TODAY - timedelta(days=3000)
    child.save()
    row = auditing.draw(audit=plan(), by=lead)
    assert (row.population, row.size, row.sample.count(), row.state) == (11, 2, 2, State.DRAWN)
    assert row.rationale == "10% of the population of 11, rounded up: 2 people are asked."


def test_drawn_again_the_same_people_come_and_a_changed_list_is_told(plan, clinic, lead):
    clinic(11)
    row = auditing.draw(audit=plan(), by=lead)
    assert auditing.drawn_again(row) == {"same_list": True, "same_sample": True}
    clinic(1)  # what was recorded after the draw
    assert not auditing.drawn_again(row)["same_list"]


def test_nobody_to_ask_is_said_and_the_plan_stands(plan, lead):
    row = plan()
    with pytest.raises(ValidationError, match="Nobody fits"):
        auditing.draw(audit=row, by=lead)
    assert Audit.objects.get().state == State.PLANNED


def test_it_is_due_by_the_31st_of_march(plan):
    assert plan(on=date(2022, 5, 1)).due == date(2023, 3, 31)


@pytest.mark.parametrize(
    "wrong", [{"cohort": "moon"}, {"amount": 0}, {"amount": 101}, {"cohort": "everyone", "after": ""}]
)
def test_a_plan_that_cannot_be_drawn_is_refused(plan, wrong):
    with pytest.raises(ValidationError):
        plan(**wrong)


def test_whoever_left_meanwhile_is_not_asked_and_stays_in_the_sample(plan, clinic, lead):
    people = clinic(4)
    row = auditing.draw(audit=plan(amount=100), by=lead)
    people[0].registrations.update(end=TODAY)
    assert auditing.send_all(audit=row, by=lead) == (3, 1)
    assert row.sample.count() == 4
    assert Event.objects.filter(code="experience-asked").count() == 3


def test_who_refused_is_in_no_population_and_in_no_sample(plan, clinic, lead):
    people = clinic(6)
    say(person=people[0], about="questions", yes=False, by=lead)
    say(person=people[1], about="invitations", yes=False, by=lead)
    row = auditing.draw(audit=plan(amount=100), by=lead)
    assert row.population == 4
    assert {one.person_id for one in row.sample.all()} == {one.pk for one in people[2:]}
    assert auditing.drawn_again(row) == {"same_list": True, "same_sample": True}


def test_who_refuses_after_the_draw_is_not_asked_and_e_mail_goes_to_who_agreed(plan, clinic, lead, load_wording):
    load_wording("collaborate")
    people = clinic(3, email="someone@example.org")
    row = auditing.draw(audit=plan(amount=100), by=lead)
    say(person=people[0], about="questions", yes=False, by=lead)
    say(person=people[1], about="email", yes=True, by=lead)
    assert auditing.send_all(audit=row, by=lead) == (2, 1)
    assert [one.sent for one in row.sample.order_by("person")] == ["", "email", "letter"]
    assert Letter.objects.count() == 1


def test_who_refuses_meanwhile_is_not_reminded(plan, clinic, lead, load_wording):
    load_wording("collaborate")
    people = clinic(3, email="someone@example.org")
    for one in people:
        say(person=one, about="email", yes=True, by=lead)
    row = auditing.draw(audit=plan(amount=100, on=TODAY - timedelta(days=20)), by=lead, on=TODAY - timedelta(days=15))
    auditing.send_all(audit=row, by=lead, on=TODAY - timedelta(days=12))
    say(person=people[0], about="email", yes=False, by=lead)
    say(person=people[1], about="questions", yes=False, by=lead)
    assert asking.remind() == 1
    assert list(row.sample.filter(reminded_on=TODAY).values_list("person", flat=True)) == [people[2].pk]


def test_results_are_not_to_be_read_before_the_answers_are_closed(plan, clinic, lead):
    clinic(4)
    row = auditing.draw(audit=plan(amount=100), by=lead)
    auditing.send_all(audit=row, by=lead)
    row.refresh_from_db()
    answered(row, [NINES])
    assert of_audit(row) is None
    auditing.close(audit=row, by=lead)
    row.refresh_from_db()
    assert of_audit(row).whole.top is None  # one answer is no result
    with pytest.raises(ValidationError, match="has been used, or its time is over"):
        answered(row, [NINES])


@pytest.fixture
def closed(plan, clinic, lead):
    """40 asked; 24 of 30 complete answers are top scores; one more has a question left out."""
    clinic(30, sex="F", deprivation=1)
    clinic(10, sex="M", deprivation=9)
    row = auditing.draw(audit=plan(amount=100), by=lead)
    auditing.send_all(audit=row, by=lead)
    row.refresh_from_db()
    answered(row, [NINES] * 24 + [LESS] * 6 + [[9, 9, None]])
    row = auditing.close(audit=row, by=lead)
    return SimpleNamespace(row=row, results=of_audit(row))


def test_the_result_is_the_share_of_top_scores_with_its_interval(closed):
    whole = closed.results.whole
    assert (closed.results.asked, closed.results.answered, closed.results.incomplete) == (40, 31, 1)
    assert (whole.answers, whole.top.value, round(whole.top.lower, 3), round(whole.top.upper, 3)) == (
        30, 0.8, 0.627, 0.905,
    )  # fmt: skip
    assert round(whole.mean.value, 2) == 8.73


def test_groups_are_shown_only_where_nobody_can_be_worked_out(closed):
    by_sex = {table.caption: table for table in closed.results.tables}["By sex"]
    assert {line.name: line.asked for line in by_sex.asked} == {"Female": "30", "Male": "10", "Other": "0"}
    assert {line.name: line.shown and line.shown.answers for line in by_sex.said} == {
        "Female": 30, "Male": None, "Other": None,
    }  # fmt: skip


def test_what_the_record_says_stands_apart_from_what_people_ticked(closed):
    tables = {table.caption: table for table in closed.results.tables}
    ethnic, fifths = tables["By ethnic group"], tables["By how deprived the place is where they live"]
    assert {line.name: line.asked for line in ethnic.asked}["White"] == "40"
    assert ethnic.said == []  # nobody ticked one: "not said" alone would be the whole once more
    assert fifths.said == []  # 24 and 7 complete answers: too few in each
    groups = {one["caption"]: one for one in packing.groups_of(closed.results)}
    female, _, other = groups["By sex"]["asked"]
    assert (female["share"], other) == ("hidden", {"group": "Other", "asked": "0", "share": "–"})
    assert set(groups["By sex"]["said"][0]) == {"group", "answers", "top", "mean"}


def test_the_whole_cycle_ends_in_a_signed_pack_and_the_contracts_fact(closed, lead, place):
    row = closed.row
    ask = improving.consider(audit=row, what="Ask what matters first", by=lead)
    improving.consider(audit=row, what="Longer appointments", by=lead)
    with pytest.raises(ValidationError, match="at least one improvement"):
        improving.decide(audit=row, decision="None", chosen={}, by=lead)
    improving.decide(audit=row, decision="Cheap, and at once", chosen={ask: ("Dr Nwosu", TODAY)}, by=lead)
    with pytest.raises(ValidationError, match="This cannot be done now: the audit stands at “Improvements decided”"):
        packing.sign(audit=row, signatory="Dr Qureshi", role="Clinical lead", by=lead)
    improving.made(improvement=ask, came_of_it="On every template", by=lead)
    row.refresh_from_db()
    pack = packing.sign(audit=row, signatory="Dr Qureshi", role="Clinical lead", by=lead)
    assert pack.sha256 == packing.sha256_of(pack.content)
    for words in ("80.0% (95% interval 62.7% to 90.5%)", "Dr Qureshi", "1948", row.digest, "Longer appointments"):
        assert words in pack.content
    told = OrganisationEvent.objects.get(code="attested")
    assert (told.subject, told.detail, told.on) == (place.east, "shared-decision-making-audited", TODAY)
    again = auditing.plan(
        network=place.east, title="Once more", cohort="type-1-diabetes", after=PLAN_REVIEWED, instrument="collaborate",
        basis="percent", amount=10, by=lead, again=row,
    )  # fmt: skip
    assert (again.again, again.state) == (row, State.PLANNED)


def test_nobody_in_the_sample_is_named_in_the_pack(closed, lead):
    text = packing.text_of(packing.content_of(closed.row, signatory="x", role="y", on=TODAY))
    names = {word for one in Ask.objects.select_related("person") for word in (one.person.family_name, str(one.uuid))}
    assert not [name for name in names if name in text]


@pytest.mark.parametrize("state", State.values)
def test_no_step_is_taken_from_where_it_may_not_be(state, plan, lead):
    row = plan()
    Audit.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    for to in State.values:
        if to not in MOVES[state]:
            with pytest.raises(ValidationError, match="the audit stands at"):
                auditing.move(row, to, by=lead, on=TODAY)


def test_two_who_change_an_audit_at_once_do_not_both(plan, lead):
    row = plan()
    auditing.abandon(audit=row, why="Planned twice", by=lead, revision=1)
    with pytest.raises(Stale):
        auditing.abandon(audit=row, why="Planned twice", by=lead, revision=1)
