"""The one text in which a search looks: every word of an entry, folded, and a mark for each thing that can be chosen.

So one full-text index answers words, needs, days, access, languages and cost together, and SQLite and PostgreSQL need
only know which entries hold a word: what a word is, what a typo is and the order of what is found are ours, and alike
on both. A mark begins with 0, which no word that people look for does.
"""

import unicodedata
from collections.abc import Iterable

from whatmatters.directory.conditions import Condition
from whatmatters.directory.languages import named
from whatmatters.directory.models import DAYS, Cost, Group, Meeting, Place
from whatmatters.people.text import folded

SEARCHED = ("name", "about", "notice", "who_for", "where", "postcode", "languages", "area")
OF_A_PLACE = ("name", "address", "town", "postcode")
LONGEST = 60  # letters of a word that are kept
ACCESS = {
    "step_free": "Step-free", "toilet": "Accessible toilet", "hearing_loop": "Hearing loop",
    "parking": "Parking for disabled people", "bus": "Near a bus stop",
    "online": "Can be joined online", "home_visits": "Visits at home",
}  # fmt: skip


def tokens(text: str) -> list[str]:
    """The words of a text, in order: letters and digits only, folded."""
    plain = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded(text))
    return [word[:LONGEST] for word in plain.split()]


def text_of(group: Group, places: Iterable[Place], meetings: Iterable[Meeting]) -> str:
    """Each word once. ``group`` may be unsaved: an import writes thousands at a time."""
    places, meetings = list(places), list(meetings)
    said = [getattr(group, name) for name in SEARCHED]
    said += [need.label for need in group.needs] + [Condition(one).label for one in group.conditions]
    said += [getattr(place, name) for place in places for name in OF_A_PLACE]
    said += [dict(DAYS)[meeting.weekday] for meeting in meetings]
    if group.provider:
        said.append(group.provider.name)
    return " ".join(dict.fromkeys([*tokens(" ".join(said)), *_marks(group, places, meetings)]))


def _marks(group: Group, places: list[Place], meetings: list[Meeting]) -> list[str]:
    marks = [need_mark(need) for need in group.needs] + [condition_mark(one) for one in group.conditions]
    marks += [language_mark(language) for language in named(group.languages)]
    marks += [day_mark(meeting.weekday) for meeting in meetings]
    marks += [access_mark(name) for name in ACCESS if any(getattr(row, name, None) for row in (group, *places))]
    marks += [name_mark(word) for word in tokens(group.name)]
    if group.cost_kind in (Cost.FREE, Cost.DONATION):
        marks.append(FREE)
    return marks


FREE = "0free"


def name_mark(word: str) -> str:
    return f"0named{word}"[:LONGEST]


def need_mark(need: str) -> str:
    return f"0need{need}"


def condition_mark(condition: str) -> str:
    return f"0with{condition}"


def day_mark(weekday: int) -> str:
    return f"0day{weekday}"


def language_mark(language: str) -> str:
    """Whichever way the language is written: BSL and British Sign Language are one."""
    return "0in" + "".join("".join(tokens(name)) for name in named(language))[:50]


def access_mark(name: str) -> str:
    return "0has" + name.replace("_", "")
