"""The verbs of social prescribing. Each is atomic and writes its row, its event and its audit entry together.

All take ``by`` (who acts) and ``on`` (the day it happened; today where none is given; never a day to come). Those that
change a case take ``revision`` too: the one the page was opened at, or None where no page was. They raise
``NotAllowed`` with a sentence for the page, and ``people.revisions.Stale`` when the case has changed since.

Called by their files' names: proactive offers (``planning``, ``inviting``, ``invited_answering``, ``objecting``,
``knowing``), a service's scheme (``scheming``), practices' meetings (``meeting``), and the round's ``chasing``.
"""

from whatmatters.components.social_prescribing.actions.answering import answers_read, group_answered, rang, ring_us
from whatmatters.components.social_prescribing.actions.asking import offer_declined, receive, refer
from whatmatters.components.social_prescribing.actions.conversing import details, hide, reword, strike, write
from whatmatters.components.social_prescribing.actions.deciding import accept, cancel, close, decline, redirect, reopen
from whatmatters.components.social_prescribing.actions.enquiring import enquire, enquire_again, take_back
from whatmatters.components.social_prescribing.actions.escalating import escalate
from whatmatters.components.social_prescribing.actions.groups import connect, signpost
from whatmatters.components.social_prescribing.actions.handing import hand_over, hand_over_all, opened
from whatmatters.components.social_prescribing.actions.matching import match, register_and_match, send_on
from whatmatters.components.social_prescribing.actions.moves import NotAllowed
from whatmatters.components.social_prescribing.actions.next_step import plan
from whatmatters.components.social_prescribing.actions.one_time import (
    receive_by_link,
    send_link,
    take_down,
    withdraw_link,
)
from whatmatters.components.social_prescribing.actions.outcomes import did_not_go, got_help, not_helped, taken_up
from whatmatters.components.social_prescribing.actions.scoring import record_ons4, record_scores
from whatmatters.components.social_prescribing.actions.service import (
    add_priority_group,
    change_priority_group,
    set_priorities,
    set_timers,
)
from whatmatters.components.social_prescribing.actions.supervising import answer, ask, session
from whatmatters.components.social_prescribing.actions.talking import record_contact
from whatmatters.components.social_prescribing.actions.telling import seen, told_by_voice
from whatmatters.components.social_prescribing.actions.unmet import unmet
from whatmatters.components.social_prescribing.actions.visiting import (
    call_off,
    check_in,
    found_safe,
    plan_visit,
    stay_longer,
)

__all__ = [
    "NotAllowed", "accept", "add_priority_group", "answer", "answers_read", "ask", "call_off", "cancel",
    "change_priority_group", "check_in", "close", "connect", "decline", "details", "did_not_go", "enquire",
    "enquire_again", "escalate", "found_safe", "got_help", "group_answered", "hand_over", "hand_over_all", "hide",
    "match", "not_helped", "offer_declined", "opened", "plan", "plan_visit", "rang", "receive", "receive_by_link",
    "record_contact", "record_ons4", "record_scores", "redirect", "refer", "register_and_match", "reopen", "reword",
    "ring_us", "seen", "send_link",
    "send_on", "session", "set_priorities", "set_timers", "signpost", "stay_longer", "strike",
    "take_back", "take_down", "taken_up", "told_by_voice", "unmet", "withdraw_link", "write",
]  # fmt: skip
