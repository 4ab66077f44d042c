"""The library: what is shipped says what was not checked; what staff change is a further edition, with who and why."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.components.shared_decision_making.test_decision_pages import typed

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.library import aim, library, nothing, shipped
from whatmatters.components.shared_decision_making.models import Situation, Tool
from whatmatters.measurement.details import SITUATIONS
from whatmatters.people.revisions import Stale

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()


@pytest.fixture
def lead(make_worker: Any, place: SimpleNamespace) -> SimpleNamespace:
    found: SimpleNamespace = make_worker("clinical_lead", place.east, "Dr Yusuf Qureshi")
    return found


@pytest.fixture
def keeper(lead: SimpleNamespace, client: Client, settings: Any) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(lead.user)
    return client


def test_every_situation_that_the_indicators_tell_apart_is_shipped() -> None:
    assert {entry.name for entry in library().values()} == set(SITUATIONS)
    assert aim() == 30


def test_nothing_shipped_claims_to_be_checked_or_gives_a_benefit_a_harm_or_a_figure() -> None:
    for entry in library().values():
        told = [entry.title, *entry.asks, *(option.what for option in entry.options)]
        assert not entry.checked
        assert entry.source
        assert not any(option.benefits or option.harms for option in entry.options)
        assert not any(letter.isdigit() for text in told for letter in text.replace("Type 1 diabetes", ""))
        assert not any(tool.checked for tool in entry.tools)
    assert nothing().nothing
    assert all(tool["situation"] in library() for tool in shipped()["tool"])


def test_a_change_is_a_further_edition_with_who_and_why(by: Actor) -> None:
    facts: dict[str, Any] = {"name": "knee-pain", "title": "Knee pain", "options": [], "checked": True}
    with pytest.raises(ValidationError, match="Say why"):
        actions.keep_situation(by=by, seen=0, **facts)
    made = actions.keep_situation(by=by, seen=0, why="Compared with the guideline", **facts)
    assert (made.number, made.by_name, made.why) == (1, "Priya Nair", "Compared with the guideline")
    assert library()["knee-pain"].checked
    with pytest.raises(Stale):
        actions.keep_situation(by=by, seen=0, why="Again", **facts)
    assert actions.keep_situation(by=by, seen=1, why="Again", **facts).number == 2
    assert [row.number for row in Situation.objects.filter(name="knee-pain")] == [1, 2]


def test_what_is_added_has_a_number_for_its_name_and_nothing_that_was_typed(by: Actor) -> None:
    first = actions.keep_situation(by=by, title="Heavy periods")
    second = actions.keep_situation(by=by, title="Heavy periods")
    tool = actions.keep_tool(by=by, situation=first.name, title="Which way is mine?")
    assert (first.name, second.name, tool.name) == ("local-1", "local-2", "local-1")
    assert library()["local-1"].offered(TODAY)[0].title == "Which way is mine?"
    with pytest.raises(ValidationError, match="no such situation"):
        actions.keep_tool(by=by, situation="no-such", title="X")


@pytest.mark.parametrize(
    ("expires", "withdrawn", "offered"), [(None, False, True), (0, False, True), (-1, False, False), (9, True, False)]
)
def test_a_tool_is_offered_until_its_last_day(expires: int | None, withdrawn: bool, offered: bool, by: Actor) -> None:
    day = None if expires is None else TODAY + timedelta(days=expires)
    actions.keep_tool(by=by, situation="back-pain", title="A sheet", expires=day, withdrawn=withdrawn)
    assert bool(library()["back-pain"].offered(TODAY)) == offered


def test_the_pages_change_it_and_show_who_did(keeper: Client) -> None:
    page = keeper.get("/decisions/library/knee-pain/change/")
    sent = {**typed(page), "o0_benefits": "Reach", "o0_source": "Guideline 9", "why": "From the guideline"}
    answer = keeper.post("/decisions/library/knee-pain/change/", sent, follow=True).content.decode()
    assert "The library is changed" in answer
    assert "Dr Yusuf Qureshi" in answer
    assert "From the guideline" in answer
    assert library()["knee-pain"].options[0].benefits == "Reach"


def test_benefits_without_their_source_are_refused(keeper: Client) -> None:
    page = keeper.get("/decisions/library/knee-pain/change/")
    sent = {**typed(page), "o0_benefits": "Reach", "o0_source": "", "why": "Because"}
    answer = keeper.post("/decisions/library/knee-pain/change/", sent)
    assert answer.status_code == 422
    assert "Say where these benefits and harms come from" in answer.content.decode()


def test_two_keepers_at_one_tool_both_see_both(keeper: Client, by: Actor) -> None:
    where = "/decisions/library/knee-osteoarthritis/tools/nhs-england-knee-osteoarthritis/"
    mine = {**typed(keeper.get(where)), "version": "3", "why": "New version"}
    theirs: dict[str, Any] = {"situation": "knee-osteoarthritis", "title": "Making a decision", "version": "2"}
    actions.keep_tool(by=by, name="nhs-england-knee-osteoarthritis", seen=0, why="Second", **theirs)
    answer = keeper.post(where, mine)
    assert answer.status_code == 409
    assert keeper.post(where, {**mine, "seen": 1}).status_code == 302
    assert Tool.objects.latest("number").version == "3"


def test_an_address_that_is_none_is_refused_with_the_fix(keeper: Client) -> None:
    answer = keeper.post(
        "/decisions/library/knee-pain/tools/", {"seen": -1, "title": "X", "link": "javascript:alert(1)"}
    )
    assert answer.status_code == 422
    assert "beginning with https://" in answer.content.decode()


def test_a_situation_taken_off_the_list_begins_no_decision(by: Actor, joan: Any) -> None:
    actions.keep_situation(by=by, name="glue-ear", seen=0, why="Not here", title="Glue ear", retired=True)
    with pytest.raises(ValidationError, match="not in the library any more"):
        actions.start(person=joan, situation="glue-ear", by=by)


def test_an_expired_tool_is_told_to_whoever_keeps_the_library(keeper: Client, by: Actor) -> None:
    actions.keep_tool(by=by, situation="back-pain", title="A sheet", expires=TODAY - timedelta(days=1))
    assert "is not offered any more" in keeper.get("/decisions/library/").content.decode()


def test_a_clinician_reads_the_library_and_does_not_change_it(client: Client, physio: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(physio.user)
    assert client.get("/decisions/library/knee-pain/").status_code == 200
    assert client.get("/decisions/library/knee-pain/change/").status_code == 403
