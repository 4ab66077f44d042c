"""What is wrong with a file, said so that its sender can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager

SHOWN = 20


class ImportRefused(Exception):
    """Nothing was imported. The message names file, line, column, reason and fix."""


class Wrong(ValueError):
    """One cell is wrong. Raised while a row is read, caught by ``Problems``."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


class Problems:
    """Gathers every broken row of one file, so that its sender can mend them all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.shown: list[str] = []
        self.total = 0

    @contextmanager
    def of_line(self, line: int) -> Iterator[None]:
        """A Wrong raised inside becomes one more problem."""
        try:
            yield
        except Wrong as wrong:
            self.total += 1
            if len(self.shown) < SHOWN:
                self.shown.append(f"line {line}, {wrong.column}: {wrong.reason}")

    def refuse_if_any(self) -> None:
        if self.total:
            more = f"\n  and {self.total - len(self.shown)} more" if self.total > len(self.shown) else ""
            lines = "".join(f"\n  {problem}" for problem in self.shown)
            rows = "1 row is" if self.total == 1 else f"{self.total} rows are"
            raise ImportRefused(f"{self.file}: {rows} wrong, so nothing was imported:{lines}{more}")


def quoted(text: str) -> str:
    """A cell as it may be shown: short, and with nothing that a terminal would obey."""
    return ascii(text if len(text) <= 40 else text[:40] + "...") if text else "empty"
