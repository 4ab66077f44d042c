"""The list of concerns on its pages: at home, by a private link, by a letter's word, and taken down."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from markupsafe import escape
from tests.components.care_planning.sharing import full_plan, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, User
from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.actions.giving import hide
from whatmatters.components.care_planning.concerns import areas, words_of
from whatmatters.components.care_planning.models import Checklist, Version
from whatmatters.components.care_planning.views.concerns_seen import told
from whatmatters.letters.models import Letter
from whatmatters.people.models import Person, Representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(make_person: Any) -> Person:
    found: Person = make_person(given_name="Joan", family_name="Quillfeather", email="joan@example.org")
    return found


@pytest.fixture
def joan(person: Person) -> Client:
    person.account = User.objects.create(email="joan@example.org", name="Joan Quillfeather")
    person.save()
    client = Client()
    client.force_login(person.account)
    return client


def at(name: str, person: Person) -> str:
    return reverse(name, args=[person.uuid])


def sent(person: Person) -> Checklist:
    return person.checklists.filter(sent__isnull=False).latest("sent")


def test_at_home_the_person_marks_puts_in_order_and_sends(joan: Client, person: Person, by: Actor) -> None:
    actions.start(person=person, by=by)
    page = at("my-plan-concerns-write", person)
    assert "Money, bills or benefits" in text(joan.get(page))
    step = joan.post(page, {"revision": "1", "money": "8", "pain": "8", "other-1-words": "Biscuit", "other-1": "9"})
    assert step.headers["Location"] == f"{page}?check=yes"
    joan.post(page, {"do": "higher pain"})
    check = text(joan.get(f"{page}?check=yes"))
    assert check.index("Biscuit") < check.index("Pain</strong>") < check.index("Money, bills")
    joan.post(page, {"do": "send"})
    assert sent(person).how == "account"
    assert "yes" in text(joan.get(at("my-plan-concerns", person)))
    assert Version.objects.get().carried.count() == 3


def test_the_draft_is_there_again_and_the_page_script_is_answered_as_it_asks(joan: Client, person: Person) -> None:
    page = at("my-plan-concerns-write", person)
    answer = joan.post(page, {"revision": "1", "sleep": "6", "do": "later"}, headers={"Accept": "application/json"})
    assert answer.json() == {"saved": True, "to": page}
    assert '<option value="6" selected' in text(joan.get(page))


def test_two_windows_lose_nothing(joan: Client, person: Person) -> None:
    page = at("my-plan-concerns-write", person)
    joan.post(page, {"revision": "1", "sleep": "6"})
    joan.post(page, {"revision": "2", "sleep": "7"})
    answer = joan.post(page, {"revision": "2", "sleep": "2"})
    assert answer.status_code == 409
    assert "Someone else has saved this page" in text(answer)
    assert '<option value="2" selected' in text(answer)


def test_a_private_link_needs_no_account_names_nobody_and_is_used_once(
    person: Person, by: Actor, client: Client
) -> None:
    _, word = actions.ask_concerns(person=person, by=by)
    page = reverse("concerns-by-link", args=[word])
    assert "Joan" not in text(client.get(page))
    client.post(page, {"revision": "1", "pain": "9"})
    assert client.post(page, {"do": "send"}).status_code == 302
    gone = client.get(page)
    assert gone.status_code == 410
    assert "Thank you" in text(gone)
    assert "Pain" not in text(gone)
    assert (sent(person).how, sent(person).by_role) == ("link", "person")
    assert AuditEntry.objects.filter(act="sent concerns", person=person.pk).exists()


@pytest.mark.parametrize(("change", "status", "says"), [
    ({"expires": timezone.now() - timedelta(days=1)}, 410, "no longer good"),
    ({"withdrawn": timezone.now()}, 410, "no longer good"),
    ({"key": "0" * 64}, 404, "do not know this link"),
])  # fmt: skip
def test_a_link_that_is_late_put_away_or_guessed_says_what_to_do(
    person: Person, by: Actor, change: dict[str, Any], status: int, says: str
) -> None:
    _, word = actions.ask_concerns(person=person, by=by)
    Checklist.objects.update(**change)
    answer = Client().get(reverse("concerns-by-link", args=[word]))
    assert answer.status_code == status
    assert says in text(answer)
    assert "ring your GP practice" in text(answer).replace("Ring", "ring")


def test_a_newer_link_puts_the_older_out_of_use(person: Person, by: Actor, client: Client) -> None:
    _, old = actions.ask_concerns(person=person, by=by)
    _, new = actions.ask_concerns(person=person, by=by)
    assert client.get(reverse("concerns-by-link", args=[old])).status_code == 404
    assert client.get(reverse("concerns-by-link", args=[new])).status_code == 200


def test_the_letter_holds_the_list_itself_to_fill_in_by_hand(staff: Client, person: Person) -> None:
    letter = text(staff.post(at("plan-concerns-letter", person)))
    asked = [words for area in areas() for words in area.items.values()]
    assert [words for words in asked if str(escape(words)) not in letter] == []
    assert "Or ring Harbour Surgery" in letter


def test_the_word_of_a_letter_leads_to_the_list(staff: Client, person: Person) -> None:
    letter = text(staff.post(at("plan-concerns-letter", person)))
    word = letter.split("<strong>")[1].split("</strong>")[0]
    typed = Client().post(reverse("concerns-word"), {"word": word.upper().replace("-", " ")})
    assert Client().get(typed.headers["Location"]).status_code == 200
    wrong = Client().post(reverse("concerns-word"), {"word": "abcd-efgh-2345"})
    assert wrong.status_code == 422
    assert "check each letter" in text(wrong)


def test_staff_take_it_down_and_must_say_how(staff: Client, person: Person) -> None:
    page = at("plan-concerns-write", person)
    staff.post(page, {"revision": "1", "worry": "5"})
    refused = staff.post(page, {"do": "send"})
    assert refused.status_code == 422
    assert "Choose how they told you" in text(refused)
    staff.post(page, {"do": "send", "how": "phone"})
    assert (sent(person).how, sent(person).by_name) == ("phone", "Sam Okafor")


def test_a_number_without_words_is_asked_after(joan: Client, person: Person) -> None:
    answer = joan.post(at("my-plan-concerns-write", person), {"revision": "1", "other-2": "4", "pain": "3"})
    assert answer.status_code == 422
    assert "Write what it is, or take the number away" in text(answer)
    assert '<option value="3" selected' in text(answer)


def test_the_next_time_is_compared_with_the_last(staff: Client, person: Person) -> None:
    page = at("plan-concerns-write", person)
    for said in ({"worry": "5", "sleep": "9"}, {"worry": "8", "pain": "2"}):
        row = person.checklists.filter(sent=None).first()
        staff.post(page, {"revision": str(row.revision if row else 1), **said})
        staff.post(page, {"do": "send", "how": "paper"})
    found = told(person)
    assert [(one.key, one.score, earlier) for one, _, earlier in found["rows"]] == [("worry", 8, 5), ("pain", 2, None)]
    assert [one.key for one in found["gone"]] == ["sleep"]
    shown = text(staff.get(at("plan-concerns", person)))
    assert "5 (weighs more now)" in shown
    assert "No longer on Joan’s mind: Sleep (was 9)" in shown


def test_the_coordinator_asks_by_email_or_shows_a_link_once(staff: Client, person: Person) -> None:
    page = at("plan-concerns", person)
    assert "has not agreed to be written to by e-mail" in text(staff.get(page))
    assert staff.post(page, {"do": "email", "to": "joan@example.org"}).status_code == 422
    assert not Letter.objects.exists()
    staff.post(at("wishes", person), {"email": "yes", "questions": "yes"})
    assert "is on its way" in text(staff.post(page, {"do": "email", "to": "joan@example.org"}))
    assert "http" in text(staff.post(page, {"do": "link", "to": ""})).split("shown this once")[1][:200]
    assert "Enter an email address" in text(staff.post(page, {"do": "email", "to": ""}))
    staff.post(page, {"do": "away"})
    assert not person.checklists.filter(withdrawn=None).exists()


@pytest.fixture
def daughter(person: Person) -> Client:
    """She may see the plan, and change it."""
    account = User.objects.create(email="michelle@example.org", name="Michelle")
    Representative.objects.create(
        person=person, account=account, relationship="daughter", authority="nominated", start=date(2020, 1, 1),
        may_see_plan=True, may_change_plan=True,
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    return client


def tell(person: Person, by: Actor) -> Version:
    """Pain, and something that changed since the plan was agreed."""
    version = full_plan(person, by)
    row = actions.begin_concerns(person=person, by=by)
    said = {"pain": ("", 9)}
    actions.save_concerns(
        checklist=row, revision=row.revision, by=by, changed="yes", changes="zq-changed",
        said={key: (words_of(key), score) for key, (_, score) in said.items()},
    )  # fmt: skip
    actions.send_concerns(checklist=row, how="phone", by=by)
    return version


@pytest.mark.parametrize(("kept_back", "list_shown", "why_shown"), [
    ("", True, True), ("needs", False, False), ("legal", True, False),  # why a review was asked for is of no part
])  # fmt: skip
def test_what_weighs_on_them_is_kept_from_carers_with_their_needs(
    *, person: Person, by: Actor, daughter: Client, staff: Client, kept_back: str, list_shown: bool, why_shown: bool
) -> None:
    version = tell(person, by)
    if kept_back:
        hide(plan=version.plan, part=kept_back, audiences=["carer"], by=by)
    seen = text(daughter.get(at("my-plan-concerns", person)))
    assert ("Pain</strong>" in seen, "zq-changed" in seen) == (list_shown, list_shown)
    assert "This may not be all that was told" in seen  # whether it is or not
    assert ("zq-changed" in text(daughter.get(at("my-plan", person)))) is why_shown
    assert "Pain</strong>" in text(staff.get(at("plan-concerns", person)))
    assert "zq-changed" in text(staff.get(at("plan", person)))
