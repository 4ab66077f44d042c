"""Who reads about which organisation, and so which figures: exact, or those that anyone may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from whatmatters.dashboard import places
from whatmatters.dashboard.places import Place
from whatmatters.organisations.models import Organisation
from whatmatters.programme import figures
from whatmatters.programme.figures import Figure


@dataclass(frozen=True)
class Reading:
    """``above`` begins with the organisation itself, nearest first."""

    place: Place
    above: list[Place]
    exact: bool

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.above]

    def figures(self, **filters: Collection[str] | None) -> list[Figure]:
        """Every stored figure of the organisation, as this reader may see it."""
        return figures.read(exact=self.exact, organisations=[self.place.code], **filters)


def reading(request: HttpRequest, code: str) -> Reading:
    """Raises Http404 for a code that is no level of the NHS here."""
    row = Organisation.objects.filter(code=code, kind__in=places.RANK).values_list(*Place._fields).first()
    if row is None:
        raise Http404("There is no organisation of that code")
    place = Place(*row)
    above = places.lineage(place, date.today())
    return Reading(place, above, places.works_above(request, above))
