"""The code that stands for something in a file that leaves: from the value sets, or said not to be known.

``status`` says how sure the code is: ``seen``, ``seen once`` or ``recalled`` as in the value set; ``local`` for our own
starter lists, whose published value sets are not open; ``not found`` where no public code was found. None is made up.
"""

from dataclasses import dataclass
from functools import cache

from whatmatters.components.social_prescribing.sections import NEEDS, SECTIONS, SUPPORT
from whatmatters.directory.needs import Need
from whatmatters.events.codes import CONCEPTS
from whatmatters.interop.imports.coded.value_sets import Meaning, meanings

SNOMED, LOCAL = "SNOMED CT", "local starter list"
LOCAL_STATUS, NOT_FOUND = "local", "not found"

# Only where the choice and the concept mean the same; most of the starter lists have no such concept.
SAME_AS = {
    (NEEDS, "home"): "81877007",  # Housing problems
    (NEEDS, "caring"): "407542009",  # Informal caregiver
    (SUPPORT, "activity"): "390893007",  # Referral to physical activity programme
}


@dataclass(frozen=True)
class Code:
    code: str
    system: str
    term: str
    status: str


@cache
def _by_concept() -> dict[str, Meaning]:
    """The first code of each concept that means nothing narrower than the concept."""
    found: dict[str, Meaning] = {}
    for meaning in meanings():
        if meaning.concept and not meaning.detail:
            found.setdefault(meaning.concept, meaning)
    return found


def of_event(concept: str) -> Code:
    """Of something that happened."""
    known = _by_concept().get(concept)
    if known is None:
        return Code("", SNOMED, CONCEPTS[concept].title, NOT_FOUND)
    return Code(known.code, SNOMED, known.term, known.status)


def of_choice(section: str, choice: str) -> Code:
    """Of what was ticked in a section of the conversation."""
    if same := SAME_AS.get((section, choice)):
        known = next(meaning for meaning in meanings() if meaning.code == same)
        return Code(known.code, SNOMED, known.term, known.status)
    return Code(choice, LOCAL, SECTIONS[section].words(choice), LOCAL_STATUS)


def of_group(kind: str) -> Code:
    """Of the kind of a community group."""
    return Code(kind, LOCAL, str(Need(kind).label), LOCAL_STATUS)
