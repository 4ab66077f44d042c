"""What an address asks for: which organisation, indicator and period; and which figures its reader may see of them.

What is not there raises Http404.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from whatmatters.dashboard import places
from whatmatters.dashboard.places import Place
from whatmatters.dashboard.spans import Span, span
from whatmatters.measurement.indicators import Indicator
from whatmatters.organisations.models import Organisation
from whatmatters.programme import comparisons, figures, publishing
from whatmatters.programme.comparisons import Compared
from whatmatters.programme.figures import Figure
from whatmatters.programme.indicators import INDICATORS


@dataclass(frozen=True)
class Reading:
    """``above`` begins with the organisation itself, nearest first."""

    place: Place
    above: list[Place]
    exact: bool

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.above]

    @property
    def awaited(self) -> list[str]:
        """Years of which newer counts have not passed the disclosure gate yet; who may see exact numbers has them."""
        return [] if self.exact else publishing.owed()

    def figures(self, **filters: Collection[str] | None) -> list[Figure]:
        """Every stored figure of the organisation, as this reader may see it."""
        return figures.read(exact=self.exact, organisations=[self.place.code], **filters)

    def compared(self, indicators: Collection[str] | None = None) -> list[Compared]:
        """Comparisons with people like those supported, as this reader may see them."""
        return comparisons.read(self.place.code, self.place.kind, exact=self.exact, indicators=indicators)


def reading(request: HttpRequest, code: str) -> Reading:
    row = Organisation.objects.filter(code=code, kind__in=places.RANK).values_list(*Place._fields).first()
    if row is None:
        raise Http404("There is no organisation of that code")
    place = Place(*row)
    above = places.lineage(place, date.today())
    return Reading(place, above, places.works_above(request, above))


def indicator_named(name: str) -> Indicator:
    if name not in INDICATORS:
        raise Http404("There is no such indicator")
    return INDICATORS[name]


def asked_span(request: HttpRequest, labels: Iterable[str] = ()) -> Span:
    """``?period=``, or the newest year of ``labels``."""
    try:
        return span(labels, request.GET.get("period", ""))
    except ValueError as error:
        raise Http404("There is no such period") from error
