from whatmatters.components.care_planning.models.concerns import CarriedOver, Checklist, Concern
from whatmatters.components.care_planning.models.elsewhere import MadeElsewhere, Offer, TakenOver
from whatmatters.components.care_planning.models.goals import Action, Goal, Progress
from whatmatters.components.care_planning.models.homes import Residence, SeenOnRound
from whatmatters.components.care_planning.models.items import Item
from whatmatters.components.care_planning.models.nudge import Nudge
from whatmatters.components.care_planning.models.plan import Plan, Review, ReviewRequest, Share
from whatmatters.components.care_planning.models.sharing import (
    Access,
    AccessEnded,
    Copy,
    Emergency,
    FileGiven,
    Hiding,
    LinkOpened,
    LookedInto,
    OfficerReminded,
)
from whatmatters.components.care_planning.models.version import Participant, Version, Words

__all__ = [
    "Access",
    "AccessEnded",
    "Action",
    "CarriedOver",
    "Checklist",
    "Concern",
    "Copy",
    "Emergency",
    "FileGiven",
    "Goal",
    "Hiding",
    "Item",
    "LinkOpened",
    "LookedInto",
    "MadeElsewhere",
    "Nudge",
    "Offer",
    "OfficerReminded",
    "Participant",
    "Plan",
    "Progress",
    "Residence",
    "Review",
    "ReviewRequest",
    "SeenOnRound",
    "Share",
    "TakenOver",
    "Version",
    "Words",
]
