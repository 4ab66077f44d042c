"""The real files of NHS England and the Organisation Data Service, as they were published."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Sum

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.interop.imports.list_sizes import import_list_sizes
from whatmatters.interop.imports.organisations import import_organisations, read
from whatmatters.organisations.history import History, Link, history
from whatmatters.organisations.models import Kind
from whatmatters.programme.models import Result

pytestmark = [pytest.mark.realdata, pytest.mark.slow, pytest.mark.xdist_group("published organisations")]

JANUARY_2022, JULY_2026 = date(2022, 1, 1), date(2026, 7, 1)


@pytest.fixture(scope="module")
def published(shared_data: Path) -> History:
    """The history that all fifteen files give."""
    paths = sorted((shared_data / "organisations").glob("*.csv"))
    assert len(paths) == 15
    return history(read(path.name, path.read_bytes(), None).evidence for path in paths)


def on(published: History, day: date, level: Kind) -> list[Link]:
    """The links to a level in force on a day."""
    return [
        link
        for link in published.links
        if published.organisations[link.parent].kind == level and link.start <= day < (link.end or date.max)
    ]


def test_the_organisations_of_july_2026_are_as_many_as_published(published: History) -> None:
    networks = on(published, JULY_2026, Kind.PCN)
    assert len(on(published, JULY_2026, Kind.SUB_ICB)) == 6139
    assert (len(networks), len({link.parent for link in networks})) == (6139 - 52, 1298)
    assert [len(on(published, JULY_2026, level)) for level in (Kind.ICB, Kind.REGION, Kind.NATION)] == [106, 36, 7]


def test_in_january_2022_there_were_106_ccgs_in_42_icbs(published: History) -> None:
    assert [len(on(published, JANUARY_2022, level)) for level in (Kind.ICB, Kind.REGION, Kind.NATION)] == [106, 42, 7]


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        # Stockton's CCG merged into Tees Valley in April 2020.
        ("A81001", [("00K", "2019-12-01", "2020-04-01"), ("16C", "2020-04-01", None), ("U89141", "2019-10-01", None)]),
        # A move between two maps whose true day the register tells.
        ("B82002", [("03Q", "2013-04-01", "2024-04-01"), ("42D", "2024-04-01", None), ("U66218", "2019-10-01", None)]),
        # Surrey Heath left Frimley between the maps of October 2025 and July 2026: no file tells the day.
        (
            "H81013",
            [
                ("10C", "2019-12-01", "2021-04-01"), ("92A", "2026-07-01", None), ("D4U1Y", "2021-04-01", "2026-07-01"),
                ("U67032", "2019-10-01", None),
            ],
        ),
        # The ICBs of North West and North Central London became one.
        ("W2U3Z", [("QRV", "2021-04-01", "2026-07-01"), ("Z9B2Z", "2026-07-01", None)]),
        ("QOQ", [("Y63", "2021-04-01", None)]),
    ],
)  # fmt: skip
def test_known_moves_are_there_with_their_days(
    published: History, child: str, expected: list[tuple[str, str, str | None]]
) -> None:
    rows = sorted(
        (one.parent, str(one.start), one.end and str(one.end)) for one in published.links if one.child == child
    )
    assert rows == expected


def test_names_are_the_latest_and_what_is_gone_keeps_its_last(published: History) -> None:
    assert published.organisations["W2U3Z"].name == "NHS West and North London ICB - W2U3Z"
    gone = published.organisations["07Y"]
    assert (gone.name, gone.kind, gone.closed) == ("NHS HOUNSLOW CCG", Kind.SUB_ICB, date(2021, 4, 1))


def test_nobody_is_in_two_places_of_a_kind_at_once(published: History) -> None:
    last: dict[tuple[str, Kind | None], date] = {}
    for link in sorted(published.links, key=lambda link: link.start):
        place = link.child, published.organisations[link.parent].kind
        assert last.get(place, date.min) <= link.start
        last[place] = link.end or date.max


@pytest.mark.django_db
def test_practices_add_up_to_every_published_cell_of_july_2026_and_twice_is_once(shared_data: Path) -> None:
    """1,448 organisations above practices, 43 cells of age and sex each: no mismatch."""
    organisations = sorted((shared_data / "organisations").glob("*.csv"))
    first = import_organisations(organisations, by=THE_SYSTEM)
    again = import_organisations(organisations[::-1], by=THE_SYSTEM)
    assert (first.day, first.unallocated) == (JULY_2026, 52)
    for once, twice in ((first.organisations, again.organisations), (first.memberships, again.memberships)):
        assert (twice.new, twice.changed, twice.removed, twice.unchanged) == (0, 0, 0, once.new)

    sizes = shared_data / "population"
    some = [sizes / "list_size_5yr_age_sex_QOQ_2026-07.csv", sizes / "list_size_total_all_orgs_2026-07.csv"]
    (done,) = import_list_sizes([sizes / "gp-reg-pat-prac-quin-age.zip", *some], by=THE_SYSTEM).days
    assert (done.compared.cells, done.compared.mismatches, done.compared.unchecked) == (1448 * 43, [], {})
    assert (len(done.practices), done.people, done.unplaced(Kind.REGION)) == (6139, 63_436_508, 0)
    _assert_every_level_holds_everyone()
    once_more = import_list_sizes(some, by=THE_SYSTEM)
    assert (once_more.written, once_more.days[0].compared.unchecked) == (0, {})

    totals = [sizes / "list_size_total_2021-01.csv"]
    older = import_list_sizes(totals, by=THE_SYSTEM, leave_out_unknown=True)
    assert (len(older.days[0].practices), older.days[0].people) == (6655, 60_605_133)
    assert sorted(older.left_out) == ["F81688", "Y00367", "Y02509"]


def _assert_every_level_holds_everyone() -> None:
    stored = Result.objects.filter(indicator="registered-patients", period="2026-07-01", source="published")
    sums = stored.values("level", "breakdown").annotate(people=Sum("numerator"))
    in_no_network = 220_330
    assert {(one["level"], one["breakdown"]): one["people"] for one in sums} == {
        (level, breakdown): 63_436_508 - (in_no_network if level == "pcn" else 0)
        for level in ("practice", "pcn", "sub_icb", "icb", "region", "nation")
        for breakdown in ("all", "age_sex")
    }
    assert set(stored.exclude(level="practice").values_list("coverage", flat=True)) == {1.0}
