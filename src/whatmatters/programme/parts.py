"""The six components of the model in words, what else a number can be about, and the papers figures come from."""

SIX = {
    "shared_decision_making": "Shared decision making",
    "care_planning": "Personalised care and support planning",
    "choice": "Choice",
    "social_prescribing": "Social prescribing",
    "self_management": "Supported self-management",
    "budgets": "Personal health budgets",
}
BESIDE = {"all": "The whole model", "workforce": "The people behind the work"}
PARTS = {**SIX, **BESIDE}

PAPERS = {
    "000": "Summary of the draft PCN specification 2020-21",
    "001": "Network Contract DES guidance, B1357 (31 March 2022)",
    "002": "Social prescribing standard model (Universal Personalised Care)",
    "003": "Five-year ambition, Humber, Coast and Vale",
    "004": "NHS England board paper on the Comprehensive Model",
}
"""The programme's papers by the number that the figures carry as their source; several are joined with a semicolon."""
