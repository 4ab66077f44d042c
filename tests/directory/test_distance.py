"""Where a place is: exactly from a lookup that was loaded, else roughly from the groups we know, and it says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.config import cli
from whatmatters.directory.distance import spot
from whatmatters.directory.models import AreaName, Group, Postcode
from whatmatters.directory.postcodes import load

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ONS = """pcd,pcds,lat,long,lsoa21,laua
HU1 2AB,HU1 2AB,53.744,-0.336,E01012345,E06000010
YO1 7AA,YO1 7AA,53.96,-1.08,E01012346,E06000014
GY1 1AA,GY1 1AA,99.999999,0,L99999999,L99999999
"""


@pytest.fixture
def groups(make_group: Callable[..., Group]) -> None:
    for lat, lon in ((53.74, -0.33), (53.76, -0.35)):
        places = [{"town": "Hull", "name": "Hall", "postcode": "HU1 1AA", "latitude": lat, "longitude": lon}]
        make_group(places=places)
    make_group(places=[{"town": "York", "postcode": "YO1 7AA"}])


@pytest.mark.parametrize("text", ["Hull", "hull ", "HU1", "hu1", "HU1 9ZZ", "hu19zz", "hall"])
def test_without_a_lookup_the_middle_of_what_we_know_there_stands_for_it(text: str, groups: None) -> None:
    found = spot(text)
    assert found
    assert found.at == pytest.approx((53.75, -0.34))
    assert found.rough == "the middle of the 2 places we know there"


@pytest.mark.parametrize("text", ["York", "YO1 7AA", "LS1", "", " ", "H", "Hu"])
def test_what_nothing_here_can_tell_is_not_guessed(text: str, groups: None) -> None:
    assert spot(text) is None


def test_with_a_lookup_a_postcode_is_exact(groups: None) -> None:
    assert load(ONS.splitlines(), by=THE_SYSTEM) == 2
    found = spot("hu12ab")
    assert found
    assert (found.at, found.said, found.rough) == ((53.744, -0.336), "HU1 2AB", "")
    assert Postcode.objects.get(code="YO17AA").lsoa == "E01012346"


def test_a_newer_lookup_takes_the_place_of_the_older() -> None:
    load(ONS.splitlines(), by=THE_SYSTEM)
    load(ONS.replace("53.744", "53.8").splitlines(), by=THE_SYSTEM)
    assert spot("HU1 2AB").latitude == 53.8  # type: ignore[union-attr]  # it was found above
    assert Postcode.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,lat,long\nx,1,1", "no column for the postcode"),
        ("pcds,lat\nHU1 2AB,1", "no column for the longitude"),
        ("pcds,lat,long\nHU1 2AB,north,1", "line 2 cannot be read"),
        ("pcds,lat,long\nHU1 2AB,nan,1", "line 2 cannot be read"),
        ("pcds,lat,long\nHU1 2AB 3CD,1,1", "line 2 cannot be read"),
        (ONS + "HU1 2AC,HU1 2AC,,,,\n", "line 5 cannot be read"),
    ],
)
def test_a_lookup_that_cannot_be_read_changes_nothing_and_names_the_line(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        load(text.splitlines(), by=THE_SYSTEM)
    assert not Postcode.objects.exists()


def test_the_command_loads_a_file_and_says_what_is_amiss_with_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, wrong = tmp_path / "onspd.csv", tmp_path / "wrong.csv"
    file.write_text(ONS, "utf-8-sig")
    wrong.write_text("name\nx\n", "utf-8")
    assert cli.main(["import", "postcodes", str(file)]) == 0
    assert cli.main(["import", "postcodes", str(wrong)]) == 1
    assert cli.main(["import", "postcodes", str(tmp_path / "none.csv")]) == 1
    said = capsys.readouterr()
    assert "where 2 postcodes are is known" in said.out
    assert "no column for the postcode" in said.err
    assert Postcode.objects.count() == 2


def test_areas_are_named_from_a_file_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, other = (tmp_path / f"{name}.csv" for name in ("good", "bad", "other"))
    good.write_text("FID,LAD24CD,LAD24NM\n1,E06000010,Kingston upon Hull\n2,E08000032,Bradford\n", "utf-8-sig")
    bad.write_text("LAD24CD,LAD24NM\nE06000011,East Riding\nHull,Hull\n", "utf-8")
    other.write_text("LAD24CD,place\nE06000010,Hull\n", "utf-8")
    assert [cli.main(["import", "area-names", str(file)]) for file in (good, good, bad, other)] == [0, 0, 1, 1]
    assert dict(AreaName.objects.values_list("code", "name")) == {
        "E06000010": "Kingston upon Hull", "E08000032": "Bradford",
    }  # fmt: skip
    said = capsys.readouterr()
    assert "2 areas are named by it" in said.out
    assert "line 3 cannot be read: Hull is no code of an area" in said.err
    assert "no pair of columns such as LAD24CD and LAD24NM" in said.err
