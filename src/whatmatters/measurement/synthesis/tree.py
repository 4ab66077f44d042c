"""The organisations of the facts and what belonged to what, with the changes that make "then" and "now" differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from whatmatters.measurement.facts import SCHEMAS
from whatmatters.measurement.synthesis.arrays import NEVER, Days, Index, Span, as_date
from whatmatters.measurement.synthesis.lines import ENGLAND, Line, Named

BEGAN = date(2013, 4, 1)
Parent = tuple[str, str, date, date | None]


@dataclass(frozen=True)
class Tree:
    """``lines`` in order of place. ``closes`` is the first day a practice no longer exists; its people go to ``heir``.

    ``providers`` holds the hospital of each line's sub-ICB.
    """

    lines: list[Line]
    closes: Days
    heir: Index
    providers: list[str]
    organisations: pa.Table
    memberships: pa.Table


def planted(lines: list[Line], years: Span, lots: np.random.Generator, *, invent: bool) -> Tree:
    """With ``invent`` practices merge, networks and sub-ICBs change hands; a real map is kept as it is."""
    closes, heir = _mergers(lines, years, lots) if invent else (_never(lines), np.arange(len(lines)))
    providers = {line.sub_icb[0]: f"ZT{number:03d}" for number, line in enumerate(_firsts(lines), start=1)}
    parents = list(_parents(lines, providers))
    if invent:
        parents = list(_changed(parents, lines, years, lots))
    return Tree(
        lines,
        closes,
        heir,
        [providers[line.sub_icb[0]] for line in lines],
        _rows("organisations", _organisations(lines, closes, providers)),
        _rows("memberships", parents),
    )


def _never(lines: list[Line]) -> Days:
    return np.full(len(lines), NEVER, np.int32)


def _mergers(lines: list[Line], years: Span, lots: np.random.Generator) -> tuple[Days, Index]:
    """About one practice in thirty closes on the first day of a quarter; the next one along takes its people on."""
    closes, heir = _never(lines), np.arange(len(lines))
    for place in range(min(29, len(lines) // 2), len(lines) - 1, 30):
        closes[place] = _quarter(years, int(lots.integers(1, 20)))
        heir[place] = place + 1
    return closes, heir


def _quarter(years: Span, number: int) -> int:
    """The first day of the month that begins a quarter, so many quarters from the start."""
    start = as_date(years.since)
    month = start.month - 1 + 3 * number
    return (date(start.year + month // 12, month % 12 + 1, 1) - date(1970, 1, 1)).days


def _firsts(lines: list[Line]) -> list[Line]:
    """One line of each sub-ICB."""
    return list({line.sub_icb[0]: line for line in lines}.values())


def _parents(lines: list[Line], providers: dict[str, str]) -> Iterator[Parent]:
    """As published maps have it: no network has a parent of its own."""
    networks_began = date(2019, 7, 1)
    found: dict[tuple[str, str], date] = {}
    for line in lines:
        if line.network:
            found[line.practice[0], line.network[0]] = networks_began
        found[line.practice[0], line.sub_icb[0]] = BEGAN
        found[line.sub_icb[0], line.icb[0]] = BEGAN
        found[line.icb[0], line.region[0]] = BEGAN
        found[line.region[0], ENGLAND[0]] = BEGAN
        found[providers[line.sub_icb[0]], line.icb[0]] = BEGAN
    for (child, parent), since in found.items():
        yield child, parent, since, None


def _changed(parents: list[Parent], lines: list[Line], years: Span, lots: np.random.Generator) -> Iterator[Parent]:
    """Networks swap practices, one sub-ICB in forty changes its ICB, and most networks have a parent, not all.

    Every fiftieth practice belongs to its neighbour's network, which can be in another sub-ICB; every hundredth is
    unallocated.
    """
    rank = {line.practice[0]: place for place, line in enumerate(lines)}
    subs = [line.sub_icb[0] for line in _firsts(lines)]
    icbs = sorted({line.icb[0] for line in lines})
    leaving = set(subs[20::40])
    for child, parent, since, end in parents:
        place = rank.get(child)
        if place is not None and parent.startswith("ZN"):
            if place % 100 == 99:
                continue
            changes = as_date(_quarter(years, int(lots.integers(1, 20))))
            other = lines[max(0, place - 12)].network
            if place % 50 == 24 and other and other[0] != parent:
                if since < changes:  # else it was never in the first one
                    yield child, parent, since, changes
                yield child, other[0], changes, None
                continue
        if child in leaving and parent in icbs:
            changes = as_date(_quarter(years, 13))
            yield child, parent, since, changes
            yield child, icbs[(icbs.index(parent) + 1) % len(icbs)], changes, None
            continue
        yield child, parent, since, end
    homes = {line.network[0]: line.sub_icb[0] for line in lines if line.network}
    for number, (network, home) in enumerate(homes.items()):
        if number % 10 != 9:
            yield network, home, date(2019, 7, 1), None


def _organisations(lines: list[Line], closes: Days, providers: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for line, closed in zip(lines, closes, strict=True):
        yield *line.practice, "practice", None, None if closed == NEVER else as_date(closed)
    for kind, named in (
        ("pcn", (line.network for line in lines)),
        ("sub_icb", (line.sub_icb for line in lines)),
        ("icb", (line.icb for line in lines)),
        ("region", (line.region for line in lines)),
        ("nation", (ENGLAND,)),
        ("provider", ((code, f"Hospital of {home}") for home, code in providers.items())),
    ):
        for code, name in _once(named):
            yield code, name, kind, None, None


def _once(named: Iterable[Named | None]) -> list[Named]:
    """Each code with the first name it goes by."""
    found: dict[str, str] = {}
    for one in named:
        if one:
            found.setdefault(*one)
    return list(found.items())


def _rows(table: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    schema = SCHEMAS[table]
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)
