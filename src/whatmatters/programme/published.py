"""Published numbers of surveys and returns: stored beside the computed ones, each with where it was published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.periods import period
from whatmatters.programme import results
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Publication, Source


@dataclass(frozen=True)
class Told:
    """One number of everyone at an organisation. ``name`` is the publication's; a plain count has no denominator.

    ``effective_base`` is what Publication says of it.
    """

    indicator: str
    period: str
    organisation: str
    level: str
    numerator: float
    denominator: float | None
    name: str
    effective_base: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.indicator, self.period, self.organisation


@transaction.atomic
def store(told: Iterable[Told], *, by: Actor) -> int:
    """Each takes the place of what was published of its number before; others stay. Returns how many changed."""
    new = {one.key: one for one in told}
    indicators, labels = ({key[place] for key in new} for place in (0, 1))
    kept = [
        row._asdict()
        for row in results.read(indicators=indicators, periods=labels)
        if row.source == Source.PUBLISHED and (row.indicator, row.period, row.organisation) not in new
    ]
    rows = [*kept, *map(_row, new.values())]
    changed = results.replace(rows, source=Source.PUBLISHED, periods=labels, indicators=indicators)
    for one in new.values():
        Publication.objects.update_or_create(
            indicator=one.indicator,
            period=one.period,
            organisation=one.organisation,
            defaults={"name": one.name, "effective_base": one.effective_base},
        )
    audit.record("imported published figures", by=by, detail={"indicators": sorted(indicators)})
    return changed


def publication(indicator: str, label: str, organisation: str) -> Publication | None:
    """Where a number was published, if that was said."""
    return Publication.objects.filter(indicator=indicator, period=label, organisation=organisation).first()


def _row(one: Told) -> dict[str, object]:
    return {
        "indicator": one.indicator,
        "definition": INDICATORS[one.indicator].version,
        "period": one.period,
        "organisation": one.organisation,
        "level": one.level,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "as_at": min(period(one.period).last_day, date.today()),
    }
