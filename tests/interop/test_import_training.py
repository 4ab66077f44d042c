"""Training from a list: what is right is taken in, every other row is told with what to do."""

from datetime import date, timedelta

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.roles import Role
from whatmatters.components.shared_decision_making.forms_experience import QuestionsForm
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.imports.training import import_training
from whatmatters.interop.imports.wording import import_wording
from whatmatters.programme.indicators.staff_trained import CLINICAL as COUNTED
from whatmatters.workforce import training
from whatmatters.workforce.models import StaffEvent

pytestmark = pytest.mark.database
HEAD = "worker,course,date,minutes\n"
ONLINE = "shared-decision-making-e-learning"
TODAY = date.today()


@pytest.fixture
def gp(make_worker, place):
    found = make_worker("clinician", place.harbour)
    found.worker.registration = "7654321"
    found.worker.save()
    return found


@pytest.fixture
def read(tmp_path):
    def run(*rows, head=HEAD):
        path = tmp_path / "training.csv"
        path.write_text(head + "".join(f"{row}\n" for row in rows))
        [done] = import_training([path], by=THE_SYSTEM)
        return done

    return run


def test_a_worker_is_known_by_address_or_by_registration_number(read, gp):
    done = read(f"{gp.user.email.upper()},{ONLINE},2022-06-01,30", "7654321,Quality improvement,2022-06-02,90")
    assert (done.taken, done.left_out) == (2, [])
    assert set(StaffEvent.objects.values_list("worker", "detail")) == {
        (gp.worker.pk, ONLINE), (gp.worker.pk, "quality-improvement"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nobody@example.org,{course},2022-06-01,30", "line 2, worker: nobody here has this address"),
        (",{course},2022-06-01,30", "line 2, worker: empty"),
        ("7654321,juggling,2022-06-01,30", "line 2, course: 'juggling' is no course here"),
        ("7654321,{course},2022-13-01,30", "line 2, date: '2022-13-01' is not a day of the calendar"),
        ("7654321,{course},{tomorrow},30", "is still to come"),
        ("7654321,{course},2022-06-01,29", "line 2, minutes: 29 minutes is not the whole course of 30"),
        ("7654321,{course},2022-06-01,half", "line 2, minutes: 'half' is not a whole number"),
    ],
)
def test_a_row_that_is_not_right_is_told_and_the_others_are_taken(read, gp, row, says):
    wrong = row.format(course=ONLINE, tomorrow=TODAY + timedelta(days=1))
    done = read(wrong, f"7654321,{ONLINE},2022-06-01,45")
    assert done.taken == 1
    assert says in done.left_out[0]


def test_a_list_read_twice_or_with_a_row_twice_counts_once(read, gp):
    row = f"7654321,{ONLINE},2022-06-01,30"
    assert (read(row, row).taken, len(read(row).left_out)) == (1, 1)
    assert StaffEvent.objects.count() == 1


def test_two_people_of_one_number_are_told_apart_by_nobody(read, gp, make_worker, place):
    other = make_worker("clinician", place.garden).worker
    other.registration = "7654321"
    other.save()
    assert "several people have this number" in read(f"7654321,{ONLINE},2022-06-01,30").left_out[0]


def test_a_file_without_its_columns_is_refused_whole(read):
    with pytest.raises(ImportRefused, match="line 1 lacks minutes"):
        read(head="worker,course,date\n")


def test_who_is_left_is_whom_the_indicator_counts(gp, make_worker, place, read):
    make_worker("clinician", place.garden, "Dr Left Behind")
    make_worker("link_worker", place.east)
    read(f"7654321,{ONLINE},2022-06-01,30")
    rows = training.posts([place.harbour.pk, place.garden.pk, place.east.pk], TODAY)
    assert [(post.worker.name, done) for post, done in rows] == [("Dr Left Behind", False), ("Sam Okafor", True)]
    assert set(training.CLINICAL) == set(COUNTED) & set(Role.values)
    assert training.due(date(2022, 9, 30)) == date(2022, 9, 30)
    assert training.due(date(2022, 10, 1)) == date(2023, 9, 30)


WORDING = """instrument = "sure"
licence = "Used by Hull under its agreement of 2026"
lowest = "No"
highest = "Yes"
questions = ["One?", "Two?", "Three?", "Four?"]
"""


def test_a_deployment_shows_the_wording_it_holds_a_licence_for(tmp_path, db):
    path = tmp_path / "sure.toml"
    path.write_text(WORDING)
    assert [one.label for one in QuestionsForm(instrument="sure").questions] == [f"Question {n}" for n in (1, 2, 3, 4)]
    import_wording(path, by=THE_SYSTEM)
    assert [one.label for one in QuestionsForm(instrument="sure").questions] == ["One?", "Two?", "Three?", "Four?"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"sure"', '"pam"', "instrument must be one of collaborate, sdm-q9, sure"),
        (', "Four?"', "", "a list of the 4 questions of SURE"),
        ("licence", "owner", "write licence, each in quotes"),
        ('"No"', '"No', "it is no TOML file"),
    ],
)
def test_a_wording_that_is_not_whole_is_refused_with_what_to_mend(tmp_path, db, old, new, says):
    path = tmp_path / "wrong.toml"
    path.write_text(WORDING.replace(old, new))
    with pytest.raises(ImportRefused, match=says):
        import_wording(path, by=THE_SYSTEM)
