"""One case of social prescribing: whose, where, and how far the clock has gone."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.demo.clock import Clock
from whatmatters.demo.places import Place
from whatmatters.demo.population import Soul
from whatmatters.demo.words import words
from whatmatters.demo.world import World


@dataclass
class Case:
    world: World
    soul: Soul
    clock: Clock
    need: str
    referral: Referral | None = None
    place: Place = field(init=False)
    turn: int = field(init=False)

    def __post_init__(self) -> None:
        here = self.soul.at(self.clock.now)
        if here is None:
            raise ValueError("Nobody is referred from no practice")
        self.place, self.turn = here, self.lots.randrange(1_000)

    @property
    def lots(self) -> Random:
        return self.clock.lots

    @property
    def row(self) -> Referral:
        """The referral, once it is made; the actions read it anew."""
        assert self.referral is not None  # noqa: S101  # for mypy: made above
        return self.referral

    def worker(self, on: date, role: str = "link_worker") -> Actor:
        return self.world.staff.at(role, self.soul.at(on) or self.place, on, self.turn)

    def says(self, kind: str, about: str = "") -> str:
        """One of the sentences of this kind, with the person's name in it."""
        chosen: str = self.lots.choice(words("lives")[about or self.need][kind])
        return chosen.replace("{name}", self.soul.person.called)
