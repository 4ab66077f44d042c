"""How far a group is: in miles, as the crow flies, between coordinates."""

from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Any

from django.db.models import Avg, Count, F, FloatField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Upper

from whatmatters.directory.models import Group, Place, Postcode

MILES = 69.09  # in a degree of latitude; one of longitude is shorter by the cosine of the latitude
FAR = 50  # what a search may ask for


@dataclass(frozen=True)
class Spot:
    """``said``: what it is, for the page; ``rough``: how it was come by, where it is not exact."""

    latitude: float
    longitude: float
    said: str
    rough: str = ""

    @property
    def at(self) -> tuple[float, float]:
        return self.latitude, self.longitude

    def miles_to(self, at: tuple[float, float]) -> float:
        """To a latitude and longitude; good to one part in a hundred up to 50 miles."""
        up = at[0] - self.latitude
        across = (at[1] - self.longitude) * cos(radians(self.latitude))
        return sqrt(up * up + across * across) * MILES


def spot(text: str) -> Spot | None:
    """Where a postcode, its first half or a town is; None where nothing here can tell.

    Exact only from a lookup of postcodes, which a deployment may load. Otherwise the middle of the groups we know
    there stands for it, and says so.
    """
    given = " ".join(text.split())
    code = given.replace(" ", "").upper()
    found = Postcode.objects.filter(code=code).first() if 5 <= len(code) <= 7 else None
    if found:
        return Spot(found.latitude, found.longitude, f"{code[:-3]} {code[-3:]}")
    called = _middle(_called("town", given), given) or _middle(_called("name", given), given)
    return called or _of_district(code)


def _called(field: str, given: str) -> "QuerySet[Place]":
    """In capitals or not; there is an index for each of the two."""
    return Place.objects.alias(capitals=Upper(field)).filter(capitals=Upper(Value(given)))


def _of_district(code: str) -> Spot | None:
    """Of a whole postcode or its first half: by the others in the same district."""
    for district in dict.fromkeys((code, code[:-3])):
        if 2 <= len(district) <= 4 and (found := _middle(Place.objects.filter(district=district), district)):
            return found
    return None


def _middle(places: "QuerySet[Place]", said: str) -> Spot | None:
    told: dict[str, Any] = places.aggregate(lat=Avg("latitude"), lon=Avg("longitude"), known=Count("latitude"))
    if not told["known"]:
        return None
    about = "of the one place we know there" if told["known"] == 1 else f"of the {told['known']} places we know there"
    return Spot(told["lat"], told["lon"], said, f"the middle {about}")


def within_square(centre: Spot, miles: float) -> "QuerySet[Place]":
    """The places in the square around: an index finds them, and ``apart`` cuts off the corners."""
    up, across = miles / MILES, miles / (MILES * cos(radians(centre.latitude)))
    return Place.objects.filter(
        latitude__range=(centre.latitude - up, centre.latitude + up),
        longitude__range=(centre.longitude - across, centre.longitude + across),
    )


def apart(centre: Spot, miles: float) -> Subquery:
    """Of the nearest place of each group: the square of the distance, in degrees of latitude."""
    up = F("latitude") - Value(centre.latitude)
    across = (F("longitude") - Value(centre.longitude)) * Value(cos(radians(centre.latitude)))
    squared = Cast(up * up + across * across, FloatField())
    near = within_square(centre, miles).filter(group=OuterRef("pk")).annotate(squared=squared)
    return Subquery(near.order_by("squared").values("squared")[:1])


def miles(squared: float) -> float:
    return sqrt(squared) * MILES


def squared(miles: float) -> float:
    return (miles / MILES) ** 2


def nearest(group: Group, centre: Spot | None) -> float | None:
    """Miles to the nearest of its places; None where either end is not known."""
    known = [place.at for place in group.places.all() if place.at]
    return min((centre.miles_to(at) for at in known), default=None) if centre else None
