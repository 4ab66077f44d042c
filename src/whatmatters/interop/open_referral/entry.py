"""One service of a source as an entry of our directory would have it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from whatmatters.directory.models import FRESH, Group, Meeting, Place, Provider, Standing
from whatmatters.interop.open_referral.cleaning import Clean, clean
from whatmatters.interop.open_referral.costs import cost_of
from whatmatters.interop.open_referral.findings import Kind, Notes
from whatmatters.interop.open_referral.places import place_of
from whatmatters.interop.open_referral.provider import provider_of
from whatmatters.interop.open_referral.records import Gathered, Raw
from whatmatters.interop.open_referral.said import languages_of, phone_of, wait_of
from whatmatters.interop.open_referral.terms_read import terms_of
from whatmatters.interop.open_referral.times import where_and_when
from whatmatters.interop.open_referral.who import area_of, who_of

STANDINGS = {
    "active": Standing.ACTIVE, "temporarily closed": Standing.PAUSED, "inactive": Standing.CLOSED,
    "defunct": Standing.CLOSED,
}  # fmt: skip
NO_PLACE = ("accreditations", "funding", "interpretation_services", "alternate_name")
LINES = ("notice", "joining", "who_for", "cost", "where")  # of one line here, of many in the standard


@dataclass
class Entry:
    """``facts`` of Group; ``first`` those that only a new one takes; ``meetings`` name a place by its number."""

    id: str
    facts: dict[str, Any]
    first: dict[str, Any]
    places: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    provider: dict[str, Any] | None
    assured: date | None
    modified: datetime | None

    @property
    def said_on(self) -> date | None:
        """The latest day on which the source says that it looked at this."""
        days = [self.assured, self.modified.date() if self.modified else None]
        return max((day for day in days if day), default=None)


def entry_of(raw: Raw, gathered: Gathered, notes: Notes) -> Entry | None:
    """None, with a finding, where there is no name or id to find it by."""
    service = clean("service", raw, notes)
    if not service.get("name") or not service.get("id"):
        notes.add("name" if "id" in service else "id", Kind.MISSING, done="service left out")
        return None
    for name in NO_PLACE:
        if name in service:
            notes.add(name, Kind.NO_PLACE)
    provider = provider_of(service, gathered, notes)
    places, numbers, online = _places(service, notes)
    meetings, words = where_and_when(service, notes, numbers)
    about = service.get("description") or (provider or {}).get("about") or service["name"]
    terms, first = terms_of(service, about, gathered, notes)
    facts = {
        "name": service["name"], "standing": _standing(service, notes), "about": about,
        "notice": service.get("alert", ""), "where": words, "website": service.get("url", ""),
        "email": service.get("email", ""), "phone": phone_of(service, notes),
        "languages": languages_of(service, notes), "joining": service.get("application_process", ""),
        "postcode": next((place["postcode"] for place in places if place["postcode"]), ""),
        **area_of(service), **cost_of(service, notes), **terms, **who_of(service, terms["sex"], notes),
    }  # fmt: skip
    if online and facts["online"] is None:
        facts["online"] = True
    facts |= {name: " ".join(facts[name].split()) for name in LINES}
    _fit(Group, facts, notes, "")
    for model, rows, at in ((Place, places, "service_at_locations"), (Meeting, meetings, "schedules")):
        for row in rows:
            _fit(model, row, notes, at)
    if provider:
        _fit(Provider, provider, notes, "organization")
    assured = _assured(service, notes)
    first |= wait_of(service, notes)
    return Entry(service["id"], facts, first, places, meetings, provider, assured, service.get("last_modified"))


def _standing(service: Clean, notes: Notes) -> Standing:
    standing = STANDINGS[service.get("status", "active")]
    if standing != Standing.ACTIVE:
        notes.add("status", Kind.CLOSED, service["status"], f"taken as {standing.label.lower()!r}")
    return standing


def _places(service: Clean, notes: Notes) -> tuple[list[dict[str, Any]], dict[str, int], bool]:
    """The places, the number of each by its link's id, and whether one of them is online."""
    places: list[dict[str, Any]] = []
    numbers: dict[str, int] = {}
    online = False
    for at, link in enumerate(service.get("service_at_locations", [])):
        online = online or link.get("location", {}).get("location_type") == "virtual"
        one = link.get("id", "")
        if one and one in numbers:
            notes.add(f"service_at_locations[{at}].id", Kind.DUPLICATE, one)
        elif place := place_of(link, notes, f"service_at_locations[{at}]"):
            numbers[one] = len(places)
            places.append(place)
    return places, numbers, online


def _assured(service: Clean, notes: Notes) -> date | None:
    day: date | None = service.get("assured_date")
    if day and day > date.today():
        notes.add("assured_date", Kind.DATE, f"{day}", "left out: it is still to come")
        return None
    if day and day < date.today() - FRESH:
        notes.add("assured_date", Kind.FADED, f"{day}", "shown as not checked since then, after those that are")
    return day


def _fit(model: type[Model], facts: dict[str, Any], notes: Notes, at: str) -> None:
    """Cuts what is longer than the directory holds: a text at a word, an address that would lead nowhere altogether."""
    for name, value in facts.items():
        longest = getattr(model._meta.get_field(name), "max_length", None) if isinstance(value, str) else None
        if longest is None or len(value) <= longest:
            continue
        if name in ("website", "email", "phone", "original_id", "original_link", "postcode"):
            facts[name] = ""
        else:
            facts[name] = value[: longest - 1].rsplit(None, 1)[0] + "…"
        notes.add(f"{at}.{name}" if at else name, Kind.LONG, value, f"{len(facts[name]):,} letters kept")
