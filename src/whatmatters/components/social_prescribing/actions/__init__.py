"""The verbs of social prescribing. Each is atomic and writes its row, its event and its audit entry together.

All take ``by`` (who acts) and ``on`` (the day it happened; today where none is given; never a day to come). Those that
change a case take ``revision`` too: the one the page was opened at, or None where no page was. They raise
``NotAllowed`` with a sentence for the page, and ``people.revisions.Stale`` when the case has changed since.
"""

from whatmatters.components.social_prescribing.actions.asking import offer_declined, receive, refer
from whatmatters.components.social_prescribing.actions.conversing import details, hide, reword, strike, write
from whatmatters.components.social_prescribing.actions.deciding import accept, cancel, close, decline, redirect, reopen
from whatmatters.components.social_prescribing.actions.groups import connect, did_not_go, signpost, taken_up
from whatmatters.components.social_prescribing.actions.handing import hand_over, hand_over_all, opened
from whatmatters.components.social_prescribing.actions.matching import match
from whatmatters.components.social_prescribing.actions.moves import NotAllowed
from whatmatters.components.social_prescribing.actions.next_step import plan
from whatmatters.components.social_prescribing.actions.scoring import record_ons4, record_scores
from whatmatters.components.social_prescribing.actions.supervising import answer, ask, session
from whatmatters.components.social_prescribing.actions.talking import record_contact
from whatmatters.components.social_prescribing.actions.telling import seen
from whatmatters.components.social_prescribing.actions.visiting import (
    call_off,
    check_in,
    found_safe,
    plan_visit,
    stay_longer,
)

__all__ = [
    "NotAllowed", "accept", "answer", "ask", "call_off", "cancel", "check_in", "close", "connect", "decline",
    "details", "did_not_go", "found_safe", "hand_over", "hand_over_all", "hide", "match", "offer_declined",
    "opened", "plan", "plan_visit", "receive", "record_contact", "record_ons4", "record_scores", "redirect",
    "refer", "reopen", "reword", "seen", "session", "signpost", "stay_longer", "strike", "taken_up", "write",
]  # fmt: skip
