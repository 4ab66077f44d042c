"""Which of our needs a term or text of somebody else's speaks of; a term counts before a name, a name before a text.

A guess, made only where an entry carries none of our own terms, and reported as one.
"""

from whatmatters.directory.needs import Need
from whatmatters.people.text import folded

WORDS = {
    Need.LOSS: ("bereave", "grief", "loss of a loved"),
    Need.CARING: ("carer", "caring for"),
    Need.MONEY: ("debt", "benefit", "money", "financ", "welfare right", "budgeting", "credit union"),
    Need.FOOD: ("food", "meal", "fuel", "energy bill", "warm space", "heating"),
    Need.HOME: ("housing", "homeless", "tenan", "accommodation", "handyman", "home adapt"),
    Need.WORK: ("employ", "volunteer", "job", "training", "adult learning", "education", "literacy", "skills"),
    Need.MOOD: ("mental", "counsel", "anxi", "depress", "stress", "wellbeing", "mood", "mindful"),
    Need.ACTIVITY: (
        "exercise", "physical activ", "sport", "walk", "fitness", "yoga", "tai chi", "gym", "danc", "swim", "cycl",
    ),
    Need.TRAVEL: ("transport", "travel", "shopmobility", "dial a ride", "driver", "minibus"),
    Need.CONDITION: (
        "dementia", "diabet", "cancer", "stroke", "heart", "copd", "arthritis", "long term condition", "health",
        "disab", "hearing", "sight loss", "autis", "addict", "alcohol", "drug", "smoking", "weight",
    ),
    Need.COMPANY: (
        "befriend", "friend", "lonel", "isolation", "social", "lunch club", "coffee", "cafe", "craft", "choir",
        "garden", "company", "shed", "community", "club", "group", "art", "music",
    ),
}  # fmt: skip


def guessed(*texts: str) -> Need | None:
    """By the first text that holds a word of the list; the needs are tried in the order of the list."""
    for text in texts:
        words = f" {folded(text)}"
        for need, beginnings in WORDS.items():
            if any(f" {beginning}" in words for beginning in beginnings):
                return need
    return None
