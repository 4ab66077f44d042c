"""From what the files hold to one record a service: pages, lists, single ones, and services within other things."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from whatmatters.interop.open_referral.files import Document
from whatmatters.interop.open_referral.findings import AS_IT_IS, Kind, Report

Raw = dict[str, Any]
MARKS = {
    "service": {
        "status", "organization", "organization_id", "service_at_locations", "schedules", "cost_options", "fees",
        "assured_date", "minimum_age", "maximum_age", "eligibility_description", "last_modified", "languages",
    },
    "service_at_location": {"service", "location", "service_id", "location_id"},
    "organization": {
        "website", "logo", "organization_identifiers", "parent_organization_id", "services", "legal_status",
    },
    "taxonomy_term": {"parent_id", "taxonomy", "taxonomy_id", "term_uri", "term", "taxonomy_detail"},
    "taxonomy": {"taxonomy_terms", "version"},
}  # fmt: skip


@dataclass
class Gathered:
    """``services`` by id, each with its file. ``whole``: all that the source has is there, page for page."""

    services: dict[str, tuple[str, Raw]] = field(default_factory=dict)
    terms: dict[str, Raw] = field(default_factory=dict)
    organizations: dict[str, Raw] = field(default_factory=dict)
    whole: bool = False


@dataclass
class Listing:
    """The pages of one list of services: their numbers, and what they say there is in all."""

    pages: dict[int, str] = field(default_factory=dict)
    said_pages: int = 0
    said_items: int = 0
    items: set[str] = field(default_factory=set)
    all_at_once: bool = False


def gather(documents: Iterable[Document], report: Report) -> Gathered:
    gathered, listing = Gathered(), Listing()
    for document in documents:
        count = 0
        for kind, raw in _of(document, listing, report):
            count += _put(kind, raw, document.name, gathered, report)
        if not count:
            report.about(document.name).add("", Kind.NOTHING, done="nothing to import from it")
    gathered.whole = _whole(listing, report)
    return gathered


def _of(document: Document, listing: Listing, report: Report) -> Iterator[tuple[str, Raw]]:
    """The records of one document, each with its kind."""
    value, notes = document.value, report.about(document.name)
    contents = value.get("contents") if isinstance(value, dict) else value
    paged = isinstance(value, dict) and isinstance(contents, list)
    records = contents if isinstance(contents, list) else [value]
    kinds = set()
    for at, raw in enumerate(records):
        if not isinstance(raw, dict):
            notes.add(f"[{at}]", Kind.TYPE, raw if isinstance(raw, str | int | float) else None)
            continue
        kind = kind_of(raw)
        kinds.add(kind)
        if kind == "service" and isinstance(raw.get("id"), str | int):
            listing.items.add(f"{raw['id']}")
        yield kind, raw
    if paged and kinds <= {"service"}:
        _page(value, document, listing, report)
    elif isinstance(value, list) and "service" in kinds:
        listing.all_at_once = True


def kind_of(raw: Raw) -> str:
    """By the fields that nothing else has; a service where nothing tells."""
    if isinstance(raw.get("service"), dict) and "id" in raw:
        return "service_at_location"
    if not {"name", "id", "description"} & set(raw):
        return "nothing"
    marks = {kind: len(names & set(raw)) for kind, names in MARKS.items()}
    best = max(marks, key=lambda kind: marks[kind])
    return best if marks[best] else "service"


def _page(value: Raw, document: Document, listing: Listing, report: Report) -> None:
    notes = report.about(document.name)
    number = _count(value.get("page_number"))
    if number is None:
        notes.add("page_number", Kind.MISSING, value.get("page_number"), AS_IT_IS)
    elif number in listing.pages:
        notes.add("page_number", Kind.DUPLICATE, f"{number}, as {listing.pages[number]}", AS_IT_IS)
    else:
        listing.pages[number] = document.name
    listing.said_pages = max(listing.said_pages, _count(value.get("total_pages")) or 0)
    listing.said_items = max(listing.said_items, _count(value.get("total_items")) or 0)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _whole(listing: Listing, report: Report) -> bool:
    if not listing.pages:
        return listing.all_at_once
    first = min(listing.pages)  # some count from 0
    missing = [number for number in range(first, first + listing.said_pages) if number not in listing.pages]
    notes = report.about(next(iter(listing.pages.values())))
    done = "what is there was taken; nothing is said to be gone"
    if missing or first > 1:
        said = ", ".join(f"{number}" for number in missing[:20]) or f"those before {first}"
        notes.add("total_pages", Kind.PAGES, f"{said} of {listing.said_pages}", done)
        return False
    if listing.said_items > len(listing.items):
        notes.add("total_items", Kind.PAGES, f"{listing.said_items} said, {len(listing.items)} there", done)
        return False
    return True


def _put(kind: str, raw: Raw, file: str, gathered: Gathered, report: Report) -> int:
    """Adds the record; gives how many services it brought."""
    if kind == "service":
        return _service(raw, file, gathered, report)
    if kind == "service_at_location":
        return _placed(raw, file, gathered, report)
    if kind == "organization":
        gathered.organizations.setdefault(f"{raw.get('id')}", raw)
        inside = raw.get("services")
        own = {name: value for name, value in raw.items() if name != "services"}
        services = [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []
        return sum(_service({"organization": own, **one}, file, gathered, report) for one in services)
    if kind == "taxonomy_term":
        gathered.terms.setdefault(f"{raw.get('id')}", raw)
    elif kind == "taxonomy" and isinstance(raw.get("taxonomy_terms"), list):
        for term in raw["taxonomy_terms"]:
            if isinstance(term, dict):
                gathered.terms.setdefault(f"{term.get('id')}", term)
    return 0


def _placed(raw: Raw, file: str, gathered: Gathered, report: Report) -> int:
    service = raw.get("service")
    if not isinstance(service, dict):
        report.about(file, f"{raw.get('id', '')}"[:100]).add("service", Kind.DANGLING, raw.get("service_id"))
        return 0
    place = {name: value for name, value in raw.items() if name != "service"}
    return _service({"service_at_locations": [place], **service}, file, gathered, report)


def _service(raw: Raw, file: str, gathered: Gathered, report: Report) -> int:
    one = f"{raw['id']}" if isinstance(raw.get("id"), str | int) and not isinstance(raw.get("id"), bool) else ""
    if not one.strip():
        name = raw["name"] if isinstance(raw.get("name"), str) else ""
        report.about(file, "", name[:100]).add("id", Kind.MISSING, done="service left out: it could not be told again")
        return 1
    held = gathered.services.get(one)
    if held is None:
        gathered.services[one] = (file, raw)
    else:
        gathered.services[one] = (held[0], _merged(held, raw, file, report))
    return 1


def _merged(held: tuple[str, Raw], raw: Raw, file: str, report: Report) -> Raw:
    """A short and a full view of one service are put together; where they differ, the newer holds, else the fuller."""
    before, old = held
    differing = sorted(
        name for name in old.keys() & raw.keys()
        if old[name] != raw[name] and not isinstance(old[name], list | dict) and not isinstance(raw[name], list | dict)
    )  # fmt: skip
    newer = _age(raw) > _age(old) if _age(raw) != _age(old) else len(raw) > len(old)
    best, other = (raw, old) if newer else (old, raw)
    if differing or (before == file and old == raw):
        fields = ", ".join(differing)[:100] or "all alike"
        kept = "the newer or fuller is taken"
        report.about(file, f"{raw['id']}", f"{raw.get('name', '')}"[:100]).add("id", Kind.DUPLICATE, fields, kept)
    merged = {**other, **best}
    places = _places(best, other)
    return {**merged, "service_at_locations": places} if places else merged


def _age(raw: Raw) -> str:
    return raw["last_modified"] if isinstance(raw.get("last_modified"), str) else ""


def _places(best: Raw, other: Raw) -> list[Any]:
    """Of both, each once, the fuller first."""
    lists = [one["service_at_locations"] for one in (best, other) if isinstance(one.get("service_at_locations"), list)]
    found: dict[str, Any] = {}
    for place in sorted((place for places in lists for place in places), key=_fullness):
        key = f"{place.get('id')}" if isinstance(place, dict) else f"{place}"
        found.setdefault(key, place)
    return list(found.values())


def _fullness(place: Any) -> int:
    location = place.get("location") if isinstance(place, dict) else None
    return -len(location) if isinstance(location, dict) else 0
