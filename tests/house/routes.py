"""The URL table, walked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from whatmatters.access.gate import Rule


@dataclass(frozen=True)
class Route:
    name: str
    rule: Rule | None
    params: tuple[str, ...]
    converters: tuple[str, ...]


def routes(patterns: Any = None, above: tuple[tuple[str, str], ...] = ()) -> Iterator[Route]:
    """Every route of the URL table, however deep."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        params = (*above, *((name, kind(converter)) for name, converter in pattern.pattern.converters.items()))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, params)
        elif isinstance(pattern, URLPattern):
            rule = getattr(pattern.callback, "rule", None)
            names, kinds = zip(*params, strict=True) if params else ((), ())
            yield Route(pattern.name or str(pattern.pattern), rule, names, kinds)


def kind(converter: Any) -> str:
    """``uuid``, ``int``, ``str``, ``slug`` ..."""
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
