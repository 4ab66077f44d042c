"""Why something did not work: one closed list for groups that decline, people who do not go, and needs left unmet."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models


class Barrier(models.TextChoices):
    NOTHING = "no service", "There is nothing of the kind here"
    FULL = "full", "No room, or too long a wait"
    FAR = "too far", "Too far, or no way to get there"
    COST = "cost", "It costs too much"
    LANGUAGE = "language", "Not in a language they speak"
    ACCESS = "access", "They cannot get in or take part"
    TIME = "time", "The day or the hour does not suit"
    NOT_FOR = "not for them", "It is not meant for them (age, area or other)"
    MORE = "needs more", "They need more support than it can give"
    WELCOME = "not welcome", "They did not feel at home there"
    PERSON = "declined", "They do not want it"
    STOPPED = "stopped", "It is no longer run"
    UNWELL = "unwell", "They were not well enough"
    ALONE = "alone", "They did not want to go alone"
    OTHER = "other", "Something else"


BY_A_GROUP: dict[str, str] = {
    Barrier.NOT_FOR: "We are not meant for them (age, area or other)",
    Barrier.MORE: "They need more support than we can give",
    Barrier.FAR: "We are too far for them",
    Barrier.STOPPED: "We no longer run this",
}
BY_THE_PERSON: dict[str, str] = {
    Barrier.PERSON: "I decided not to",
    Barrier.UNWELL: "I was not well enough",
    Barrier.ALONE: "I did not want to go alone",
    Barrier.LANGUAGE: "It is not in a language I speak",
    Barrier.ACCESS: "I could not get in or take part",
    Barrier.NOT_FOR: "It is not meant for someone like me",
    Barrier.MORE: "I need more support than it can give",
    Barrier.WELCOME: "I did not feel at home there",
}
"""Where whoever answers would say it in other words."""


def some(*reasons: Barrier, said: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, str]]:
    """The choices of a form that offers these."""
    return [(reason.value, said.get(reason, str(reason.label))) for reason in reasons]


_PRACTICAL = (Barrier.FAR, Barrier.COST, Barrier.LANGUAGE, Barrier.ACCESS, Barrier.TIME)
OF_A_GROUP = (Barrier.NOT_FOR, Barrier.MORE, Barrier.FAR, Barrier.STOPPED, Barrier.OTHER)
OF_NOT_GOING = (
    Barrier.PERSON,
    Barrier.UNWELL,
    Barrier.ALONE,
    *_PRACTICAL,
    Barrier.FULL,
    Barrier.NOT_FOR,
    Barrier.STOPPED,
    Barrier.OTHER,
)
OF_NOT_HELPING = (Barrier.WELCOME, Barrier.MORE, Barrier.NOT_FOR, *_PRACTICAL, Barrier.STOPPED, Barrier.OTHER)
OF_AN_UNMET_NEED = (
    Barrier.NOTHING,
    Barrier.FULL,
    *_PRACTICAL,
    Barrier.NOT_FOR,
    Barrier.MORE,
    Barrier.WELCOME,
    Barrier.PERSON,
    Barrier.OTHER,
)

LEAVES_UNMET: dict[str, Barrier] = {
    **{reason.value: reason for reason in OF_AN_UNMET_NEED if reason != Barrier.OTHER},
    Barrier.STOPPED.value: Barrier.NOTHING,
}
"""What a reason says of the need, where it says something: someone who was unwell that day may still go."""
