"""Which SNOMED CT codes mean which concept: versioned lists with the term, where each was seen, and how sure it is.

The list that comes with the software holds single codes, each with its source; whole reference sets are licensed and a
deployment adds its own (``--value-set``). A code may mean several concepts. One without a concept is known and counts
for nothing. ``least`` and ``most`` are the values its concept can have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from whatmatters.events.codes import CONCEPTS
from whatmatters.interop.imports.coded import snomed
from whatmatters.interop.imports.files import text
from whatmatters.interop.imports.refusals import ImportRefused, Problems, Wrong, quoted
from whatmatters.interop.imports.tables import Row, Table

SHIPPED = Path(__file__).parent / "value_set_2026-11.csv"
COLUMNS = ("code", "term", "concept", "detail", "least", "most", "source", "status")
STATUSES = ("seen", "seen once", "recalled", "local")


@dataclass(frozen=True)
class Meaning:
    """One row of a value set."""

    code: str
    term: str
    concept: str
    detail: str
    least: float | None
    most: float | None
    source: str
    status: str


def meanings(more: Iterable[Path] = ()) -> list[Meaning]:
    """The shipped value set and the files given, whose rows for a code replace those before. Raises ImportRefused."""
    found: dict[str, list[Meaning]] = {}
    for path in (SHIPPED, *more):
        rows: dict[str, list[Meaning]] = {}
        for meaning in _read(path):
            rows.setdefault(meaning.code, []).append(meaning)
        found |= rows
    return [meaning for rows in found.values() for meaning in rows]


def _read(path: Path) -> Iterator[Meaning]:
    table = Table(path.name, text(path))
    if missing := [column for column in COLUMNS if column not in table.columns]:
        raise ImportRefused(
            f"{path.name}: the columns {', '.join(missing)} are missing: a value set has {', '.join(COLUMNS)}"
        )
    problems, found = Problems(path.name), []
    for line, row in table:
        with problems.of_line(line):
            found.append(_meaning(row))
    problems.refuse_if_any()
    yield from found


def _meaning(row: Row) -> Meaning:
    if why := snomed.fault(row["code"]):
        raise Wrong("code", f"{quoted(row['code'])} is {why}")
    concept = CONCEPTS.get(row["concept"])
    if row["concept"] and concept is None:
        raise Wrong("concept", f"{quoted(row['concept'])} is not a concept: see events/codes.py, or leave it empty")
    if row["detail"] and not (concept and concept.detail):
        raise Wrong("detail", f"events of {quoted(row['concept'])} carry no detail: leave it empty")
    if row["status"] not in STATUSES:
        raise Wrong("status", f"{quoted(row['status'])} is not one of {', '.join(STATUSES)}")
    least, most = _number(row, "least"), _number(row, "most")
    words = {name: row[name] for name in ("code", "term", "concept", "detail", "source", "status")}
    return Meaning(**words, least=least, most=most)


def _number(row: Row, column: str) -> float | None:
    try:
        return float(row[column]) if row[column] else None
    except ValueError:
        raise Wrong(column, f"{quoted(row[column])} is not a number") from None


def unsure(used: Iterable[Meaning]) -> list[Meaning]:
    """Those whose id rests on one source or on memory: check them against the terminology server (TRUD)."""
    return [meaning for meaning in used if meaning.concept and meaning.status in ("seen once", "recalled")]
