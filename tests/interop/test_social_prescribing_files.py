"""Files of social prescribing leave by an act of someone entitled, say what they hold, and can be read back."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.models import AuditEntry, Grant
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.minimum import SETS
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.components.social_prescribing.standard import parts
from whatmatters.config.cli import main
from whatmatters.directory import actions as directory
from whatmatters.events.models import Event
from whatmatters.interop.imports.coded import snomed
from whatmatters.interop.imports.coded.into_facts import import_coded_events
from whatmatters.interop.imports.coded.value_sets import meanings
from whatmatters.interop.social_prescribing import coding, leaving, minimum
from whatmatters.measurement import facts
from whatmatters.people.models import Person
from whatmatters.periods import financial_year

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
YEAR = financial_year(date.today())
SAID, NOTED, SECRET, REASON = '=HYPERLINK("http://x")', "Zoë: 早上 better\nthan evenings", "Zebra", "@home alone"


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def team(place: SimpleNamespace, make_worker: Callable[..., Any]) -> SimpleNamespace:
    return SimpleNamespace(
        gp=make_worker("clinician", place.harbour, name="Dr Priya Nair"),
        sam=make_worker("link_worker", place.east),
        manager=make_worker("pcn_manager", place.east, name="Ruth Bell"),
    )


@pytest.fixture
def case(make_person: Callable[..., Person], team: SimpleNamespace) -> Referral:
    """A case with something in each set, a risk, a safeguarding note, and words that would harm a spreadsheet."""
    by = team.sam.actor
    group = directory.add(by=by, name="+Men in Sheds", kind="company", about="Woodwork and a brew")
    row = actions.refer(person=make_person(), need="company", reason=REASON, by=team.gp.actor)
    row = actions.accept(referral=row, by=by)
    actions.record_contact(referral=row, how="phone", spoke=True, note=NOTED, by=by)
    actions.write(referral=row, section="needs", choices=["home", "money"], text=SAID, by=by)
    actions.write(referral=row, section="support", choices=["activity"], by=by)
    actions.write(referral=row, section="risks", choices=["none"], by=by)
    actions.write(referral=row, section="safeguarding", choices=["concern"], text=SECRET, by=by)
    actions.connect(referral=row, group=group, by=by)
    answers = {"life_satisfaction": 4, "worthwhile": 5, "happiness": None, "anxiety": 6}
    actions.record_ons4(referral=row, stage="before", answers=answers, by=by)
    return Referral.objects.get(pk=row.pk)


@pytest.fixture
def file(case: Referral, team: SimpleNamespace) -> Callable[..., leaving.File]:
    def make(**asked: Any) -> leaving.File:
        usual = {"during": YEAR, "purpose": "quality", "by_number": False, "free_text": False}
        grants = list(Grant.objects.filter(user=team.manager.user))
        return leaving.minimum_dataset(grants=grants, by=team.manager.actor, **{**usual, **asked})

    return make


def read(content: str) -> list[dict[str, str]]:
    """As a spreadsheet reads it, with the apostrophe that keeps a formula from running taken off again."""
    rows = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    return [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]


class TestTheMinimumDataset:
    def test_each_item_is_a_line_named_as_the_standard_names_it(self, file: Any) -> None:
        rows = read(file().content)
        assert list(rows[0]) == list(minimum.COLUMNS)
        assert [row["item"] for row in rows if row["item"] not in parts()] == []
        assert {row["set"] for row in rows} == {*SETS, ""}

    def test_what_is_back_is_what_the_record_holds(self, file: Any, case: Referral) -> None:
        rows = read(file(free_text=True).content)
        person = case.person
        assert person
        by_item = {(row["item"].rpartition(" > ")[2], row["term"], row["value"], row["text"]) for row in rows}
        assert {
            ("Date of birth", "", person.born.isoformat()[:7], ""),
            ("Ethnicity", "White: British", "", ""),
            ("Coded value", "Housing problems", "", ""),
            ("Coded value", "Money, debt and benefits", "", ""),
            ("Free text", "", "", SAID),
            ("Coded value", "Referral to physical activity programme", "", ""),
            ("Coded value", "Company and friendship", "+Men in Sheds", ""),
            ("Coded value", "No known risk", "", ""),
            ("Free text", "", "", REASON),
        } <= by_item
        scores = [(row["value"], row["on"]) for row in rows if row["set"] == "Outcomes"]
        assert scores == [
            ("4", date.today().isoformat()),
            ("5", date.today().isoformat()),
            ("6", date.today().isoformat()),
        ]

    def test_a_code_is_given_where_one_is_known_and_said_to_be_missing_where_none_is(self, file: Any) -> None:
        told = {(row["term"], row["code"], row["system"], row["status"]) for row in read(file().content)}
        assert {
            ("Referral to social prescribing service", "871731000000106", "SNOMED CT", "seen"),
            ("Housing problems", "81877007", "SNOMED CT", "seen once"),
            ("Money, debt and benefits", "money", "local starter list", "local"),
            ("Link worker spoke with the person", "", "SNOMED CT", "not found"),
        } <= told

    def test_every_snomed_code_in_it_is_one(self, file: Any) -> None:
        codes = {row["code"] for row in read(file().content) if row["system"] == "SNOMED CT" and row["code"]}
        assert codes
        assert [code for code in codes if snomed.fault(code)] == []

    def test_words_leave_only_where_they_are_asked_for(self, file: Any) -> None:
        assert not any(words in file().content for words in (SAID, NOTED, REASON))
        assert "早上" in file(free_text=True).content

    def test_no_cell_runs_in_a_spreadsheet(self, file: Any) -> None:
        cells = [cell for row in csv.reader(io.StringIO(file(free_text=True).content, newline="")) for cell in row]
        assert any(cell.endswith(SAID) for cell in cells)
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []

    def test_people_are_named_by_number_only_where_that_is_asked_for(self, file: Any, case: Referral) -> None:
        person = case.person
        assert person
        assert person.nhs_number
        without, with_number = file().content, file(by_number=True).content
        assert not any(fact in without for fact in (person.nhs_number, person.postcode, person.born.isoformat()))
        assert all(fact in with_number for fact in (person.nhs_number, person.postcode, person.born.isoformat()))
        assert not any(name in with_number for name in (person.family_name, person.given_name))

    def test_a_safeguarding_note_never_leaves(self, file: Any) -> None:
        assert SECRET not in file(by_number=True, free_text=True).content

    @pytest.mark.parametrize("audience", ["practice", "team"])
    def test_what_the_person_keeps_from_anyone_is_in_no_file(
        self, audience: str, file: Any, case: Referral, team: SimpleNamespace
    ) -> None:
        of = case.entries.get(text=SAID).item
        actions.hide(referral=case, of=of, audience=audience, hidden=True, by=team.sam.actor)
        actions.hide(referral=case, of=case.connections.get().uuid, audience=audience, hidden=True, by=team.sam.actor)
        content = file(free_text=True).content
        assert SAID not in content
        assert "Men in Sheds" not in content

    def test_a_case_that_is_kept_whole_is_left_out_and_said_to_be(
        self, file: Any, case: Referral, team: SimpleNamespace
    ) -> None:
        actions.hide(referral=case, of=case.uuid, audience="practice", hidden=True, by=team.sam.actor)
        made = file()
        assert (made.rows, made.left_out) == (0, ("cases that the person keeps from someone: 1",))

    def test_the_act_is_on_the_chain_with_its_purpose_and_each_number_on_its_persons_own_list(
        self, file: Any, case: Referral
    ) -> None:
        file(by_number=True, purpose="return")
        act = AuditEntry.objects.get(act="exported the minimum dataset")
        assert (act.actor, act.why) == ("Ruth Bell", "A return that the commissioner is entitled to")
        assert (act.detail["cases"], act.detail["nhs_numbers"]) == (1, True)
        assert AuditEntry.objects.filter(person=case.person_id, act__startswith="sent out").count() == 1


class TestCodedEvents:
    @pytest.fixture
    def coded(self, case: Referral, team: SimpleNamespace, make_person: Any) -> leaving.File:
        actions.offer_declined(person=make_person(), need="food", by=team.gp.actor)
        grants = list(Grant.objects.filter(user=team.manager.user))
        return leaving.events_coded(
            grants=grants, during=YEAR, purpose="record", by_number=False, by=team.manager.actor
        )

    def test_a_referral_and_a_decline_carry_the_contracts_codes(self, coded: leaving.File) -> None:
        rows = [(row["snomed"], row["term"], row["practice"]) for row in read(coded.content)]
        assert sorted(rows) == [
            ("871711000000103", "Social prescribing declined", "B81001"),
            ("871731000000106", "Referral to social prescribing service", "B81001"),
        ]

    def test_what_has_no_public_code_is_named_and_counted(self, coded: leaving.File) -> None:
        assert "no public code is known: Link worker spoke with the person (1)" in coded.left_out
        assert all("Referred to social prescribing" not in words for words in coded.left_out)

    def test_our_own_import_reads_it_back_as_the_same_events(self, coded: leaving.File, tmp_path: Path) -> None:
        """Out of the working record, and into facts by the door through which practices' extracts come."""
        source = tmp_path / "coded.csv"
        source.write_text(coded.content, encoding="utf-8", newline="")
        (done,) = import_coded_events([source], tmp_path / "facts", meanings())
        assert (done.layout, done.taken, done.reasons) == ("coded entries of general practices", 2, [])
        back = [
            (row["code"], row["on"], row["organisation"])
            for row in facts.read(tmp_path / "facts").table("events").to_pylist()
        ]
        here = Event.objects.filter(code__in=[code for code, _, _ in back]).values_list("code", "on")
        assert Counter((code, on) for code, on, _ in back) == Counter(here)
        assert {place for _, _, place in back} == {"B81001"}


def test_no_concept_of_ours_is_given_a_code_that_is_not_in_the_value_sets() -> None:
    known = {meaning.code for meaning in meanings()}
    assert set(coding.SAME_AS.values()) <= known
    assert coding.of_event("social-prescribing-contact").status == "not found"
    assert coding.of_event("social-prescribing-offered").status == "recalled"


class TestTheDoor:
    """Only those entitled, and only for a purpose."""

    @pytest.mark.parametrize("route", ["minimum-dataset-file", "coded-events-file"])
    @pytest.mark.parametrize(("who", "status"), [("manager", 200), ("sam", 403), ("gp", 403)])
    def test_who_may_take_a_file(
        self, route: str, who: str, status: int, team: SimpleNamespace, client: Client
    ) -> None:
        client.force_login(getattr(team, who).user)
        answer = client.post(reverse(route), {"year": YEAR.label, "purpose": "quality"})
        assert answer.status_code == status
        assert AuditEntry.objects.filter(act__startswith="exported").exists() == (status == 200)

    @pytest.mark.parametrize(
        "given", [{}, {"year": "never", "purpose": "quality"}, {"year": YEAR.label, "purpose": "x"}]
    )
    def test_without_a_purpose_or_a_year_no_file_is_made(
        self, given: dict[str, str], team: SimpleNamespace, client: Client
    ) -> None:
        client.force_login(team.manager.user)
        answer = client.post(reverse("minimum-dataset-file"), given, follow=True)
        assert "No file was made" in answer.content.decode()
        assert not AuditEntry.objects.filter(act__startswith="exported").exists()

    def test_the_page_counts_and_offers_the_files_to_those_entitled_alone(
        self, case: Referral, team: SimpleNamespace, client: Client
    ) -> None:
        offered = {}
        for who in ("manager", "sam"):
            client.force_login(getattr(team, who).user)
            page = client.get(reverse("minimum-dataset")).content.decode()
            assert "East Hull PCN" in page
            offered[who] = "Download the minimum dataset" in page
        assert offered == {"manager": True, "sam": False}


class TestTheCommand:
    """The same act, by the same account, without a browser."""

    def ask(self, tmp_path: Path, **options: str) -> list[str]:
        usual = {"as": "worker3@example.org", "purpose": "return", "out": str(tmp_path / "minimum.csv")}
        given = {**usual, **options}
        return ["export", "minimum-dataset", *(word for name, value in given.items() for word in (f"--{name}", value))]

    def test_it_writes_what_the_page_gives_and_its_act_is_on_the_chain(
        self, case: Referral, tmp_path: Path, capsys: Any
    ) -> None:
        assert main(self.ask(tmp_path)) == 0
        written = (tmp_path / "minimum.csv").read_text(encoding="utf-8")
        assert "Housing problems" in written
        assert (tmp_path / "minimum.csv").stat().st_mode & 0o077 == 0
        assert AuditEntry.objects.get(act="exported the minimum dataset").actor == "Ruth Bell"
        assert "rows, " in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            ({"as": "worker2@example.org"}, "no account with this address may export"),
            ({"as": "nobody@example.org"}, "no account with this address may export"),
            ({"period": "last year"}, "is not a period"),
            ({"out": "/nowhere/minimum.csv"}, "cannot be written"),
        ],
    )
    def test_a_refusal_says_what_to_mend(
        self, options: dict[str, str], why: str, team: SimpleNamespace, tmp_path: Path, capsys: Any
    ) -> None:
        assert main(self.ask(tmp_path, **options)) == 1
        assert why in capsys.readouterr().err
