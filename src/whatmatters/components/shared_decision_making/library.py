"""The library as it stands today: what was shipped, and over it the newest edition of each name."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from whatmatters.components.shared_decision_making.models import Situation, Tool

SHIPPED = Path(__file__).parent / "situations.toml"


@dataclass(frozen=True)
class Usual:
    """An option that is usual in a situation. What is not checked says so in ``source``."""

    what: str
    nothing: bool = False
    benefits: str = ""
    harms: str = ""
    source: str = ""


@dataclass(frozen=True)
class Kept:
    """A decision support tool; ``edition`` 0 is as shipped."""

    name: str
    situation: str
    title: str
    edition: int = 0
    kind: str = ""
    link: str = ""
    version: str = ""
    publisher: str = ""
    expires: date | None = None
    led_by: str = ""
    source: str = ""
    checked: bool = False
    withdrawn: bool = False

    def expired(self, on: date) -> bool:
        return self.expires is not None and self.expires < on

    def offered(self, on: date) -> bool:
        return not self.withdrawn and not self.expired(on)


@dataclass(frozen=True)
class Entry:
    """A clinical situation with its tools, those that may not be offered among them."""

    name: str
    title: str
    edition: int = 0
    area: str = ""
    asks: tuple[str, ...] = ()
    options: tuple[Usual, ...] = ()
    source: str = ""
    checked: bool = False
    led_by: str = ""
    retired: bool = False
    tools: tuple[Kept, ...] = ()

    def offered(self, on: date) -> tuple[Kept, ...]:
        return tuple(tool for tool in self.tools if tool.offered(on))


@cache
def shipped() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def aim() -> int:
    """How many situations the national programme aims at; no list of them was found."""
    return int(shipped()["aim"])


def nothing() -> Usual:
    """The option that is always offered."""
    return Usual(shipped()["nothing"]["what"], nothing=True)


def library() -> dict[str, Entry]:
    """All of it by name, the retired too, by area and title. Two queries."""
    tools = {kept.name: kept for kept in map(_shipped_tool, shipped()["tool"])}
    tools |= {kept.name: kept for kept in map(_kept, Tool.objects.order_by("number"))}
    entries = {entry.name: entry for entry in map(_shipped, shipped()["situation"])}
    entries |= {entry.name: entry for entry in map(_entry, Situation.objects.order_by("number"))}
    by_area = sorted(entries.values(), key=lambda entry: (entry.area, entry.title))
    return {entry.name: replace(entry, tools=_of(entry.name, tools.values())) for entry in by_area}


def _of(situation: str, tools: Iterable[Kept]) -> tuple[Kept, ...]:
    return tuple(tool for tool in tools if tool.situation == situation)


def _shipped(row: dict[str, Any]) -> Entry:
    options = tuple(Usual(what, source=row["options_source"]) for what in row.get("options", ()))
    return Entry(
        row["name"], row["title"], area=row["area"], asks=tuple(row.get("asks", ())), options=options,
        source=row["source"], led_by=row.get("led_by", ""),
    )  # fmt: skip


def _shipped_tool(row: dict[str, Any]) -> Kept:
    return Kept(**row, link=shipped()["page"])


def _entry(row: Situation) -> Entry:
    return Entry(
        row.name, row.title, row.number, row.area, tuple(row.asks.splitlines()),
        tuple(Usual(**option) for option in row.options), row.source, row.checked, row.led_by, row.retired,
    )  # fmt: skip


def _kept(row: Tool) -> Kept:
    return Kept(
        row.name, row.situation, row.title, row.number, row.kind, row.link, row.version, row.publisher, row.expires,
        row.led_by, row.source, row.checked, row.withdrawn,
    )  # fmt: skip
