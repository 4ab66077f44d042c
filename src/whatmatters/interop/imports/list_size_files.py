"""What list-size files say: any number of them, which must not contradict each other."""

from collections import Counter
from datetime import date
from pathlib import Path

from whatmatters.interop.imports import files
from whatmatters.interop.imports.layouts import UNALLOCATED
from whatmatters.interop.imports.layouts.list_sizes import COUNT, DAY, Cell, cell, columns_of
from whatmatters.interop.imports.refusals import ImportRefused, Problems, Wrong
from whatmatters.interop.imports.roll_up import Levels
from whatmatters.interop.imports.tables import Table
from whatmatters.organisations.models import Kind


class Gathered:
    """Cells by day, level, organisation and group; ``unknown`` are codes that are not organisations here."""

    def __init__(self, known: dict[str, str], leave_out_unknown: bool) -> None:
        self.known, self.leave_out_unknown = known, leave_out_unknown
        self.days: dict[date, Levels] = {}
        self.unknown: dict[str, None] = {}

    def read(self, path: Path) -> None:
        """Raises ImportRefused."""
        table = Table(path.name, files.text(path))
        columns, problems = columns_of(table), Problems(path.name)
        lines: Counter[tuple[Kind, str]] = Counter()
        published: date | None = None
        for line, row in table:
            with problems.of_line(line):
                one = cell(row, columns)
                if one.day != (published := published or one.day):
                    raise Wrong(DAY, f"{one.day} stands here and {published} above: a file is of one day")
                if self._is_known(one, columns.code):
                    self._keep(one)
                    lines[one.kind, one.code] += 1
        problems.refuse_if_any()
        _refuse_uneven(path.name, lines)

    def _keep(self, one: Cell) -> None:
        sizes = self.days.setdefault(one.day, {}).setdefault(one.kind, {}).setdefault(one.code, {})
        said = sizes.setdefault(one.group, one.people)
        if said != one.people:
            raise Wrong(COUNT, f"{one.code} {one.group} is {said:,} on an earlier line")

    def _is_known(self, one: Cell, column: str) -> bool:
        if self.known.get(one.code) == one.kind or (one.kind == Kind.PCN and one.code == UNALLOCATED):
            return True
        if one.code not in self.unknown:
            self.unknown[one.code] = None
            if not self.leave_out_unknown:
                raise Wrong(
                    column,
                    f"{one.code} is no {one.kind.label} known here: import the practice map of that day first, "
                    "or leave such out with --leave-out-unknown",
                )
        return False


def _refuse_uneven(name: str, lines: Counter[tuple[Kind, str]]) -> None:
    """A file cut off between two lines has an organisation with fewer lines than the others."""
    if not lines:
        raise ImportRefused(
            f"{name}: there is no organisation known here in it: import a practice map of its day first"
        )
    usual = Counter(lines.values()).most_common(1)[0][0]
    for (_, code), number in lines.items():
        if number != usual:
            raise ImportRefused(f"{name}: {code} has {number} lines and the others {usual}: is the file cut short?")
