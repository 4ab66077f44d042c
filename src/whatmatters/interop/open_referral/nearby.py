"""The filters ``postcode`` and ``proximity`` of places: near it, or serving it."""

from math import cos, radians

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from whatmatters.directory.distance import FAR, spot, squared, within_square
from whatmatters.directory.models import Place
from whatmatters.interop.open_referral.asked import Unclear, number
from whatmatters.interop.open_referral.places import POSTCODE

METRES = 1609.344  # in a mile


def near(found: "QuerySet[Place]", query: QueryDict) -> "QuerySet[Place]":
    """Within so many metres of the postcode; without a number, of services that serve its district or say no district.

    What a service says of its area in words is not weighed.
    """
    code = "".join(query.get("postcode", "").split()).upper()
    if code and not POSTCODE.fullmatch(code):
        raise Unclear("postcode", "a whole postcode is expected")
    if not query.get("proximity"):
        return found.filter(_serving(code[:-3])) if code else found
    if not code:
        raise Unclear("proximity", "a postcode is needed with it")
    centre = spot(code)
    if centre is None:
        raise Unclear("postcode", "where this is, is not known here")
    miles = number(query, "proximity", 0, int(FAR * METRES)) / METRES
    up = F("latitude") - Value(centre.latitude)
    across = (F("longitude") - Value(centre.longitude)) * Value(cos(radians(centre.latitude)))
    apart = Cast(up * up + across * across, FloatField())
    inside = within_square(centre, miles).annotate(apart=apart).filter(apart__lte=squared(miles))
    return found.filter(pk__in=inside.values("pk"))


def _serving(district: str) -> Q:
    """``Group.outward`` holds districts apart by spaces."""
    first, last = Q(group__outward__istartswith=f"{district} "), Q(group__outward__iendswith=f" {district}")
    alone, between = Q(group__outward__iexact=district), Q(group__outward__icontains=f" {district} ")
    return Q(group__outward="") | alone | first | last | between
