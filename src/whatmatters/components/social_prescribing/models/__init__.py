"""The nouns of social prescribing."""

from whatmatters.components.social_prescribing.models.barrier import (
    BY_A_GROUP,
    BY_THE_PERSON,
    LEAVES_UNMET,
    OF_A_GROUP,
    OF_AN_UNMET_NEED,
    OF_NOT_GOING,
    OF_NOT_HELPING,
    Barrier,
    some,
)
from whatmatters.components.social_prescribing.models.conversation import Audience, Entry, Hiding
from whatmatters.components.social_prescribing.models.desk import Ended, Handover, Question, Visit, Why
from whatmatters.components.social_prescribing.models.intake import (
    Cause,
    Check,
    Escalation,
    Falls,
    OneTimeLink,
    PriorityGroup,
    Sent,
    Timers,
)
from whatmatters.components.social_prescribing.models.invited import (
    By,
    Invitation,
    LeftOut,
    Listed,
    Objection,
    SaidNo,
    State,
)
from whatmatters.components.social_prescribing.models.meetings import Attendance, Meeting
from whatmatters.components.social_prescribing.models.offer import (
    Offer,
    Outcome,
    Partner,
    Reach,
    Review,
    Side,
    Standing,
)
from whatmatters.components.social_prescribing.models.onward import Alarm, Answer, Enquiry, GroupLink, UnmetNeed
from whatmatters.components.social_prescribing.models.referral import (
    CASE_OPEN,
    MOVES,
    NOT_MADE,
    REASONS,
    CloseReason,
    Complexity,
    DeclineReason,
    Elsewhere,
    Given,
    Referral,
    Status,
)
from whatmatters.components.social_prescribing.models.scheme import AccessTarget, Aim, Item, Scheme, Statement
from whatmatters.components.social_prescribing.models.sender import (
    NATIONAL_METHODS,
    NOT_AGENCIES,
    TAKEN_DOWN,
    Agreement,
    Method,
    Sector,
    Source,
)
from whatmatters.components.social_prescribing.models.story import HANDED_OVER, Came, Change, Notice, Told
from whatmatters.components.social_prescribing.models.work import Connection, Contact, Helped, How, Sitting, Stage, Went

__all__ = [
    "BY_A_GROUP", "BY_THE_PERSON", "CASE_OPEN", "HANDED_OVER", "LEAVES_UNMET", "MOVES", "NATIONAL_METHODS",
    "NOT_AGENCIES", "NOT_MADE", "OF_AN_UNMET_NEED", "OF_A_GROUP", "OF_NOT_GOING", "OF_NOT_HELPING", "REASONS",
    "TAKEN_DOWN", "AccessTarget", "Agreement", "Aim", "Alarm", "Answer", "Attendance", "Audience", "Barrier", "By",
    "Came", "Cause", "Change", "Check", "CloseReason", "Complexity", "Connection", "Contact", "DeclineReason",
    "Elsewhere", "Ended", "Enquiry", "Entry", "Escalation", "Falls", "Given", "GroupLink", "Handover", "Helped",
    "Hiding", "How", "Invitation", "Item", "LeftOut", "Listed", "Meeting", "Method", "Notice", "Objection", "Offer",
    "OneTimeLink", "Outcome", "Partner", "PriorityGroup", "Question", "Reach", "Referral", "Review", "SaidNo",
    "Scheme", "Sector", "Sent", "Side", "Sitting", "Source", "Stage", "Standing", "State", "Statement", "Status",
    "Timers", "Told", "UnmetNeed", "Visit", "Went", "Why", "some",
]  # fmt: skip
