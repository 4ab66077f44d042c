"""Whoever writes a plan with a person: what is said, who is named, and in whose words."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from whatmatters.access.actors import Actor
from whatmatters.access.roles import Role
from whatmatters.demo.clock import Clock
from whatmatters.demo.lots import drawn
from whatmatters.demo.population import Soul
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.periods import age

OFTEN = {"people": 0.9, "communicate": 0.6, "please_do": 0.6, "support": 0.6, "also": 0.5}


@dataclass
class Author:
    """``theme`` is a part of words/plans.toml that fits the person."""

    world: World
    soul: Soul
    clock: Clock
    role: str
    theme: dict[str, Any] = field(init=False)
    carer: str = field(init=False)
    turn: int = field(init=False)

    def __post_init__(self) -> None:
        years, names = age(self.soul.person.born, self.clock.now), words("names")[self.soul.community]
        themes = [t for name, t in words("plans").items() if name != "general" and _fits(t, years, self.soul, name)]
        self.theme, self.turn = self.lots.choice(themes), self.lots.randrange(1_000)
        usual = names.get("1972", names)
        self.carer = self.lots.choice(usual[self.lots.choice("FM")])

    @property
    def lots(self) -> Random:
        return self.clock.lots

    @property
    def by(self) -> Actor:
        place = self.soul.at(self.clock.now) or self.soul.place
        return self.world.staff.at(self.role, place, self.clock.now, self.turn)

    @property
    def role_words(self) -> str:
        return str(Role(self.role).label)

    def fill(self, text: str) -> str:
        """With the names in it."""
        named = {
            "{carer}": self.carer,
            "{worker}": self.by.name,
            "{town}": self.soul.place.town,
            "{group}": self._group,
        }
        for mark, name in named.items():
            text = text.replace(mark, name)
        return text

    @property
    def _group(self) -> str:
        mills = self.soul.place.postcode.startswith("RV")
        rows = [g for kind in self.world.groups.values() for g in kind if g.postcode.startswith("RV") == mills]
        return self.lots.choice(rows).name

    def of_all(self, kind: str) -> str:
        """A sentence that anyone might say."""
        return self.fill(self.lots.choice(words("plans")["general"][kind]))

    def own_words(self) -> dict[str, str]:
        """By heading of About Me. One in thirty has not come to the first question yet."""
        said = {name: self.of_all(name) for name, share in OFTEN.items() if self.lots.random() < share}
        if self.lots.random() < 0.8:
            said["wellness"] = self.fill(self.lots.choice(self.theme["wellness"]))
        if self.lots.random() < 0.97:
            said["most_important"] = self.fill(self.lots.choice(self.theme["most_important"]))
        return said or {"people": self.of_all("people")}

    def participants(self) -> list[tuple[str, str]]:
        """Whom they chose; one in twelve was not asked."""
        near = self.lots.choice(words("homes")["carers"]["relationships"])
        chosen = {"near": [(self.carer, near)], "worker": [(self.by.name, self.role_words)], "none": []}
        return chosen[drawn(self.lots, {"near": 62, "worker": 30, "none": 8})]

    def doer(self, who: str) -> str:
        """The name that goes with an action."""
        return {"person": "", "carer": self.carer, "professional": self.by.name, "group": ""}[who]


def _fits(theme: dict[str, Any], years: int, soul: Soul, name: str) -> bool:
    least, most = theme["ages"]
    newcomer = soul.community in {"kurdish", "arab", "romanian"}
    return bool(least <= years <= most) and (name != "arriving" or newcomer)
