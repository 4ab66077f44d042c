"""What can be done with a plan: each act writes its row, its event and its audit entry together.

Called by their files' names: what leaves the team (``giving``, ``papers``), ``emergency``, and the round's ``nudging``.
"""

from whatmatters.components.care_planning.actions.agreeing import agree
from whatmatters.components.care_planning.actions.carrying import carry_over
from whatmatters.components.care_planning.actions.concerns import (
    ask_concerns,
    begin_concerns,
    put_higher,
    save_concerns,
    send_concerns,
    withdraw_concerns,
)
from whatmatters.components.care_planning.actions.elsewhere import take_in
from whatmatters.components.care_planning.actions.goals import (
    add_action,
    add_goal,
    change_action,
    change_goal,
    note_progress,
    remove_action,
    remove_goal,
)
from whatmatters.components.care_planning.actions.homes import move_in, move_out, record_round
from whatmatters.components.care_planning.actions.items import add_item, change_item, remove_item
from whatmatters.components.care_planning.actions.kinds import set_kinds
from whatmatters.components.care_planning.actions.offering import offer, record_declined
from whatmatters.components.care_planning.actions.reviewing import ask_for_review, review
from whatmatters.components.care_planning.actions.sharing import share
from whatmatters.components.care_planning.actions.taking_over import take_over
from whatmatters.components.care_planning.actions.writing import WordsChanged, save_about_me, save_conversation, start

__all__ = [
    "WordsChanged",
    "add_action",
    "add_goal",
    "add_item",
    "agree",
    "ask_concerns",
    "ask_for_review",
    "begin_concerns",
    "carry_over",
    "change_action",
    "change_goal",
    "change_item",
    "move_in",
    "move_out",
    "note_progress",
    "offer",
    "put_higher",
    "record_declined",
    "record_round",
    "remove_action",
    "remove_goal",
    "remove_item",
    "review",
    "save_about_me",
    "save_concerns",
    "save_conversation",
    "send_concerns",
    "set_kinds",
    "share",
    "start",
    "take_in",
    "take_over",
    "withdraw_concerns",
]
