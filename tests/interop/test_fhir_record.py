"""A case leaves as FHIR without loss, and without what is kept from the practice; one that comes lands on a desk."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.access.models import AuditEntry
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Referral, Status
from whatmatters.directory import actions as directory
from whatmatters.interop.fhir import bundle, record
from whatmatters.interop.fhir.taking_in import import_referrals
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REASON = "Has hardly been out since the fall"


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def sam(place: SimpleNamespace, make_worker: Callable[..., Any]) -> SimpleNamespace:
    return make_worker("link_worker", place.east, name="Sam Okafor")


@pytest.fixture
def gp(place: SimpleNamespace, make_worker: Callable[..., Any]) -> SimpleNamespace:
    return make_worker("clinician", place.harbour, name="Dr Priya Nair")


@pytest.fixture
def case(make_person: Callable[..., Person], sam: SimpleNamespace, gp: SimpleNamespace) -> Referral:
    """Accepted, told of one group, introduced to another, and went."""
    by = sam.actor
    row = actions.refer(person=make_person(language="Polish"), need="company", reason=REASON, by=gp.actor)
    row = actions.accept(referral=row, by=by)
    shed, walk = (
        directory.add(by=by, name=name, kind=kind, about="Every Tuesday")
        for name, kind in (("Men in Sheds", "company"), ("Walk and Talk", "activity"))
    )
    actions.signpost(referral=row, group=walk, by=by)
    actions.taken_up(connection=actions.connect(referral=row, group=shed, by=by), by=by)
    return Referral.objects.get(pk=row.pk)


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Path]:
    """A bundle on disk, with some of its text replaced."""

    def write(row: Referral, name: str = "referral.json", **swaps: str) -> Path:
        text = json.dumps(bundle.write(record.told_of(row)))
        for old, new in swaps.items():
            assert old in text
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def test_a_case_is_read_back_as_it_left(case: Referral) -> None:
    told = record.told_of(case)
    assert bundle.read(json.dumps(bundle.write(told))) == told
    assert (told.status, told.owner, told.reason) == ("accepted", "Sam Okafor", REASON)
    assert {(one.how, one.name, one.state) for one in told.onward} == {
        ("told", "Walk and Talk", "not yet"),
        ("introduced", "Men in Sheds", "went"),
    }


@pytest.mark.parametrize("whole", [True, False])
def test_what_the_person_keeps_from_the_practice_is_not_in_it(case: Referral, sam: Any, whole: bool) -> None:
    link = case.connections.get(signpost=False)
    of = case.uuid if whole else link.uuid
    actions.hide(referral=case, of=of, audience="practice", hidden=True, by=sam.actor)
    text = json.dumps(bundle.write(record.told_of(case)))
    assert "Men in Sheds" not in text
    assert ("Walk and Talk" in text, REASON in text) == (not whole, not whole)


def test_whoever_works_the_case_downloads_it_and_that_is_on_the_chain(case: Referral, sam: Any, client: Client) -> None:
    client.force_login(sam.user)
    answer = client.post(reverse("case-fhir", args=(case.person.uuid, case.uuid)))
    assert answer["Content-Type"].startswith("application/fhir+json")
    assert bundle.read(answer.content) == record.told_of(case)
    assert case.person.family_name not in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(act="made a FHIR copy of a referral", person=case.person_id).count() == 1


def test_a_clinician_who_does_not_work_referrals_gets_none(case: Referral, gp: Any, client: Client) -> None:
    client.force_login(gp.user)
    assert client.post(reverse("case-fhir", args=(case.person.uuid, case.uuid))).status_code == 404


def test_a_referral_from_elsewhere_lands_on_the_desk_once_however_often_it_comes(
    make_person: Callable[..., Person], gp: Any, sent: Callable[..., Path]
) -> None:
    row = actions.refer(person=make_person(), need="money", reason=REASON, by=gp.actor)
    file = sent(row)
    assert [one.said for one in import_referrals([file, file], by=THE_SYSTEM)] == [
        "on the desk of Harbour Surgery",
        "was here already, with Harbour Surgery",
    ]
    new = Referral.objects.get(status=Status.UNMATCHED)
    assert (new.sender_name, new.need, new.reason, new.source) == ("Dr Priya Nair", "money", REASON, "agency")
    assert (new.given.name, new.given.nhs_number) == (row.person.full_name, row.person.nhs_number)


def test_one_faulty_file_refuses_them_all_and_names_no_one(
    case: Referral, make_person: Callable[..., Person], gp: Any, sent: Callable[..., Path]
) -> None:
    good = actions.refer(person=make_person(), need="money", by=gp.actor)
    files = [sent(good, "good.json"), sent(good, "elsewhere.json", B81001="Z99999")]
    with pytest.raises(ImportRefused, match=r"elsewhere\.json: no practice here has the code Z99999") as refused:
        import_referrals(files, by=THE_SYSTEM)
    assert not Referral.objects.filter(status=Status.UNMATCHED).exists()
    assert good.person.family_name not in str(refused.value)


def test_what_was_decided_elsewhere_is_no_new_referral(case: Referral, sent: Callable[..., Path]) -> None:
    with pytest.raises(ImportRefused, match="not a new referral"):
        import_referrals([sent(case)], by=THE_SYSTEM)


def test_an_nhs_number_that_cannot_be_is_refused_by_its_field(
    make_person: Callable[..., Person], gp: Any, sent: Callable[..., Path]
) -> None:
    row = actions.refer(person=make_person(), need="money", by=gp.actor)
    assert row.person is not None
    assert row.person.nhs_number
    wrong = row.person.nhs_number[:-1] + str((int(row.person.nhs_number[-1]) + 1) % 10)
    with pytest.raises(ImportRefused, match=r"Patient\.identifier"):
        import_referrals([sent(row, **{row.person.nhs_number: wrong})], by=THE_SYSTEM)


@pytest.fixture
def new(make_person: Callable[..., Person], gp: Any) -> Referral:
    return actions.refer(person=make_person(), need="money", reason=REASON, by=gp.actor)


def spoiled(file: Path, spoil: Callable[[dict[str, dict[str, Any]]], object]) -> Path:
    """The same file, after something was done to its resources, by kind."""
    whole = json.loads(file.read_text("utf-8"))
    spoil({one["resource"]["resourceType"]: one["resource"] for one in whole["entry"]})
    file.write_text(json.dumps(whole), "utf-8")
    return file


NOBODY_AGREED = "no Consent in force says that this person knows and agrees"
SPOILED: dict[str, tuple[Callable[[Any], object], str]] = {
    "the consent was withdrawn": (lambda it: it["Consent"].update(status="inactive"), NOBODY_AGREED),
    "the consent is a refusal": (lambda it: it["Consent"]["provision"].update(type="deny"), NOBODY_AGREED),
    "the consent is another person's": (
        lambda it: it["Consent"].update(patient={"reference": "urn:uuid:0b1c0e9c-0000-4000-8000-000000000001"}),
        NOBODY_AGREED,
    ),
    "the consent is of a day to come": (lambda it: it["Consent"].update(dateTime="2199-01-01"), NOBODY_AGREED),
    "the person has died": (lambda it: it["Patient"].update(deceasedDateTime="2026-01-01"), "the person has died"),
    "the person is 2,000 years old": (lambda it: it["Patient"].update(birthDate="0001-01-01"), "1900 or later"),
    "the person is not born yet": (lambda it: it["Patient"].update(birthDate="2199-01-01"), "still to come"),
    "the person and the practice changed places": (
        lambda it: it["ServiceRequest"].update(subject=it["Patient"]["generalPractitioner"][0]),
        "no generalPractitioner",
    ),
    "the practice is the person": (
        lambda it: it["Patient"].update(generalPractitioner=[it["ServiceRequest"]["subject"]]),
        "a reference that leads where it should",
    ),
    "whoever asked is no one": (
        lambda it: it["ServiceRequest"].update(
            requester={"reference": "#it"},
            contained=[{"resourceType": "Medication", "id": "it", "code": {"text": "Aspirin"}}],
        ),
        "a reference that leads where it should",
    ),
}


@pytest.mark.parametrize("how", list(SPOILED))
def test_what_does_not_hold_together_is_refused_and_names_no_one(
    how: str, new: Referral, sent: Callable[..., Path]
) -> None:
    spoil, said = SPOILED[how]
    with pytest.raises(ImportRefused, match=said) as refused:
        import_referrals([spoiled(sent(new), spoil)], by=THE_SYSTEM)
    assert new.person is not None
    assert new.person.family_name not in str(refused.value)
    assert not Referral.objects.filter(status=Status.UNMATCHED).exists()


def test_without_any_consent_it_is_refused(new: Referral, sent: Callable[..., Path]) -> None:
    file = sent(new)
    whole = json.loads(file.read_text("utf-8"))
    whole["entry"] = [one for one in whole["entry"] if one["resource"]["resourceType"] != "Consent"]
    file.write_text(json.dumps(whole), "utf-8")
    with pytest.raises(ImportRefused, match=NOBODY_AGREED):
        import_referrals([file], by=THE_SYSTEM)


def test_a_bundle_that_comes_again_another_day_is_the_same_referral(new: Referral, sent: Callable[..., Path]) -> None:
    import_referrals([sent(new)], by=THE_SYSTEM)
    yesterday = date.today() - timedelta(days=1)
    Referral.objects.filter(status=Status.UNMATCHED).update(made_on=yesterday)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("whatmatters.components.social_prescribing.actions.asking.day", lambda on: on or yesterday)
        assert import_referrals([sent(new)], by=THE_SYSTEM)[0].said == "was here already, with Harbour Surgery"


def test_when_the_person_agreed_is_kept_and_what_is_too_long_is_said(new: Referral, sent: Callable[..., Path]) -> None:
    def older(it: Any) -> None:
        it["Consent"]["dateTime"] = "2026-03-02"
        it["ServiceRequest"]["reasonCode"][0]["text"] = "long " * 40

    [done] = import_referrals([spoiled(sent(new), older)], by=THE_SYSTEM)
    assert done.said == "on the desk of Harbour Surgery (its reason was cut to 150 letters)"
    assert Referral.objects.get(status=Status.UNMATCHED).agreed_on == date(2026, 3, 2)
