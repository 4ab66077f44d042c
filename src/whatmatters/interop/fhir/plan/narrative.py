"""The words of a section for whoever shows a document without reading its resources."""

from typing import Any

from markupsafe import escape

from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir.names import Json


def text(part: Field, value: Any) -> Json:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{_part(part, value)}</div>'}


def words(said: str) -> Json:
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(said)}</p></div>'}


def _part(part: Field, value: Any) -> str:
    several = value if part.many else [value]
    return "".join(_one(part, one) for one in several)


def _one(part: Field, value: Any) -> str:
    if not part.group:
        said = (value.get("display") or value["code"]) if isinstance(value, dict) else value
        shown = {True: "Yes", False: "No"}.get(said, said) if isinstance(said, bool) else said
        return str(escape(shown))
    rows = [
        f"<li>{escape(child.title)}: {_part(child, value[child.key])}</li>"
        for child in part.children
        if child.key in value
    ]
    return f"<ul>{''.join(rows)}</ul>"
