"""What one integrated care system agreed to reach, year by year. One TOML file a system.

The programme ships Humber, Coast and Vale's in ``trajectories/``: the example of the format. ``settings.TRAJECTORIES``
lists further files. A file says::

    organisation = "QOQ"             # the code of the organisation that agreed it
    name = "Humber, Coast and Vale"
    source = "003"                   # a paper of parts.PAPERS, or the words for another
    notes = ["what a careful reader should know"]      # optional

    [[milestone]]
    row = "social_prescribing"       # what the paper calls this line
    component = "social_prescribing" # one of parts.PARTS
    unit = "people"                  # what is counted
    indicator = "sp-referred-per-1000"                 # optional: what it is judged on
    year = "2022-23"
    bounds = { lower = 16674, upper = 23622 }
    per = 1000                       # optional: the bounds are rates per so many, not counts

A count is judged against the indicator's numerator, and for that organisation only: a practice cannot be asked for
the whole system's number. With ``per`` it is judged against the indicator's value in the same unit (``per = 100`` for
a percentage), for the organisation and everything below it. ``lower`` is the bound that is judged (``upper`` where
lower is better); ``target`` is a lower bound that stands alone; ``mou`` is the number first agreed, ``all``,
``primary`` and ``secondary`` are staff to be trained, in total and by place: these are shown and not judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from whatmatters.programme import declared
from whatmatters.programme.parts import PARTS

FOLDER = Path(__file__).parent / "trajectories"
BOUNDS = ("lower", "upper", "target", "mou", "all", "primary", "secondary")


@dataclass(frozen=True)
class Milestone:
    """One line of a trajectory in one year; a ``year`` such as ``2019-20 to 2023-24`` is a total over several."""

    row: str
    component: str
    unit: str
    year: str
    bounds: Mapping[str, float]
    indicator: str = ""
    per: int | None = None

    def __post_init__(self) -> None:
        declared.told(row=self.row, unit=self.unit, year=self.year)
        declared.known(self.component, PARTS, "component")
        declared.measured_by(self.indicator)
        for label in self.year.split(" to "):
            declared.year(label)
        if not self.bounds:
            raise ValueError("bounds are missing")
        for name, value in self.bounds.items():
            declared.known(name, BOUNDS, "bound")
            declared.bounds(value, None)
        if self.lower is not None or self.upper is not None:
            declared.bounds(self.lower, self.upper)
        if self.per is not None:
            declared.whole(per=self.per)

    @property
    def lower(self) -> float | None:
        return self.bounds.get("lower", self.bounds.get("target"))

    @property
    def upper(self) -> float | None:
        return self.bounds.get("upper")


@dataclass(frozen=True)
class Trajectory:
    organisation: str
    name: str
    source: str
    milestones: tuple[Milestone, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        declared.told(organisation=self.organisation, name=self.name, source=self.source)
        for note in self.notes:
            declared.told(notes=note)


def load(path: Path) -> Trajectory:
    """One system's trajectory. Raises ``declared.Wrong``."""
    found = declared.file(path, ("organisation", "name", "source", "notes", "milestone"))
    milestones = declared.rows(Milestone, found.pop("milestone", []), f"{path.name}: milestone")
    declared.unique((f"{one.row} {one.year}" for one in milestones), path.name)
    notes = found.pop("notes", [])
    if not isinstance(notes, list):
        raise declared.Wrong(f"{path.name}: notes must be a list of sentences")
    return declared.one(Trajectory, {**found, "milestones": milestones, "notes": tuple(notes)}, path.name)


@cache
def trajectories() -> tuple[Trajectory, ...]:
    """Those shipped and those of ``settings.TRAJECTORIES``; read once. An organisation has one."""
    made = tuple(load(path) for path in (*sorted(FOLDER.glob("*.toml")), *settings.TRAJECTORIES))
    declared.unique((one.organisation for one in made), "trajectories")
    return made
