"""Walks the audit chain and says what is wrong with it.

Outside the database stand the key (settings.AUDIT_KEY) and the anchors (settings.AUDIT_ANCHORS). Whoever changes the
database alone is found out here. Whoever holds the database and the anchors can cut both tails alike: ship the anchors
elsewhere as they grow. Whoever holds the key as well can rewrite everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path

from django.conf import settings
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from whatmatters.access.audit import seal
from whatmatters.access.models import AuditEntry, ChainHead

BATCH = 5000


@dataclass
class Verdict:
    entries: int = 0
    head: str = ""
    problems: list[str] = field(default_factory=list)


def verify() -> Verdict:
    """Reads every entry once. Writers may go on meanwhile: entries do not change, so no lock is held."""
    verdict = Verdict()
    anchored = dict(_anchors(verdict))
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    previous = ""
    for entry in _entries(head.number):
        verdict.entries += 1
        if entry.number != verdict.entries:
            verdict.problems.append(f"entry {verdict.entries} is missing: entry {entry.number} stands in its place")
            verdict.entries = entry.number
        if not compare_digest(entry.mac, seal(entry, previous)):
            verdict.problems.append(f"entry {entry.number} is not what was sealed, or does not follow the one before")
        if anchored.pop(entry.number, entry.mac) != entry.mac:
            verdict.problems.append(f"entry {entry.number} is not the one that was anchored")
        previous = entry.mac
    verdict.head = previous
    if (verdict.entries, previous) != (head.number, head.mac):
        verdict.problems.append(f"the head says entry {head.number}, and the entries end at {verdict.entries}")
    _beyond(verdict, head, anchored)
    return verdict


def _beyond(verdict: Verdict, head: ChainHead, anchored: dict[int, str]) -> None:
    """What lies past the head: anchors of entries cut off, entries nobody recorded, entries nobody anchored."""
    gone = sorted(number for number in anchored if number > head.number)
    if gone:
        verdict.problems.append(f"entries up to {gone[-1]} were anchored, and the chain ends at {head.number}")
    now = Coalesce(Subquery(ChainHead.objects.filter(pk=1).values("number")), 0)  # one statement, one moment
    if AuditEntry.objects.filter(number__gt=now).exists():
        verdict.problems.append("there are entries after the head")
    last = max(dict(_anchors(Verdict())), default=0)
    if last < head.number:
        verdict.problems.append(f"the anchors end at entry {last}, and the chain goes on to {head.number}")


def _entries(last: int) -> Iterator[AuditEntry]:
    number = -1
    while batch := list(AuditEntry.objects.filter(number__gt=number, number__lte=last).order_by("number")[:BATCH]):
        yield from batch
        number = batch[-1].number


def _anchors(verdict: Verdict) -> Iterator[tuple[int, str]]:
    path = Path(settings.AUDIT_ANCHORS)
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.exists() else []
    seen: dict[int, str] = {}
    for place, line in enumerate(lines, start=1):
        number, _, mac = line.partition(" ")
        if not (number.isdecimal() and len(mac) == 64) or seen.setdefault(int(number), mac) != mac:
            verdict.problems.append(f"line {place} of the anchors is not an anchor, or contradicts an earlier line")
            continue
        yield int(number), mac
