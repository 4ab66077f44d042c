"""Where invented people live: a country that is invented, or the practices of a published map."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from whatmatters.measurement import facts
from whatmatters.measurement.facts import FactsError
from whatmatters.measurement.synthesis import lines
from whatmatters.measurement.synthesis.arrays import span
from whatmatters.measurement.synthesis.tree import planted
from whatmatters.measurement.synthesis.writing import synthesise

HEADER = (
    "PRACTICE_CODE,PRACTICE_NAME,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ICB_CODE,ICB_NAME,"
    "COMM_REGION_CODE,COMM_REGION_NAME"
)
ROWS = (
    "A1,Bridge Street,N1,North Network,S1,North,I1,Board,R1,Region",
    "A2,Hill Top,N1,North Network,S1,North,I1,Board,R1,Region",
    "A3,Quayside,U,UNALLOCATED,S2,South,I1,Board,R1,Region",
)


def written(folder, *rows, header=HEADER):
    path = folder / "map.csv"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return path


def test_at_sixty_million_the_invented_country_has_englands_numbers_of_places():
    found = lines.invented(60_000_000, 8_571)
    assert [len({line[level] for line in found}) for level in range(5)] == [7_000, 1_260, 106, 42, 7]
    inside = [len({(line[low], line[low + 1]) for line in found}) for low in range(4)]
    assert inside == [7_000, 1_260, 106, 42]  # each in one place of the next level


@pytest.mark.parametrize(("people", "practices"), [(1, 1), (300, 2), (5_000, 24), (600_000, 70)])
def test_a_smaller_country_has_fewer_practices(people, practices):
    assert len(lines.invented(people, 8_571)) == practices


def test_lists_are_log_normal_and_hold_everyone(tmp_path):
    synthesise(tmp_path / "facts", 20_000, 1)
    lists = Counter(facts.read(tmp_path / "facts").table("registrations")["practice"].to_pylist())
    assert np.std(np.log(list(lists.values()))) == pytest.approx(0.56, abs=0.2)


def test_practices_merge_and_change_network_and_some_networks_have_no_parent():
    lots, years = np.random.default_rng(1), span(date(2024, 3, 31))
    tree = planted(lines.invented(60_000_000, 8_571), years, lots, invent=True)
    kinds = {row["code"]: row["kind"] for row in tree.organisations.to_pylist()}
    parents = Counter((row["child"], kinds[row["parent"]]) for row in tree.memberships.to_pylist())
    of = Counter(kinds.values())
    assert sum(row["closed"] is not None for row in tree.organisations.to_pylist()) == 233
    assert sum(number == 2 for (_, kind), number in parents.items() if kind == "pcn") > 60
    assert sum(number == 2 for (_, kind), number in parents.items() if kind == "icb") == 3
    assert of["pcn"] - sum(kinds[child] == "pcn" for child, _ in parents) == 126
    assert of["practice"] - sum(kind == "pcn" for _, kind in parents) == 70  # unallocated
    assert all((code, "sub_icb") in parents for code, kind in kinds.items() if kind == "practice")
    assert all(row["end"] is None or row["start"] < row["end"] for row in tree.memberships.to_pylist())


def test_a_published_map_is_kept_as_it_is(tmp_path):
    synthesise(tmp_path / "facts", 200, 1, organisations=written(tmp_path, *ROWS))
    given = facts.read(tmp_path / "facts")
    kept = [row for row in given.table("organisations").to_pylist() if row["kind"] == "practice"]
    assert [(row["code"], row["name"], row["closed"]) for row in kept] == [
        ("A1", "Bridge Street", None), ("A2", "Hill Top", None), ("A3", "Quayside", None),
    ]  # fmt: skip
    parents = {(row["child"], row["parent"]) for row in given.table("memberships").to_pylist()}
    assert {("A1", "N1"), ("A1", "S1"), ("A3", "S2"), ("S1", "I1"), ("I1", "R1"), ("R1", "ENG")} <= parents
    assert not [child for child, parent in parents if parent == "U" or child == "N1"]  # as published
    assert set(given.table("registrations")["practice"].to_pylist()) == {"A1", "A2", "A3"}


def test_the_map_of_ccgs_and_stps_is_read_too(tmp_path):
    older = HEADER.replace("SUB_ICB_LOCATION", "CCG").replace(",ICB", ",STP")
    assert len(lines.read(written(tmp_path, *ROWS, header=older))) == 3


@pytest.mark.parametrize(
    ("rows", "header", "named"),
    [
        (ROWS, HEADER.replace("PCN_CODE", "X"), "PCN_CODE and PCN_NAME are missing"),
        (ROWS, HEADER.replace(",ICB_NAME", ",X"), "ICB_CODE and ICB_NAME are missing"),
        ((), HEADER, "holds no practice"),
        ((*ROWS, ROWS[0]), HEADER, "PRACTICE_CODE names a practice twice"),
        ((*ROWS, "A4,Half a line,N1"), HEADER, "line 5: SUB_ICB_LOCATION_CODE is empty"),
    ],
)
def test_a_map_that_is_not_whole_is_refused_by_name(tmp_path, rows, header, named):
    path = written(tmp_path, *rows, header=header)
    with pytest.raises(FactsError, match=named):
        synthesise(tmp_path / "facts", 10, 1, organisations=path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_map_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "map.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("map.csv", "nowhere.csv"):
        with pytest.raises(FactsError, match=name):
            lines.read(tmp_path / name)


@pytest.mark.realdata
def test_the_practice_map_of_july_2026_holds_6139_practices_and_52_unallocated(shared_data):
    found = lines.read(shared_data / "organisations" / "practice_map_2026-07.csv")
    assert len(found) == 6_139
    assert sum(line.network is None for line in found) == 52
