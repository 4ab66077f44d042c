"""From what the files hold to one record a service: pages, lists, single ones, and services within other things."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from whatmatters.interop.open_referral.cleaning import clean
from whatmatters.interop.open_referral.files import Document
from whatmatters.interop.open_referral.findings import Kind, Notes, Report
from whatmatters.interop.open_referral.merging import merged
from whatmatters.interop.open_referral.paging import Listing, turn, whole

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


def gather(documents: Iterable[Document], report: Report) -> Gathered:
    gathered, listings = Gathered(), defaultdict[str, Listing](Listing)
    for document in documents:
        held = False
        for kind, raw in _of(document, listings, report):
            held |= kind != "nothing"
            _put(kind, raw, document.name, gathered, report)
        if not held:
            report.about(document.name).add("", Kind.NOTHING, done="nothing to import from it")
    complete = {kind: whole(listing, report) for kind, listing in listings.items()}
    gathered.whole = complete.get("service", False)
    return gathered


def _of(document: Document, listings: dict[str, Listing], report: Report) -> Iterator[tuple[str, Raw]]:
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
        if isinstance(value, list) or paged:
            listings[kind].items.add(f"{raw.get('id')}")
        yield kind, raw
    if paged and len(kinds) <= 1:
        turn(value, document.name, listings[next(iter(kinds), "service")], report)
    elif isinstance(value, list) and "service" in kinds:
        listings["service"].all_at_once = True


def kind_of(raw: Raw) -> str:
    """By the fields that nothing else has; a service where nothing tells."""
    if isinstance(raw.get("service"), dict) and "id" in raw:
        return "service_at_location"
    if not {"name", "id", "description"} & set(raw):
        return "nothing"
    marks = {kind: len(names & set(raw)) for kind, names in MARKS.items()}
    best = max(marks, key=lambda kind: marks[kind])
    return best if marks[best] else "service"


def _put(kind: str, raw: Raw, file: str, gathered: Gathered, report: Report) -> None:
    """Adds the record to what it belongs to."""
    if kind == "service":
        _service(raw, file, gathered, report)
    elif kind == "service_at_location":
        _placed(raw, file, gathered, report)
    elif kind == "organization":
        own = {name: value for name, value in raw.items() if name != "services"}
        gathered.organizations.setdefault(f"{raw.get('id')}", own)
        clean("organization", own, _notes(raw, file, report), "organization")
        for one in _inside(raw, "services"):
            _service({"organization": own, **one}, file, gathered, report)
    elif kind == "taxonomy_term":
        _term(raw, file, gathered, report)
    elif kind == "taxonomy":
        for term in _inside(raw, "taxonomy_terms"):
            _term(term, file, gathered, report)


def _notes(raw: Raw, file: str, report: Report) -> Notes:
    one, name = raw.get("id"), raw.get("name")
    return report.about(
        file, f"{one}"[:100] if isinstance(one, str | int) else "", name[:100] if isinstance(name, str) else ""
    )


def _inside(raw: Raw, name: str) -> list[Raw]:
    inside = raw.get(name)
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def _term(raw: Raw, file: str, gathered: Gathered, report: Report) -> None:
    gathered.terms.setdefault(f"{raw.get('id')}", raw)
    clean("taxonomy_term", raw, _notes(raw, file, report), "taxonomy_term")


def _placed(raw: Raw, file: str, gathered: Gathered, report: Report) -> None:
    service = raw.get("service")
    if not isinstance(service, dict):
        _notes(raw, file, report).add("service", Kind.DANGLING, raw.get("service_id"))
        return
    place = {name: value for name, value in raw.items() if name != "service"}
    _service({"service_at_locations": [place], **service}, file, gathered, report)


def _service(raw: Raw, file: str, gathered: Gathered, report: Report) -> None:
    one = f"{raw['id']}" if isinstance(raw.get("id"), str | int) and not isinstance(raw.get("id"), bool) else ""
    if not one.strip():
        _notes({**raw, "id": ""}, file, report).add(
            "id", Kind.MISSING, done="service left out: it could not be told again"
        )
        return
    held = gathered.services.get(one)
    if held is None:
        gathered.services[one] = (file, raw)
    else:
        gathered.services[one] = (held[0], merged(held, raw, file, report))
