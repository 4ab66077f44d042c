"""A letter goes after what it tells of is saved, is tried again while the mail server is down, and is sent once."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from tests.people.at_once import at_once

from whatmatters.letters import outbox
from whatmatters.letters.models import Letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def server_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SMTPServerDisconnected("no answer")

    monkeypatch.setattr(outbox, "transmit", refuse)


def due_again() -> None:
    Letter.objects.update(next_try=timezone.now() - timedelta(seconds=1))


def test_a_letter_is_sent_once_it_is_saved_and_its_text_is_let_go() -> None:
    outbox.post("hello@tigershed.example", "A question for you", "https://whatmatters.example/a/b")
    assert [sent.to for sent in mail.outbox] == [["hello@tigershed.example"]]
    assert outbox.deliver() == (0, 0)
    assert Letter.objects.get().text == ""


def test_nothing_is_written_about_what_was_not_saved() -> None:
    with transaction.atomic():
        outbox.post("hello@tigershed.example", "A question for you", "words")
        transaction.set_rollback(True)
    assert not mail.outbox
    assert not Letter.objects.exists()


@pytest.mark.parametrize("to", ["", "01482 000000", "hello@", "a@b.example\nbcc: c@d.example", '"\x0b"@[::1]'])
def test_what_is_no_address_is_not_written_to(to: str) -> None:
    assert outbox.post(to, "A question for you", "words") is None
    assert not Letter.objects.exists()


def test_while_the_server_is_down_the_letter_waits(server_down: None) -> None:
    outbox.post("hello@tigershed.example", "A question for you", "words")
    assert Letter.objects.get().tries == 1
    assert outbox.deliver() == (0, 0)  # not due yet


def test_when_the_server_is_back_it_goes() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "transmit", lambda *_: (_ for _ in ()).throw(ConnectionRefusedError()))
        outbox.post("hello@tigershed.example", "A question for you", "words")
    due_again()
    assert outbox.deliver() == (1, 0)
    assert mail.outbox[0].body == "words"


def test_after_six_refusals_it_is_given_up_and_kept_to_be_seen(server_down: None) -> None:
    outbox.post("hello@tigershed.example", "A question for you", "words")
    for _ in range(8):
        Letter.objects.exclude(next_try=None).update(next_try=timezone.now() - timedelta(seconds=1))
        outbox.deliver()
    letter = Letter.objects.get()
    assert (letter.tries, letter.next_try, letter.sent) == (6, None, None)


def test_a_letter_that_cannot_be_written_keeps_no_other_back_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        Letter.objects.create(to=f"{name}@shed.example", subject="A question for you", text="words")
    whole = outbox.transmit

    def breaks(letter: Letter) -> None:
        if letter.to.startswith("b"):
            raise ValueError("such an address cannot be written to")
        whole(letter)

    monkeypatch.setattr(outbox, "transmit", breaks)
    with pytest.raises(ValueError, match="cannot be written to"):
        outbox.deliver()
    assert [sent.to for sent in mail.outbox] == [["a@shed.example"], ["c@shed.example"]]
    assert Letter.objects.get(to="b@shed.example").next_try is not None


def test_a_sender_that_dies_after_sending_sends_again_rather_than_never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the mail server's yes and our own mark: twice is the lesser evil."""
    letter = Letter.objects.create(to="a@shed.example", subject="A question for you", text="words")
    whole = outbox.transmit

    def dies(row: Letter) -> None:
        whole(row)
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "transmit", dies)
        with pytest.raises(SystemExit):
            outbox.deliver()
    assert outbox.deliver() == (0, 0)  # put off, not forgotten
    due_again()
    assert outbox.deliver() == (1, 0)
    assert len(mail.outbox) == 2
    assert not Letter.objects.get(pk=letter.pk).lost


def test_two_senders_at_once_send_a_letter_once() -> None:
    letter = Letter.objects.create(to="a@shed.example", subject="A question for you", text="words")
    assert at_once(*[lambda: outbox.send(letter.pk)] * 3) == ["done"] * 3
    assert len(mail.outbox) == 1
