"""The one reader of JSON from outside: what two readers could understand differently is refused, and it says where.

Refused besides what is no JSON (RFC 8259): a name twice in one object, NaN and Infinity, numbers beyond what every
reader holds exactly (RFC 7493, 2.2), half a surrogate pair, NUL in a text, and nesting deeper than anything meant. A
mark of byte order before it all is passed over, as RFC 8259, 8.1 allows.
"""

import json
import math
import re
from typing import Any

from whatmatters.web.json_faults import DEEPEST, LARGEST, Place, first_fault

OTHERS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
SUSPECT = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class NotJson(ValueError):
    """``reason`` says what is wrong and how to mend it; ``place`` where, as a path and as line and column."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(f"{place}: {reason}")
        self.reason, self.place = reason, place


class _Refused(Exception):
    """Some value is refused; which one is looked for afterwards."""


def decode(raw: bytes | str) -> Any:
    """The value, of dict, list, str, int, float, bool and None. Raises NotJson, and nothing else."""
    text = raw if isinstance(raw, str) else _text(raw)
    try:
        value = _READER.decode(text.removeprefix("\ufeff"))
        sound = _sound(value, suspect=text is raw or bool(SUSPECT.search(text)))
    except (_Refused, RecursionError):
        sound = False
    except json.JSONDecodeError as error:
        fault = first_fault(text, error.pos + text.startswith("\ufeff"))
        raise NotJson(fault.reason or _said(error), fault.place) from None
    if not sound:
        fault = first_fault(text, len(text))
        raise NotJson(fault.reason or "this is not JSON", fault.place)
    return value


def _text(raw: bytes) -> str:
    for mark, name in OTHERS.items():
        if raw.startswith(mark):
            raise NotJson(f"this is {name}: save or ask for it as UTF-8", Place("", 1, 1))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = first_fault(before, len(before)).place
        raise NotJson("this byte is not UTF-8: save or ask for it as UTF-8", place) from None


def _said(error: json.JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return "it ends too early: is it cut short?"
    return f"this is not JSON ({error.msg[0].lower()}{error.msg[1:]})"


def _whole(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)) or abs(found := int(digits)) > LARGEST:
        raise _Refused
    return found


def _broken(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise _Refused
    return found


def _constant(name: str) -> None:
    raise _Refused


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused
    return found


_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_broken, parse_constant=_constant, strict=True
)


def _sound(value: Any, *, suspect: bool) -> bool:
    """Not too deep; where an escape makes it likely, without NUL and half pairs. A level at a time: no recursion."""
    level = [value]
    for _ in range(DEEPEST + 1):
        if suspect and not all(map(_clean, level)):
            return False
        inside = [one for one in level if type(one) is dict or type(one) is list]
        if not inside:
            return True
        level = [child for one in inside for child in (one.values() if type(one) is dict else one)]
    return False


def _clean(one: Any) -> bool:
    texts = (one,) if type(one) is str else one if type(one) is dict else ()
    return all(text.isascii() or _whole_pairs(text) for text in texts) and not any("\0" in text for text in texts)


def _whole_pairs(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
