"""What every part of the demo is made in."""

from dataclasses import dataclass
from datetime import date
from random import Random

from whatmatters.demo.places import Place
from whatmatters.demo.population import Soul
from whatmatters.demo.staff import Staff
from whatmatters.directory.models import Group


@dataclass(frozen=True)
class World:
    """``since`` is the day the record begins, ``on`` the day it ends."""

    seed: int
    since: date
    on: date
    places: dict[str, Place]
    staff: Staff
    groups: dict[str, list[Group]]
    people: list[Soul]

    def lots(self, about: str) -> Random:
        """Lots of their own for each part, so that a change in one leaves the others as they were."""
        return Random(f"{self.seed} {about}")
