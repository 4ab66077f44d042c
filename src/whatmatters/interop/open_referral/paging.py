"""Whether all that a source has is there: what its pages say of themselves, against what there is."""

from dataclasses import dataclass, field
from typing import Any

from whatmatters.interop.open_referral.findings import AS_IT_IS, Kind, Report


@dataclass
class Listing:
    """The pages of one list: their numbers, and what they say there is in all."""

    pages: dict[int, str] = field(default_factory=dict)
    said_pages: int = 0
    said_items: int = 0
    items: set[str] = field(default_factory=set)
    all_at_once: bool = False


def turn(value: dict[str, Any], file: str, listing: Listing, report: Report) -> None:
    """Adds one page to the list."""
    notes = report.about(file)
    number = _count(value.get("page_number"))
    if number is None:
        notes.add("page_number", Kind.MISSING, value.get("page_number"), AS_IT_IS)
    elif number in listing.pages:
        notes.add("page_number", Kind.DUPLICATE, f"{number}, as {listing.pages[number]}", AS_IT_IS)
    else:
        listing.pages[number] = file
    listing.said_pages = max(listing.said_pages, _count(value.get("total_pages")) or 0)
    listing.said_items = max(listing.said_items, _count(value.get("total_items")) or 0)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def whole(listing: Listing, report: Report) -> bool:
    """With a finding where pages or items are missing."""
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
