"""Unmet needs by place, for whoever plans and pays: a table, and a map of drawn points."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from whatmatters.access import audit
from whatmatters.access.gate import allows, area_of, granted
from whatmatters.components.social_prescribing import missing
from whatmatters.components.social_prescribing.models import OF_AN_UNMET_NEED, some
from whatmatters.directory.needs import Need
from whatmatters.people.gate import acting
from whatmatters.web import maps
from whatmatters.web.forms import page_with


class MissingForm(forms.Form):
    by = forms.ChoiceField(label="By", choices=[*missing.AREAS.items()], required=False)
    need = forms.ChoiceField(label="Help wanted with", choices=[("", "Anything"), *Need.choices], required=False)
    reason = forms.ChoiceField(label="Because", choices=[("", "Any reason"), *some(*OF_AN_UNMET_NEED)], required=False)


@allows("see exact numbers")
def unmet_needs(request: HttpRequest) -> HttpResponse:
    """Nobody sees exact numbers here: small ones are hidden from all, for the areas are small. What may take seconds is
    done before the transaction, for which others may have to wait."""
    today, form = date.today(), MissingForm(request.GET)
    since, until = missing.over(today)
    context: dict[str, Any] = {"since": since, "until": until, "areas": [], "drawn": None, "by": "authority"}
    if form.is_valid():
        asked = form.cleaned_data
        by = asked["by"] or "authority"
        places = area_of(granted(request), today)
        found = missing.areas(places, by, since, until, need=asked["need"], reason=asked["reason"])
        points = [(area.number, area.at) for area in found if area.at]
        drawn = maps.around([at for _, at in points]) if points else None
        context |= {"areas": found, "drawn": drawn, "by": by, "points": maps.marks(drawn, points) if drawn else ()}
    with transaction.atomic():
        audit.record("looked at unmet needs by place", by=acting(request))
    top = granted(request)[0].organisation.code
    return page_with(request, "social_prescribing/unmet_needs.jinja", form, {**context, "top": top})
