"""Where a service is, both ways: our places are "services at locations" of Open Referral."""

import re
from typing import Any

from whatmatters.directory.models import Group, Place
from whatmatters.interop.open_referral.cleaning import Clean
from whatmatters.interop.open_referral.findings import LEFT_OUT, MENDED, Kind, Notes
from whatmatters.interop.open_referral.plain import line
from whatmatters.interop.open_referral.terms import made, uuid_of

POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})", re.IGNORECASE)
NORTH, EAST = (49.8, 61.0), (-8.7, 2.0)  # the United Kingdom, as ETRS89
LONG_FIRST = "latitude and longitude were the wrong way round"
ACCESS = {
    "step_free": "Step-free", "toilet": "Accessible toilet", "hearing_loop": "Hearing loop",
    "parking": "Parking for disabled people",
}  # fmt: skip
BUS = re.compile(r"Bus: (.*)")  # what our own export writes before which buses go there
YES_OR_NO = {"yes": True, "no": False}


def place_of(link: Clean, notes: Notes, at: str) -> dict[str, Any] | None:
    """Facts of ``Place``; None where there is nowhere to go to."""
    location = link.get("location")
    if not location:
        notes.add(f"{at}.location", Kind.DANGLING, link.get("location_id"))
        return None
    inside = f"{at}.location"
    if location.get("location_type") == "postal":
        notes.add(inside, Kind.NO_PLACE, "a postal address")
        return None
    address, where = _address(location, notes, inside)
    latitude, longitude = coordinates(location, notes, inside)
    place = {
        "original_link": link.get("id", ""), "original_id": location.get("id", ""), "name": location.get("name", ""),
        "address": ", ".join(address[name] for name in ("address_1", "address_2") if name in address),
        "town": address.get("city", ""), "postcode": postcode(address.get("postal_code", ""), notes, where),
        "latitude": latitude, "longitude": longitude, **_access(location),
    }  # fmt: skip
    there = any(place[name] not in ("", None) for name in place if not name.startswith("original"))
    return place if there else None


def _address(location: Clean, notes: Notes, at: str) -> tuple[Clean, str]:
    addresses = location.get("addresses", [])
    if len(addresses) > 1:
        notes.add(f"{at}.addresses", Kind.NO_PLACE, f"{len(addresses)} addresses", "the first physical one taken")
    best = next((n for n, one in enumerate(addresses) if one.get("address_type") == "physical"), 0)
    return (addresses[best] if addresses else {}), f"{at}.addresses[{best}]"


def postcode(given: str, notes: Notes, at: str) -> str:
    """In capitals, with its space."""
    text = re.sub(r"\s+", "", given).upper()
    if not text:
        return ""
    if not POSTCODE.fullmatch(text):
        notes.add(f"{at}.postal_code", Kind.POSTCODE, given)
        return ""
    return f"{text[:-3]} {text[-3:]}"


def coordinates(location: Clean, notes: Notes, at: str) -> tuple[float | None, float | None]:
    """Both or neither; swapped back where only that makes sense."""
    north, east = location.get("latitude"), location.get("longitude")
    if north is None and east is None:
        return None, None
    if north is None or east is None:
        notes.add(f"{at}.latitude", Kind.COORDINATES, "one of two", LEFT_OUT)
        return None, None
    if _in_britain(north, east):
        return north, east
    if _in_britain(east, north):
        notes.add(f"{at}.latitude", Kind.COORDINATES, f"{north}, {east}", f"{MENDED}: {LONG_FIRST}")
        return east, north
    notes.add(f"{at}.latitude", Kind.COORDINATES, f"{north}, {east}", LEFT_OUT)
    return None, None


def _in_britain(north: float, east: float) -> bool:
    return NORTH[0] <= north <= NORTH[1] and EAST[0] <= east <= EAST[1]


def _access(location: Clean) -> dict[str, Any]:
    """What our own export says of it, and everybody else's words as they are: "no ramp" is not guessed at."""
    names = {label: name for name, label in ACCESS.items()}
    bus = BUS.fullmatch(" ".join(location.get("transportation", "").split()))
    found: dict[str, Any] = {"bus": bus[1] if bus else ""}
    words = [location["transportation"]] if "transportation" in location and not bus else []
    for one in location.get("accessibility", []):
        said, more = one.get("description") or one.get("accessibility", ""), one.get("details", "")
        if said in names and more in YES_OR_NO:
            found[names[said]] = YES_OR_NO[more]
        else:
            words += [part for part in (said, more) if part]
    return {**found, "access": " ".join(" ".join(dict.fromkeys(words)).split())}


def place_written(place: Place) -> dict[str, Any]:
    """As the profile's ``location.json``."""
    of = location_id(place)
    address, town, bus = (line(text) for text in (place.address, place.town, place.bus))
    written: dict[str, Any] = {
        "id": of, "location_type": "physical", "name": line(place.name), "latitude": place.latitude,
        "longitude": place.longitude, "transportation": f"Bus: {bus}" if bus else "",
    }  # fmt: skip
    if address or town or place.postcode:
        written["addresses"] = [{
            "id": made(of, "address"), "location_id": of, "address_1": address, "city": town, "state_province": "",
            "postal_code": place.postcode, "country": "GB", "address_type": "physical",
        }]  # fmt: skip
    access = [(label, getattr(place, name)) for name, label in ACCESS.items() if getattr(place, name) is not None]
    written["accessibility"] = [
        {"id": made(of, label), "location_id": of, "description": label, "accessibility": label,
         "details": "yes" if value else "no"}
        for label, value in access
    ]  # fmt: skip
    if words := line(place.access):
        more = {"id": made(of, "access"), "location_id": of, "description": words, "accessibility": words}
        written["accessibility"].append(more)
    return written


def location_id(place: Place) -> str:
    """That of its source, which several services may share."""
    return uuid_of(place.original_id) or made(place.uuid, "location")


def places_of_group(group: Group) -> list[Place]:
    """Its places; where it has none and a postcode, one of that alone, with the group's own id."""
    places = list(group.places.all())
    if not places and group.postcode:
        places = [Place(uuid=group.uuid, group=group, postcode=group.postcode)]
    return places
