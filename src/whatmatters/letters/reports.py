"""Reads what a mail server writes when it could not deliver a letter: RFC 3464, in a multipart/report (RFC 6522).

Whatever anybody sends to the address comes through here: nothing of it is kept, and only a mark, an action and a
status are read from it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from uuid import UUID

LONGEST = 1_000_000  # bytes that are read of one message; ours are a few thousand long
ACTIONS = {"failed": "45", "delayed": "4", "delivered": "2", "relayed": "2", "expanded": "2"}  # and their statuses
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")
SENT_BACK_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
ANSWERS = ("In-Reply-To", "References")
IN_AN_ADDRESS = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
IN_AN_ID = re.compile(r"<([0-9a-f]{32})@", re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """``marks``: those of our letters that it may be about. ``action`` is one of ACTIONS, ``status`` like 5.1.1."""

    marks: frozenset[UUID]
    action: str
    status: str


def read(raw: bytes) -> Report | None:
    """None where it is no report, or one that breaks the standard."""
    if len(raw) > LONGEST:
        return None
    try:
        letter = message_from_bytes(raw)
    except RecursionError:  # parts within parts within parts
        return None
    if letter.get_content_type() != "multipart/report":
        return None
    parts = _parts(letter)
    told = _worst(
        [block for part in parts if part.get_content_type() == "message/delivery-status" for block in _parts(part)[1:]]
    )
    return Report(frozenset(_marks(letter, parts)), *told) if told else None


def _parts(message: Message) -> list[Message]:
    held = message.get_payload()
    return [part for part in held if isinstance(part, Message)] if isinstance(held, list) else []


def _worst(recipients: list[Message]) -> tuple[str, str] | None:
    """Action and status of the recipient who fared worst. The first block is about the message (RFC 3464, 2.1)."""
    found = [(_word(block, "Action").lower(), STATUS.match(_word(block, "Status"))) for block in recipients]
    sound = [(action, status[1]) for action, status in found if status and status[1][0] in ACTIONS.get(action, "")]
    return min(sound, key=lambda one: list(ACTIONS).index(one[0])) if sound else None


def _marks(letter: Message, parts: list[Message]) -> Iterator[UUID]:
    """From the address it was sent back to, from what it answers, and from the head of our letter that it returns."""
    yield from _found(IN_AN_ADDRESS, letter, SENT_BACK_TO)
    yield from _found(IN_AN_ID, letter, ANSWERS)
    for part in parts[2:]:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for held in _parts(part):
                yield from _found(IN_AN_ID, held, ("Message-ID",))
        elif kind == "text/rfc822-headers" and isinstance(body := part.get_payload(decode=True), bytes):
            yield from _found(IN_AN_ID, message_from_bytes(body), ("Message-ID",))


def _found(pattern: re.Pattern[str], message: Message, names: tuple[str, ...]) -> Iterator[UUID]:
    for name in names:
        for value in message.get_all(name, []):
            yield from map(UUID, pattern.findall(str(value)))


def _word(block: Message, name: str) -> str:
    """A field without the comment that may follow it."""
    return str(block.get(name, "")).split("(")[0].strip()
