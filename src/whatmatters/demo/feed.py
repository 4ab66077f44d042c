"""What a council next door gives out of its own directory, read as it would be from its Open Referral feed."""

from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.interop.open_referral.files import Document
from whatmatters.interop.open_referral.importing import take

SOURCE, LICENCE = "Estuary Council directory", "Open Government Licence v3.0"
SERVICES = (
    ("Repair café", "Bring what is broken: someone helps you mend it, and there is soup.", "SA", "10:00", "13:00", 0,
     "The Old Chapel", "12 Chapel Lane", "Hull", "HU3 2AA", 53.742, -0.371),
    ("Swimming for all", "A quiet hour in a warm pool, with a hoist and a changing bench.", "WE", "14:00", "15:00", 3.5,
     "Estuary Pool", "1 Pool Road", "Hull", "HU6 7AA", 53.779, -0.366),
    ("Carers’ coffee morning", "For anyone who looks after somebody. Come with or without them.", "1TH,3TH", "10:30",
     "12:00", 0, "Village hall", "Church Street", "Hessle", "HU13 0AA", 53.723, -0.435),
)  # fmt: skip


def read(on: date) -> None:
    """Invented, as all of the demo."""
    services = [_service(number, on) for number in range(len(SERVICES))]
    page = {"total_items": len(services), "total_pages": 1, "page_number": 1, "contents": services}
    take([Document("services.json", page)], by=THE_SYSTEM, source=SOURCE, licence=LICENCE, tell=lambda _: None)


def _id(*words: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(f"{word}" for word in ("demo", *words))))


def _service(number: int, on: date) -> dict[str, Any]:
    name, about, day, opens, closes, amount, hall, street, town, postcode, north, east = SERVICES[number]
    monthly = day[0].isdigit()
    address = {
        "id": _id(number, "address"), "address_1": street, "city": town, "state_province": "East Yorkshire",
        "postal_code": postcode, "country": "GB", "address_type": "physical",
    }  # fmt: skip
    location = {
        "id": _id(number, "location"), "location_type": "physical", "name": hall, "latitude": north, "longitude": east,
        "addresses": [address],
    }  # fmt: skip
    schedule = {
        "id": _id(number, "schedule"), "freq": "MONTHLY" if monthly else "WEEKLY", "byday": day, "opens_at": opens,
        "closes_at": closes, "service_at_location_id": _id(number, "link"),
    }  # fmt: skip
    return {
        "id": _id(number), "name": name, "description": about, "status": "active",
        "assured_date": f"{on - timedelta(days=40 + number)}", "schedules": [schedule],
        "organization": {"id": _id("council"), "name": "Estuary Council", "description": "The council next door"},
        "service_at_locations": [{"id": _id(number, "link"), "location": location}],
        "cost_options": [{"id": _id(number, "cost"), "amount": amount}],
    }  # fmt: skip
