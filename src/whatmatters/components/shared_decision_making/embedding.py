"""What a network or board declares embedded, and what the events of the year say of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Embedded
from whatmatters.events.codes import DECISION_TOOL_USED, SHARED_DECISION
from whatmatters.events.models import Event
from whatmatters.organisations.models import Organisation
from whatmatters.organisations.tree import networks_within, with_descendants
from whatmatters.periods import Period


@dataclass(frozen=True)
class Situated:
    """One situation: where it is declared, and the decisions and tools that staff there recorded in the year."""

    name: str
    title: str
    rows: tuple[Embedded, ...]
    decisions: int
    tools: int

    @property
    def seen(self) -> bool:
        """Declared, and at least one decision of the year bears it out."""
        return self.decisions > 0


def situated(place: Organisation, year: Period) -> list[Situated]:
    """What stood at some time in the year there or below, by title. Four queries beside the walk over the tree."""
    area = with_descendants({place.pk}, year.last_day)
    area |= networks_within(area, year.last_day)
    rows = Embedded.objects.filter(
        Q(ended__isnull=True) | Q(ended__gte=year.start), service__in=area, since__lt=year.end
    ).select_related("service", "at")
    found: dict[str, list[Embedded]] = {}
    for row in rows:
        found.setdefault(row.situation, []).append(row)
    decided, used = _recorded(area, year, SHARED_DECISION), _recorded(area, year, DECISION_TOOL_USED)
    titles = {entry.name: entry.title for entry in library().values()}
    told = [
        Situated(name, titles.get(name, name), tuple(here), decided[name], used[name]) for name, here in found.items()
    ]
    return sorted(told, key=lambda one: one.title)


def _recorded(area: set[int], year: Period, code: str) -> Counter[str]:
    codes = Organisation.objects.filter(pk__in=area).values("code")
    events = Event.objects.filter(code=code, on__gte=year.start, on__lt=min(year.end, date.max), organisation__in=codes)
    return Counter(events.values_list("detail", flat=True))
