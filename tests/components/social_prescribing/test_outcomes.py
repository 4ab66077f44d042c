"""What came of a service's cases: the same people before and after, who was lost, and who may see how much of it."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from whatmatters.access.models import AuditEntry
from whatmatters.access.roles import Role
from whatmatters.components.care_planning import actions as plans
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.social_prescribing import actions, outcomes
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.measurement.disclosure.tables import month_end
from whatmatters.people.models import Person
from whatmatters.periods import financial_year

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date.today()
UNTIL = month_end(TODAY)
YEAR = financial_year(TODAY - timedelta(days=50))
ADDRESS = f"/social-prescribing/outcomes/?year={YEAR.label}"


@pytest.fixture
def case(
    make_person: Callable[..., Person], gp: SimpleNamespace, link_worker: SimpleNamespace
) -> Callable[..., Referral]:
    """Someone spoken with 50 days before a day whose loneliness was so before, and so after (None: not asked again)."""

    def make(before: int | None, after: int | None = None, *, closed: bool = False, day: date = TODAY) -> Referral:
        def ago(days: int) -> date:
            return day - timedelta(days=days)

        by = link_worker.actor
        row = actions.refer(person=make_person(), need="company", by=gp.actor, on=ago(60))
        row = actions.accept(referral=row, by=by, on=ago(58))
        actions.record_contact(referral=row, how="phone", spoke=True, by=by, on=ago(50))
        for stage, score, on in (("before", before, ago(49)), ("after", after, ago(2))):
            if score is not None:
                answers = {"score": score}
                actions.record_scores(referral=row, instrument="ucla", stage=stage, answers=answers, on=on, by=by)
        if closed:
            actions.close(referral=row, reason="done", by=by, on=ago(1))
        return Referral.objects.get(pk=row.pk)

    return make


def found() -> list[outcomes.Outcome]:
    return outcomes.service(outcomes.cases_of(Referral.objects.all(), YEAR))


def test_only_the_same_persons_change_counts_and_the_lost_are_counted(case: Callable[..., Referral]) -> None:
    for readings in ((8, 5), (7, 6), (6, 6), (4, 6)):
        case(*readings)
    case(9, closed=True)
    case(9)
    case(None)
    [one] = found()
    assert (one.scale.short, one.asked, one.paired, one.lost, one.waiting) == ("Loneliness (UCLA-3)", 6, 4, 1, 1)
    assert one.ways == {"better": 2, "same": 1, "worse": 1}
    assert [number for _, number in one.bands] == [1, 1, 1, 0, 1]
    assert one.mean.value == pytest.approx((3 + 1 + 0 - 2) / 4)
    assert one.mean.lower < one.mean.value < one.mean.upper


def test_only_people_first_spoken_with_in_the_year_are_in_it(case: Callable[..., Referral]) -> None:
    case(8, 5)
    before = financial_year(YEAR.start - timedelta(days=1))
    assert outcomes.service(outcomes.cases_of(Referral.objects.all(), before)) == []


def test_the_number_of_queries_does_not_grow_with_the_cases(
    case: Callable[..., Referral], django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        case(8, 5)
    with django_assert_num_queries(2):
        found()


def test_the_care_team_sees_exact_numbers_and_their_own_cases(case: Callable[..., Referral], desk: Client) -> None:
    case(8, 5)
    case(9, closed=True)
    page = " ".join(desk.get(ADDRESS).content.decode().split())
    assert "2 people were first spoken with" in page
    assert 'Lost to follow-up: case ended, not asked again</dt><dd class="nhsuk-summary-list__value">1</dd>' in page
    assert "not attributable" in page
    assert "2 people" in " ".join(desk.get(ADDRESS + "&whose=mine").content.decode().split())
    assert AuditEntry.objects.filter(act="saw the outcomes of a service").count() == 2


def test_beyond_the_care_team_small_numbers_are_hidden(
    case: Callable[..., Referral], make_worker: Callable[..., Any], place: SimpleNamespace, client: Client
) -> None:
    for _ in range(12):
        case(8, 5, day=UNTIL)
    case(9, closed=True, day=UNTIL)
    client.force_login(make_worker(Role.PCN_MANAGER, place.east, name="Morgan Reed").user)
    address = f"/social-prescribing/outcomes/?year={financial_year(UNTIL - timedelta(days=50)).label}"
    page = " ".join(client.get(address).content.decode().split())
    assert "15 people were first spoken with" in page  # 13
    assert 'not asked again</dt><dd class="nhsuk-summary-list__value">hidden</dd>' in page
    assert "3.0 better" not in page  # how many were asked again is hidden with the one who was not
    assert "My cases" not in page


def test_it_can_be_told_as_at_the_end_of_a_day(case: Callable[..., Referral]) -> None:
    case(8, 5)
    case(9, closed=True)
    cases = outcomes.cases_of(Referral.objects.all(), YEAR)
    then = {ago: outcomes.service(cases, TODAY - timedelta(days=ago)) for ago in (50, 3, 1)}
    stood = {ago: [(one.asked, one.paired, one.lost, one.waiting) for one in some] for ago, some in then.items()}
    assert stood == {50: [], 3: [(2, 0, 0, 2)], 1: [(2, 1, 1, 0)]}


def test_a_mean_of_a_few_is_not_told_beyond_the_care_team(case: Callable[..., Referral]) -> None:
    for _ in range(7):
        case(8, 5)
    [one] = found()
    assert outcomes.shown_mean(one, exact=False) is None
    assert outcomes.shown_mean(one, exact=True) is not None


@pytest.mark.parametrize("year", ["1999-00", "2023", "2023-24-Q1", "x"])
def test_a_year_there_is_none_of_is_not_found(year: str, desk: Client) -> None:
    assert desk.get(f"/social-prescribing/outcomes/?year={year}").status_code == 404


def test_the_goals_of_a_plan_are_told_with_how_they_stand(
    case: Callable[..., Referral], link_worker: SimpleNamespace
) -> None:
    row, by = case(8), link_worker.actor
    version = plans.start(person=row.person, by=by)  # type: ignore[arg-type]  # a case has a person
    goal = plans.add_goal(version=version, by=by, outcome="Sing again")
    assert outcomes.goals_of(row) == []
    version.refresh_from_db()
    plans.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=TODAY, agreed_role="person",
        agreed_by="Joan Atkinson", review_on=TODAY + timedelta(days=90), reviewer_name=by.name,
        reviewer_role="Link worker",
    )  # fmt: skip
    plan = version.plan
    assert outcomes.goals_of(row) == [(goal.outcome, "Not looked at yet")]
    plans.note_progress(plan=plan, of=goal, status="no-change", by=link_worker.actor, on=TODAY - timedelta(days=9))
    plans.note_progress(plan=plan, of=goal, status="improving", by=link_worker.actor)
    assert outcomes.goals_of(row) == [(goal.outcome, "Getting closer")]
    steps = outcomes.steps_of([row])
    assert outcomes.goals(steps, [row]) == [("Getting closer", 1)]
    assert outcomes.goals(steps, [row], TODAY - timedelta(days=1)) == [("No change", 1)]
    assert outcomes.goals(steps, []) == []
    assert outcomes.goals_of(case(8)) == []
