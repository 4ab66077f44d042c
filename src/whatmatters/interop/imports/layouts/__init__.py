"""The published layouts of organisations: one file each. A file's header tells which it is, never its name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from whatmatters.interop.imports.refusals import Problems
from whatmatters.interop.imports.tables import Table
from whatmatters.organisations.evidence import Evidence

UNALLOCATED = "U"  # the code of no network: the files of every ICB use it, so it is never one network


@dataclass(frozen=True)
class Layout:
    """``read`` takes the table, the day it speaks of where its sender says so, and where to put its broken rows."""

    key: str
    title: str
    columns: frozenset[str]
    read: Callable[[Table, date | None, Problems], Evidence]
