"""The seven headings of About Me v2.01 (PRSB, NHS England, OGL), in the standard's order.

The list drives the form, the page and the print. ``asks`` are our own words, to help someone begin.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """``snomed`` is the concept that names the heading in SNOMED CT."""

    name: str
    title: str
    snomed: str
    asks: str


HEADINGS = (
    Heading(
        "most_important", "What is most important to me", "1515861000000103",
        "What makes a good day? What would you not want to give up? What should anyone know in an emergency?",
    ),
    Heading(
        "people", "People who are important to me", "1515871000000105",
        "Family, friends, neighbours, pets: who are they, and how do you keep in touch?",
    ),
    Heading(
        "communicate", "How I communicate and how to communicate with me", "1515881000000107",
        "Which language, what helps you to hear, read or understand, how do you show that you are in pain or upset?",
    ),
    Heading(
        "wellness", "My wellness", "1515891000000109",
        "How are you on a good day, and on a bad one? What keeps you well, what makes things worse?",
    ),
    Heading(
        "please_do", "Please do and please do not", "1515901000000105",
        "What should people do when they are with you, and what should they never do?",
    ),
    Heading(
        "support", "How and when to support me", "1515911000000107",
        "What can you do for yourself? With what do you want help, when, and from whom?",
    ),
    Heading(
        "also", "Also worth knowing about me", "1515921000000101",
        "Anything else: what you did for a living, what you believe, what you enjoy, what you hope for.",
    ),
)  # fmt: skip
MOST_IMPORTANT = HEADINGS[0].name
TITLES = {heading.name: heading.title for heading in HEADINGS}
