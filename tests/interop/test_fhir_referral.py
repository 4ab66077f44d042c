"""A referral as a FHIR R4 bundle: sound, of UK Core's shape, a closed loop, and read back without loss."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fhirkit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.interop.fhir import bundle, onward, task
from whatmatters.interop.fhir.told import Onward, Place, Sender, Told, Who

pytestmark = pytest.mark.slow

JOAN = Who(
    "p1", "Joan", "Atkinson", date(1941, 5, 2), "Mrs", "Joanie", None, "F", "A", "9990001234", "4 Dock Street\nHull",
    "HU9 1AA", "01482 000000", "joan@example.org", "Polish", True,
)  # fmt: skip
NAIR = Sender("staff", "practice", "record", "Dr Priya Nair", "GP", "", "Harbour Surgery", "Harbour Surgery", "01482 1")
SHEDS = Onward(
    "c1", "introduced", "g1", "Men in Sheds", date(2026, 3, 9), "went", date(2026, 3, 20), "", "yes", date(2026, 4, 1)
)
TOLD = Told(
    "r1", JOAN, Place("B81001", "Harbour Surgery"), Place("U10001", "East Hull PCN"), NAIR, date(2026, 3, 2), "company",
    "active", "Lonely since her husband died", date(2026, 3, 2), "sender", None, "", "Sam Okafor", (SHEDS,),
)  # fmt: skip

day = st.dates(date(2020, 1, 1), date(2026, 11, 1))
word = st.text('abYZ09é’"<&>早\U0001f33b/#', min_size=1, max_size=9)
words = st.just("") | word


def after(state: str, of: Onward) -> Onward:
    """The same group, with what goes with its state and no more."""
    settled = None if state in ("awaited", "not yet") else of.settled
    return Onward(
        of.id,
        of.how,
        of.group,
        of.name,
        of.on,
        state,
        settled,
        of.why if settled else "",
        of.helped,
        of.helped_on if of.helped else None,
    )


@st.composite
def onwards(draw: Any) -> Onward:
    how = draw(st.sampled_from(["told", "introduced", "asked"]))
    states = ["awaited", "no", "full", "withdrawn"] if how == "asked" else ["not yet", "went", "did not"]
    helped = "" if how == "asked" else draw(st.sampled_from(["", "yes", "no"]))
    one = Onward(str(draw(st.uuids())), how, str(draw(st.uuids())), draw(word), draw(day), "", draw(day),
                 draw(st.sampled_from(["", "too far", "cost"])), helped, draw(day))  # fmt: skip
    return after(draw(st.sampled_from(states)), one)


@st.composite
def senders(draw: Any) -> Sender:
    source = draw(st.sampled_from(["staff", "agency", "carer", "self"]))
    sector, method = draw(st.sampled_from(["", "police"])), draw(st.sampled_from(["", "phone", "page", "e-rs"]))
    if source == "self":
        return Sender(source, sector, method)
    name, role, contact = draw(words), draw(words), draw(words)
    if source == "carer":
        return Sender(source, sector, method, name, role, contact=contact)
    return Sender(source, sector, method, name, role, draw(words), draw(words), draw(words), contact)


people = st.builds(
    Who, st.uuids().map(str), word, word, day, words, words, st.none() | day, st.sampled_from(["", "F", "M", "X"]),
    st.sampled_from(["", "A", "J", "Z"]), st.sampled_from(["", "9990001234"]), words, words, words, words,
    st.sampled_from(["English", "Polish", "Twi"]), st.booleans(),
)  # fmt: skip


@st.composite
def referrals(draw: Any) -> Told:
    status = draw(st.sampled_from(sorted(task.STATES)))
    ended = status in ("declined", "redirected", "cancelled", "closed")
    agreed = draw(st.none() | day)
    several = draw(st.lists(onwards(), max_size=4, unique_by=lambda one: one.id))
    return Told(
        id=str(draw(st.uuids())),
        who=draw(people),
        practice=Place("B81001", draw(word)),
        service=Place("U10001", draw(word)),
        sender=draw(senders()),
        made=draw(day),
        need=draw(st.sampled_from(["", "company", "money"])),
        status=status,
        reason=draw(words),
        agreed_on=agreed,
        agreement="person" if agreed else "",
        ended_on=draw(day) if ended else None,
        ended_why=draw(st.sampled_from(["done", "lost"])) if status == "closed" else "",
        owner=draw(words),
        onward=tuple(sorted(several, key=lambda one: (one.on, one.id))),
    )


@given(referrals())
def test_what_is_written_is_read_back_the_same(told: Told) -> None:
    assert bundle.read(json.dumps(bundle.write(told))) == told


@given(referrals())
def test_an_independent_validator_finds_nothing_wrong(told: Told) -> None:
    assert [issue for issue in fhirkit.validate(bundle.write(told)) if issue.severity == "error"] == []


def by_kind(told: Told, kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle.write(told)["entry"] if one["resource"]["resourceType"] == kind]


@pytest.mark.parametrize(
    ("status", "why", "request_status", "task_status"),
    [
        ("received", "", "active", "requested"),
        ("accepted", "", "active", "accepted"),
        ("active", "", "active", "in-progress"),
        ("declined", "service: no capacity", "revoked", "rejected"),
        ("cancelled", "", "revoked", "cancelled"),
        ("closed", "done", "completed", "completed"),
        ("closed", "lost", "completed", "failed"),
    ],
)
def test_the_loop_is_closed_in_the_words_of_sdoh_clinical_care(
    status: str, why: str, request_status: str, task_status: str
) -> None:
    told = Told(**{**TOLD.__dict__, "status": status, "ended_why": why, "onward": ()})
    assert [one["status"] for one in by_kind(told, "ServiceRequest")] == [request_status]
    assert [one["status"] for one in by_kind(told, "Task")] == [task_status]
    assert by_kind(told, "Task")[0].get("statusReason", {}).get("coding", [{}])[0].get("code", "") == why


def test_no_task_is_ready_or_received() -> None:
    """SDOHCC's referral task statuses leave these two out."""
    assert not {"ready", "received"} & ({state for _, state in task.STATES.values()} | {*onward.TASKS.values()})


def test_a_task_that_was_done_points_at_what_was_done() -> None:
    whole = bundle.write(TOLD)
    (done,) = [one for one in by_kind(TOLD, "Task") if "output" in one]
    reference = done["output"][0]["valueReference"]["reference"]
    (procedure,) = [one["resource"] for one in whole["entry"] if one["fullUrl"] == reference]
    assert (procedure["resourceType"], procedure["status"]) == ("Procedure", "completed")


def test_a_signpost_is_no_service_request() -> None:
    told = Told(
        **{**TOLD.__dict__, "onward": (Onward("c1", "told", "g1", "Men in Sheds", date(2026, 3, 9), "not yet"),)}
    )
    assert len(by_kind(told, "ServiceRequest")) == 1
    assert len(by_kind(told, "Communication")) == 1


def test_every_reference_leads_somewhere() -> None:
    whole = bundle.write(TOLD)
    addresses = {one["fullUrl"] for one in whole["entry"]}
    assert len(addresses) == len(whole["entry"])
    assert {text for text in _strings(whole) if text.startswith("urn:uuid:")} == addresses


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [value] if isinstance(value, str) else []


FHIR = "{http://hl7.org/fhir}"


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["Patient", "Organization", "ServiceRequest", "Task"])
def test_what_uk_core_must_support_is_there(name: str, shared_data: Path) -> None:
    """Every top-level element that the profile marks and that a referral has something to say in."""
    nothing_to_say = {"Task": {"reasonCode", "reasonReference", "restriction", "input"}, "ServiceRequest": {"basedOn"},
                      "Organization": {"type", "telecom", "address"}, "Patient": {"managingOrganization"}}  # fmt: skip
    root = ElementTree.parse(shared_data / f"fhir/ukcore/structuredefinitions/UKCore-{name}.xml").getroot()  # noqa: S314  # published
    marked = {
        element.get("id", "").partition(".")[2]
        for element in root.iter(f"{FHIR}element")
        if element.find(f"{FHIR}mustSupport") is not None and element.get("id", "").count(".") == 1
    }
    marked = {one for one in marked if ":" not in one} - nothing_to_say[name]
    written = by_kind(TOLD, name)[0]
    assert marked - written.keys() == set()
    assert root.find(f"{FHIR}url").get("value") == written["meta"]["profile"][0]  # type: ignore[union-attr]  # it has one


def without(path: str) -> bytes:
    """Joan's bundle with one element of one resource left out: Patient.name."""
    whole = deepcopy(bundle.write(TOLD))
    kind, _, name = path.partition(".")
    for one in whole["entry"]:
        if one["resource"]["resourceType"] == kind:
            one["resource"].pop(name, None)
            break
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "not JSON"),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', "not JSON"),
        (b'{"resourceType": "Patient"}', "not a FHIR R4 Bundle"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": []}', "ServiceRequest"),
        (b"[]", "not a FHIR R4 Bundle"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [{"resource": {"resourceType": "Wish"}}]}', "R4"),
        (without("Patient.name"), "name"),
        (without("Patient.birthDate"), "birthDate"),
        (without("Patient.generalPractitioner"), "generalPractitioner"),
        (without("ServiceRequest.authoredOn"), "authoredOn"),
        (without("ServiceRequest.subject"), "subject"),
    ],
)
def test_what_is_no_referral_is_refused_and_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(bundle.NotAReferral, match=said) as refused:
        bundle.read(raw)
    assert "Atkinson" not in str(refused.value)


def test_another_systems_referral_is_read_as_far_as_it_says() -> None:
    """Without any code of ours: who, of which practice, when, by whom, and how far it has come."""
    whole = json.loads(json.dumps(bundle.write(TOLD)).replace("urn:x-whatmatters:", "https://elsewhere.example/"))
    read = bundle.read(json.dumps(whole))
    assert (read.who.given, read.practice.code, read.made, read.status) == (
        "Joan",
        "B81001",
        date(2026, 3, 2),
        "active",
    )
    assert (read.sender.name, read.sender.source, read.need) == ("Dr Priya Nair", "agency", "")
