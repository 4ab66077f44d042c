"""The working record becomes facts that can be measured, and nothing personal crosses over."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.db import models, transaction

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.config.cli import main
from whatmatters.events import codes
from whatmatters.events.models import Event
from whatmatters.events.record import begin, record, record_for
from whatmatters.interop import extract
from whatmatters.measurement import facts
from whatmatters.people.models import Person

CANARY = "Zanzibar"


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return facts.read(folder).table(table).to_pylist()


@pytest.fixture
def recorded(
    make_person: Callable[..., Person], make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace
) -> Person:
    """Ada, referred to social prescribing by a clinician, with one satisfaction score of nought."""
    make_person(given_name="Earlier")
    ada = make_person(given_name="Ada", born=date(1950, 7, 19), practice=place.avenues, ethnicity="", sex="")
    clinician = make_worker("clinician", place.avenues, wte=0.5)
    with transaction.atomic():
        episode = begin(ada)
        record(codes.SP_REFERRED, ada, on=date(2022, 5, 3), by=clinician.actor, detail="gp", episode=episode)
        record(codes.ONS4_SATISFIED, ada, on=date(2022, 5, 9), by=clinician.actor, value=0, episode=episode)
    return ada


def test_a_person_crosses_as_a_number_and_a_month_of_birth(recorded: Person, tmp_path: Path) -> None:
    extract.extract(tmp_path / "facts")
    assert rows(tmp_path / "facts", "people")[1] == {
        "person": recorded.pk, "born": date(1950, 7, 1), "sex": None, "ethnicity": None, "deprivation": 2, "died": None,
    }  # fmt: skip


def test_events_cross_with_who_did_them_and_a_score_of_nought_stays_nought(recorded: Person, tmp_path: Path) -> None:
    extract.extract(tmp_path / "facts")
    worker = rows(tmp_path / "facts", "staff")[0]["worker"]
    episode = Event.objects.first().episode_id  # type: ignore[union-attr]  # there is one
    by = {"organisation": "B81003", "worker": worker, "role": "clinician", "source": "working record"}
    assert rows(tmp_path / "facts", "events") == [
        {"person": recorded.pk, "code": "social-prescribing-referral", "on": date(2022, 5, 3), "value": None,
         "detail": "gp", "episode": episode, **by},
        {"person": recorded.pk, "code": "ons4-life-satisfaction", "on": date(2022, 5, 9), "value": 0.0,
         "detail": None, "episode": episode, **by},
    ]  # fmt: skip


def test_what_organisations_did_crosses(recorded: Person, place: SimpleNamespace, tmp_path: Path) -> None:
    with transaction.atomic():
        record_for(place.east, codes.ATTESTED, on=date(2022, 9, 12), by=THE_SYSTEM, detail="proactive-plan-agreed")
    extract.extract(tmp_path / "facts")
    assert rows(tmp_path / "facts", "organisation_events") == [
        {"organisation": "U10001", "code": "attested", "on": date(2022, 9, 12), "value": None, "episode": None,
         "detail": "proactive-plan-agreed", "worker": None, "role": "system", "source": "working record"},
    ]  # fmt: skip


def test_lists_organisations_memberships_and_posts_cross(recorded: Person, tmp_path: Path) -> None:
    counts = extract.extract(tmp_path / "facts")
    folder = tmp_path / "facts"
    start = date(2019, 4, 1)
    assert counts == {
        "people": 2, "registrations": 2, "events": 2, "organisations": 9, "memberships": 9, "staff": 1,
        "organisation_events": 0, "staff_events": 0,
    }  # fmt: skip
    assert rows(folder, "registrations")[1] == {
        "person": recorded.pk, "practice": "B81003", "start": start, "end": None,
    }  # fmt: skip
    assert {"child": "B81003", "parent": "U10002", "start": start, "end": None} in rows(folder, "memberships")
    assert {
        "code": "QOQ", "name": "Humber and North Yorkshire", "kind": "icb", "opened": start, "closed": None,
    } in rows(folder, "organisations")  # fmt: skip
    post = rows(folder, "staff")[0]
    assert (post["role"], post["organisation"], post["wte"]) == ("clinician", "B81003", 0.5)


def test_rows_come_sorted_by_person_however_many_at_once(
    recorded: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "AT_ONCE", 1)
    assert extract.extract(tmp_path / "facts")["people"] == 2
    people = [row["person"] for row in rows(tmp_path / "facts", "people")]
    assert people == sorted(people)  # type: ignore[type-var]  # all whole numbers
    assert len(people) == 2


def test_no_field_declared_personal_is_read_but_month_of_birth_and_day_of_death() -> None:
    for crossing in extract.CROSSINGS.values():
        personal = set(crossing.model.PERSONAL) & set(crossing.fields.values())  # type: ignore[attr-defined]  # a model
        assert personal <= {"born", "died"}
        assert not [field for field in crossing.fields.values() if "__" in field and not field.endswith("__code")]


def test_no_personal_value_reaches_the_files(recorded: Person, tmp_path: Path) -> None:
    """Every text field declared personal, of every model, is filled with a canary; none sings in the facts."""
    filled = 0
    for model in apps.get_models():
        words = [name for name in getattr(model, "PERSONAL", ()) if _holds_words(model, name)]
        for row in model._default_manager.all():
            mark = f"{CANARY}{uuid.uuid4().hex[:6]}"
            model._default_manager.filter(pk=row.pk).update(
                **{name: mark[: model._meta.get_field(name).max_length] for name in words}  # type: ignore[union-attr]  # of words
            )
            filled += len(words)
    extract.extract(tmp_path / "facts")
    assert filled > 10
    said = "".join(str(rows(tmp_path / "facts", name)) for name in extract.CROSSINGS)
    raw = b"".join(path.read_bytes() for path in (tmp_path / "facts").iterdir())
    for secret in (CANARY, recorded.nhs_number or "none", "1950, 7, 19"):
        assert secret not in said
        assert secret.encode() not in raw


def _holds_words(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    return isinstance(field, models.CharField | models.TextField) and not field.choices and name != "nhs_number"


def test_an_earlier_extract_is_replaced(recorded: Person, tmp_path: Path) -> None:
    extract.extract(tmp_path / "facts")
    Person.objects.create(given_name="New", family_name="Neighbour", born=date(2000, 1, 2))
    extract.extract(tmp_path / "facts")
    assert len(rows(tmp_path / "facts", "people")) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def test_a_folder_with_anything_else_in_it_is_refused_and_left_alone(recorded: Person, tmp_path: Path) -> None:
    extract.extract(tmp_path / "facts")
    (tmp_path / "facts" / "notes.txt").write_text("mine")
    with pytest.raises(facts.FactsError, match="is not a facts folder: choose another place"):
        extract.extract(tmp_path / "facts")
    assert (tmp_path / "facts" / "notes.txt").read_text() == "mine"


def test_an_extract_that_fails_half_way_leaves_the_earlier_one(
    recorded: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract.extract(tmp_path / "facts")
    before = {path.name: path.read_bytes() for path in (tmp_path / "facts").iterdir()}
    monkeypatch.setattr(pq.ParquetWriter, "write_batch", _full_disk)
    with pytest.raises(OSError, match="disk full"):
        extract.extract(tmp_path / "facts")
    assert {path.name: path.read_bytes() for path in (tmp_path / "facts").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["facts"]


def _full_disk(*_: object) -> None:
    raise OSError(28, "disk full")


def test_the_command_prints_the_counts(recorded: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "facts")]) == 0
    told = capsys.readouterr().out
    assert "2 events, 0 staff_events, 0 organisation_events, 2 registrations, 2 people, 1 staff" in told
    assert "9 memberships, 9 organisations" in told


def test_the_command_refuses_an_empty_record(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "facts")]) == 1
    assert "nobody on record to extract" in capsys.readouterr().err
    assert not (tmp_path / "facts").exists()
