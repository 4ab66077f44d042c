"""A strict checker for the part of JSON Schema that the published schemas use; a keyword it does not know is an error.

``faults`` are what the schema refuses; ``extras`` the paths of fields that it does not name, which it allows.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

# What they carry besides: words about a field, and what their makers' tools use.
WORDS = {
    "$schema", "name", "path", "description", "title", "example", "constraints", "core", "datapackage_metadata",
    "datapackage_type", "tabular_required", "extension",
}  # fmt: skip
RULES = {"type", "properties", "required", "items", "enum", "format", "$ref"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "number": (int, float), "integer": (int,),
    "boolean": (bool,),
}  # fmt: skip


@cache
def schema(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def faults(value: Any, path: Path) -> list[str]:
    """What the schema in the file refuses of a value."""
    return [fault for fault, extra in _check(value, schema(path), path.parent, "") if not extra]


def extras(value: Any, path: Path) -> set[str]:
    """The fields that the schema does not name, without the numbers of a list."""
    return {re.sub(r"\[\d+\]", "", found) for found, extra in _check(value, schema(path), path.parent, "") if extra}


def _check(value: Any, rule: Any, folder: Path, at: str) -> Iterator[tuple[str, bool]]:
    unknown = set(rule) - WORDS - RULES
    assert not unknown, f"the checker knows no {unknown}"
    if "$ref" in rule:
        yield from _check(value, schema(folder / rule["$ref"]), folder, at)
        return
    kind = rule.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {value!r} is no {kind}", False
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r} is none of {rule['enum']}", False
    if "format" in rule and not _has_format(value, rule["format"]):
        yield f"{at}: {value!r} is no {rule['format']}", False
    if isinstance(value, dict):
        yield from ((f"{at}: {name} is missing", False) for name in rule.get("required", []) if name not in value)
        named = rule.get("properties", {})
        for name, inner in value.items():
            if name in named:
                yield from _check(inner, named[name], folder, f"{at}.{name}")
            else:
                yield f"{at}.{name}", True
    if isinstance(value, list) and "items" in rule:
        for number, inner in enumerate(value):
            yield from _check(inner, rule["items"], folder, f"{at}[{number}]")


def _has_format(value: str, name: str) -> bool:
    try:
        if name == "uuid":
            return str(UUID(value)) == value.lower()
        if name == "date-time":
            return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
    if name == "uri":
        parts = urlsplit(value)
        return bool(parts.scheme and parts.netloc)
    assert name == "email", f"the checker knows no format {name}"
    return bool(EMAIL.fullmatch(value))
