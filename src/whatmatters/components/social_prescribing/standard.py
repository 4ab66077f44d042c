"""The Social Prescribing Information Standard as data: its sections, groups and items, and how often each may stand.

The list is ``standard_1.1.toml``; next year's version is a file beside it and ``CURRENT`` changed.
"""

from pathlib import Path

from whatmatters.components.care_planning.outline import Part, outline

CURRENT = Path(__file__).parent / "standard_1.1.toml"


def parts() -> dict[str, Part]:
    """Every part by its path, in the standard's order."""
    return outline(CURRENT)


def longest(path: str, otherwise: int) -> int:
    """How many letters may stand there: what the standard says, or ``otherwise`` where it sets no limit."""
    return parts()[path].longest or otherwise
