"""A CSV as lines of named cells, and the readings of one cell."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date

from whatmatters.interop.imports.refusals import ImportRefused, Wrong, quoted
from whatmatters.people.text import hidden

Row = Mapping[str, str]

CODE = re.compile(r"[A-Z0-9]{3,6}", re.ASCII)
POSTCODE = re.compile(r"[A-Z0-9 ]{0,8}", re.ASCII)
COMPACT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)
WORDED = re.compile(r"(\d\d)([A-Z]{3})(\d{4})", re.ASCII)
SPACES = re.compile("[ \u00a0]+")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FORMULA = ("=", "+", "-", "@")


class Table:
    """``columns`` from the first line; iterating gives (line number, cells). Each line must have as many cells."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self.columns = tuple(column.strip() for column in self._next() or ())
        if len(set(self.columns)) != len(self.columns):
            raise ImportRefused(f"{name}: line 1 names a column twice: download the file again")

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            line = self._reader.line_num
            raise ImportRefused(f"{self.name}: line {line} is not CSV ({error}): is the file cut short?") from error

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        while (cells := self._next()) is not None:
            line = self._reader.line_num
            if len(cells) != len(self.columns):
                found = f"{len(cells)} cells where the header has {len(self.columns)}"
                raise ImportRefused(f"{self.name}: line {line} has {found}: is the file cut short?")
            yield line, dict(zip(self.columns, cells, strict=True))


def code(row: Row, column: str) -> str:
    """An ODS code."""
    found = row[column]
    if not CODE.fullmatch(found):
        raise Wrong(column, f"{quoted(found)} is not an ODS code: 3 to 6 capital letters and digits")
    return found


def name(row: Row, column: str) -> str:
    """A name in any script, its spaces tidied."""
    found = SPACES.sub(" ", row[column]).strip(" ")
    if not found or len(found) > 200:
        raise Wrong(column, "a name of 1 to 200 characters must stand here")
    if found.startswith(FORMULA):
        raise Wrong(column, f"{quoted(found)} is a spreadsheet formula: write the name itself")
    if any(hidden(letter) for letter in found):
        raise Wrong(column, f"{quoted(found)} holds an invisible control character: type the name again")
    return found


def postcode(row: Row, column: str) -> str:
    """A postcode as published; may be empty."""
    found = row[column].strip()
    if not POSTCODE.fullmatch(found):
        raise Wrong(column, f"{quoted(found)} is not a postcode")
    return found


def day(row: Row, column: str) -> date:
    """20191001, 2019-10-01 or 01Oct2019."""
    found = row[column]
    if numbers := COMPACT.fullmatch(found):
        year, month, of_month = (int(number) for number in numbers.groups())
    elif (words := WORDED.fullmatch(found.upper())) and words[2] in MONTHS:
        year, month, of_month = int(words[3]), MONTHS.index(words[2]) + 1, int(words[1])
    else:
        raise Wrong(column, f"{quoted(found)} is not a date: write it as 2019-10-01")
    try:
        read = date(year, month, of_month)
    except ValueError:
        raise Wrong(column, f"{quoted(found)} is not a day of the calendar: check year, month and day") from None
    if not date(1900, 1, 1) <= read < date(2100, 1, 1):
        raise Wrong(column, f"{quoted(found)} is not between 1900 and 2100: check the year")
    return read


def day_or_none(row: Row, column: str) -> date | None:
    """A day, or None where the cell is empty."""
    return day(row, column) if row[column] else None


def count(row: Row, column: str) -> int:
    """A whole number, nought or more."""
    found = row[column]
    if not (found.isascii() and found.isdigit() and len(found) <= 9):
        raise Wrong(column, f"{quoted(found)} is not a whole number of people, nought or more")
    return int(found)
