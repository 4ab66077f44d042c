"""The organisations of a source: each is there once."""

from collections.abc import Iterable
from typing import Any

from whatmatters.directory.models import Provider
from whatmatters.interop.open_referral.building import Ids
from whatmatters.interop.open_referral.entry import Entry

Key = tuple[str, str]  # its id in the source; where there is none, its name


def key_of(facts: dict[str, Any]) -> Key:
    return facts["original_id"], "" if facts["original_id"] else facts["name"]


def save_providers(entries: Iterable[Entry], source: str) -> dict[Key, Provider]:
    """Those that the entries name, made or brought up to date; the first to describe one has its word."""
    wanted: dict[Key, dict[str, Any]] = {}
    for entry in entries:
        if entry.provider:
            wanted.setdefault(key_of(entry.provider), entry.provider)
    held = {
        (one.original_id, "" if one.original_id else one.name): one for one in Provider.objects.filter(source=source)
    }
    ids = Ids(Provider, [original for original, _ in wanted])
    new = []
    for key, facts in wanted.items():
        if key not in held:
            held[key] = Provider(uuid=ids.give(key[0], source, "provider", key[1]), source=source, **facts)
            new.append(held[key])
        elif any(getattr(held[key], name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(held[key], name, value)
            held[key].save()
    Provider.objects.bulk_create(new, batch_size=500)
    return held
