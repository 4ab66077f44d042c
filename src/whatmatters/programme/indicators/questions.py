"""Which numbers are meant against people like those supported: what begins, who is no comparator, which use counts.

The programme expects 14% fewer GP appointments and 12% fewer A&E attendances of those referred to social prescribing
(SP-Q4, SP-Q5), and 9% and 19% fewer, and fewer readmissions, of those at activation level 1 or 2 (PAM-Q2 to PAM-Q4).
"""

from whatmatters.events.codes import (
    ACTIVATION_SCORE,
    CONSULTED,
    EMERGENCY,
    READMITTED,
    SP_CONTACT,
    SP_REFERRED,
    SP_REFERRED_OTHERWISE,
)
from whatmatters.measurement.conditions import EventOf
from whatmatters.measurement.details import GP
from whatmatters.measurement.indicators import Indicator
from whatmatters.measurement.questions import Question
from whatmatters.programme.indicators import activation_activity, activity
from whatmatters.programme.indicators.self_management import LOW_SCORE

SEEN_BY_GP, TO_EMERGENCY, READMISSION = EventOf(CONSULTED, (GP,)), EventOf(EMERGENCY), EventOf(READMITTED)
REFERRAL, CONTACT = EventOf(SP_REFERRED), EventOf(SP_CONTACT)


def _prescribed(of: Indicator, use: EventOf) -> Question:
    """From the first time a referred person was spoken with."""
    without = (REFERRAL, EventOf(SP_REFERRED_OTHERWISE), CONTACT)
    return Question(of.id, of.version, CONTACT, use, without, referred=(REFERRAL,))


def _activated(of: Indicator, use: EventOf) -> Question:
    """From the first score at level 1 or 2, against people with a long-term condition who were never measured."""
    return Question(of.id, of.version, LOW_SCORE, use, (EventOf(ACTIVATION_SCORE),), conditions=1)


QUESTIONS: dict[str, Question] = {
    asked.indicator: asked
    for asked in (
        _prescribed(activity.GP_CHANGE, SEEN_BY_GP),
        _prescribed(activity.EMERGENCY_CHANGE, TO_EMERGENCY),
        _activated(activation_activity.GP_CHANGE, SEEN_BY_GP),
        _activated(activation_activity.EMERGENCY_CHANGE, TO_EMERGENCY),
        _activated(activation_activity.READMISSION_CHANGE, READMISSION),
    )
}
"""By the indicator they answer for."""
