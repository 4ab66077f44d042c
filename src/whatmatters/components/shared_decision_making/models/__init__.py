"""Deciding together: the situations, the options, the conversation and the decision; and how it was for the person."""

from whatmatters.components.shared_decision_making.models.assessment import (
    Judged,
    Level,
    PlannedStep,
    SelfAssessment,
    Statement,
)
from whatmatters.components.shared_decision_making.models.audit import (
    MOVES,
    After,
    Audit,
    Basis,
    Improvement,
    Pack,
    State,
    Step,
)
from whatmatters.components.shared_decision_making.models.carried import Carried
from whatmatters.components.shared_decision_making.models.decision import Decision, Involved, Option, Status, ToolUsed
from whatmatters.components.shared_decision_making.models.embedded import Embedded
from whatmatters.components.shared_decision_making.models.experience import (
    Age,
    Answer,
    Ask,
    Ethnic,
    How,
    Kiosk,
    Sent,
    Sex,
    Wording,
)
from whatmatters.components.shared_decision_making.models.library import Situation, Tool
from whatmatters.components.shared_decision_making.models.preparation import Preparation

__all__ = [
    "MOVES",
    "After",
    "Age",
    "Answer",
    "Ask",
    "Audit",
    "Basis",
    "Carried",
    "Decision",
    "Embedded",
    "Ethnic",
    "How",
    "Improvement",
    "Involved",
    "Judged",
    "Kiosk",
    "Level",
    "Option",
    "Pack",
    "PlannedStep",
    "Preparation",
    "SelfAssessment",
    "Sent",
    "Sex",
    "Situation",
    "State",
    "Statement",
    "Status",
    "Step",
    "Tool",
    "ToolUsed",
    "Wording",
]
