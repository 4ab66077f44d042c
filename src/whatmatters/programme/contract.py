"""What the contract of each year asks: dated requirements, and rates per 1000. One file a year in ``contract/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from whatmatters.programme import declared

FOLDER = Path(__file__).parent / "contract"
STANDINGS = {
    "contractual": "in the contract",
    "recommended": "recommended",
    "intended": "intended for a later contract",
    "draft": "draft, never in force",
}


@dataclass(frozen=True)
class Requirement:
    """``due_is`` says whether the paper states the date or we derive it from the contract year.

    ``measured_by`` are ids of the indicators that show how far it is done, joined with a semicolon; empty where facts
    show nothing of it.
    """

    id: str
    contract: str
    standing: str
    component: str
    due: date
    due_is: str
    requirement: str
    evidence: str
    source: str
    measured_by: str = ""

    def __post_init__(self) -> None:
        declared.told(id=self.id, contract=self.contract, due_is=self.due_is, requirement=self.requirement)
        declared.told(evidence=self.evidence)
        declared.known(self.standing, STANDINGS, "standing")
        declared.told_by(self.measured_by)
        declared.sourced(self.component, self.source)
        if not isinstance(self.due, date) or isinstance(self.due, datetime):
            raise ValueError(f"due {self.due!r} must be a date, written 2022-09-30 without quotes")


@dataclass(frozen=True)
class Rate:
    """``lower`` to ``upper`` for every ``per`` of ``of`` in the year: for everyone, or one organisation and below."""

    year: str
    component: str
    per: int
    of: str
    basis: str
    source: str
    lower: float | None = None
    upper: float | None = None
    indicator: str = ""
    organisation: str = ""

    def __post_init__(self) -> None:
        declared.year(self.year)
        declared.told(of=self.of, basis=self.basis)
        declared.sourced(self.component, self.source)
        declared.measured_by(self.indicator)
        declared.bounds(self.lower, self.upper)
        declared.whole(per=self.per)


@dataclass(frozen=True)
class Contract:
    year: str
    requirements: tuple[Requirement, ...]
    rates: tuple[Rate, ...]


def load(folder: Path = FOLDER) -> tuple[Contract, ...]:
    """Every contract year, oldest first. Raises ``declared.Wrong``."""
    contracts = tuple(_load(path) for path in sorted(folder.glob("*.toml")))
    declared.unique((one.id for contract in contracts for one in contract.requirements), folder.name)
    return contracts


def _load(path: Path) -> Contract:
    found: Mapping[str, object] = declared.file(path, ("year", "requirement", "rate"))
    if found.get("year") != path.stem:
        raise declared.Wrong(f"{path.name}: year must be {path.stem!r}, as the file is named")
    return Contract(
        path.stem,
        declared.rows(Requirement, found.get("requirement", []), f"{path.name}: requirement"),
        declared.rows(Rate, found.get("rate", []), f"{path.name}: rate", year=path.stem),
    )


@cache
def contracts() -> tuple[Contract, ...]:
    """As shipped; read once."""
    return load()
