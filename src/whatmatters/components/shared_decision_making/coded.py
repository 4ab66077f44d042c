"""The published SNOMED CT codes of a shared decision. Which of the two stands for "with a tool" was not seen: the page
(england.nhs.uk, evaluation of decision support tools) names them together, with a tool first. Check against TRUD."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    id: str
    means: str
    status: str


UNCHECKED = "names both codes together; which is which is not checked against TRUD"
WITH_TOOL = Code("815751000000108", "Shared decision making with a decision support tool", UNCHECKED)
WITHOUT_TOOL = Code("815791000000100", "Shared decision making without a decision support tool", UNCHECKED)
CODES = {code.id: code for code in (WITH_TOOL, WITHOUT_TOOL)}


def code_for(*, with_tool: bool) -> str:
    return (WITH_TOOL if with_tool else WITHOUT_TOOL).id
