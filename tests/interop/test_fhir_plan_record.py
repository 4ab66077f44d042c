"""A plan leaves as FHIR for whom it is meant, and one from elsewhere comes in beside the person's own."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.interop.plans import OF_JOAN, telling

from whatmatters.access.actors import THE_SYSTEM, Actor
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.criteria import criteria
from whatmatters.components.care_planning.models import Hiding, MadeElsewhere, Version
from whatmatters.components.care_planning.told import told
from whatmatters.events.models import Event
from whatmatters.interop.fhir.plan import document, reading, record
from whatmatters.interop.fhir.told import Place
from whatmatters.interop.imports.plans import import_plans
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def sam(place: SimpleNamespace, make_worker: Callable[..., Any]) -> SimpleNamespace:
    return make_worker("care_coordinator", place.east, name="Sam Okafor")


@pytest.fixture
def by(sam: SimpleNamespace) -> Actor:
    actor: Actor = sam.actor
    return actor


@pytest.fixture
def joan(make_person: Callable[..., Person]) -> Person:
    return make_person(language="Polish", address="4 Dock Street\nHull", phone="01482 000000")


@pytest.fixture
def agreed(joan: Person, by: Actor) -> Version:
    """With words, a need with a goal and an action, a contact, something for an emergency, and a power of attorney."""
    version = actions.start(person=joan, by=by)
    actions.save_about_me(version=version, words={"most_important": "My dog Biscuit"}, seen=0, by=by)
    need = actions.add_item(version=version, section="needs", values={"free_text": "Stiff hips"}, by=by)
    goal = actions.add_goal(version=version, by=by, outcome="Walk to the allotment", importance=9, need=need.key)
    walk = actions.add_action(goal=goal, by=by, what="Walk to the corner", who="person", due=date(2027, 1, 31))
    trigger = {"trigger_factors": [{"free_text": "A fall"}], "what_should_happen": [{"free_text": "Ring Maureen"}]}
    actions.add_item(version=version, section="contingency", values=trigger, by=by)
    actions.add_item(version=version, section="personal_contacts", values={"name": "Maureen"}, by=by)
    actions.add_item(version=version, section="legal", values={"kind": "lpa health", "name": "Maureen"}, by=by)
    actions.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=date.today(), agreed_by="Joan Atkinson",
        agreed_role="person",
    )  # fmt: skip
    actions.note_progress(plan=version.plan, of=walk, status="in-progress", by=by)
    return Version.objects.select_related("plan__person").get(pk=version.pk)


def test_a_plan_is_read_back_as_it_left(agreed: Version) -> None:
    telling_ = record.told_of(agreed)
    read = reading.read(json.dumps(document.write(telling_)))
    assert read == telling_
    assert read.values == told(agreed)
    assert (read.keeper.code, read.state, read.partial) == ("B81001", "agreed", False)
    assert len(read.written) == 7


def keep(version: Version, part: str, audience: str) -> None:
    Hiding.objects.create(
        plan=version.plan, part=part, audience=audience, hidden=True, by_name="Joan", by_role="person",
        at="2026-01-01T00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "gone"),
    [("most_important", "Biscuit"), ("goals", "allotment"), ("legal", "lpa health"), ("contingency", "A fall")],
)
def test_what_the_person_keeps_from_a_reader_is_not_in_their_copy(part: str, gone: str, agreed: Version) -> None:
    keep(agreed, part, "care home")
    for audience, there in (("", True), ("hospital", True), ("care home", False)):
        plan = record.told_of(agreed, audience)
        assert (gone in json.dumps(document.write(plan)), plan.partial) == (there, not there)


def test_staff_download_it_and_that_is_on_the_chain_with_its_digest(agreed: Version, sam: Any, client: Client) -> None:
    client.force_login(sam.user)
    where = reverse("plan-file", args=(agreed.plan.person.uuid,))
    assert b"For whom is it?" in client.get(where).content
    answer = client.post(where, {"audience": "all"})
    assert answer["Content-Type"].startswith("application/fhir+json")
    assert reading.read(answer.content).values == told(agreed)
    assert agreed.plan.person.family_name not in answer["Content-Disposition"]
    assert not agreed.shares.exists()  # the team's own
    (entry,) = AuditEntry.objects.filter(act="made a FHIR copy of the plan", person=agreed.plan.person_id)
    assert entry.detail["sha256"] in answer.content.decode()


FOR_A_WARD = {"audience": "hospital", "with_whom": "Ward 9, Castle Hill", "purpose": "move"}


def test_a_file_for_someone_is_a_share_that_counts_and_that_the_person_sees(
    agreed: Version, sam: Any, client: Client, make_worker: Any, place: Any
) -> None:
    person = agreed.plan.person
    client.force_login(sam.user)
    answer = client.post(reverse("plan-file", args=(person.uuid,)), FOR_A_WARD)
    share = agreed.shares.get()
    assert (share.kind, share.with_whom, share.how, share.on, share.version_id) == (
        "hospital", "Ward 9, Castle Hill", "file", date.today(), agreed.pk,
    )  # fmt: skip
    assert share.file.purpose == "move"
    assert share.file.sha256 in answer.content.decode()
    assert Event.objects.get(code="care-plan-shared").detail == "hospital"
    sharable = criteria(contents_of(agreed))[3]
    assert (sharable.met, sharable.since) == (True, date.today())
    person.account = make_worker("coach", place.west).user
    person.save()
    client.force_login(person.account)
    for page, says in (
        ("my-plan", "Ward 9, Castle Hill (hospital)"), ("my-plan-sharing", "Ward 9, Castle Hill (hospital), version 1"),
        ("my-plan-sharing", "A move: into hospital"),
    ):  # fmt: skip
        assert says in client.get(reverse(page, args=(person.uuid,))).content.decode()


@pytest.mark.parametrize(("lacks", "says"), [
    ("with_whom", "Enter who gets the file"), ("purpose", "Choose what for"),
    ("nothing", "Only the agreed plan is shared"),
])  # fmt: skip
def test_a_file_for_someone_says_for_whom_and_what_for_and_is_of_the_agreed_plan(
    *, lacks: str, says: str, joan: Person, by: Actor, sam: Any, client: Client
) -> None:
    actions.start(person=joan, by=by)  # a draft
    client.force_login(sam.user)
    asked = {name: value for name, value in FOR_A_WARD.items() if name != lacks}
    answer = client.post(reverse("plan-file", args=(joan.uuid,)), asked)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not AuditEntry.objects.filter(act="made a FHIR copy of the plan").exists()


def test_an_unknown_kind_of_reader_gets_no_file(agreed: Version, sam: Any, client: Client) -> None:
    client.force_login(sam.user)
    answer = client.post(reverse("plan-file", args=(agreed.plan.person.uuid,)), {"audience": "everyone"})
    assert answer.status_code == 422


def test_the_person_downloads_all_of_theirs(agreed: Version, client: Client, make_worker: Any, place: Any) -> None:
    person = agreed.plan.person
    person.account = make_worker("coach", place.west).user
    person.save()
    keep(agreed, "goals", "carer")
    client.force_login(person.account)
    answer = client.post(reverse("my-plan-file", args=(person.uuid,)))
    assert reading.read(answer.content).values == told(agreed)
    assert not agreed.shares.exists()


def test_where_there_is_no_plan_there_is_no_file(joan: Person, sam: Any, client: Client) -> None:
    client.force_login(sam.user)
    assert client.post(reverse("plan-file", args=(joan.uuid,))).status_code == 404


@pytest.fixture
def sent(tmp_path: Path, joan: Person) -> Callable[..., Path]:
    """A document about Joan from a hospital, on disk."""

    def write(*, name: str = "plan.json", of: Any = None, number: str = "", **facts: Any) -> Path:
        person = {**OF_JOAN["person_demographics"], "nhs_number": number or joan.nhs_number}
        values = {**OF_JOAN, "person_demographics": person}
        whole = json.dumps(document.write(of or telling(values, **facts)))
        (tmp_path / name).write_text(whole, "utf-8")
        return tmp_path / name

    return write


def test_a_plan_from_elsewhere_stands_beside_the_persons_own_and_changes_nothing_in_it(
    agreed: Version, sent: Any
) -> None:
    before = told(agreed)
    (done,) = import_plans([sent()], by=THE_SYSTEM)
    assert (done.new, done.known, done.left_out) == (1, 0, ())
    made = MadeElsewhere.objects.get(person=agreed.plan.person)
    assert (made.place, made.made_on, made.kind) == ("Harbour (B81001)", date(2026, 11, 1), "plan")
    assert made.told["legal"] == OF_JOAN["legal"]
    assert json.loads(made.original)["type"] == "document"
    assert told(agreed) == before
    event = Event.objects.get(code="care-plan-otherwise")
    assert (event.on, event.detail) == (date(2026, 5, 8), "made elsewhere")


def test_the_same_document_twice_is_one_plan(sent: Any) -> None:
    path = sent()
    assert [(one.new, one.known) for one in import_plans([path, path], by=THE_SYSTEM)] == [(1, 0), (0, 1)]
    assert Event.objects.count() == 1


def test_a_document_about_somebody_else_is_left_out_with_its_reason(sent: Any, make_person: Any) -> None:
    other = make_person(born=date(1990, 1, 1))
    (done,) = import_plans([sent(number=other.nhs_number)], by=THE_SYSTEM)
    ((_, reason),) = done.left_out
    assert "the date of birth is not that of the person" in reason
    assert not MadeElsewhere.objects.exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"state": "draft"}, "it is a draft"), ({"state": "superseded"}, "it was replaced"),
     ({"keeper": Place("", "")}, "Composition.custodian")],
)  # fmt: skip
def test_only_an_agreed_plan_of_a_known_keeper_comes_in(facts: dict[str, Any], said: str, sent: Any) -> None:
    with pytest.raises(ImportRefused, match=said):
        import_plans([sent(**facts)], by=THE_SYSTEM)


def test_our_own_plan_does_not_come_back_as_anothers(agreed: Version, sent: Any) -> None:
    with pytest.raises(ImportRefused, match="it was made here"):
        import_plans([sent(of=record.told_of(agreed))], by=THE_SYSTEM)


def test_one_file_that_cannot_be_read_leaves_everything_as_it_was(sent: Any, tmp_path: Path) -> None:
    half = tmp_path / "half.json"
    half.write_bytes(sent().read_bytes()[:-200])
    with pytest.raises(ImportRefused, match=r"half\.json: it is not JSON"):
        import_plans([sent(), half], by=THE_SYSTEM)
    assert not MadeElsewhere.objects.exists()
