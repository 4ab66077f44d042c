"""The Shared Decision Making standard as data: its sections, groups and items, and what of ours holds each.

The list is ``standard_1.0.toml``; the next version is a file beside it and ``CURRENT`` changed.
"""

from pathlib import Path

from whatmatters.components.care_planning.outline import Part, outline

CURRENT = Path(__file__).parent / "standard_1.0.toml"


def parts() -> dict[str, Part]:
    """Every part by its path, in the standard's order; ``held`` are fields of models/decision.py (``options.what``)."""
    return outline(CURRENT)
