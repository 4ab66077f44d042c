"""Scores of other questionnaires, asked beside the four questions and in keeping: which one goes by the case."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from whatmatters.components.social_prescribing import actions
from whatmatters.demo.case import Case

LICENCE = "DEMO-0001"
MISSING_EVERY = 23  # about so often one item is left out, and there is no score


def also(case: Case, stage: str, on: date, answers: Mapping[str, int | None]) -> None:
    """One more questionnaire in two cases of three."""
    number = int(case.row.person.nhs_number or 0) // 10 if case.row.person else 0  # the database's own would differ
    name = ("swemwbs", "goal", "", "ucla", "mycaw", "", "swemwbs", "pam", "")[number % 9]
    mood, calm = answers.get("happiness"), answers.get("anxiety")
    if not name or mood is None or calm is None:
        return
    facts: dict[str, Any] = {"referral": case.row, "instrument": name, "stage": stage, "on": on, "by": case.worker(on)}
    if name in ("swemwbs", "ucla") and (number + mood) % MISSING_EVERY == 0:
        actions.record_scores(**facts, answers={}, missing=1, mode="paper", completed_by="person")
        return
    licence = LICENCE if name == "pam" else ""
    actions.record_scores(
        **facts, licence=licence, answers=_score(name, mood, calm), mode="in person", completed_by="person"
    )


def _score(name: str, mood: int, calm: int) -> dict[str, float | None]:
    if name == "swemwbs":
        return {"raw": 11 + 2 * mood + (10 - calm) // 3}
    if name == "ucla":
        return {"score": 9 - round(0.6 * mood)}
    if name == "mycaw":
        return {"concern_1": 6 - mood // 2, "concern_2": calm // 2 + 1, "wellbeing": 6 - (mood + 1) // 2}
    if name == "pam":
        return {"score": round(31.4 + 4.3 * mood, 1)}
    return {"progress": mood}
