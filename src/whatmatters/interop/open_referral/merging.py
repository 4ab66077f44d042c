"""One service that stands in several files, or twice in one: put together into one record."""

from typing import Any

from whatmatters.interop.open_referral.findings import Kind, Report

Raw = dict[str, Any]


def merged(held: tuple[str, Raw], raw: Raw, file: str, report: Report) -> Raw:
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
