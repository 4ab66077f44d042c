"""A copy says whose it is, how old, until when; anyone can ask whether it is the latest, and learns nothing else."""

import io
import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.components.care_planning.sharing import LATER, SAID, TODAY, browser, text

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry
from whatmatters.components.care_planning import actions, parts
from whatmatters.components.care_planning.actions.papers import last_day, make_copy, says
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Copy, Version
from whatmatters.people.models import Person
from whatmatters.people.revisions import Stale
from whatmatters.web.pdf import NEEDED, CannotMakePdf

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person(given_name="Joan", family_name="Atkinson", address="3 Quay Lane\nHull")


@pytest.fixture
def staff(coordinator: Any, settings: Any) -> Client:
    settings.SECOND_FACTOR = False
    return browser(coordinator.user)


def where(person: Person) -> str:
    return reverse("plan-print", args=[person.uuid])


def asked(**facts: str) -> dict[str, str]:
    return {"seen": "1", "look": "plain", "form_of": "page", **facts}


def agree_again(person: Person, by: Actor) -> Version:
    second = actions.start(person=person, by=by)
    return actions.agree(
        version=second, seen=stamp(contents_of(second)), by=by, agreed_on=TODAY, agreed_by="Joan", agreed_role="person"
    )


LAST_DAYS = [
    # the day of the review, from today; the last day of a copy, from today
    (None, 182), (30, 30), (181, 181), (300, 182), (-1, 14), (-300, 14),
]  # fmt: skip


@pytest.mark.parametrize(("review", "good_for"), LAST_DAYS)
def test_a_copy_is_good_until_the_review_and_half_a_year_at_most(
    review: int | None, good_for: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = None if review is None else TODAY + timedelta(days=review)
    monkeypatch.setattr("whatmatters.components.care_planning.actions.papers.due_of", lambda version: due)
    assert last_day(Version(), TODAY) == TODAY + timedelta(days=good_for)


def test_a_copy_is_recorded_and_audited(staff: Client, person: Person, version: Version) -> None:
    assert not Copy.objects.exists()
    staff.get(where(person))
    assert not Copy.objects.exists()
    page = text(staff.post(where(person), asked(audience="care home")))
    copy = Copy.objects.get()
    assert (copy.look, copy.audience, copy.version, copy.expires) == ("plain", "care home", version, LATER)
    assert AuditEntry.objects.filter(person=person.pk, act="printed the plan").count() == 1
    assert "Made for: care home" in page
    assert "<svg" in page
    shared = text(staff.get(reverse("plan-sharing", args=[person.uuid])))
    assert "ordinary print, version 1, for: care home" in shared


def test_every_copy_has_a_word_of_its_own_that_is_not_kept(version: Version, by: Actor) -> None:
    words = {make_copy(version=version, seen=1, look="plain", by=by)[1] for _ in range(2)}
    assert len(words) == 2
    assert not words & set(Copy.objects.values_list("digest", flat=True))


def test_it_names_the_version_that_was_seen(staff: Client, person: Person, version: Version, by: Actor) -> None:
    agree_again(person, by)
    with pytest.raises(Stale):
        make_copy(version=Version.objects.get(number=2), seen=1, look="plain", by=by)
    answer = staff.post(where(person), asked())
    assert answer.status_code == 422
    assert "Another version of the plan was agreed since you opened this page" in text(answer)
    assert not Copy.objects.exists()
    assert staff.post(where(person), asked(seen="2")).status_code == 200


def ask(word: str) -> str:
    return text(Client().get(reverse("paper", args=[word])))


def test_the_code_says_only_whether_it_is_the_latest(person: Person, version: Version, by: Actor) -> None:
    word = make_copy(version=version, seen=1, look="plain", by=by)[1]
    assert "This copy is the latest" in ask(word)
    actions.start(person=person, by=by)
    assert "This copy is the latest" in ask(word)
    agree_again(person, by)
    page = ask(word)
    assert "A newer version exists" in page
    assert "Ask whoever gave it to you" in page
    for name in ("Joan", "ATKINSON", "Atkinson", "1948", "zq-", person.nhs_number):
        assert name not in page


def test_a_copy_past_its_last_day_says_so(version: Version, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    word = make_copy(version=version, seen=1, look="plain", by=by)[1]

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return LATER + timedelta(days=1)

    monkeypatch.setattr("whatmatters.components.care_planning.actions.papers.date", Later)
    assert says(word) == "expired"
    assert "too old to rely on" in ask(word)


def test_after_a_death_it_says_only_to_ask(person: Person, version: Version, by: Actor) -> None:
    word = make_copy(version=version, seen=1, look="plain", by=by)[1]
    person.died = TODAY
    person.save()
    assert "Do not rely on this copy" in ask(word)
    assert "died" not in ask(word)


@pytest.mark.parametrize("word", ["x", "0" * 43])
def test_a_guessed_word_tells_nothing(word: str, db: None) -> None:
    answer = Client().get(reverse("paper", args=[word]))
    assert answer.status_code == 404
    assert "We do not know this copy" in text(answer)


@pytest.mark.slow
@pytest.mark.parametrize("look", ["plain", "large", "easy"])
def test_the_file_is_tagged_and_says_on_every_page_whose_it_is(
    look: str, staff: Client, person: Person, version: Version, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        answer = staff.post(where(person), asked(look=look, form_of="pdf"))
    assert [entry.getMessage() for entry in caplog.records if entry.name == "weasyprint"] == []
    assert answer["Content-Type"] == "application/pdf"
    assert "Atkinson" not in answer["Content-Disposition"]
    read = PdfReader(io.BytesIO(answer.content))
    assert (read.root_object["/MarkInfo"], read.root_object["/Lang"]) == ({"/Marked": True}, "en-GB")
    assert read.metadata is not None
    assert "Atkinson" not in str(read.metadata.title)
    pages = [page.extract_text().replace("\n", " ") for page in read.pages]
    for number, page in enumerate(pages, start=1):
        assert "ATKINSON, Joan" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Do not rely on it after" in page
    whole = "".join(pages).replace("- ", "-")  # a word may be broken at its hyphen
    assert {part for part, word in SAID.items() if word in whole} == set(SAID)
    assert "Version 1, agreed on" in pages[0]


def test_large_print_is_18_points_and_more_throughout() -> None:
    style = (Path(str(parts.__file__)).parent / "jinja2/care_planning/paper.css").read_text("utf-8")
    rules = " ".join(re.findall(r"\.wm-look--large[^}]*\}", style))
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", rules)]
    assert sizes
    assert min(sizes) >= 18


def test_easy_read_has_one_idea_a_line_and_drawings_with_words(staff: Client, person: Person, version: Version) -> None:
    page = text(staff.get(reverse("plan-read", args=[person.uuid, "easy"])))
    assert "<li>Walk.</li><li>zq-goal</li>" in page
    assert "<title>A heart</title>" in page
    assert "If things go wrong" in page


def test_a_machine_that_cannot_make_files_says_which_packages_and_offers_the_browser(
    staff: Client, person: Person, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: Any, **__: Any) -> bytes:
        raise CannotMakePdf(NEEDED)

    monkeypatch.setattr("whatmatters.components.care_planning.views.papers.pdf", cannot)
    answer = staff.post(where(person), asked(form_of="pdf"))
    assert answer.status_code == 422
    assert "libpango" in text(answer)
    assert "use the print command of your browser" in text(answer)
