"""One entry of the standard in one resource: each part in the element that ``places`` names, the rest as extensions."""

from collections.abc import Iterator, Mapping
from typing import Any

from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir.names import Json
from whatmatters.interop.fhir.plan.values import (
    CODED,
    concept,
    decoded,
    encoded,
    extension,
    from_concept,
    from_extensions,
)

Puts = Mapping[str, str]


def spread(field: Field, values: Json, puts: Puts, into: Json, *, without: frozenset[str], at: str = "") -> list[Json]:
    """Fills the elements of ``into``; gives the extensions for what has none. ``without``: keys of entries that are
    resources of their own."""
    rest: list[Json] = []
    own = {key: values[key] for key in sorted(CODED) if key in values} if not at and "" in puts else {}
    if own:
        put(into, puts[""], concept(field, own))
    for child in field.children:
        key = f"{at}{child.key}"
        if child.key not in values or child.key in own or (not at and child.key in without):
            continue
        several = values[child.key] if child.many else [values[child.key]]
        if key in puts:
            over = [one for one in several if not put(into, puts[key], encoded(child, one))]
            rest += [extension(child, one) for one in over]
        elif not child.many and any(name.startswith(f"{key}.") for name in puts):
            if below := spread(child, several[0], puts, into, without=without, at=f"{key}."):
                rest.append({"url": extension(child, {})["url"], "extension": below})
        else:
            rest += [extension(child, one) for one in several]
    return rest


def gather(
    field: Field, resource: Json, puts: Puts, among: list[Json], *, without: frozenset[str], at: str = ""
) -> Json:
    """The exact opposite: the entry's values. Raises Unfit."""
    values: Json = {}
    if not at and "" in puts:
        values |= from_concept(field, next(taken(resource, puts[""]), {}))
    for child in field.children:
        key = f"{at}{child.key}"
        if child.key in values or (not at and child.key in without):
            continue
        if key not in puts and not child.many and any(name.startswith(f"{key}.") for name in puts):
            beside = next((one for one in among if one.get("url") == extension(child, {})["url"]), {})
            inside = beside.get("extension", [])
            found: list[Any] = [gather(child, resource, puts, inside, without=without, at=f"{key}.")]
        else:
            found = [decoded(child, one) for one in taken(resource, puts[key])] if key in puts else []
            found += from_extensions(child, among)
        found = [one for one in found if one not in ({}, "")]
        if found:
            values[child.key] = found if child.many else found[0]
    return values


def put(into: Json, path: str, value: Any) -> bool:
    """Whether there was room: an element that stands once takes one value."""
    name, _, below = path.partition(".")
    key = name.removesuffix("[]")
    if name.endswith("[]"):
        entries = into.setdefault(key, [])
        if below:
            inside: Json = {}
            put(inside, below, value)
            value = inside
        entries.append(value)
        return True
    if below:
        return put(into.setdefault(key, {}), below, value)
    if key in into:
        return False
    into[key] = value
    return True


def taken(resource: Json, path: str) -> Iterator[Any]:
    """Every value at the path."""
    name, _, below = path.partition(".")
    found = resource.get(name.removesuffix("[]"))
    for one in found if isinstance(found, list) else [found]:
        if below and isinstance(one, dict):
            yield from taken(one, below)
        elif one is not None and not below:
            yield one
