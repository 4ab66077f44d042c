"""What became of an offer, by group: small numbers hidden and the rest rounded, whoever looks.

The named list tells the care team all it needs; a table of groups is read by many, and is the same for all of them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from whatmatters.components.social_prescribing.models import Invitation, Offer, State
from whatmatters.measurement import disclosure

UNKNOWN, HIDDEN, EVERYONE = "Not recorded", "hidden", "all"
ETHNIC = {"A": "White", "D": "Mixed", "H": "Asian", "M": "Black", "R": "Other"}  # from the first category of each on
FIFTHS = ("Most deprived fifth", "Second", "Third", "Fourth", "Least deprived fifth")
GROUPS = {
    "all": ("Everyone", (EVERYONE,)),
    "deprivation": ("By how deprived the place is where they live", (*FIFTHS, UNKNOWN)),
    "ethnicity": ("By ethnic group", (*ETHNIC.values(), UNKNOWN)),
}
COLUMNS = ("listed", "invited", "accepted", "declined")
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


def uptake(offer: Offer) -> list[Table]:
    """Everyone, by deprivation and by ethnic group; captions say of how many it is recorded."""
    counts = counted(offer)
    shown = _shown(counts)
    return [
        Table(words + _recorded(name, counts), [_line(shown, name, group) for group in groups])
        for name, (words, groups) in GROUPS.items()
    ]


def counted(offer: Offer) -> Counts:
    """Exact counts, by breakdown, group and column. Not for a page."""
    found: Counts = {name: defaultdict(Counter) for name in GROUPS}
    asked = Exists(Invitation.objects.filter(listed=OuterRef("pk")))
    people = offer.listed.annotate(asked=asked).values_list(
        "person__deprivation", "person__ethnicity", "state", "asked"
    )
    for decile, category, state, invited in people:
        done = {"listed": True, "invited": invited}
        done |= {"accepted": state == State.ACCEPTED, "declined": state == State.DECLINED}
        did = [column for column, yes in done.items() if yes]
        for name, group in (("all", EVERYONE), ("deprivation", fifth(decile)), ("ethnicity", ethnic_group(category))):
            found[name][group].update(did)
    return found


def ethnic_group(category: str) -> str:
    """The group of an ethnic category (16+1); one not stated is not recorded."""
    return ETHNIC[max(first for first in ETHNIC if first <= category)] if "A" <= category <= "S" else UNKNOWN


def fifth(decile: int | None) -> str:
    return UNKNOWN if decile is None else FIFTHS[(decile - 1) // 2]


def _shown(counts: Counts) -> dict[tuple[str, str, str], tuple[str, str]]:
    """By breakdown, group and column: the count, and what share of those invited it is, as the gate leaves them."""
    rows = [
        {
            "indicator": column, "definition": 1, "period": "2022-23", "organisation": "it", "level": "pcn",
            "breakdown": name, "group": group, "source": "computed", "numerator": counts[name][group][column],
            "denominator": counts[name][group]["invited"] if column == "accepted" else None,
        }
        for name, (_, groups) in GROUPS.items()
        for group in groups
        for column in COLUMNS
    ]  # fmt: skip
    found = {}
    for row in disclosure.publish(rows, solver=False):
        count, share = row["shown_numerator"], row["shown_value"]
        cell = HIDDEN if count is None else f"{count:,.0f}"
        found[row["breakdown"], row["group"], row["indicator"]] = cell, "–" if share is None else f"{100 * share:.0f}%"
    return found


def _line(shown: dict[tuple[str, str, str], tuple[str, str]], name: str, group: str) -> Line:
    cells = tuple(shown[name, group, column][0] for column in COLUMNS)
    return Line("Everyone" if group == EVERYONE else group, cells, shown[name, group, "accepted"][1])


def _recorded(name: str, counts: Counts) -> str:
    """Completeness of recording, in whole tenths: more would tell how many are not."""
    everyone, unknown = counts["all"][EVERYONE]["listed"], counts[name][UNKNOWN]["listed"]
    if name == "all" or not everyone:
        return ""
    return f" (recorded for about {10 * round(10 * (everyone - unknown) / everyone)}% of those listed)"
