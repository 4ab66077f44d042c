"""What became of an offer, by group: small numbers hidden and the rest rounded, whoever looks.

The named list tells the care team all it needs; a table of groups is read by many, and is the same for all of them. It
stands still for a month, and hides what two months' figures would tell together: nobody sees one person added to it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Min

from whatmatters.components.social_prescribing.models import Offer, State
from whatmatters.measurement.disclosure.tables import looked_at, month_ends

UNKNOWN, HIDDEN, EVERYONE = "Not recorded", "hidden", "all"
ETHNIC = {"A": "White", "D": "Mixed", "H": "Asian", "M": "Black", "R": "Other"}  # from the first category of each on
FIFTHS = ("Most deprived fifth", "Second", "Third", "Fourth", "Least deprived fifth")
GROUPS = {
    "all": ("Everyone", (EVERYONE,)),
    "deprivation": ("By how deprived the place is where they live", (*FIFTHS, UNKNOWN)),
    "ethnicity": ("By ethnic group", (*ETHNIC.values(), UNKNOWN)),
}
COLUMNS = ("listed", "invited", "accepted", "declined")
BOUND = ((("listed",), ("invited",)), (("invited",), ("accepted", "declined")))
Counts = dict[str, dict[str, Counter[str]]]


@dataclass(frozen=True)
class Line:
    """``cells`` are the counts as they may be shown, in the order of COLUMNS; ``uptake`` is who said yes of those
    invited, in percent."""

    group: str
    cells: tuple[str, ...]
    uptake: str


@dataclass(frozen=True)
class Table:
    caption: str
    lines: list[Line]


class Someone(NamedTuple):
    """A person on the list: their groups, and the day of each step they took."""

    deprivation: str
    ethnicity: str
    steps: dict[str, date | None]


def uptake(offer: Offer, until: date) -> list[Table]:
    """As at the end of a day: everyone, by deprivation and by ethnic group; captions say of how many it is recorded."""
    everyone = people(offer)
    began = min((one.steps["listed"] or until for one in everyone), default=until)
    looks = [counted(everyone, day) for day in month_ends(began, until)]
    shown = _shown(looks)
    return [
        Table(words + _recorded(name, looks[-1]), [_line(shown, name, group) for group in groups])
        for name, (words, groups) in GROUPS.items()
    ]


def people(offer: Offer) -> list[Someone]:
    rows = offer.listed.annotate(invited=Min("invitations__on")).values_list(
        "person__deprivation", "person__ethnicity", "on", "invited", "state", "answered_on"
    )
    return [
        Someone(fifth(decile), ethnic_group(category), {
            "listed": on, "invited": invited,
            "accepted": answered if state == State.ACCEPTED else None,
            "declined": answered if state == State.DECLINED else None,
        })
        for decile, category, on, invited, state, answered in rows
    ]  # fmt: skip


def counted(everyone: Iterable[Someone], until: date) -> Counts:
    """Exact counts as at the end of a day, by breakdown, group and column. Not for a page."""
    found: Counts = {name: defaultdict(Counter) for name in GROUPS}
    for one in everyone:
        did = [column for column, on in one.steps.items() if on and on <= until]
        for name, group in (("all", EVERYONE), ("deprivation", one.deprivation), ("ethnicity", one.ethnicity)):
            found[name][group].update(did)
    return found


def ethnic_group(category: str) -> str:
    """The group of an ethnic category (16+1); one not stated is not recorded."""
    return ETHNIC[max(first for first in ETHNIC if first <= category)] if "A" <= category <= "S" else UNKNOWN


def fifth(decile: int | None) -> str:
    return UNKNOWN if decile is None else FIFTHS[(decile - 1) // 2]


def _shown(looks: Iterable[Counts]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """By breakdown, group and column: the count, and what share of those invited it is, as the gate leaves the last."""
    found = {}
    for row in looked_at(map(rows, looks), bound=BOUND):
        count, share = row["shown_numerator"], row["shown_value"]
        cell = HIDDEN if count is None else f"{count:,.0f}"
        found[row["breakdown"], row["group"], row["indicator"]] = cell, "–" if share is None else f"{100 * share:.0f}%"
    return found


def rows(counts: Counts) -> list[dict[str, Any]]:
    """For the gate."""
    return [
        {
            "indicator": column, "definition": 1, "period": "2022-23", "organisation": "it", "level": "pcn",
            "breakdown": name, "group": group, "source": "computed", "numerator": counts[name][group][column],
            "denominator": counts[name][group]["invited"] if column == "accepted" else None,
        }
        for name, (_, groups) in GROUPS.items()
        for group in groups
        for column in COLUMNS
    ]  # fmt: skip


def _line(shown: dict[tuple[str, str, str], tuple[str, str]], name: str, group: str) -> Line:
    cells = tuple(shown[name, group, column][0] for column in COLUMNS)
    return Line("Everyone" if group == EVERYONE else group, cells, shown[name, group, "accepted"][1])


def _recorded(name: str, counts: Counts) -> str:
    """Completeness of recording, in whole tenths: more would tell how many are not."""
    everyone, unknown = counts["all"][EVERYONE]["listed"], counts[name][UNKNOWN]["listed"]
    if name == "all" or not everyone:
        return ""
    return f" (recorded for about {10 * round(10 * (everyone - unknown) / everyone)}% of those listed)"
