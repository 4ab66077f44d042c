"""When a decision is valid: what it still lacks, field by field and in words.

The standard's mandatory parts, and ours: two options or more, and a review day or an explicit "none".
Who put a decision off has not decided: it stays in progress, as the standard has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from whatmatters.components.shared_decision_making.models import Decision, Option

LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Lack:
    """``talk`` is the page where it is mended: team, options or decision."""

    field: str
    words: str
    talk: str


def lacks(decision: Decision, options: Sequence[Option]) -> list[Lack]:
    """Empty where it may be valid."""
    found = []
    if not (decision.seen_by or decision.seen_by_role):
        found.append(Lack("seen_by", "Say who saw the person", "team"))
    if not (decision.responsible or decision.responsible_role):
        found.append(Lack("responsible", "Say who has the responsibility for their care", "team"))
    if not decision.problems.strip():
        found.append(Lack("problems", "Say what the problem is that the decision is about", "team"))
    if not decision.matters.strip():
        found.append(Lack("matters", "Write what matters to the person", "team"))
    if len(options) < LEAST_OPTIONS:
        found.append(Lack("options", "Talk about two options or more: doing nothing for now may be one", "options"))
    for option in options:
        if not option.benefits.strip():
            found.append(Lack("options", f"“{option.what}”: write at least one benefit", "options"))
        if not option.harms.strip():
            found.append(Lack("options", f"“{option.what}”: write at least one harm or risk", "options"))
    if not decision.decided.strip():
        found.append(Lack("decided", "Write what was decided", "decision"))
    if decision.review_on is None and not decision.no_review:
        found.append(Lack("review", "Say when to look at it again, or that no review is needed", "decision"))
    if decision.review_on and decision.review_on < decision.contact_on:
        found.append(Lack("review", "The review is before the talk: check the day", "decision"))
    return found
