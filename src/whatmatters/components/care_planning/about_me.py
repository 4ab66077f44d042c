"""The seven headings of About Me v2.01 (PRSB, NHS England, OGL), in the standard's order, as ``standard`` lists them.

They drive the form, the page and the print. ``asks`` are our own words, to help someone begin.
"""

from dataclasses import dataclass

from whatmatters.components.care_planning.standard import section


@dataclass(frozen=True)
class Heading:
    """``snomed`` is the concept that names the heading in SNOMED CT; ``easy`` the title in easy read."""

    name: str
    title: str
    snomed: str
    asks: str
    easy: str


HEADINGS = tuple(
    Heading(part.key, part.title, part.value_set.removeprefix("SNOMED CT "), part.ask, part.easy)
    for part in section("about_me").children
    if part.like == "heading"
)
MOST_IMPORTANT = HEADINGS[0].name
TITLES = {heading.name: heading.title for heading in HEADINGS}
