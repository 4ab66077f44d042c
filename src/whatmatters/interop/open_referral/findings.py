"""What was found amiss in a file, and what was done about it: for whoever keeps the source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from whatmatters.interop.imports.refusals import ImportRefused, quoted
from whatmatters.programme.tables import text


class Kind(StrEnum):
    MISSING = "mandatory field missing"
    TYPE = "wrong type"
    VALUE = "unknown value"
    DATE = "bad date or time"
    URL = "bad web address"
    EMAIL = "bad e-mail address"
    POSTCODE = "bad postcode"
    COORDINATES = "bad coordinates"
    LANGUAGE = "unknown language"
    ID = "id is no UUID"
    DUPLICATE = "id stands twice"
    DANGLING = "reference to nothing"
    CYCLE = "reference in a circle"
    CLOSED = "closed or inactive"
    OVER = "over already"
    FADED = "last checked more than a year ago"
    UNKNOWN = "unknown field"
    LONG = "too long"
    MARKUP = "markup in a text"
    HIDDEN = "characters that cannot be seen"
    NO_PLACE = "no place for it here"
    KEPT = "checked here later than in the source"
    GONE = "no longer in the source"
    PAGES = "pages missing"
    NOTHING = "holds no services"


LEFT_OUT, AS_IT_IS, MENDED = "left out", "taken as it is", "mended"


@dataclass(frozen=True)
class Finding:
    """``found`` is a short quotation; never of a name or address of a person."""

    file: str
    service: str
    name: str
    place: str
    kind: Kind
    found: str
    done: str


@dataclass
class Report:
    rows: list[Finding] = field(default_factory=list)

    def about(self, file: str, service: str = "", name: str = "") -> "Notes":
        return Notes(self, file, service, name)

    def by_kind(self) -> Iterable[tuple[Kind, int, int]]:
        """Each kind that was found, how often, and in how many things; the commonest first."""
        often = Counter(row.kind for row in self.rows)
        where = {kind: {row.service for row in self.rows if row.kind == kind} for kind in often}
        return [(kind, count, len(where[kind])) for kind, count in often.most_common()]

    def write(self, path: Path) -> None:
        """CSV for a spreadsheet, which runs nothing of what the source says."""
        columns = ("file", "id", "name", "place", "finding", "found", "done")
        cells = [(r.file, r.service, r.name, r.place, r.kind.value, r.found, r.done) for r in self.rows]
        try:
            path.write_text(text(columns, cells), "utf-8-sig", newline="")
        except OSError as error:
            raise ImportRefused(
                f"The services are imported, but the findings cannot be written to {path}: {error.strerror}"
            ) from error


@dataclass(frozen=True)
class Notes:
    """The findings about one service of one file, or about the file."""

    report: Report
    file: str
    service: str = ""
    name: str = ""

    def add(self, place: str, kind: Kind, found: Any = None, done: str = LEFT_OUT) -> None:
        shown = "" if found is None else quoted(found if isinstance(found, str) else f"{found}"[:100])
        self.report.rows.append(Finding(self.file, self.service, self.name, place, kind, shown, done))
