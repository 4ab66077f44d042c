"""The organisations below another, with a few numbers each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from whatmatters.dashboard import places
from whatmatters.dashboard.places import Place
from whatmatters.dashboard.spans import Span
from whatmatters.programme import figures
from whatmatters.programme.figures import Figure


@dataclass(frozen=True)
class Below:
    """``places`` are in the order of names, which tells nothing of the numbers; ``beyond`` are the codes of networks
    that reach beyond the organisation. ``figures`` are by organisation and indicator."""

    places: list[Place]
    beyond: set[str]
    figures: dict[tuple[str, str], Figure]


def below(of: Place, span: Span, indicators: Sequence[str], *, exact: bool) -> Below:
    """Figures of the span's period for those directly below on its last day.

    A network that reaches beyond the organisation is not wholly below it: its figures are those that anyone may see.
    """
    on = min(span.chosen.last_day, date.today())
    found = places.below(of, on)
    beyond = places.reaching_beyond(of, found, on)
    rows: list[Figure] = []
    for codes, may_see in (({one.code for one in found} - beyond, exact), (beyond, False)):
        if codes:
            rows += figures.read(
                exact=may_see,
                organisations=codes,
                indicators=indicators,
                periods=[span.chosen.label],
                breakdowns=["all"],
            )
    rows.sort(key=lambda row: row.source, reverse=True)  # a computed figure takes the place of a published one
    return Below(found, beyond, {(row.organisation, row.indicator): row for row in rows})
