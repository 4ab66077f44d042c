"""Deciding together: the situations, the options, the conversation and the decision; and how it was for the person."""

from whatmatters.components.shared_decision_making.models.carried import Carried
from whatmatters.components.shared_decision_making.models.decision import Decision, Involved, Option, Status, ToolUsed
from whatmatters.components.shared_decision_making.models.embedded import Embedded
from whatmatters.components.shared_decision_making.models.library import Situation, Tool
from whatmatters.components.shared_decision_making.models.preparation import Preparation

__all__ = [
    "Carried",
    "Decision",
    "Embedded",
    "Involved",
    "Option",
    "Preparation",
    "Situation",
    "Status",
    "Tool",
    "ToolUsed",
]
