from whatmatters.components.care_planning.actions.agreeing import agree, record_declined, share
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
from whatmatters.components.care_planning.actions.reviewing import ask_for_review, review
from whatmatters.components.care_planning.actions.writing import WordsChanged, save_about_me, save_conversation, start

__all__ = [
    "WordsChanged",
    "add_action",
    "add_goal",
    "agree",
    "ask_for_review",
    "change_action",
    "change_goal",
    "note_progress",
    "record_declined",
    "remove_action",
    "remove_goal",
    "review",
    "save_about_me",
    "save_conversation",
    "share",
    "start",
    "take_in",
]
