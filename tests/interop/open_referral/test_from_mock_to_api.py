"""The published example of a source, from the command line to the public directory and out again as open data."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.interop.open_referral.schema import faults

from whatmatters.config.cli import main
from whatmatters.directory.models import Group

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.realdata]
ONE = "ac148810-d857-441c-9679-408f346de14b"


@pytest.fixture
def mocks(shared_data: Path) -> Path:
    return shared_data / "directory"


@pytest.fixture
def checked(mocks: Path, tmp_path: Path) -> Path:
    """The example as it is, but that its source looked at it last month and not in 2005."""
    service = json.loads((mocks / "V3.0-UK-Default/service_full.json").read_text("utf-8"))
    service["assured_date"] = f"{date.today() - timedelta(days=30)}"
    path = tmp_path / "services.json"
    path.write_text(json.dumps([service]), "utf-8")
    return path


def test_an_example_is_imported_found_with_its_source_and_given_out(
    checked: Path, mocks: Path, client: Client, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # Given an answer of a source, imported from the command line
    table = tmp_path / "findings.csv"
    words = ["import", "directory", str(checked), "--from-source", "MyCity", "--licence", "OGL v3.0"]
    assert main([*words, "--findings", str(table)]) == 0
    said = capsys.readouterr().out
    assert "MyCity: 1 new, 0 changed, 0 unchanged" in said
    assert "0 are no longer in the source" in said
    assert "1 × bad coordinates, in 1 entry" in said
    assert "1 × bad postcode, in 1 entry" in said
    assert "'100, 101'" in table.read_text("utf-8-sig")

    # When anyone looks for it, they find it and see where it comes from
    found = client.get("/groups/", {"words": "counselling"}).content.decode()
    assert "Community Counselling" in found
    assert "From MyCity" in found
    page = client.get(f"/groups/{ONE}/").content.decode()
    assert "Licence: OGL v3.0" in page
    assert "Last checked by its source on" in page
    assert "Ann Persona" not in page

    # Then it is given out again, as the standard asks, with its source
    given = json.loads(client.get(f"/openreferral/services/{ONE}").content)
    assert faults(given, mocks / "oruk_uk_profile/schema/compiled/service.json") == []
    assert (given["id"], given["name"], given["minimum_age"]) == (ONE, "Community Counselling", 12)
    assert given["attributes"][-1]["taxonomy_term"]["description"] == "OGL v3.0"


def test_an_example_last_checked_in_2005_is_taken_and_shown_as_not_checked_since(
    mocks: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "directory", str(mocks / "V3.0-UK-Default/service_full.json")]) == 0
    assert "1 × last checked more than a year ago" in capsys.readouterr().out
    assert (settings.HOME / "directory-findings.csv").exists()
    assert Group.objects.get().last_verified == date(2005, 1, 1)
    assert client.get(f"/openreferral/services/{ONE}").status_code == 200
    assert (
        "Not checked since 1 January 2005"
        in client.get(reverse("group", args=[Group.objects.get().uuid])).content.decode()
    )


@pytest.mark.parametrize("folder", ["V3.0-UK-Default", "V3.0-UK-Warn", "hsds_3/examples"])
def test_a_folder_of_examples_gives_its_one_service(
    mocks: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "directory", str(mocks / folder)]) == 0
    assert Group.objects.get(original_id=ONE).name == "Community Counselling"
    assert "pages missing" in capsys.readouterr().out


WARNED = [
    ("taxonomy_term.json", "taxonomy_term.description", "mandatory field missing"),
    ("taxonomy_term.json", "taxonomy_term.term_uri", "bad web address"),
    ("taxonomy_list.json", "total_pages", "pages missing"),
    ("taxonomy_term_list.json", "total_pages", "pages missing"),
]


def test_what_is_wrong_with_the_warning_examples_is_found(mocks: Path, tmp_path: Path) -> None:
    table = tmp_path / "findings.csv"
    main(["import", "directory", str(mocks / "V3.0-UK-Warn"), "--findings", str(table)])
    rows = [line.split(",") for line in table.read_text("utf-8-sig").splitlines()]
    found: set[tuple[Any, ...]] = {(row[0], row[3], row[4]) for row in rows}
    assert set(WARNED) <= found


def test_a_refusal_says_so_and_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "half.json").write_text('[{"id": "1", "na', "utf-8")
    assert main(["import", "directory", str(tmp_path)]) == 1
    assert "half.json: [0] (line 1" in capsys.readouterr().err
    assert not Group.objects.exists()
