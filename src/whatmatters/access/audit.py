"""The audit chain: who did what to whose record, when and why; each entry sealed over the one before.

Every view and change of a person's record adds an entry in the same transaction as the act: if the entry cannot be
written, the act fails. The seal is an HMAC whose key lives outside the database (settings.AUDIT_KEY), and each
committed head is appended to a file outside it (settings.AUDIT_ANCHORS), so that neither a changed row, nor a cut
tail, nor a whole rewritten table goes unseen (``access.chain`` checks).
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import TextIO

from django.conf import settings
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.access.models import AuditEntry, ChainHead

# Acts that the person, and whoever acts for them, do not read of: whoever harms someone may read their pages. The
# privacy officer sees them.
SAFEGUARDING_SEEN, SAFEGUARDING_WRITTEN = "opened the safeguarding notes", "wrote a safeguarding note"
WITHHELD = frozenset({SAFEGUARDING_SEEN, SAFEGUARDING_WRITTEN})


def seal(entry: AuditEntry, previous: str) -> str:
    """The mac of an entry that follows ``previous``."""
    words = [
        previous, entry.number, entry.at.astimezone(UTC).isoformat(), entry.user, entry.actor, entry.role,
        entry.organisation, entry.act, entry.person, entry.why, entry.detail,
    ]  # fmt: skip
    message = json.dumps(words, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY, message.encode(), hashlib.sha256).hexdigest()


def record(
    act: str, *, by: Actor, person: int | None = None, why: str = "", detail: dict[str, object] | None = None
) -> AuditEntry:
    """Add one link, in the caller's transaction. ``detail`` holds ids and field names, never what was written."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of the act that it tells of")
    anchors().close()  # raises now, while the act can still be undone, and not after its commit
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=datetime.now(UTC),
        user=by.user,
        actor=by.name,
        role=by.role,
        organisation=by.organisation_code,
        act=act,
        person=person,
        why=why,
        detail=detail or {},
    )
    entry.mac = seal(entry, head.mac)
    entry.save(force_insert=True)
    ChainHead.objects.filter(pk=1).update(number=entry.number, mac=entry.mac)
    transaction.on_commit(lambda: anchor(entry.number, entry.mac))
    return entry


def anchor(number: int, mac: str) -> None:
    """Tell the world outside the database where the chain stands: one line, in one write, so that none are mixed."""
    with anchors() as file:
        file.write(f"{number} {mac}\n")


def anchors() -> TextIO:
    return open(settings.AUDIT_ANCHORS, "a", encoding="ascii")
