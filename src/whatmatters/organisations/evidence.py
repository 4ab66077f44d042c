"""What one published file says of organisations, in one shape whatever its layout."""

from dataclasses import dataclass, field
from datetime import date

from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span

Place = tuple[str, Kind]  # a child, and the kind of parent asked about


@dataclass(frozen=True)
class Fact:
    """One organisation. ``kind`` is None where the file does not settle it; ``dated`` says that it knows the dates."""

    kind: Kind | None
    name: str
    postcode: str = ""
    dated: bool = False
    opened: date | None = None
    closed: date | None = None


@dataclass
class Evidence:
    """``claims`` have true dates. ``sightings`` say what was so on ``as_at`` (None: no such parent).

    A ``whole`` file lists everything there was on its day, so that what it leaves out was not there. ``rank`` settles
    whose word is taken of two files of one day: the higher.
    """

    as_at: date
    rank: int
    whole: bool = False
    facts: dict[str, Fact] = field(default_factory=dict)
    claims: dict[Place, list[Span]] = field(default_factory=dict)
    sightings: dict[Place, str | None] = field(default_factory=dict)
