"""The pages: the talks in a browser without a script, what the person sees and never sees, links, lists."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.components.shared_decision_making import actions
from whatmatters.components.shared_decision_making.models import Decision, Preparation, Status
from whatmatters.letters.models import Letter
from whatmatters.people.actions_wishes import say
from whatmatters.people.models import Person, Representative

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]
TODAY = date.today()
Page = Any


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def staff(client: Client, physio: SimpleNamespace) -> Client:
    client.force_login(physio.user)
    return client


@pytest.fixture
def herself(joan: Person) -> Client:
    joan.account = User.objects.create(email="joan@example.org", name="Joan Atkinson")
    joan.save()
    own = Client()
    own.force_login(joan.account)
    return own


class Boxes(HTMLParser):
    """What the forms of a page would send as they stand."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.sent, self.area, self.select, self.offered = dict[str, Any](), "", "", list[str]()
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = dict(attrs)
        name, value = got.get("name") or "", got.get("value") or ""
        if tag == "textarea":
            self.area = name
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in got:
            self.sent[self.select] = value
        elif tag == "input":
            self.offered.append(f"{name}={value}")
            if got.get("type") not in ("radio", "checkbox") or "checked" in got:
                self.sent[name] = value

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area


def typed(page: Page) -> dict[str, Any]:
    return {name: value for name, value in Boxes(page).sent.items() if name not in ("", "csrfmiddlewaretoken")}


def at(row: Decision, page: str = "") -> str:
    return f"/people/{row.person.uuid}/decisions/{row.uuid}/{page and page + '/'}"


def test_the_three_talks_end_in_a_valid_decision(staff: Client, joan: Person) -> None:
    page = staff.post(f"/people/{joan.uuid}/decisions/start/", {"situation": "shoulder-pain"}, follow=True)
    row = Decision.objects.get()
    team = {**typed(page), "matters": "The top shelf"}
    page = staff.post(at(row, "team"), team, follow=True)
    assert page.request["PATH_INFO"] == at(row, "options")
    told = {**typed(page), "o0_benefits": "Reach", "o0_harms": "Sore", "o4_benefits": "No visits", "o4_harms": "Stiff"}
    assert (told["o0_what"], told["o4_what"]) == ("Exercises", "Doing nothing for now")
    page = staff.post(at(row, "options"), told, follow=True)
    assert [o.what for o in row.options.all()] == ["Exercises", "Doing nothing for now"]
    decided = {**typed(page), "chosen": "0", "review": "6"}
    page = staff.post(at(row, "decide"), decided, follow=True)
    row.refresh_from_db()
    assert (row.status, row.decided) == (Status.VALID, "Exercises")
    assert row.review_on == row.contact_on + timedelta(days=42)
    assert "The decision is agreed" in page.content.decode()
    assert "815791000000100" in page.content.decode()


def test_what_is_missing_is_said_where_it_is_mended_and_nothing_typed_is_lost(staff: Client, begun: Decision) -> None:
    page = staff.post(at(begun, "decide"), {"revision": begun.revision, "decided": "Wait and see", "review": "none"})
    words = page.content.decode()
    assert page.status_code == 422
    assert "Talk about two options or more" in words
    assert "Write what matters to the person" in words
    assert "Wait and see" in words
    begun.refresh_from_db()
    assert (begun.status, begun.decided) == (Status.IN_PROGRESS, "")


def test_it_can_be_saved_provisional_and_is_clearly_not_agreed(staff: Client, begun: Decision) -> None:
    sent = {"revision": begun.revision, "decided": "Perhaps an injection", "do": "provisional"}
    page = staff.post(at(begun, "decide"), sent, follow=True)
    assert "Provisional: not agreed yet" in page.content.decode()
    begun.refresh_from_db()
    assert begun.decided == "Perhaps an injection"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"chosen": "other", "decided": "x", "review": "day"}, "Enter the day, or choose another answer"),
        ({"chosen": "9", "review": "none"}, "What did you decide together"),
        ({"decided": "x" * 151, "review": "none"}, "at most 150"),
        ({"decided": "x", "withheld_why": "Harm", "review": "none"}, "Tick this as well"),
        ({"review_on_day": "31", "review_on_month": "2", "review_on_year": "2027", "review": "day"}, "a real date"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_field_and_the_fix(
    staff: Client, begun: Decision, sent: dict[str, str], sentence: str
) -> None:
    page = staff.post(at(begun, "decide"), {"revision": begun.revision, **sent})
    assert page.status_code == 422
    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"o0_benefits": "y" * 151}, "One line is longer than 150 letters"),
        ({"o5_benefits": "Good"}, "Name the option that you have written about"),
        ({"tools": "no-such-tool"}, "no-such-tool"),
        ({"o0_harms": "\u202eevil"}, "cannot be seen"),
    ],
)
def test_an_option_that_cannot_be_is_refused(
    staff: Client, begun: Decision, sent: dict[str, str], sentence: str
) -> None:
    page = staff.get(at(begun, "options"))
    answer = staff.post(at(begun, "options"), {**typed(page), **sent})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not begun.options.exists()


def test_two_editors_of_the_options_both_see_both(staff: Client, begun: Decision, by: Actor) -> None:
    mine = {**typed(staff.get(at(begun, "options"))), "o0_benefits": "Mine", "o0_harms": "Sore"}
    hers = [{"what": "Exercises", "benefits": "Hers", "harms": "Sore"}]
    actions.save_options(decision=begun, revision=begun.revision, by=by, options=hers)
    page = staff.post(at(begun, "options"), mine)
    assert page.status_code == 409
    assert "Hers" in page.content.decode()
    again = {**mine, "revision": begun.revision + 1}
    assert staff.post(at(begun, "options"), again).status_code == 302
    assert begun.options.get().benefits == "Mine"


@pytest.mark.parametrize("page", ["team", "decide"])
def test_two_editors_of_a_talk_both_see_both(page: str, staff: Client, begun: Decision, by: Actor) -> None:
    mine = {**typed(staff.get(at(begun, page))), "matters": "Mine", "decided": "Mine", "review": "none"}
    actions.save_team(decision=begun, revision=begun.revision, by=by, matters="Hers")
    answer = staff.post(at(begun, page), {**mine, "do": "provisional"})
    assert answer.status_code == 409
    assert ("Hers" if page == "team" else "Mine") in answer.content.decode()


def test_the_pages_script_is_told_where_to_go_on(staff: Client, begun: Decision) -> None:
    sent = {"revision": begun.revision, "decided": "Perhaps", "do": "provisional"}
    answer = staff.post(at(begun, "decide"), sent, headers={"Accept": "application/json"})
    assert answer.json() == {"saved": True, "to": at(begun)}


def test_a_finished_decision_opens_no_page_for_writing(staff: Client, valid: Decision) -> None:
    for page in ("team", "options", "decide"):
        assert staff.get(at(valid, page))["Location"] == at(valid)


def test_expired_tools_are_told_and_not_offered(staff: Client, joan: Person, by: Actor) -> None:
    old: dict[str, Any] = {"situation": "knee-pain", "title": "Old sheet", "expires": TODAY - timedelta(days=1)}
    actions.keep_tool(by=by, **old)
    row = actions.start(person=joan, situation="knee-pain", by=by)
    page = staff.get(at(row, "options"))
    assert "“Old sheet” expired on" in page.content.decode()
    assert [box for box in Boxes(page).offered if box.startswith("tools=")] == []


SECRET = ("She would harm herself", "Counsel was asked", "The scan of her lung", "After the holiday", "Her son is away")


def test_what_is_kept_from_the_person_is_on_no_page_of_theirs(
    begun: Decision, fill: Callable[..., Decision], agree: Callable[..., Decision], herself: Client, staff: Client
) -> None:
    names = ("withheld_why", "legal_advice", "still_to_share", "share_when", "delay_why")
    told = dict(zip(names, SECRET, strict=True))
    row = agree(fill(begun), withheld=True, **told)
    mine = f"/my/{row.person.uuid}/"
    pages = (f"{mine}decisions/{row.uuid}/", f"{mine}decisions/{row.uuid}/?easy=yes", f"{mine}decisions/", mine)
    paper = (at(row, "take-away"), at(row, "take-away") + "?easy=yes")
    theirs = [herself.get(page).content.decode() for page in pages]
    theirs += [staff.get(page).content.decode() for page in paper]
    assert all("Exercises" in page for page in theirs)
    assert [word for page in theirs for word in SECRET if word in page] == []
    shown = staff.get(at(row)).content.decode()
    assert all(word in shown for word in SECRET)


def test_the_page_to_take_away_says_when_it_must_not_be_relied_on(
    valid: Decision, by: Actor, agree: Callable[..., Decision], herself: Client
) -> None:
    page = f"/my/{valid.person.uuid}/decisions/{valid.uuid}/"
    assert "Agreed on" in herself.get(page).content.decode()
    again = actions.take_up_again(decision=valid, by=by)
    mine = f"/my/{valid.person.uuid}/decisions/{again.uuid}/"
    assert "Not agreed yet. Do not rely on it" in herself.get(mine).content.decode()
    agree(again, decided="Injection", no_review=True)
    assert "There is a newer decision. Do not rely on this one" in herself.get(page).content.decode()
    actions.cancel(decision=again, by=by, why="Moved")
    assert herself.get(mine).status_code == 404


def test_it_goes_home_as_a_pdf_file_too(valid: Decision, herself: Client, staff: Client) -> None:
    for ask, page in ((herself, f"/my/{valid.person.uuid}/decisions/{valid.uuid}/pdf/"), (staff, at(valid, "pdf"))):
        for easy in ("", "?easy=yes"):
            file = ask.get(page + easy)
            assert file["Content-Type"] == "application/pdf"
            assert "Joan" not in file["Content-Disposition"]
            assert file.content.startswith(b"%PDF")


def test_a_representative_reads_with_the_right_to_the_plan_alone(valid: Decision) -> None:
    other, page = Client(), f"/my/{valid.person.uuid}/decisions/{valid.uuid}/"
    account = User.objects.create(email="kim@example.org", name="Kim")
    tie = Representative.objects.create(
        person=valid.person, account=account, relationship="Son", authority="nominated", start=TODAY,
        may_see_plan=False, may_see_referrals=True,
    )  # fmt: skip
    other.force_login(account)
    assert other.get(page).status_code == 404
    tie.may_see_plan = True
    tie.save()
    assert other.get(page).status_code == 200


def test_preparing_on_the_own_pages_reaches_the_talk(herself: Client, joan: Person, by: Actor, staff: Client) -> None:
    page = f"/my/{joan.uuid}/decisions/prepare/"
    assert herself.post(page, {}).status_code == 422
    herself.post(page, {"agenda": "The nights", "matters": "To sleep", "questions": "How long?"})
    assert "has written what they want to talk about" in staff.get(f"/people/{joan.uuid}/").content.decode()
    row = actions.start(person=joan, situation="shoulder-pain", by=by)
    assert (row.person_agenda, row.matters) == ("The nights\nHow long?", "To sleep")
    assert "The nights" in staff.get(at(row, "team")).content.decode()


def test_what_they_wrote_stands_where_a_decision_is_begun_and_begins_it(staff: Client, joan: Person, by: Actor) -> None:
    person = Actor(joan.full_name, "person")
    actions.ask_to_prepare(person=joan, situation="knee-pain", by=by, post_it=False)
    actions.prepare(person=joan, by=person, situation="knee-pain", agenda="My knees", matters="", questions="")
    page = staff.get(f"/people/{joan.uuid}/decisions/").content.decode()
    assert page.index("My knees") < page.index("Begin with what Joan wrote") < page.index("Bones, joints and muscles")
    staff.post(f"/people/{joan.uuid}/decisions/start/", {"situation": "knee-pain"})
    assert "My knees" not in staff.get(f"/people/{joan.uuid}/decisions/").content.decode()


def test_what_is_needed_before_it_can_be_agreed_is_not_called_optional(staff: Client, begun: Decision) -> None:
    for page, needed, optional in (
        ("team", "What matters to them", "Who decides with them"),
        ("options", "Harms: what can it cost or spoil?", "What they think of it"),
        ("decide", "When do you look at it again?", "What professionals do now"),
    ):
        words = staff.get(at(begun, page)).content.decode()
        assert f"{needed} (optional)" not in words
        assert f"{optional} (optional)" in words


def test_the_link_is_printed_where_they_have_not_agreed_to_e_mail(staff: Client, joan: Person) -> None:
    joan.email = "joan@example.org"
    joan.save()
    made = staff.post(f"/people/{joan.uuid}/decisions/prepare/", {"situation": "knee-pain"})
    assert "Print this page, or read the link out" in made.content.decode()
    assert not Letter.objects.exists()


def test_a_private_link_works_once_and_tells_nothing_of_anyone(
    staff: Client, joan: Person, by: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    joan.email = "joan@example.org"
    joan.save()
    say(person=joan, about="email", yes=True, by=by)
    answer = staff.post(f"/people/{joan.uuid}/decisions/prepare/", {"situation": "knee-pain"})
    link = re.search(r"/before-we-talk/[\w-]+/", answer.content.decode())
    assert link
    letter = Letter.objects.get()
    assert "Joan" not in letter.text
    assert "knee" not in letter.text.lower()
    visitor = Client()
    first = visitor.get(link[0])
    assert first.status_code == 200
    assert "Knee pain" in first.content.decode()
    assert "Joan" not in first.content.decode()
    assert visitor.get(link[0]).status_code == 200  # looking uses nothing up: scanners of mail look too
    assert visitor.post(link[0], {"agenda": "  "}).status_code == 422
    assert "Thank you" in visitor.post(link[0], {"agenda": "My knees"}).content.decode()
    for word in (link[0], "/before-we-talk/guessed-word/"):
        gone = visitor.get(word)
        assert gone.status_code == 410
        assert "This link is closed" in gone.content.decode()
    assert visitor.post(link[0], {"agenda": "More"}).status_code == 410
    assert Preparation.objects.get().agenda == "My knees"
    assert not mail.outbox


def test_an_old_link_is_closed(joan: Person, by: Actor, client: Client) -> None:
    past = timezone.now() - timedelta(days=29)
    _, word = actions.ask_to_prepare(person=joan, situation="", by=by, now=past)
    assert client.get(f"/before-we-talk/{word}/").status_code == 410


def test_the_list_shows_each_kind(staff: Client, valid: Decision, by: Actor, joan: Person) -> None:
    actions.defer(
        decision=actions.start(person=joan, situation="knee-pain", by=by), by=by, why="Wants to ask her daughter"
    )
    page = staff.get("/decisions/").content.decode()
    assert "Wants to ask her daughter" in page
    assert "Put off (1)" in page


def test_the_list_says_how_one_is_begun(staff: Client) -> None:
    page = staff.get("/decisions/").content.decode()
    assert "<h1>Shared decisions</h1>" in page
    assert 'href="/people/"' in page[page.index("To begin one") :]


@pytest.mark.parametrize("same", [{"situation": "shoulder-pain"}, {"problem": "a frozen toe "}])
def test_what_was_decided_before_is_shown_and_a_second_one_is_begun_knowingly(
    same: dict[str, str], staff: Client, joan: Person, fill: Any, agree: Any
) -> None:
    start = f"/people/{joan.uuid}/decisions/start/"
    staff.post(start, {**same, "problem": same.get("problem", "").strip().capitalize()})
    valid = agree(fill(Decision.objects.get()))
    page = staff.post(start, same).content.decode()
    assert "decided: <strong>Exercises</strong>" in page
    assert at(valid, "again") in page
    assert Decision.objects.count() == 1
    assert staff.post(start, {**same, "anew": "yes"}).status_code == 302
    assert Decision.objects.count() == 2
    again = staff.post(start, same, follow=True)  # the open one is gone on with
    assert again.request["PATH_INFO"].endswith("/team/")
    assert Decision.objects.count() == 2


def test_one_that_was_left_open_says_whose_it_was_when_it_is_gone_on_with(
    staff: Client, joan: Person, begun: Decision, fill: Any
) -> None:
    fill(begun)
    page = staff.post(f"/people/{joan.uuid}/decisions/start/", {"situation": "shoulder-pain"}, follow=True)
    assert "by Priya Nair, and not agreed yet" in page.content.decode()


def test_carried_into_the_plan_it_says_so(staff: Client, valid: Decision) -> None:
    page = staff.post(at(valid, "carry"), follow=True).content.decode()
    assert "It is in the draft of the plan now" in page
    assert "put there by Priya Nair" in page
    assert "Put it in the plan" not in page
