"""What a plan as a document tells, in plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from whatmatters.interop.fhir.told import Place, Who

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Author:
    """Who wrote an entry last. ``role`` is ours (``access.roles``)."""

    name: str
    role: str
    at: datetime


@dataclass(frozen=True)
class Telling:
    """``values`` in the nesting of the standard named by ``standard``; ``written`` by where an entry stands in them.

    ``state``: draft, agreed or superseded. ``partial``: something is left out of this copy, at the person's wish.
    """

    id: str
    who: Who
    values: dict[str, Any]
    standard: str
    state: str
    number: int
    made: datetime
    keeper: Place
    written: dict[Path, Author] = field(default_factory=dict)
    partial: bool = False
