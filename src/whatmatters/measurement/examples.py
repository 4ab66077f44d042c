"""Worked examples: a few people in small tables, what happened to them, and the numbers that must come out.

An example is shown on its indicator's page and run as its test on every engine. Names stand for people in it; all are
invented. Dates are ISO text, so that a row reads as it is shown.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Happened:
    """One row of ``events``, or of what a worker or an organisation did."""

    on: str
    code: str
    value: float | None = None
    episode: int | None = None
    organisation: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Someone:
    """A person; ``because`` says how they come to be counted or not. ``registered`` is (practice, start, end) rows.

    ``ethnicity`` is a code of the 16+1 (``A`` White British), ``deprivation`` an IMD decile (1 most deprived).
    """

    name: str
    because: str
    events: tuple[Happened, ...] = ()
    registered: tuple[tuple[str, str, str | None], ...] = (("Bridge Street", "2015-04-01", None),)
    born: str = "1958-06-01"
    died: str | None = None
    sex: str | None = "F"
    ethnicity: str | None = None
    deprivation: int | None = None


@dataclass(frozen=True)
class Post:
    """One row of ``staff``. ``organisation`` is one of the example; posts with the same ``worker`` are one person."""

    role: str
    organisation: str
    wte: float
    start: str
    end: str | None = None
    worker: str = ""


@dataclass(frozen=True)
class Example:
    """The numerator and denominator are those of England, which is these practices in one network.

    ``organisations`` are further ones: code, kind and the one they belong to. ``staff_events`` pairs a post's worker,
    ``organisation_events`` an organisation of the example, with what they did. ``because`` pairs either with how they
    come to be counted or not.
    """

    people: tuple[Someone, ...]
    numerator: float
    denominator: float | None
    period: str = "2022-23"
    as_at: str = "2023-06-30"
    practices: tuple[str, ...] = ("Bridge Street",)
    staff: tuple[Post, ...] = ()
    staff_events: tuple[tuple[str, Happened], ...] = ()
    organisation_events: tuple[tuple[str, Happened], ...] = ()
    organisations: tuple[tuple[str, str, str], ...] = ()
    because: tuple[tuple[str, str], ...] = ()
