"""``measure --store``: from the working record to the stored results, again and again."""

import argparse
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction

from whatmatters.config import cli
from whatmatters.config.commands import store
from whatmatters.events.codes import IN_MEETINGS, SP_REFERRED, TRAINED
from whatmatters.events.record import begin, record, record_for
from whatmatters.periods import financial_year
from whatmatters.programme import publishing, results
from whatmatters.programme.models import Owed, Shown
from whatmatters.workforce.models import StaffEvent

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nothing_measured_yet() -> None:
    (site.HOME / "measured").unlink(missing_ok=True)


LAST_YEAR = financial_year(date.today() - timedelta(days=365))


@pytest.fixture
def refer(make_person: Any, make_worker: Any, place: SimpleNamespace) -> Callable[..., None]:
    actor = make_worker("link_worker", place.east).actor

    def made(on: date, practice: Any = None) -> None:
        person = make_person(practice=practice)
        with transaction.atomic():
            record(SP_REFERRED, person, on=on, by=actor, episode=begin(person))

    return made


def referred(organisation: str, label: str) -> tuple[float, float | None] | None:
    rows = results.read(
        indicators=["sp-referred-per-1000"], organisations=[organisation], periods=[label], breakdowns=["all"]
    )
    return (rows[0].numerator, rows[0].denominator) if rows else None


@pytest.mark.slow
def test_the_record_is_on_every_level_for_every_period_its_events_touch(
    refer: Any, make_person: Any, place: SimpleNamespace
) -> None:
    make_person()
    refer(LAST_YEAR.start, place.harbour)
    refer(LAST_YEAR.start, place.avenues)
    store.store()
    quarter = f"{LAST_YEAR.label}-Q1"
    for label in (LAST_YEAR.label, quarter):
        assert referred("B81001", label) == (1, 2)
        assert referred("U10002", label) == (1, 1)
        assert [referred(code, label) for code in ("03F", "QOQ", "Y63", "ENG")] == [(2, 3)] * 4
    (one,) = results.read(indicators=["reached"], organisations=["ENG"], periods=[quarter], breakdowns=["all"])
    assert (one.as_at, one.source, one.coverage, one.numerator) == (date.today(), "computed", pytest.approx(2 / 3), 0)


@pytest.mark.slow
def test_what_a_later_event_changes_is_stored_and_the_rest_left(refer: Any, place: SimpleNamespace) -> None:
    refer(LAST_YEAR.start)
    store.store()
    assert store.store() == 0
    refer(LAST_YEAR.start)
    assert store.store() > 0
    assert referred("B81001", LAST_YEAR.label) == (2, 2)


@pytest.mark.slow
def test_a_plain_run_settles_what_anyone_may_see_even_of_what_did_not_change(
    refer: Any, place: SimpleNamespace
) -> None:
    refer(LAST_YEAR.start)
    store.store()
    while store.weigh_one():
        pass
    kept = Shown.objects.count()
    Shown.objects.all().delete()
    assert store.store() == 0
    assert not store.weigh_one()
    assert store.store(afresh=True) == 0
    while store.weigh_one():
        pass
    assert Shown.objects.count() == kept > 0


@pytest.mark.slow
def test_only_the_periods_asked_for_are_replaced(refer: Any, place: SimpleNamespace) -> None:
    refer(LAST_YEAR.start)
    store.store()
    refer(LAST_YEAR.start)
    store.store([f"{LAST_YEAR.label}-Q1"])
    assert referred("B81001", f"{LAST_YEAR.label}-Q1") == (2, 2)
    assert referred("B81001", LAST_YEAR.label) == (1, 1)


def test_periods_are_the_years_touched_with_their_quarters_begun_by_now(refer: Any) -> None:
    refer(date(2021, 5, 1))
    labels = store.touched()
    assert labels[:5] == ["2021-22", "2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4"]
    this_year = financial_year(date.today()).label
    assert {label[:7] for label in labels} == {"2021-22", this_year}  # nothing happened in the years between


def changes(worker: SimpleNamespace, person: Any) -> dict[str, Callable[[], Any]]:
    post = worker.worker.posts.get()

    def save(thing: Any, **facts: Any) -> None:
        type(thing).objects.filter(pk=thing.pk).update(**facts)

    return {
        "an event": lambda: record_one(person, worker.actor),
        "a registration ends": lambda: save(person.registrations.get(), end=date.today()),
        "someone dies": lambda: save(person, died=date.today()),
        "a person is edited": lambda: save(person, revision=2),
        "hours change": lambda: save(post, wte="0.5"),
        "a post ends": lambda: save(post, end=date.today()),
        "an organisation did something": lambda: record_of_organisation(person, worker.actor),
        "a worker is trained": lambda: StaffEvent.objects.create(
            worker=worker.worker, code=TRAINED, on=date.today(), role="link_worker"
        ),
    }


@transaction.atomic
def record_one(person: Any, actor: Any) -> None:
    record(SP_REFERRED, person, on=date.today(), by=actor, episode=begin(person))


@pytest.mark.parametrize(
    "change",
    [
        "an event",
        "a registration ends",
        "someone dies",
        "a person is edited",
        "hours change",
        "a post ends",
        "an organisation did something",
        "a worker is trained",
    ],
)
def test_whatever_is_measured_shows_in_the_fingerprint(
    make_person: Any, make_worker: Any, place: SimpleNamespace, change: str
) -> None:
    person, worker = make_person(), make_worker("link_worker", place.east)
    before = store.fingerprint()
    assert store.fingerprint() == before
    changes(worker, person)[change]()
    assert store.fingerprint() != before


@transaction.atomic
def record_of_organisation(person: Any, actor: Any) -> None:
    record_for(person.registrations.get().practice, IN_MEETINGS, on=date.today(), by=actor)


class Stopped(BaseException):
    """Ends the endless loop of a test."""


def test_watching_measures_on_change_only_and_survives_an_error(
    refer: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    measured: list[str] = []

    def measure(_: Any, afresh: bool) -> None:
        measured.append("tried")
        if len(measured) == 1:
            raise OSError("the disk is full")

    def sleep(_: float) -> None:
        naps.append(len(measured))
        if len(naps) == 3:
            refer(date.today())
        if len(naps) == 5:
            raise Stopped

    naps: list[int] = []
    monkeypatch.setattr(store, "store", measure)
    monkeypatch.setattr(store.time, "sleep", sleep)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)  # the test's own must stay open
    with pytest.raises(Stopped):
        store.watch(None, 5)
    # failed; tried again; nothing new; (a referral) measured; nothing new
    assert naps == [1, 2, 2, 3, 3]
    assert "Not measured (OSError: the disk is full). Trying again in 5 s." in capsys.readouterr().err


def test_between_two_looks_at_the_record_one_owed_year_is_weighed_the_latest_first(
    refer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[str] = []

    def weigh(years: list[str]) -> None:
        did.extend(years)
        Owed.objects.filter(year__in=years).delete()
        if years == ["2025-26"]:
            refer(date.today())

    def sleep(_: float) -> None:
        raise Stopped

    publishing.owe(["2024-25", "2025-26"])
    monkeypatch.setattr(publishing, "weigh", weigh)
    monkeypatch.setattr(store, "store", lambda _, afresh: did.append("measured"))
    monkeypatch.setattr(store.time, "sleep", sleep)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)  # the test's own must stay open
    with pytest.raises(Stopped):
        store.watch(None, 5)
    assert did == ["measured", "2025-26", "measured", "2024-25"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[bool]]:
    """Watching from its start to its first nap: how it measured, ``True`` where what anyone may see was settled too."""

    def watch() -> list[bool]:
        measured: list[bool] = []

        def stop(_: float) -> None:
            raise Stopped

        with monkeypatch.context() as patched:
            patched.setattr(store, "store", lambda _, afresh: measured.append(afresh))
            patched.setattr(store.time, "sleep", stop)
            patched.setattr("django.db.close_old_connections", lambda: None)  # the test's own must stay open
            with pytest.raises(Stopped):
                store.watch(None, 5)
        return measured

    return watch


@pytest.mark.slow
def test_a_server_that_starts_again_measures_only_what_is_not_measured_yet(
    refer: Any, place: SimpleNamespace, started: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    refer(LAST_YEAR.start)
    assert started() == [True]
    store.store()
    assert started() == []
    monkeypatch.setattr(store, "_code", lambda: "of another release")
    assert started() == [True]
    store._remember(store.fingerprint())
    refer(date.today())
    assert started() == [False]


@pytest.mark.slow
def test_measuring_some_periods_alone_leaves_the_whole_to_be_measured(
    refer: Any, place: SimpleNamespace, started: Any
) -> None:
    refer(LAST_YEAR.start)
    store.store([LAST_YEAR.label])
    assert started() == [True]


def test_a_second_measurement_at_the_same_time_is_refused(capsys: Any) -> None:
    with open(site.HOME / "measuring", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert cli.main(["measure", "--store"]) == 1
    assert "another measurement is running" in capsys.readouterr().err


def test_a_period_that_is_none_is_refused(capsys: Any) -> None:
    assert cli.main(["measure", "--store", "--period", "2025"]) == 1
    assert "'2025' is not a period" in capsys.readouterr().err


def test_watching_without_a_pause_is_refused(capsys: Any) -> None:
    with pytest.raises(SystemExit):
        cli.main(["measure", "--store", "--watch", "0"])
    assert "whole number of seconds" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_stores(refer: Any, capsys: Any) -> None:
    refer(date.today())
    assert store.run(argparse.Namespace(period=None, watch=None)) == 0
    assert "results, " in capsys.readouterr().err
    assert referred("ENG", financial_year(date.today()).label) == (1, 1)


def test_the_web_process_loads_no_engine() -> None:
    script = (
        "import sys, whatmatters.config.wsgi, whatmatters.config.urls\n"
        "print(sorted({'duckdb', 'pyarrow', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    source = Path(store.__file__).parents[3]
    place = {"PYTHONPATH": str(source), "DJANGO_SETTINGS_MODULE": "whatmatters.config.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, **place}
    )
    assert done.stdout.strip() == "[]"
