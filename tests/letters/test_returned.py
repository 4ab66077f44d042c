"""A mail server tells that a letter did not arrive: marked once, by whoever holds its mark, and by nobody else."""

import smtplib
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from tests.letters.reports import RETURNED, by_envelope, report

from whatmatters.config.cli import main
from whatmatters.config.commands import start
from whatmatters.letters import outbox, returned
from whatmatters.letters.models import Letter, Returned
from whatmatters.letters.reports import LONGEST, read
from whatmatters.letters.returned import take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.slow]
Kind = Returned.Kind


@pytest.fixture
def letter() -> Letter:
    found = outbox.post("hello@shed.example", "A question for your group", "words and a link")
    assert found
    return Letter.objects.get()


def test_a_letter_carries_its_mark_and_its_mark_says_nothing(letter: Letter, settings: Any) -> None:
    (sent,) = mail.outbox
    assert letter.mark
    assert sent.message()["Message-ID"] == f"<{letter.mark.hex}@localhost>"
    assert sent.from_email == sent.message()["From"] == "no-reply@localhost"
    settings.BOUNCES = "bounces@whatmatters.example"
    outbox.post("hello@shed.example", "Another", "words")
    newest = Letter.objects.latest("pk")
    assert newest.mark
    assert mail.outbox[1].from_email == f"bounces+{newest.mark.hex}@whatmatters.example"  # the envelope
    assert mail.outbox[1].message()["From"] == "no-reply@localhost"


@pytest.mark.parametrize(
    ("facts", "kind", "status"),
    [
        ({}, Kind.FAILED, "5.1.1"),
        ({"kind": "message/rfc822"}, Kind.FAILED, "5.1.1"),
        ({"status": "4.4.7"}, Kind.FAILED, "4.4.7"),
        ({"status": "5.2.2 (mailbox full)"}, Kind.FAILED, "5.2.2"),
        ({"action": "Failed (for good)"}, Kind.FAILED, "5.1.1"),
        ({"action": "delayed", "status": "4.4.1"}, Kind.OTHERWISE, ""),
        ({"action": "delivered", "status": "2.0.0"}, Kind.OTHERWISE, ""),
        ({"action": "failed", "status": "2.0.0"}, Kind.UNREADABLE, ""),
        ({"action": "failed", "status": "five"}, Kind.UNREADABLE, ""),
        ({"action": "lost", "status": "5.1.1"}, Kind.UNREADABLE, ""),
    ],
)
def test_what_a_report_says_is_what_becomes_of_the_letter(
    facts: dict[str, str], kind: Kind, status: str, letter: Letter
) -> None:
    assert take(report(letter, **facts)) == kind
    letter.refresh_from_db()
    assert (letter.lost, letter.status) == (bool(status), status)
    assert letter.bad_address == status.startswith("5")


def test_the_envelope_alone_says_which_letter(letter: Letter) -> None:
    assert take(by_envelope(letter)) == Kind.FAILED
    assert take(report(letter)) == Kind.AGAIN


def test_told_twice_it_is_marked_once_with_the_first_status(letter: Letter) -> None:
    assert [take(report(letter, status=one)) for one in ("5.1.1", "4.4.7")] == [Kind.FAILED, Kind.AGAIN]
    assert Letter.objects.get().status == "5.1.1"
    assert Counter({row.kind: row.many for row in Returned.objects.all()}) == {"failed": 1, "again": 1}


def test_what_comes_back_is_not_sent_again(letter: Letter) -> None:
    Letter.objects.update(sent=None, next_try=timezone.now())
    take(report(letter))
    assert outbox.deliver() == (0, 0)
    assert Letter.objects.get().text == ""


def forged(letter: Letter, other: Letter) -> dict[str, bytes]:
    assert letter.mark
    assert other.mark
    two = f"{RETURNED.format(mark=other.mark.hex)}"
    return {
        "a mark made up": report(mark=uuid4().hex),
        "the letter's number": report(mark=f"{letter.pk:032x}"),
        "no mark": report(),
        "two of our letters": report(letter, to=f"bounces+{other.mark.hex}@localhost"),
        "an absence note": f"Subject: Away\nIn-Reply-To: <{letter.mark.hex}@localhost>\n\nBack on Monday".encode(),
        "no status part": report(letter).replace(b"message/delivery-status", b"text/plain"),
        "cut off": report(letter)[:300],
        "words alone": two.encode(),
        "nothing": b"",
        "noise": bytes(range(256)) * 20,
        "too long": report(letter) + b"x" * LONGEST,
        "nested": b"Content-Type: message/rfc822\n\n" * 20_000,
        "a mark in the words": report(mark="x").replace(b"could not", letter.mark.hex.encode()),
    }


NAMES = (
    "a mark made up", "the letter's number", "no mark", "two of our letters", "an absence note", "no status part",
    "cut off", "words alone", "nothing", "noise", "too long", "nested", "a mark in the words",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_is_unknown_broken_or_made_up_is_counted_and_changes_nothing(name: str, letter: Letter) -> None:
    other = outbox.post("jo@shed.example", "Another", "words")
    assert other
    before = list(Letter.objects.values())
    assert take(forged(letter, other)[name]) in (Kind.UNKNOWN, Kind.UNREADABLE)
    assert list(Letter.objects.values()) == before
    assert Returned.objects.get().many == 1


@given(some.binary(max_size=400), some.integers(0, 900), some.integers(0, 60))
def test_no_report_however_spoilt_stops_the_reader(noise: bytes, at: int, cut: int) -> None:
    whole = report(mark=uuid4().hex)
    read(whole[:at] + noise + whole[at + cut :])


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        (550, b"5.1.1 <x>: no such user", "5.1.1"),
        (553, b"sorry", "5.0.0"),
        (450, b"4.2.1 later", ""),
        (530, b"5.7.0 sign in first", ""),
    ],
)
def test_a_server_that_knows_at_once_is_believed_at_once(
    code: int, words: bytes, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(letter: Letter) -> None:
        raise smtplib.SMTPRecipientsRefused({letter.to: (code, words)})

    monkeypatch.setattr(outbox, "transmit", refuse)
    outbox.post("hello@shed.example", "A question", "words")
    letter = Letter.objects.get()
    assert (letter.status, letter.lost, letter.next_try is None) == (status, bool(status), bool(status))


def test_at_the_last_try_it_is_not_forgotten_should_we_fall_over(letter: Letter, monkeypatch: Any) -> None:
    Letter.objects.update(sent=None, tries=5, next_try=timezone.now() - timedelta(seconds=1))

    def fall(_: Letter) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "transmit", fall)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver()
    assert Letter.objects.get().lost_because == "it could not be sent for three days"


class TestCommand:
    """``./whatmatters bounced``, with the database that is there."""

    @pytest.fixture(autouse=True)
    def here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(start, "django", lambda *_, **__: None)
        monkeypatch.setattr(start, "looking", lambda: None)

    def test_files_are_read_and_counted(self, letter: Letter, tmp_path: Path, capsys: Any) -> None:
        for name, raw in {"a": report(letter), "b": report(letter), "c": b"hello"}.items():
            (tmp_path / name).write_bytes(raw)
        assert main(["bounced", *(str(path) for path in sorted(tmp_path.iterdir()))]) == 0
        assert capsys.readouterr().out.splitlines() == [
            "1 told that a letter of ours did not arrive",
            "1 told so of a letter that was known to be lost",
            "1 were no report of a mail server, or a broken one",
        ]
        assert main(["bounced", "--counts"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 3

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path, capsys: Any) -> None:
        assert main(["bounced", str(tmp_path / "none")]) == 1
        assert "cannot be read" in capsys.readouterr().err

    def test_while_the_database_is_down_the_mail_server_keeps_it_and_no_word_of_it_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
    ) -> None:
        def down(raw: bytes) -> Kind:
            raise OSError("hello@shed.example")

        monkeypatch.setattr(returned, "take", down)
        (tmp_path / "a").write_bytes(report())
        assert main(["bounced", str(tmp_path / "a")]) == 75
        assert "shed" not in capsys.readouterr().err
