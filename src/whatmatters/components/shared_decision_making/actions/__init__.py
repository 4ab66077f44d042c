"""What can be done with a decision: each act writes its row, its event and its audit entry together.

Called by their files' names: how decisions felt (``asking``, ``answering``, ``kiosk``), audits of that (``auditing``,
``improving``, ``packing``) and a board's self-assessment (``assessing``).
"""

from whatmatters.components.shared_decision_making.actions.afterwards import cancel, carry, defer, take_up_again
from whatmatters.components.shared_decision_making.actions.deciding import save_decision, save_options, save_team, start
from whatmatters.components.shared_decision_making.actions.embedding import declare, end
from whatmatters.components.shared_decision_making.actions.preparing import ask_to_prepare, prepare, prepared_by_link
from whatmatters.components.shared_decision_making.actions.shelving import keep_situation, keep_tool

__all__ = [
    "ask_to_prepare",
    "cancel",
    "carry",
    "declare",
    "defer",
    "end",
    "keep_situation",
    "keep_tool",
    "prepare",
    "prepared_by_link",
    "save_decision",
    "save_options",
    "save_team",
    "start",
    "take_up_again",
]
