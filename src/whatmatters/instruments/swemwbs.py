"""SWEMWBS: the short Warwick-Edinburgh mental wellbeing scale, as a score only.

Its seven items are copyright and their use is registered with the University of Warwick: none is shipped. The raw sum
(7 to 35) becomes the metric score by the published table (Stewart-Brown and others 2009), which is data beside this
file; the two are one to one, so that either can be entered. All seven answers are needed: otherwise there is no score.
"""

import csv
from functools import cache
from importlib.resources import files

from whatmatters.events.codes import SWEMWBS
from whatmatters.instruments.instrument import Answers, Entry, Instrument, NotAScore, Scale

ITEMS = 7
RAW = Entry(
    "raw",
    "Sum of the seven answers",
    7,
    35,
    hint="A whole number from 7 to 35. Leave it empty where a question was left out",
)
METRIC = Entry("metric", "Metric score, if that is what you have", 7, 35, whole=False, hint="As in the published table")


@cache
def metric_scores() -> dict[int, float]:
    """Metric score by raw sum: ``swemwbs_metric.csv``."""
    lines = files(__package__).joinpath("swemwbs_metric.csv").read_text(encoding="utf-8").splitlines()
    return {int(row["raw_sum"]): float(row["metric_score"]) for row in csv.DictReader(lines)}


def settle(answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    """Raw and metric, whichever was given; both None when an item was left out."""
    given = INSTRUMENT.checked(answers)
    raw, metric = given["raw"], given["metric"]
    if missing:
        if raw is not None or metric is not None:
            raise NotAScore("SWEMWBS has a score only when all seven were answered: leave the score empty")
        return given, missing
    if raw is None and metric is None:
        raise NotAScore("Enter the sum of the seven answers, or the metric score")
    found = next((one for one, score in metric_scores().items() if one == raw or score == metric), None)
    if found is None:
        low, high = _beside(metric or 0)
        raise NotAScore(
            f"No sum of answers gives the metric score {metric:g}: the nearest are {low:.2f} and {high:.2f}"
        )
    if raw is not None and metric is not None and metric_scores()[int(raw)] != metric:
        raise NotAScore(f"The sum {raw:g} is {metric_scores()[int(raw)]:.2f} on the metric scale, not {metric:g}")
    return {"raw": found, "metric": metric_scores()[found]}, 0


def _beside(metric: float) -> tuple[float, float]:
    scores = list(metric_scores().values())
    return max(one for one in scores if one <= metric), min(one for one in scores if one >= metric)


INSTRUMENT = Instrument(
    name="swemwbs",
    title="SWEMWBS",
    about="the short Warwick-Edinburgh wellbeing scale",
    entries=(RAW, METRIC),
    scales=(Scale("metric", "Wellbeing (SWEMWBS)", 7, 35, much=3, code=SWEMWBS, mine="Your wellbeing (SWEMWBS)"),),
    settle=settle,
    licence="Use the questionnaire under your organisation’s own registration with the University of Warwick.",
    items=ITEMS,
)
