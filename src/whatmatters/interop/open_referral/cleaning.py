"""An object as the source gave it into one whose every value can be relied on; a finding for all that could not."""

from typing import Any

from whatmatters.interop.open_referral.fields import OBJECTS, Field, Type
from whatmatters.interop.open_referral.findings import AS_IT_IS, LEFT_OUT, MENDED, Kind, Notes
from whatmatters.interop.open_referral.values import read

Clean = dict[str, Any]
DEEPEST = 8  # objects within one another: a service holds a place, which holds an address, which holds a term
MOST = 500  # of one list within one service


def clean(kind: str, given: dict[str, Any], notes: Notes, at: str = "", depth: int = 0) -> Clean:
    """The fields known here that hold something, under their own names; ``at`` is where it lies in the service."""
    fields, found = OBJECTS[kind], Clean()
    for name, value in given.items():
        place = f"{at}.{name}" if at else name
        if name not in fields:
            notes.add(place, Kind.UNKNOWN)
        elif value is not None and (taken := _taken(fields[name], value, notes, place, depth)) not in (None, "", []):
            found[name] = taken
    for name, field in fields.items():
        if field.must and given.get(name) is None:
            notes.add(f"{at}.{name}" if at else name, Kind.MISSING, done=AS_IT_IS)
    return found


def _taken(field: Field, value: Any, notes: Notes, place: str, depth: int) -> Any:
    if field.type is Type.ONE:
        return _one(field.of, value, notes, place, depth)
    if field.type is Type.MANY:
        return _many(field.of, value, notes, place, depth)
    if field.type is Type.PERSONAL:
        notes.add(place, Kind.NO_PLACE, done="left out: nobody's name or own address is taken")  # nor quoted
        return None
    taken, kind, done = read(field, value)
    if kind is not None:
        notes.add(place, kind, value, done)
    return taken


def _one(kind: str, value: Any, notes: Notes, place: str, depth: int) -> Clean | None:
    if not isinstance(value, dict):
        notes.add(place, Kind.TYPE, done=LEFT_OUT)
        return None
    if depth == DEEPEST:
        notes.add(place, Kind.CYCLE, done=LEFT_OUT)
        return None
    return clean(kind, value, notes, place, depth + 1)


def _many(kind: str, value: Any, notes: Notes, place: str, depth: int) -> list[Clean]:
    if isinstance(value, dict):
        notes.add(place, Kind.TYPE, done=MENDED)
        value = [value]
    if not isinstance(value, list):
        notes.add(place, Kind.TYPE, value if isinstance(value, str | int | float) else None)
        return []
    if len(value) > MOST:
        notes.add(place, Kind.LONG, f"{len(value)} of them", f"the first {MOST} taken")
    found = [_one(kind, one, notes, f"{place}[{at}]", depth) for at, one in enumerate(value[:MOST])]
    return [one for one in found if one]
