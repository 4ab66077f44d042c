"""The conversation as it is read: what stands in each section, by whom and when, and what was said before."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from whatmatters.components.social_prescribing.models import Entry, Referral
from whatmatters.components.social_prescribing.sections import OPEN_SECTIONS, SECTIONS, Section


@dataclass(frozen=True)
class Written:
    """One section of a case: its ``entries`` as they stand, in the order in which their items were first written."""

    section: Section
    entries: list[Entry]


def written(
    row: Referral, sections: Collection[str] = OPEN_SECTIONS, without: Collection[UUID] = ()
) -> dict[str, Written]:
    """By the name of the section; the safeguarding notes only where they are asked for by name. One query."""
    found: dict[str, list[Entry]] = defaultdict(list)
    standing = Entry.objects.filter(referral=row, section__in=sections, followed_by=None, struck=False)
    if row.uuid not in without:
        for entry in standing.exclude(item__in=without):
            found[entry.section].append(entry)
    return {name: Written(SECTIONS[name], found[name]) for name in sections}


def before(entry: Entry) -> list[Entry]:
    """The earlier wordings of the same item, the latest first."""
    return list(Entry.objects.filter(item=entry.item, pk__lt=entry.pk).order_by("-pk"))
