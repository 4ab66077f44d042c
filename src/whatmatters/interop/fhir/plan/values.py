"""One part of the standard as FHIR says it, and back: a text, a day, a code, or a group as an extension."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir.names import ODS, OURS, SNOMED, Json, held

HERE = ZoneInfo("Europe/London")
PART = f"{OURS}plan:"
"""Before the key of a part of the standard: the address of its extension."""
CODED = {"coded_value", "free_text"}
MINUTE = 16  # letters of 2026-05-01T10:30
SUFFIX = {
    "string": "String", "text": "String", "date": "DateTime", "datetime": "DateTime", "decimal": "Decimal",
    "boolean": "Boolean", "code": "Coding",
}  # fmt: skip


class Unfit(ValueError):
    """A value is not of the kind that stands here. The message names no value."""


def is_concept(field: Field) -> bool:
    """Whether the part is a code with words, or either."""
    return field.group and {child.key for child in field.children} == CODED


def encoded(field: Field, value: Any) -> Any:
    if is_concept(field):
        return concept(field, value)
    if field.kind == "code":
        return held({"system": system(field), "code": value["code"], "display": value.get("display", "")})
    if field.kind in ("date", "datetime") and "T" in value:
        moment = datetime.fromisoformat(value).replace(tzinfo=HERE)
        return moment.isoformat(timespec="seconds")
    return value


def decoded(field: Field, value: Any) -> Any:
    """Raises Unfit."""
    if is_concept(field):
        return from_concept(field, _of(dict, value))
    if field.kind == "code":
        return held({"code": _of(str, _of(dict, value).get("code")), "display": value.get("display", "")})
    if field.kind in ("date", "datetime"):
        return _day(field, _of(str, value))
    kinds = {"decimal": (int, float), "boolean": bool}
    return _of(kinds.get(field.kind, str), value)


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Unfit("this is not the kind of value that stands here")
    return value


def _day(field: Field, text: str) -> str:
    """As the plan has it, the time of day as clocks here show it; a day where the standard asks no more."""
    if "T" not in text:
        return text
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Unfit("this is not a time that exists") from None
    shown = moment.replace(tzinfo=HERE)
    if moment.tzinfo and (shown.utcoffset() or timedelta()) != moment.utcoffset():
        shown = moment.astimezone(HERE)
    return f"{shown:%Y-%m-%dT%H:%M}"[: 10 if field.precision in ("YM", "YMD") else MINUTE]


def system(field: Field) -> str:
    """The code system of a part: its value set's, or a list of ours."""
    if field.value_set.startswith("SNOMED CT") and not _our_words(field):
        return SNOMED
    return ODS if "Organisation data service" in field.value_set else f"{OURS}{field.key}"


def _our_words(field: Field) -> bool:
    """The context values of goals and actions are FHIR's words until a licence loads SNOMED's."""
    return bool(field.choices) and not all(re.fullmatch(r"\d{6,18}", code) for code, _ in field.choices)


def concept(field: Field, value: Json) -> Json:
    """A CodeableConcept. An organisation's code is a bare text in the standard."""
    coding = []
    if code := value.get("coded_value"):
        child = field.child("coded_value")
        coding = [encoded(child, code)] if child.kind == "code" else [{"system": ODS, "code": code}]
    return held({"coding": coding, "text": value.get("free_text", "")})


def from_concept(field: Field, value: Json) -> Json:
    """Another system's words for its code stand in for a text that is not there."""
    coding: Json = next((one for one in value.get("coding", []) if one.get("code")), {})
    code: Any = held({"code": coding.get("code", ""), "display": coding.get("display", "")})
    if field.child("coded_value").kind != "code":
        code = coding.get("code", "")
    words = next((one["display"] for one in value.get("coding", []) if one.get("display")), "") if not coding else ""
    return held({"coded_value": code, "free_text": value.get("text", "") or words})


def extension(field: Field, value: Any) -> Json:
    """Of one value; a group holds its parts."""
    url = f"{PART}{field.key}"
    if not field.group:
        return {"url": url, f"value{SUFFIX[field.kind]}": encoded(field, value)}
    if is_concept(field):
        return {"url": url, "valueCodeableConcept": encoded(field, value)}
    return {"url": url, "extension": [one for child in field.children for one in extensions(child, value)]}


def extensions(field: Field, values: Json) -> list[Json]:
    """Of the part in the values of the group it belongs to: none, one, or several."""
    if field.key not in values:
        return []
    found = values[field.key]
    return [extension(field, one) for one in (found if field.many else [found])]


def from_extensions(field: Field, among: list[Json]) -> list[Any]:
    """Every value of the part. Raises Unfit."""
    return [_value(field, one) for one in among if one.get("url") == f"{PART}{field.key}"]


def _value(field: Field, one: Json) -> Any:
    if field.group and not is_concept(field):
        return group(field, one.get("extension", []))
    suffix = "CodeableConcept" if is_concept(field) else SUFFIX[field.kind]
    return decoded(field, one.get(f"value{suffix}"))


def group(field: Field, among: list[Json]) -> Json:
    """The parts of a group, from its extensions."""
    found = {child.key: from_extensions(child, among) for child in field.children}
    return {
        child.key: found[child.key] if child.many else found[child.key][0]
        for child in field.children
        if found[child.key]
    }
