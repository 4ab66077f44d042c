"""How many answers about shared decisions come to: the share at the top, the mean, and neither under 25 answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from whatmatters.instruments import EXPERIENCE
from whatmatters.measurement.intervals import Estimate, one_mean, one_proportion

REPORTED_FROM = 25
"""CollaboRATE's makers ask for it; kept for the other two as well, since fewer tell little and hide nobody."""


@dataclass(frozen=True)
class Summary:
    """``top``: the share with the best score there is (0-1); ``mean``: of the scores. None under 25 answers."""

    answers: int
    top: Estimate | None
    mean: Estimate | None


def best(name: str) -> float:
    """The highest score of an instrument: a top score, fully shared, sure of everything."""
    return EXPERIENCE[name].scales[0].high


def summary(name: str, scores: Sequence[float]) -> Summary:
    """Of complete answers to one instrument; whoever left a question out has no score and is not among them."""
    if len(scores) < REPORTED_FROM:
        return Summary(len(scores), None, None)
    top = one_proportion(sum(score == best(name) for score in scores), len(scores))
    return Summary(len(scores), top, one_mean(scores))
