"""Looking for a group: a list, a map of what is on the list, and the same to take home on paper."""

from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.http import HttpRequest, HttpResponse

from whatmatters.access.gate import grants_of, public
from whatmatters.directory import distance
from whatmatters.directory.asked_where import moved, remembered
from whatmatters.directory.forms import SearchForm
from whatmatters.directory.models import Group, Place
from whatmatters.directory.pages import page
from whatmatters.directory.search import search
from whatmatters.web import maps
from whatmatters.web.forms import page_with

SHOWN, ON_MAP, ON_PAPER = 20, 60, 40
TOWNS = 8  # names written on the map


def may_keep(request: HttpRequest) -> bool:
    return bool(grants_of(request.user, "keep the directory"))


@public
def groups(request: HttpRequest) -> HttpResponse:
    return _page(request, "directory/groups.jinja", SHOWN)


@public
def groups_on_map(request: HttpRequest) -> HttpResponse:
    return _page(request, "directory/map.jinja", ON_MAP)


@public
def groups_to_print(request: HttpRequest) -> HttpResponse:
    return _page(request, "directory/print.jinja", ON_PAPER)


def _page(request: HttpRequest, template: str, size: int) -> HttpResponse:
    if elsewhere := moved(request):
        return elsewhere
    form, keeper = SearchForm(remembered(request)), may_keep(request)
    valid = form.is_valid()
    found = search(**form.cleaned_data, to_public=not keeper) if valid else Group.objects.none()
    centre, shown = form.cleaned_data.get("near"), page(found, request.GET.get("page"), size)
    rows = [Found(number, group, centre) for number, group in enumerate(shown.rows, shown.first)]
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"page": shown, "rows": rows, "may_keep": keeper, "near": centre, "asked": asked.urlencode()}
    if template == "directory/map.jinja":
        context |= _drawn(rows, centre)
    return page_with(request, template, form, context)


@dataclass(frozen=True)
class Found:
    """One row: its number on the list and on the map."""

    number: int
    group: Group
    centre: distance.Spot | None

    @property
    def miles(self) -> float | None:
        """As far as its nearest place."""
        squared = getattr(self.group, "squared", None)
        return None if squared is None else distance.miles(squared)

    @property
    def on_map(self) -> list[tuple[Place, tuple[float, float]]]:
        """Its places with coordinates, but for those beyond what one may search."""
        known = [(place, place.at) for place in self.group.places.all() if place.at]
        return [(place, at) for place, at in known if self.centre is None or self.centre.miles_to(at) <= distance.FAR]


def _drawn(rows: list[Found], centre: distance.Spot | None) -> dict[str, Any]:
    """The map of what is on the page; none where nothing has coordinates."""
    points = [(row.number, at) for row in rows for _, at in row.on_map]
    if not points:
        return {"drawn": None}
    drawn = maps.around([at for _, at in points] + ([centre.at] if centre else []))
    told = (centre.said, *centre.at) if centre else None
    marks = maps.marks(drawn, points)
    return {"drawn": drawn, "points": marks, "names": maps.names(drawn, _towns(rows), marks), "centre": told}


def _towns(rows: list[Found]) -> list[tuple[str, float, float]]:
    """Names to take one's bearings by: each above the places found in it; the fullest first."""
    places: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        for place, at in row.on_map:
            places.setdefault(place.town, []).append(at)
    fullest = sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [(town, max(lat for lat, _ in at), fmean(lon for _, lon in at)) for town, at in fullest if town][:TOWNS]
