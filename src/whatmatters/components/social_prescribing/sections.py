"""The sections of a conversation: what each asks, what can be ticked there, and how much can be written.

What matters is not among them: it is the person's own plan (About Me) and is written there, once. The lists are local
starter lists: the standard's value sets for needs (1373501000000105) and support (1373511000000107) are not published
openly. The lengths are the standard's.
"""

from dataclasses import dataclass

from django.db import models

from whatmatters.components.social_prescribing.standard import longest
from whatmatters.directory.needs import Need

LONG = 2000  # letters, where the standard sets no limit
_PLAN = "Care and support plan"
_RISK = "Risks > Risks record entry > Risk > Free text"
_SAFEGUARDING = "Safeguarding > Safeguarding concerns > Safeguarding concerns > Free text"
_REQUIREMENT = "Individual requirements > Other individual requirements > Other individual requirement"


class Support(models.TextChoices):
    """What was offered beside an introduction to a group, which is recorded as one."""

    TALK = "talk", "Time to talk with the link worker"
    ADVICE = "advice", "Advice on money, debt or benefits"
    HOME = "home", "Help with housing or the home"
    FOOD = "food", "Food or fuel support"
    ACTIVITY = "activity", "A physical activity programme"
    ARTS = "arts", "Arts, music or crafts"
    NATURE = "nature", "Gardening and the outdoors"
    BEFRIENDING = "befriending", "A befriender or a buddy"
    PEERS = "peers", "A peer support group"
    CARERS = "carers", "Support for carers"
    LEARNING = "learning", "Learning, work or volunteering"
    HEALTH = "health", "A health service or a health coach"
    DIGITAL = "digital", "Help with phones and computers"
    TRAVEL = "travel", "Help with getting there"
    NONE = "none", "Nothing more wanted for now"


class Risk(models.TextChoices):
    """``NONE`` is the standard's own wish: that nothing is known must be said, not left open."""

    NONE = "none", "No known risk"
    FALLS = "falls", "Falls"
    NEGLECT = "neglect", "Not looking after themself"
    HARM_SELF = "self-harm", "Harm to themself"
    HARM_OTHERS = "harm", "Harm from someone else"
    MONEY = "exploited", "Being cheated or exploited"
    HOME = "home", "Something at home: fire, cold, clutter, a dog"
    LONE = "lone", "A visit should not be made alone"
    OTHER = "other", "Another risk: say which"


class Safeguarding(models.TextChoices):
    """The standard's indicator."""

    CONCERN = "concern", "There is a concern"
    NONE = "none", "Looked at: no concern"


class Doer(models.TextChoices):
    PERSON = "person", "The person"
    WORKER = "worker", "The link worker"
    CARER = "carer", "Family, friend or carer"
    OTHER = "other", "Someone else"


class Standing(models.TextChoices):
    """FHIR R4's words for an activity's status: the standard's value set 999000081000000105 is not public."""

    NOT_STARTED = "not-started", "Not started"
    GOING = "in-progress", "Under way"
    DONE = "completed", "Done"
    STOPPED = "stopped", "Stopped"


@dataclass(frozen=True)
class Section:
    """``choices`` may be ticked; ``longest`` letters may be written; ``path`` is where it stands in the standard;
    ``since`` and ``until`` name the days an item of it may carry, empty where it carries none."""

    name: str
    title: str
    asks: str
    path: str
    longest: int
    choices: tuple[tuple[str, str], ...] = ()
    none: str = ""
    since: str = ""
    until: str = ""

    def words(self, choice: str) -> str:
        return dict(self.choices).get(choice, "")


def _choices(of: type[models.TextChoices]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in of.choices)


STRENGTHS, NEEDS, SUPPORT, RISKS = "strengths", "needs", "support", "risks"
SAFEGUARDING, REQUIREMENTS, ACTIONS = "safeguarding", "requirements", "actions"

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section(
            STRENGTHS, "Strengths", "What goes well, what they are good at, whom they can count on",
            f"{_PLAN} > Strengths", LONG,
        ),
        Section(
            NEEDS, "Needs and concerns", "What is hard at the moment, in their order and words",
            f"{_PLAN} > Needs, concerns or problems", LONG, _choices(Need),
        ),
        Section(
            SUPPORT, "Support offered", "What you offered or arranged. A group you introduce them to counts by itself",
            f"{_PLAN} > Needs, concerns or problems > Goals and hopes > Actions and activities > What", LONG,
            _choices(Support), none=Support.NONE,
        ),
        Section(
            REQUIREMENTS, "Individual requirements", "What makes it easier to take part: access, hearing, timing",
            _REQUIREMENT, longest(_REQUIREMENT, LONG),
        ),
        Section(
            RISKS, "Risks", "For the person, or for whoever visits. If none is known, say so",
            "Risks > Risks record entry > Risk", longest(_RISK, LONG), _choices(Risk), none=Risk.NONE,
            since="Since", until="Until",
        ),
        Section(
            ACTIONS, "Actions", "Who does what, by when",
            f"{_PLAN} > Needs, concerns or problems > Goals and hopes > Actions and activities", LONG, until="By when?",
        ),
        Section(
            SAFEGUARDING, "Safeguarding", "A concern that someone is being harmed, or may be",
            "Safeguarding > Safeguarding concerns", longest(_SAFEGUARDING, LONG), _choices(Safeguarding),
            none=Safeguarding.NONE, since="Date of the concern", until="Date it ended",
        ),
    )
}  # fmt: skip
OPEN_SECTIONS = tuple(name for name in SECTIONS if name != SAFEGUARDING)
