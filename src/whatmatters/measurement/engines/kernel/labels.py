"""What is said of a mart beside its arrays: the files it was made of, and what its numbers stand for."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from whatmatters.measurement.engines.kernel.kinds import Kinds
from whatmatters.measurement.engines.kernel.tables import Mart, Narrow, Whole
from whatmatters.measurement.facts import Facts, FactsError

FORMAT = 2
TABLES = ("people", "registrations", "events")
FILE = "mart.json"

Stamps = dict[str, dict[str, list[int]]]
"""Table, part file, and what a change of it would change: its size, times and place on the disk."""


@dataclass(frozen=True)
class Label:
    parts: Stamps
    practices: list[str]
    organisations: list[str]
    named: list[list[str | None]]
    number: list[int]  # by kind, how many events
    largest: list[float]  # by kind, the greatest value, its sign left off
    total: list[float]  # by kind, all values added up, their signs left off
    born: list[int]  # the first and last day of birth
    most: int  # events of one person
    format: int = FORMAT

    @property
    def kinds(self) -> Kinds:
        return Kinds([(code or "", detail) for code, detail in self.named], self.number)


@dataclass(frozen=True)
class Former:
    """A mart whose every event is still in the facts, unchanged."""

    folder: Path
    label: Label


def stamps(facts: Facts, root: Path) -> Stamps:
    found: Stamps = {}
    for table in TABLES:
        source = facts.tables[table]
        paths = source if isinstance(source, tuple) else ()
        found[table] = {os.path.relpath(path, root): _stamp(path) for path in paths}
    return found


def _stamp(path: Path) -> list[int]:
    about = path.stat()
    return [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]


def write(folder: Path, label: Label) -> None:
    (folder / FILE).write_text(json.dumps(asdict(label)))


def read(folder: Path) -> Label | None:
    """None where there is no mart, or one that another version made."""
    try:
        said: dict[str, Any] = json.loads((folder / FILE).read_text())
    except (OSError, ValueError):
        return None
    names = {field.name for field in fields(Label)}
    return Label(**said) if said.get("format") == FORMAT and said.keys() == names else None


def mapped(folder: Path) -> Mart:
    return Mart(*(array(folder, name) for name in Mart._fields))


def array(folder: Path, name: str) -> Narrow:
    found: Narrow = np.load(folder / f"{name}.npy", mmap_mode="r")
    return found


def narrow(most: int) -> type[np.signedinteger[Any]]:
    """The type that whole numbers up to this are kept in. Few, for each mixture of types is compiled anew."""
    return np.int16 if most < 2**15 else np.int32


def offsets(at: Whole) -> Narrow:
    if at[-1] >= 2**31:
        raise FactsError("over two thousand million rows: the kernel cannot number them; take another engine")
    return at.astype(np.int32)
