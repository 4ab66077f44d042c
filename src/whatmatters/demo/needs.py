"""The language someone speaks best, and what must be seen before anyone speaks with them."""

from random import Random
from typing import Any

from whatmatters.demo.lots import drawn
from whatmatters.demo.words import words


def of(lots: Random, community: str, years: int) -> dict[str, Any]:
    """The fields ``language``, ``interpreter``, ``communication`` and ``adjustments``; needs grow with age."""
    facts, said = words("names")[community], words("homes")["needs"]
    language = drawn(lots, facts["languages"])
    if years < 16 and lots.random() < 0.5:
        language = "English"  # learnt at school
    interpreter = language != "English" and years >= 16 and lots.random() < facts["interpreter"]
    kinds = [kind for kind, share in _shares(years).items() if lots.random() < share]
    spoken = [lots.choice(said[kind]) for kind in kinds if kind != "adjust"]
    return {
        "language": language,
        "interpreter": interpreter,
        "communication": "; ".join(spoken),
        "adjustments": lots.choice(said["adjust"]) if "adjust" in kinds else "",
    }


def _shares(years: int) -> dict[str, float]:
    if years < 16:
        return {"reading": 0.0, "adjust": 0.02}
    return {
        "hearing": 0.01 if years < 65 else 0.12,
        "sight": 0.005 if years < 65 else 0.05,
        "reading": 0.03,
        "adjust": 0.04 if years < 65 else 0.15,
    }
