"""The audit chain: whoever tampers with it is found out. Each case below is a way to tamper."""

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from whatmatters.access import audit, chain
from whatmatters.access.actors import Actor
from whatmatters.access.audit import seal
from whatmatters.access.models import AuditEntry, ChainHead

pytestmark = pytest.mark.database
NURSE = Actor("Ada Nurse", "clinician", 7, 1, "B81001", 3)
Tamper = Callable[[], object]


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors"


@pytest.fixture
def ten_entries(db: None, anchors: Path, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(1, 11):
            audit.record(f"act {number}", by=NURSE, person=number, why="because", detail={"row": number})


@pytest.fixture
def unlocked(ten_entries: None) -> None:
    """As one who owns the database can: the trigger that refuses changes is taken away."""
    with connection.cursor() as cursor:
        table = " ON access_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER access_auditentry_write_once{table}")


def sql(statement: str) -> Tamper:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return act


def edit(field: str, value: str, number: int = 5) -> Tamper:
    return sql(f'UPDATE access_auditentry SET "{field}" = {value} WHERE number = {number}')  # noqa: S608  # our own words


def renumber(pairs: dict[int, int]) -> Tamper:
    def act() -> None:
        for old in pairs:
            AuditEntry.objects.filter(number=old).update(number=-old)
        for old, new in pairs.items():
            AuditEntry.objects.filter(number=-old).update(number=new)

    return act


def delete(*numbers: int) -> None:
    AuditEntry.objects.filter(number__in=numbers)._raw_delete("default")


def cut_tail_and_head() -> None:
    """The careful thief: takes the last three, and sets the head back to the seventh."""
    delete(8, 9, 10)
    ChainHead.objects.update(number=7, mac=AuditEntry.objects.get(number=7).mac)


def insert() -> None:
    """One more, numbered on and sealed by someone without the key; the head follows."""
    last = AuditEntry.objects.get(number=10)
    copy = AuditEntry(
        number=11, at=last.at, user=1, actor="X", role="coach", organisation="", act="nothing", mac="0" * 64
    )
    copy.save()
    ChainHead.objects.update(number=11, mac=copy.mac)


def slip_in() -> None:
    """One past the head, unsealed, the head left as it is."""
    insert()
    ChainHead.objects.update(number=10, mac=AuditEntry.objects.get(number=10).mac)


def rewrite_all() -> None:
    """Every entry sealed afresh with another key, the head too."""
    previous = ""
    for entry in AuditEntry.objects.order_by("number"):
        entry.act = "nothing"
        mac = hmac.new(b"another key", (previous + seal(entry, previous)).encode(), hashlib.sha256).hexdigest()
        AuditEntry.objects.filter(pk=entry.pk).update(act="nothing", mac=mac)
        previous = mac
    ChainHead.objects.update(mac=previous)


def rewrite_with_the_key() -> None:
    """Whoever holds the key seals what they like; but the anchors remember."""
    previous = ""
    for entry in AuditEntry.objects.order_by("number"):
        entry.act = "nothing"
        mac = seal(entry, previous)
        AuditEntry.objects.filter(pk=entry.pk).update(act="nothing", mac=mac)
        previous = mac
    ChainHead.objects.update(mac=previous)


def empty() -> None:
    delete(*range(1, 11))
    ChainHead.objects.all().delete()


TAMPERING: dict[str, Tamper] = {
    "what was done": edit("act", "'nothing'"),
    "the time": edit("at", "'2020-01-01 00:00:00+00:00'"),
    "who did it": edit("actor", "'Someone Else'"),
    "whose account": edit("user", "99"),
    "in which role": edit("role", "'coach'"),
    "for which organisation": edit("organisation", "'X'"),
    "about whom": edit("person", "99"),
    "that it was about somebody": edit("person", "NULL"),
    "why": edit("why", "''"),
    "the detail": edit("detail", "'{}'"),
    "the seal": edit("mac", f"'{'0' * 64}'"),
    "the first entry": edit("act", "'nothing'", 1),
    "the last entry": edit("act", "'nothing'", 10),
    "two swapped": renumber({4: 5, 5: 4}),
    "one deleted in the middle": lambda: delete(5),
    "one deleted and the rest moved up": lambda: (delete(5), renumber({n: n - 1 for n in range(6, 11)})()),
    "the first deleted": lambda: delete(1),
    "the tail deleted": lambda: delete(9, 10),
    "the tail deleted and the head set back": cut_tail_and_head,
    "one added at the end": insert,
    "one added past the head": slip_in,
    "all renumbered": renumber({n: n + 1 for n in range(1, 11)}),
    "all rewritten with another key": rewrite_all,
    "all rewritten with the right key": rewrite_with_the_key,
    "all deleted": empty,
    "the head's number": lambda: ChainHead.objects.update(number=9),
    "the head's seal": lambda: ChainHead.objects.update(mac="0" * 64),
    "the head deleted": lambda: ChainHead.objects.all().delete(),
}


def test_an_untouched_chain_is_unbroken(ten_entries: None) -> None:
    verdict = chain.verify()
    assert verdict == chain.Verdict(10, AuditEntry.objects.get(number=10).mac, [])


def test_an_empty_chain_is_unbroken(db: None, anchors: Path) -> None:
    assert chain.verify() == chain.Verdict(0, "", [])


def test_a_chain_longer_than_a_batch_is_walked_whole(ten_entries: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 3)
    assert chain.verify() == chain.Verdict(10, AuditEntry.objects.get(number=10).mac, [])


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(unlocked: None, tamper: Tamper) -> None:
    tamper()
    assert chain.verify().problems


def test_an_entry_from_a_copy_that_went_another_way_is_found(unlocked: None, anchors: Path) -> None:
    """It is sealed with the right key, over another entry before it; its anchor is taken away too."""
    other = AuditEntry.objects.get(number=5)
    other.act = "nothing"
    AuditEntry.objects.filter(number=5).update(act="nothing", mac=seal(other, "0" * 64))
    lines(anchors, lambda all: [*all[:4], *all[5:]])
    assert chain.verify().problems


def lines(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    path.write_text("".join(f"{line}\n" for line in change(path.read_text().splitlines())))


ANCHORS: dict[str, Callable[[list[str]], list[str]]] = {
    "the tail cut": lambda all: all[:-1],
    "emptied": lambda all: [],
    "a seal changed": lambda all: [*all[:4], "5 " + "0" * 64, *all[5:]],
    "a number changed": lambda all: [*all[:4], all[4].replace("5 ", "50 ", 1), *all[5:]],
    "a line spoilt": lambda all: [*all[:4], "what?", *all[5:]],
    "a second word on one entry": lambda all: [*all, "5 " + "0" * 64],
}


@pytest.mark.parametrize("change", ANCHORS.values(), ids=ANCHORS)
def test_tampering_with_the_anchors_is_found(ten_entries: None, anchors: Path, change: Any) -> None:
    lines(anchors, change)
    assert chain.verify().problems


def test_losing_the_anchors_is_found(ten_entries: None, anchors: Path) -> None:
    anchors.unlink()
    assert chain.verify().problems == ["the anchors end at entry 0, and the chain goes on to 10"]


def test_anchors_that_came_out_of_order_are_in_order(ten_entries: None, anchors: Path) -> None:
    lines(anchors, lambda all: [*all[5:], *all[:5]])
    assert chain.verify().problems == []


def test_another_key_breaks_every_seal(ten_entries: None, settings: Any) -> None:
    settings.AUDIT_KEY = b"another key"
    assert len(chain.verify().problems) == 10


def test_the_database_refuses_to_change_an_entry(ten_entries: None) -> None:
    with pytest.raises(Exception, match="written once"), transaction.atomic():
        AuditEntry.objects.filter(number=5).update(act="nothing")
    entry = AuditEntry.objects.get(number=5)
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    assert chain.verify().problems == []


@pytest.mark.parametrize(
    "detail", [{}, {"ids": [1, 2], "of": None}, {"é": "ü", "b": 1, "a": True}, {"x": {"y": [1.5]}}]
)
def test_what_was_sealed_is_what_is_read_back(
    db: None, anchors: Path, detail: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        audit.record("act", by=Actor("Zoë 🙂 O’Brien", "coach"), detail=detail)
    assert chain.verify().problems == []


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None, anchors: Path) -> None:
    with pytest.raises(RuntimeError, match="in the transaction"):
        audit.record("act", by=NURSE)
