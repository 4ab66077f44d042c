"""Where in a text of JSON the first fault is. Slow and careful: only read when a text was refused."""

import json
import math
import re
from dataclasses import dataclass

DEEPEST = 64  # objects and lists within one another; the deepest that we exchange has about 15
LARGEST = 2**53 - 1  # RFC 7493, 2.2: beyond it, readers that hold numbers as doubles change them
SHOWN = 60  # letters of a name in a path

TOKEN = re.compile(
    r'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")(?P<name>\s*:)?|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)'
    r"|(?P<constant>NaN|-?Infinity)|(?P<number>-?\d[\d.eE+-]*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Place:
    """``path`` as contents[3].name, empty for the whole; ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        spot = f"line {self.line}, column {self.column}"
        return f"{self.path} ({spot})" if self.path else spot


@dataclass(frozen=True)
class Fault:
    reason: str
    place: Place


@dataclass
class _Open:
    """An object or list not yet closed: the names seen in it, and which of its parts is being read."""

    names: set[str] | None
    at: str | int


def first_fault(text: str, end: int) -> Fault:
    """The first fault before ``end``; without one, the place of ``end``, and no reason."""
    opened: list[_Open] = []
    for token in TOKEN.finditer(text, 0, end):
        reason = _read(token, opened)
        if reason:
            return Fault(reason, _place(text, token.start(), opened))
    return Fault("", _place(text, end, opened))


def _read(token: re.Match[str], opened: list[_Open]) -> str:
    kind, inner = token.lastgroup, opened[-1] if opened else None
    said = token["string"]
    if said is not None:
        return _of_string(said, inner if token["name"] else None)
    if kind == "open":
        opened.append(_Open(set(), "") if token[0] == "{" else _Open(None, 0))
        return f"objects and lists lie more than {DEEPEST} deep here" if len(opened) > DEEPEST else ""
    if kind == "close" and inner:
        opened.pop()
    elif kind == "comma" and inner:
        inner.at = inner.at + 1 if isinstance(inner.at, int) else ""
    elif kind == "constant":
        return f"{token[0]} is no JSON number: leave the value out"
    elif kind == "number":
        return _of_number(token[0])
    return ""


def _of_string(said: str, within: _Open | None) -> str:
    try:
        text = json.loads(said)
    except ValueError:  # the reader has already said what is wrong with it
        return ""
    if within is not None:
        within.at = text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half a surrogate pair: write the whole letter"
    if "\0" in text:
        return "a NUL character: leave it out"
    if within is not None and within.names is not None:
        if text in within.names:
            return "this name stands twice in one object: leave one out"
        within.names.add(text)
    return ""


def _of_number(digits: str) -> str:
    try:
        if digits.removeprefix("-").isdecimal():
            exact = len(digits) <= len(str(-LARGEST)) and abs(int(digits)) <= LARGEST
            return "" if exact else "a whole number too large to be read alike everywhere: write it as text"
        return "" if math.isfinite(float(digits)) else "a number too large to be read: write it as text"
    except ValueError:
        return ""


def _place(text: str, position: int, opened: list[_Open]) -> Place:
    path = ""
    for one in opened:
        if isinstance(one.at, int):
            path += f"[{one.at}]"
        elif one.at:
            shown = ascii(one.at[:SHOWN])[1:-1]
            path += f".{shown}" if path else shown
    line = text.count("\n", 0, position) + 1
    return Place(path, line, position - text.rfind("\n", 0, position))
