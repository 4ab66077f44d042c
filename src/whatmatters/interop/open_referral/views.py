"""Open data over HTTP: anyone may read, from any site, without a name and without being noted."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from whatmatters.access.gate import public
from whatmatters.directory.models import Group, Place, Provider
from whatmatters.interop.open_referral import listing, terms, written
from whatmatters.interop.open_referral.asked import Unclear, yes
from whatmatters.interop.open_referral.listing import Part, page
from whatmatters.interop.open_referral.places import places_of_group
from whatmatters.interop.open_referral.provider import organization_written, provider_written

Json = dict[str, Any]
SAFE = ["GET", "HEAD", "OPTIONS"]
FRESH = 300  # seconds for which a copy serves
DETAILS = {
    "version": "HSDS-UK-3.0",
    "profile": "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md",
    "openapi_url": "https://docs.openreferraluk.org/en/latest/openapi30.json",
}


class Unknown(LookupError):
    """There is nothing of that id, or it is not the public's to see."""


def open_data(view: Callable[..., Json]) -> Callable[..., HttpResponse]:
    """JSON that may be kept for a while and read by pages of other sites; refusals are JSON too."""

    @wraps(view)
    def answer(request: HttpRequest, **names: Any) -> HttpResponse:
        if request.method not in SAFE:
            return HttpResponseNotAllowed(SAFE)
        status, found = 200, Json()
        try:
            found = view(request, **names) if request.method != "OPTIONS" else found
        except Unclear as unclear:
            status, found = 422, {"error": str(unclear)}
        except Unknown:
            status, found = 404, {"error": "there is nothing of this id"}
        return _sent(request, status, json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())

    return public(answer)


def _sent(request: HttpRequest, status: int, content: bytes) -> HttpResponse:
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": ", ".join(SAFE)}
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={**headers, "Access-Control-Max-Age": "86400"})
    headers["Cache-Control"] = f"public, max-age={FRESH}" if status == 200 else "no-store"
    if status != 200:
        return HttpResponse(content, status=status, content_type="application/json", headers=headers)
    headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") in (headers["ETag"], f"W/{headers['ETag']}", "*"):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type="application/json", headers=headers)


@open_data
def details(request: HttpRequest) -> Json:
    return DETAILS


@open_data
def services(request: HttpRequest) -> Json:
    query, found = request.GET, listing.groups(request.GET)
    if yes(query, "minimal"):
        return page(query, Part(found, lambda group: {"id": f"{group.uuid}", "modified_date": _changed(group)}))
    if yes(query, "full"):
        licences = written.licences()
        return page(query, Part(listing.whole(found), lambda group: written.service_full(group, licences)))
    return page(query, Part(found, written.service_short))


def _changed(group: Group) -> str:
    return written.moment(group.changed_at)


@open_data
def service(request: HttpRequest, service: UUID) -> Json:
    found = listing.whole(listing.public_groups()).select_related("provider", "origin").filter(uuid=service).first()
    if found is None:
        raise Unknown
    return written.service_full(found, written.licences())


@open_data
def organizations(request: HttpRequest) -> Json:
    own = listing.public_groups().filter(provider=None).order_by("pk")
    return page(
        request.GET,
        Part(listing.providers(), lambda provider: written.filled(provider_written(provider))),
        Part(own, lambda group: written.filled(organization_written(group))),
    )


@open_data
def organization(request: HttpRequest, organization: UUID) -> Json:
    """With its services in short."""
    groups = listing.public_groups().select_related("provider", "origin").order_by("pk")
    provider = Provider.objects.filter(uuid=organization).first()
    theirs = list(groups.filter(provider=provider) if provider else groups.filter(uuid=organization, provider=None))
    if not theirs:
        raise Unknown
    short = [written.service_short(group) for group in theirs]
    return {**written.filled(organization_written(theirs[0])), "services": [_without(one) for one in short]}


def _without(service: Json) -> Json:
    """What it says of its organisation stands around it already."""
    return {name: value for name, value in service.items() if name != "organization"}


@open_data
def service_at_locations(request: HttpRequest) -> Json:
    full, licences = yes(request.GET, "full"), written.licences()
    known, nowhere = listing.places(request.GET), listing.without_places(request.GET)
    if full:
        known = known.prefetch_related("group__places", "group__meetings__place")
        nowhere = listing.whole(nowhere)
    return page(
        request.GET,
        Part(known, lambda place: written.placed_written(place, licences, full=full)),
        Part(nowhere, lambda group: _first_place(group, licences, full=full)),
    )


def _first_place(group: Group, licences: dict[str, str], *, full: bool) -> Json:
    return written.placed_written(places_of_group(group)[0], licences, full=full)


@open_data
def service_at_location(request: HttpRequest, place: UUID) -> Json:
    held = Place.objects.filter(uuid=place).first()
    groups = listing.whole(listing.public_groups()).select_related("provider", "origin")
    group = groups.filter(pk=held.group_id).first() if held else groups.filter(uuid=place, places=None).first()
    shown = next((one for one in places_of_group(group) if one.uuid == place), None) if group else None
    if group is None or shown is None:
        raise Unknown
    shown.group = group
    return written.placed_written(shown, written.licences(), full=True)


@open_data
def taxonomies(request: HttpRequest) -> Json:
    return page(request.GET, Part([*terms.TAXONOMIES], lambda one: terms.taxonomy_written(one, terms=False)))


@open_data
def taxonomy(request: HttpRequest, taxonomy: UUID) -> Json:
    found = next((one for one in terms.TAXONOMIES if one.id == f"{taxonomy}"), None)
    if found is None:
        raise Unknown
    return terms.taxonomy_written(found, terms=True)


@open_data
def taxonomy_terms(request: HttpRequest) -> Json:
    wanted = request.GET.get("taxonomy_id")
    rows = [term for term in terms.TERMS.values() if not wanted or term.taxonomy.id == terms.uuid_of(wanted)]
    return page(request.GET, Part(rows, terms.term_written))


@open_data
def taxonomy_term(request: HttpRequest, term: UUID) -> Json:
    found = terms.TERMS.get(f"{term}")
    if found is None:
        raise Unknown
    return terms.term_written(found)
