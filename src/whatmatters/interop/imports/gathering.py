"""Puts what a file says into its Evidence, and refuses a file that says two things."""

from datetime import date, timedelta

from whatmatters.interop.imports.refusals import Wrong
from whatmatters.organisations.evidence import Evidence, Fact
from whatmatters.organisations.models import Kind
from whatmatters.organisations.timeline import Span


def tell(evidence: Evidence, code: str, fact: Fact, column: str) -> None:
    """One organisation. Raises Wrong where an earlier line of the file said otherwise."""
    said = evidence.facts.setdefault(code, fact)
    if said != fact:
        raise Wrong(column, f"{code} is there twice with different facts: {_difference(said, fact)}")


def see(evidence: Evidence, child: str, level: Kind, parent: str | None, column: str) -> None:
    """What a child belonged to on the file's day."""
    said = evidence.sightings.setdefault((child, level), parent)
    if said != parent:
        raise Wrong(column, f"{child} belongs to {said or 'none'} on an earlier line and to {parent or 'none'} here")


def claim(evidence: Evidence, child: str, level: Kind, span: Span) -> None:
    """What a child belonged to from day to day; the same twice is once."""
    spans = evidence.claims.setdefault((child, level), [])
    if span not in spans:
        spans.append(span)


def after(last: date | None) -> date | None:
    """The published end is the last day; ours is the first day out."""
    return last and last + timedelta(days=1)


def forwards(start: date, end: date | None, column: str) -> None:
    """Raises Wrong where a thing ends before it begins."""
    if end is not None and end <= start:
        raise Wrong(column, f"the last day comes before the first, {start:%Y-%m-%d}: check both dates")


def _difference(one: Fact, other: Fact) -> str:
    pairs = ((getattr(one, field), getattr(other, field)) for field in Fact.__dataclass_fields__)
    return "; ".join(f"{a or 'none'} and {b or 'none'}" for a, b in pairs if a != b)
