"""What a plan may hold, as data: the Personalised Care and Support Plan with About Me, part by part.

``standard_2.0.toml`` is the list; it drives form, validation, page, print and completeness. Next year's version is
a file beside it and ``CURRENT`` changed; a version of a plan keeps the name of the list it was written by.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CURRENT = "2.0"
KINDS = frozenset({"group", "string", "text", "date", "datetime", "decimal", "boolean", "code"})


@dataclass(frozen=True)
class Field:
    """A group or an item. ``title`` is the standard's name, ``ask`` our question, ``easy`` the same in easy read.

    ``duty``: M, R or O. ``most``: None for any number. ``longest`` is letters, 0 for no limit; ``precision`` how exact
    a day is (YM, YMD, YMDHM). ``between``: least and most of a number. ``choices``: (code, words). ``held``: the typed
    column that holds it, "" where it is in values. ``section``: entries are written on a page of that name, as ``rows``
    (item, goal, action, words). ``like``: the block it repeats (coded, place, professional ...). ``seldom``: folded
    away on a form; ``staff``: written by staff alone; ``only_for``: asked in one kind of
    plan (``kinds``).
    """

    key: str
    title: str
    duty: str
    least: int
    most: int | None
    kind: str
    shortest: int = 0
    longest: int = 0
    precision: str = ""
    value_set: str = ""
    ask: str = ""
    easy: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    between: tuple[int, int] | None = None
    held: str = ""
    section: str = ""
    rows: str = ""
    like: str = ""
    condition: bool = False
    staff: bool = False
    only_for: str = ""
    seldom: bool = False
    ours: bool = False
    children: tuple["Field", ...] = ()

    @property
    def many(self) -> bool:
        return self.most != 1

    @property
    def group(self) -> bool:
        return self.kind == "group"

    @property
    def label(self) -> str:
        """What a page calls it."""
        return self.ask or self.title

    @property
    def compulsory(self) -> bool:
        """Whether an entry is refused without it. What a column holds in part is there already."""
        return self.duty == "M" and self.least > 0 and not any(part.held for _, part in walk(self))

    def child(self, key: str) -> "Field":
        """Raises KeyError for a key that the list does not have here."""
        for child in self.children:
            if child.key == key:
                return child
        raise KeyError(key)

    def kept(self) -> tuple["Field", ...]:
        """The children that an entry's values may hold: neither in a typed column, nor entries of their own."""
        return tuple(
            child for child in self.children
            if not child.held and not child.section and (not child.group or child.kept())
        )  # fmt: skip


def tree(name: str = "") -> Field:
    """The whole list as one Field with the standard's sections as children. ``name``: "2.0", or the current one."""
    return _read(FOLDER / f"standard_{name or CURRENT}.toml")


def sections(name: str = "") -> dict[str, Field]:
    """The groups whose entries are written on a page of their own, by that page's name, in the standard's order."""
    return {field.section: field for _, field in walk(tree(name)) if field.section}


def section(key: str, name: str = "") -> Field:
    """Raises KeyError where there is none of that name."""
    return sections(name)[key]


def walk(field: Field, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every part below ``field`` with the keys that lead to it, in order."""
    for child in field.children:
        path = (*above, child.key)
        yield path, child
        yield from walk(child, path)


@cache
def _read(file: Path) -> Field:
    """Raises ValueError for a file that does not hold together."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {name: tuple((code, words) for code, words in some) for name, some in told["choices"].items()}
    children = _below(told["parts"], 0, {"block": told.get("block", {}), "choices": known, "file": file.name})
    return Field("plan", told["name"], "M", 1, 1, "group", children=children)


def _below(
    rows: list[list[Any]], depth: int, told: dict[str, Any], given: dict[str, str] | None = None
) -> tuple[Field, ...]:
    """The parts at ``depth``, each with what stands deeper until the next one of that depth."""
    if not rows:
        return ()
    found: list[Field] = []
    starts = [place for place, row in enumerate(rows) if row[0] == depth]
    if not starts or starts[0] != 0:
        raise ValueError(f"{told['file']}: {rows[0][2]!r} stands at depth {rows[0][0]} with nothing above it")
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        field = _part(rows[start], rows[start + 1 : end], depth, told, given or {})
        if field.key in {other.key for other in found}:
            raise ValueError(f"{told['file']}: {field.key!r} is named twice in one place")
        found.append(field)
    return tuple(found)


def _part(row: list[Any], below: list[list[Any]], depth: int, told: dict[str, Any], given: dict[str, str]) -> Field:
    _, key, title, times, kind, *more = row
    facts = {name: _filled(value, given) for name, value in (more[0] if more else {}).items()}
    duty, _, cardinality = times.partition(" ")
    least, _, most = cardinality.partition("..")
    kind, _, size = _filled(kind, given).partition(" ")
    if duty not in ("M", "R", "O") or kind not in KINDS | told["block"].keys():
        raise ValueError(f"{told['file']}: {key!r} is {duty!r} and {kind!r}: M, R or O; a kind, or a block")
    like = kind if kind in told["block"] else ""
    shown = {"set": facts.get("set", ""), "ask": facts.get("ask", title), "longest": size if like else ""}
    shown["choices"] = facts.get("choices", "")
    children = _below(told["block"][like], 1, told, shown) if like else ()
    children += _below(below, depth + 1, told, given)
    choices = told["choices"][facts["choices"]] if facts.get("choices") and not like else ()
    letters = [int(part) for part in size.split("-") if part.isdigit()] if not like else []
    return Field(
        key, title, duty, int(least), None if most == "*" else int(most), "group" if like else kind,
        shortest=letters[0] if len(letters) == 2 else 0, longest=letters[-1] if letters else 0,
        precision=size if size.startswith("Y") else "", value_set=facts.get("set", ""), ask=facts.get("ask", ""),
        easy=facts.get("easy", ""), choices=choices, between=tuple(facts["between"]) if "between" in facts else None,
        held=facts.get("held", ""), section=facts.get("section", ""),
        rows=facts.get("rows", "item") if facts.get("section") else "", like=like,
        condition=facts.get("condition", False), staff=facts.get("staff", False),
        seldom=facts.get("more", False), only_for=facts.get("only_for", ""), ours=facts.get("ours", False),
        children=children,
    )  # fmt: skip


def _filled(value: Any, given: dict[str, str]) -> Any:
    """{set}, {ask} ... of a block, as the part that repeats it says."""
    if not isinstance(value, str):
        return value
    for name, words in given.items():
        value = value.replace("{" + name + "}", words)
    return value.strip()
