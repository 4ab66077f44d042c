"""The pages of numbers: what they show, to whom, and that nobody else learns a small count from any of them."""

import random
import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from whatmatters.organisations.models import Organisation
from whatmatters.periods import period, quarters
from whatmatters.programme import publishing, results
from whatmatters.programme.indicators import INDICATORS

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.slow]
YEAR = "2025-26"
JUDGED = "2023-24"  # a year with a target, whose tag must not tell either
AS_AT = date(2026, 5, 31)


def row(organisation: Organisation, indicator: str = "sp-referred-per-1000", **cells: Any) -> dict[str, Any]:
    usual = {
        "indicator": indicator, "period": YEAR, "organisation": organisation.code, "level": organisation.kind,
        "numerator": 41.0, "denominator": 1003.0, "coverage": 1.0, "as_at": AS_AT,
    }  # fmt: skip
    return {**usual, **cells}


def store(*rows: dict[str, Any]) -> None:
    results.replace(rows, source="computed", periods={one["period"] for one in rows})
    publishing.weigh(publishing.owed())


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def signed_in(client: Client, settings: Any) -> Callable[[SimpleNamespace], Client]:
    settings.SECOND_FACTOR = False

    def sign_in(worker: SimpleNamespace) -> Client:
        client.force_login(worker.user)
        return client

    return sign_in


def test_the_index_starts_from_the_top_and_finds_by_name_or_code(client: Client, place: SimpleNamespace) -> None:
    assert "England" in text(client, "/numbers/")
    found = text(client, "/numbers/?q=village")
    assert "Garden Village Practice" in found
    assert "Harbour Surgery" not in found
    assert "Harbour Surgery" in text(client, "/numbers/?q=b81001")
    assert "No organisation has “zzz”" in text(client, "/numbers/?q=zzz")


@pytest.mark.django_db
def test_an_empty_system_says_what_to_do(client: Client) -> None:
    assert "./whatmatters import organisations" in text(client, "/numbers/")


def test_an_organisation_without_results_says_what_to_do(client: Client, place: SimpleNamespace) -> None:
    page = text(client, "/numbers/B81001/")
    assert "./whatmatters measure --store" in page
    assert "Nothing is recorded for" in page


def test_a_component_of_which_nothing_is_recorded_lists_its_numbers_and_shows_none(
    client: Client, place: SimpleNamespace
) -> None:
    store(row(place.harbour))
    page = text(client, f"/numbers/B81001/?period={YEAR}")
    for title in ("Shared decision making", "Choice", "Supported self-management", "Personal health budgets"):
        assert re.search(rf"{title} Nothing is recorded for {YEAR}: \d+ numbers of {title}", page), title
    assert "Social prescribing People referred to social prescribing, per 1000 registered" in page
    assert page.count("Not known Target") > 0


def test_the_first_numbers_of_a_part_and_the_judged_stand_large_and_the_rest_in_a_table(
    client: Client, place: SimpleNamespace
) -> None:
    names = ["sdm-conversations", "sdm-situations", "sdm-tool-situations", "sdm-with-tool-share"]
    names += ["sdm-experience-asked-share", "sdm-clinicians-trained-share"]
    store(*(row(place.icb, name, numerator=40.0, denominator=100.0) for name in names))
    page = text(client, f"/numbers/QOQ/?period={YEAR}")
    large, table = page.split("More numbers of Shared decision making")[0], page.split("How many")[1]
    assert [name for name in names if INDICATORS[name].title in large] == [
        "sdm-conversations", "sdm-situations", "sdm-tool-situations", "sdm-clinicians-trained-share",
    ]  # fmt: skip
    assert f"{INDICATORS['sdm-with-tool-share'].title} 40.0% 40 out of 100" in table


def test_a_number_stands_with_its_denominator_coverage_date_and_better_direction(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.harbour, numerator=41.0, denominator=1003.0, coverage=0.95))
    client = signed_in(make_worker("icb_analyst", place.icb))
    page = text(client, "/numbers/B81001/")
    assert "40.9 per 1000 41 out of 1,003" in page
    assert "Coverage: 95% of practices. As at 31 May 2026." in page
    assert "Higher is better." in page
    assert "These are exact figures" in page


def test_a_mean_says_what_was_divided_and_why_it_has_no_groups(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.harbour, "sdm-collaborate-mean", numerator=267.01, denominator=33.0))
    client = signed_in(make_worker("icb_analyst", place.icb))
    page = text(client, f"/numbers/B81001/sdm-collaborate-mean/?period={YEAR}")
    assert "8.09 267.01 divided by 33" in page
    assert "it counts organisations, staff, or answers that belong to nobody" in page


def test_where_no_practice_reported_there_is_no_nought(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.sub_icb, "sp-practices-referring", numerator=0.0, denominator=182.0, coverage=0.0))
    client = signed_in(make_worker("icb_analyst", place.icb))
    for path in ("/numbers/03F/", "/numbers/03F/sp-practices-referring/"):
        page = text(client, f"{path}?period={YEAR}")
        assert "0.0%" not in page
        assert "Nothing is recorded for" in page


def test_few_people_are_pointed_out(signed_in: Any, make_worker: Any, place: SimpleNamespace) -> None:
    store(row(place.harbour, "sp-taken-up-share", numerator=9.0, denominator=12.0))
    page = text(signed_in(make_worker("icb_analyst", place.icb)), "/numbers/B81001/")
    assert "75.0% 9 out of 12" in page
    assert "Few: fewer than 100" in page


@pytest.mark.parametrize(
    ("facts", "tag"),
    [((17.0, date(2024, 5, 31)), "Met"), ((3.0, date(2024, 5, 31)), "Missed"), ((9.0, date(2023, 10, 1)), "On track")],
)
def test_a_year_with_a_target_is_judged(
    signed_in: Any, make_worker: Any, place: SimpleNamespace, facts: tuple[float, date], tag: str
) -> None:
    numerator, as_at = facts
    store(row(place.harbour, period="2023-24", numerator=numerator, denominator=1000.0, as_at=as_at))
    client = signed_in(make_worker("icb_analyst", place.icb))
    page = text(client, "/numbers/B81001/?period=2023-24")
    assert f"{tag} Target: 16 to 22 for every 1,000 population" in page
    detail = text(client, "/numbers/B81001/sp-referred-per-1000/?period=2023-24")
    assert "draft PCN specification" in detail
    assert tag in detail


def test_what_was_missed_stands_above_every_part_and_what_was_met_is_folded_under_it(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    whole = {"period": "2023-24", "as_at": date(2024, 5, 31)}
    store(
        row(place.harbour, numerator=17.0, denominator=1000.0, **whole),
        row(place.harbour, "sp-taken-up-share", numerator=9.0, denominator=12.0, **whole),
    )
    client = signed_in(make_worker("icb_analyst", place.icb))
    page = client.get("/numbers/B81001/?period=2023-24").content.decode()
    places = [
        page.index(words)
        for words in ("Against what was asked</h2>", INDICATORS["sp-taken-up-share"].title, "Missed", "<details",
                      "1 other target: met", "Met", "</details>", 'id="part-1"')
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_quarter_is_shown_and_not_judged(client: Client, place: SimpleNamespace) -> None:
    store(row(place.harbour, period="2023-24-Q1", numerator=40.0))
    page = text(client, "/numbers/B81001/?period=2023-24-Q1")
    assert "Targets are for whole years" in page
    assert "April to June 2023" in page


def test_the_trend_has_a_table_beside_it(client: Client, place: SimpleNamespace) -> None:
    spans = quarters(period(YEAR))
    store(*(row(place.harbour, period=one.label, numerator=20.0 + 10 * n) for n, one in enumerate(spans)))
    page = client.get("/numbers/B81001/sp-referred-per-1000/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    for words in ("April to June 2025", "July to September 2025", "October to December 2025", "January to March 2026"):
        assert f'<th scope="row">{words}</th>' in page


def test_the_way_up_and_down_leads_through_the_tree(client: Client, place: SimpleNamespace) -> None:
    crumbs = re.search(r'aria-label="Breadcrumb">(.*?)</ol>', client.get("/numbers/B81001/").content.decode(), re.S)
    assert crumbs
    assert re.findall(r'href="/numbers/(\w+)/"', crumbs[1]) == ["ENG", "Y63", "QOQ", "03F", "U10001"]
    network = re.search(r'aria-label="Breadcrumb">(.*?)</ol>', client.get("/numbers/U10001/").content.decode(), re.S)
    assert network
    assert re.findall(r'href="/numbers/(\w+)/"', network[1]) == ["ENG", "Y63", "QOQ", "03F"]
    below = text(client, "/numbers/03F/")
    for name in ("East Hull PCN", "West Hull PCN", "Harbour Surgery", "The Avenues Medical Centre"):
        assert name in below
    assert "Harbour Surgery" in text(client, "/numbers/U10001/")


def test_the_inequality_cut_shows_groups_and_says_where_there_are_none(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    cuts = [("deprivation", "1", 31), ("ethnicity", "Asian", 12), ("age_sex", "F 40-44", 9), ("age_sex", "M 95+", 2)]
    store(
        row(place.harbour),
        row(place.harbour, "sp-practices-referring", numerator=1.0, denominator=1.0),
        *(
            row(place.harbour, breakdown=breakdown, group=group, numerator=float(number), denominator=500.0)
            for breakdown, group, number in cuts
        ),
    )
    client = signed_in(make_worker("clinical_lead", place.east))
    page = text(client, "/numbers/B81001/sp-referred-per-1000/")
    assert re.search(r"1, most deprived\s+62.0 per 1000", page)
    assert re.search(r"Asian\s+24.0 per 1000", page)
    assert re.search(r"40-44\s+18.0 per 1000", page)
    assert "it counts organisations, staff, or answers" in text(client, "/numbers/B81001/sp-practices-referring/")


@pytest.mark.parametrize("path", ["/numbers/X99999/", "/numbers/B81001/no-such/", "/numbers/indicators/no-such/"])
def test_what_does_not_exist_is_not_found(client: Client, place: SimpleNamespace, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("asked", ["2025", "2025-26-Q9", "2025-06-01", "<script>"])
def test_a_period_that_is_none_is_not_found(client: Client, place: SimpleNamespace, asked: str) -> None:
    for path in ("/numbers/B81001/", "/numbers/B81001/reached/", "/numbers/03F/below.csv"):
        assert client.get(path, {"period": asked}).status_code == 404


def test_a_page_takes_few_queries(
    client: Client, place: SimpleNamespace, django_assert_max_num_queries: Any, settings: Any, make_worker: Any
) -> None:
    store(row(place.harbour), row(place.sub_icb))
    settings.SECOND_FACTOR = False
    client.force_login(make_worker("icb_analyst", place.icb).user)
    client.get("/numbers/03F/")
    for path in ("/numbers/03F/", "/numbers/U10001/", "/numbers/03F/sp-referred-per-1000/"):
        with django_assert_max_num_queries(13):
            client.get(path)


@pytest.mark.parametrize("name", INDICATORS)
def test_every_definition_is_in_plain_words_with_its_example(client: Client, name: str) -> None:
    page, indicator = text(client, f"/numbers/indicators/{name}/"), INDICATORS[name]
    plain = page.replace("&#39;", "'").replace("&amp;", "&")
    for words in (indicator.title, indicator.counted, indicator.out_of, indicator.why, *indicator.caveats):
        assert re.sub(r"\s+", " ", words) in plain
    if indicator.example:
        for someone in indicator.example.people:
            assert someone.name in plain
            assert someone.because.replace("'", "'") in plain
        for doer, because in indicator.example.because:
            assert doer in plain
            assert because in plain
    else:
        assert "There is no worked example" in plain


def test_the_example_ends_in_the_number_that_must_come_out(client: Client) -> None:
    assert "So 3 out of 4: 750.0 per 1000 ." in text(client, "/numbers/indicators/sp-referred-per-1000/")
    assert "3 May 2022: Referred to social prescribing" in text(client, "/numbers/indicators/sp-declined-share/")
    lines = client.get("/numbers/indicators/sp-referred-per-1000/example.csv").content.decode().splitlines()
    assert lines[0] == "who,what happened,so"
    assert len(lines) == 6
    assert client.get("/numbers/indicators/registered-patients/example.csv").status_code == 404


def test_the_contract_page_lists_requirements_commitments_and_the_trajectory_with_its_notes(client: Client) -> None:
    page = text(client, "/numbers/contract/")
    for words in (
        "30 September 2022 (stated)", "draft, never in force", "at least 900,000 people", "2023-24 (stated)",
        "Trajectory of Humber, Coast and Vale", "which make 644", "16 to 22 for every 1,000 registered patients",
    ):  # fmt: skip
        assert words in page, words
    for table, first in {
        "requirements": "id,contract", "rates": "component,year", "commitments": "id,component",
        "trajectories": "organisation,row",
    }.items():  # fmt: skip
        answer = client.get(f"/numbers/contract/{table}.csv")
        assert answer["Content-Type"].startswith("text/csv")
        assert answer.content.decode().startswith(first)
    assert client.get("/numbers/contract/other.csv").status_code == 404


# Who sees what


def sizes(place: SimpleNamespace) -> list[Organisation]:
    return [place.harbour, place.garden, place.avenues, place.east, place.west, place.sub_icb, place.icb]


PATHS = ("/", "/figures.csv", "/below.csv", "/{indicator}/", "/{indicator}/figures.csv", "/{indicator}/below.csv")


def marked(place: SimpleNamespace, seed: int) -> set[str]:
    """Stores random counts, each of them a number found nowhere else on a page, and returns how they are written."""
    chance, rows, secrets = random.Random(seed), [], set()
    for organisation in sizes(place):
        for breakdown, group in (("all", "all"), ("deprivation", "1"), ("deprivation", "2"), ("ethnicity", "Black")):
            for label in (YEAR, f"{YEAR}-Q1"):
                above, below = chance.randint(1, 9_000) * 5 + chance.randint(1, 4), 700_001 + chance.randint(0, 99) * 5
                rows.append(
                    row(
                        organisation, breakdown=breakdown, group=group, period=label, numerator=above, denominator=below
                    )
                )
                secrets |= {str(above), f"{above:,}", str(below), f"{below:,}"}
    store(*rows)
    return {one for one in secrets if len(one) > 3}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_no_exact_count_is_on_any_public_page_or_file(client: Client, place: SimpleNamespace, seed: int) -> None:
    secrets = marked(place, seed)
    for organisation in sizes(place):
        for path in PATHS:
            address = f"/numbers/{organisation.code}{path.format(indicator='sp-referred-per-1000')}"
            for asked in (YEAR, f"{YEAR}-Q1"):
                content = client.get(address, {"period": asked}).content.decode()
                found = {one for one in re.findall(r"[\d,]*\d", content) if one in secrets}
                assert not found, f"{address} shows {found}"


def small(place: SimpleNamespace, count: float) -> None:
    """One small count among large ones, in every place where a page or a file could show it."""
    where = [("all", "all"), ("deprivation", "3"), ("ethnicity", "Mixed"), ("age_sex", "F 40-44")]
    store(
        *(
            row(organisation, breakdown=breakdown, group=group, period=label, numerator=count, denominator=1000.0)
            for organisation in sizes(place)
            for breakdown, group in where
            for label in (JUDGED, *(one.label for one in quarters(period(JUDGED))))
        )
    )


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_the_same_whatever_the_hidden_count_is(client: Client, place: SimpleNamespace, path: str) -> None:
    """Not the number, not a bar's length, not the order: nothing of the page depends on a count of 1 to 7."""
    seen = set()
    for count in (1.0, 4.0, 7.0):
        small(place, count)
        answers = [
            client.get(f"/numbers/{one.code}{path.format(indicator='sp-referred-per-1000')}", {"period": JUDGED})
            for one in sizes(place)
        ]
        assert all(answer.status_code == 200 for answer in answers)
        seen.add(b"".join(re.sub(rb'nonce="[^"]*"', b"", answer.content) for answer in answers))
    assert len(seen) == 1


def test_how_a_hidden_number_stands_is_hidden_with_it(client: Client, place: SimpleNamespace) -> None:
    small(place, 4.0)
    page = f"/numbers/{place.harbour.code}/"
    assert "How it stands is hidden with the number." in client.get(page, {"period": JUDGED}).content.decode()
    page += "sp-referred-per-1000/"
    assert "<td>Hidden with the number</td>" in client.get(page, {"period": JUDGED}).content.decode()


def test_while_newer_counts_are_being_checked_anyone_is_told_so_and_staff_have_them(
    client: Client, signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.icb))
    page, said = f"/numbers/{place.icb.code}/", "Newer counts for 2025-26 are being checked"
    assert said not in text(client, page)
    publishing.owe([YEAR])
    assert said in text(client, page)
    assert said not in text(signed_in(make_worker("icb_analyst", place.icb)), page)


def test_staff_see_exact_numbers_of_their_own_organisation_and_below_and_of_no_other(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(*(row(one, numerator=43.0) for one in (place.harbour, place.avenues, place.east, place.icb)))
    client = signed_in(make_worker("pcn_manager", place.east))
    for code, exact in {"U10001": True, "B81001": True, "U10002": False, "B81003": False, "QOQ": False}.items():
        page = text(client, f"/numbers/{code}/")
        assert ("These are exact figures" in page) is exact, code
        assert ("43 out of 1,003" in page) is exact, code
        columns = client.get(f"/numbers/{code}/figures.csv").content.decode().splitlines()[0].split(",")
        assert ("numerator" in columns) is exact, code


def test_a_role_without_the_capability_and_a_grant_that_has_ended_see_what_anyone_sees(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.harbour, numerator=43.0))
    assert "43 out of" not in text(signed_in(make_worker("administrator", place.icb)), "/numbers/B81001/")
    leaver = make_worker("icb_analyst", place.icb)
    leaver.user.grants.update(end=date.today())
    assert "43 out of" not in text(signed_in(leaver), "/numbers/B81001/")


def test_staff_who_have_not_shown_their_second_factor_see_what_anyone_sees(
    client: Client, make_worker: Any, place: SimpleNamespace
) -> None:
    store(row(place.harbour, numerator=43.0))
    client.force_login(make_worker("icb_analyst", place.icb).user)
    assert "43 out of" not in text(client, "/numbers/B81001/")


def test_a_network_that_reaches_beyond_is_not_shown_exactly_to_those_above_a_part_of_it(
    signed_in: Any, make_worker: Any, place: SimpleNamespace
) -> None:
    other = Organisation.objects.create(code="02Y", name="East Riding", kind="sub_icb")
    elsewhere = Organisation.objects.create(code="B81009", name="Elsewhere", kind="practice")
    elsewhere.parents.create(parent=other, start=date(2019, 4, 1))
    elsewhere.parents.create(parent=place.west, start=date(2019, 4, 1))
    store(row(place.west, numerator=43.0), row(place.east, numerator=44.0))
    page = text(signed_in(make_worker("commissioner", place.sub_icb)), f"/numbers/03F/?period={YEAR}")
    assert "43.9 per 1000" in page  # East Hull, 44 of 1,003, exactly
    assert "42.9 per 1000" not in page  # West Hull, 43 of 1,003
    assert "in part: some of its practices are elsewhere" in page
