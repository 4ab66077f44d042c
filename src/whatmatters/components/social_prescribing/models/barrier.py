"""Why something did not work: one closed list for groups that decline, people who do not go, and needs left unmet."""

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


def some(*reasons: Barrier) -> list[tuple[str, str]]:
    """The choices of a form that offers these."""
    return [(reason.value, str(reason.label)) for reason in reasons]


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
