"""What is expected in every year, whoever it is: ``expectations.toml``, of those numbers that are built."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whatmatters.programme import declared

PATH = Path(__file__).parent / "expectations.toml"


@dataclass(frozen=True)
class Expectation:
    """``lower`` or ``upper`` for every ``per`` of ``of`` (without ``per``: a plain count of them).

    ``id`` is the paper's, with more words after it where one row needs several.
    """

    id: str
    component: str
    indicator: str
    of: str
    basis: str
    source: str
    per: int | None = None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        declared.told(id=self.id, indicator=self.indicator, of=self.of, basis=self.basis)
        declared.sourced(self.component, self.source)
        declared.measured_by(self.indicator)
        declared.bounds(self.lower, self.upper)
        if self.per is not None:
            declared.whole(per=self.per)


def load(path: Path = PATH) -> tuple[Expectation, ...]:
    """Raises ``declared.Wrong``."""
    found = declared.file(path, ("expectation",))
    made = declared.rows(Expectation, found.get("expectation", []), f"{path.name}: expectation")
    declared.unique((one.id for one in made), path.name)
    return made


@cache
def expectations() -> tuple[Expectation, ...]:
    """As shipped; read once."""
    return load()
