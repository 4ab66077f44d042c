"""What the programme promised for the whole country or for each of its systems: ``commitments.toml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whatmatters.programme import declared

PATH = Path(__file__).parent / "commitments.toml"
BOUNDS = ("at least", "over", "up to", "forecast", "all", "offer", "done")


@dataclass(frozen=True)
class Commitment:
    """``bound`` and ``value`` together say how much (``at least`` 900,000 ``people``); ``all``, ``offer`` and ``done``
    may stand without a value. ``by`` is the paper's own year or years, empty where ``by_is`` says it states none.
    ``measured_by`` are ids of indicators, joined with a semicolon."""

    id: str
    component: str
    statement: str
    bound: str
    by_is: str
    source: str
    value: float | None = None
    unit: str = ""
    by: str = ""
    measured_by: str = ""

    def __post_init__(self) -> None:
        declared.told(id=self.id, statement=self.statement, by_is=self.by_is)
        declared.sourced(self.component, self.source)
        declared.known(self.bound, BOUNDS, "bound")
        declared.told_by(self.measured_by)
        if self.value is not None:
            declared.bounds(self.value, None)
            declared.told(unit=self.unit)
        elif self.bound not in ("all", "offer", "done"):
            raise ValueError(f"bound {self.bound!r} needs a value")


def load(path: Path = PATH) -> tuple[Commitment, ...]:
    """Every commitment, in the file's order. Raises ``declared.Wrong``."""
    found = declared.file(path, ("commitment",))
    made = declared.rows(Commitment, found.get("commitment", []), f"{path.name}: commitment")
    declared.unique((one.id for one in made), path.name)
    return made


@cache
def commitments() -> tuple[Commitment, ...]:
    """As shipped; read once."""
    return load()
