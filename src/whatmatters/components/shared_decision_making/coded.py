"""The published SNOMED CT codes of a shared decision, with and without a decision support tool.

Source: NHS England, "Evaluating the impact of using decision support tools", which lists each with its term:
www.england.nhs.uk/personalisedcare/shared-decision-making/decision-support-tools/
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """``means``: the term of the concept."""

    id: str
    means: str


WITH_TOOL = Code("815751000000108", "Shared decision making with decision support")
WITHOUT_TOOL = Code("815791000000100", "Shared decision making without decision support")
CODES = {code.id: code for code in (WITH_TOOL, WITHOUT_TOOL)}


def code_for(*, with_tool: bool) -> str:
    return (WITH_TOOL if with_tool else WITHOUT_TOOL).id
