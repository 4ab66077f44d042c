"""Reads what the programme declares in TOML into frozen dataclasses, and says plainly what is wrong with it."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.parts import PAPERS, PARTS

Made = TypeVar("Made")


class Wrong(ValueError):
    """A declaration that cannot be true; names the file, the row, the field and what would be right."""


def file(path: Path, allowed: Sequence[str]) -> dict[str, Any]:
    """The whole file as tables. Raises Wrong when it is not there, is not TOML or has a table that is not allowed."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise Wrong(f"{path}: there is no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Wrong(f"{path.name}: not a TOML file: {error}") from None
    for name in found:
        if name not in allowed:
            raise Wrong(f"{path.name}: {name!r} is not known: use {', '.join(allowed)}")
    return found


def rows(kind: type[Made], given: Any, where: str, **same: Any) -> tuple[Made, ...]:
    """One ``kind`` a table, with ``same`` added to each; ``where`` names the place in an error."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Wrong(f"{where}: write each as a table in double brackets, [[...]]")
    return tuple(one(kind, {**same, **row}, f"{where} {number}") for number, row in enumerate(given, start=1))


def one(kind: type[Made], cells: Mapping[str, Any], where: str) -> Made:
    wanted = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # always one of our dataclasses
    for name in cells:
        if name not in wanted:
            raise Wrong(f"{where}: {name!r} is not known: use {', '.join(wanted)}")
    for name, field in wanted.items():
        if name not in cells and field.default is MISSING and field.default_factory is MISSING:
            raise Wrong(f"{where}: {name} is missing")
    try:
        return kind(**cells)
    except (TypeError, ValueError) as error:
        raise Wrong(f"{where}: {error}") from None


def known(word: str, choices: Iterable[str], name: str) -> None:
    if word not in tuple(choices):
        raise ValueError(f"{name} {word!r} is not known: use {', '.join(choices)}")


def told(**texts: Any) -> None:
    """Refuses what must be words and is empty or something else."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{name} must say something")


def sourced(component: str, source: str) -> None:
    known(component, PARTS, "component")
    told(source=source)
    for paper in source.split(";"):
        known(paper, PAPERS, "source")


def measured_by(indicator: str) -> None:
    """The indicator a target is judged on; empty where none is built yet."""
    if indicator:
        known(indicator, INDICATORS, "indicator")
        if INDICATORS[indicator].direction == "neither":
            raise ValueError(f"indicator {indicator!r} has no better direction, so it cannot have a target")


def told_by(indicators: str) -> None:
    """The indicators that tell of a promise, joined with a semicolon; empty where none does."""
    for indicator in indicators.split(";") if indicators else ():
        known(indicator, INDICATORS, "measured_by")


def year(label: str, name: str = "year") -> None:
    """A financial year, ``2022-23``."""
    told(**{name: label})
    if period(label).kind != "year":
        raise ValueError(f"{name} {label!r} is not a financial year such as 2022-23")


def bounds(lower: float | None, upper: float | None) -> None:
    """Numbers, and the right way round."""
    for name, bound in (("lower", lower), ("upper", upper)):
        number = isinstance(bound, int | float) and not isinstance(bound, bool) and isfinite(bound)
        if bound is not None and not number:
            raise ValueError(f"{name} must be a number")
    if lower is None and upper is None:
        raise ValueError("a lower or an upper bound is missing")
    if lower is not None and upper is not None and upper < lower:
        raise ValueError(f"upper {upper} is below lower {lower}")


def whole(**numbers: Any) -> None:
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"{name} must be a whole number, such as 1000")


def unique(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise Wrong(f"{where}: {name!r} is there twice")
        seen.add(name)
