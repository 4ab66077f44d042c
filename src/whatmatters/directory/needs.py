"""What people come for help with: the same short list sorts referrals and community groups.

A local starter list. The Social Prescribing Information Standard names the value sets 1373501000000105 (needs) and
1373511000000107 (support) but their members are not published openly; a deployment that holds them maps to them.
"""

from django.db import models


class Need(models.TextChoices):
    COMPANY = "company", "Company and friendship"
    ACTIVITY = "activity", "Being more active"
    MOOD = "mood", "Low mood, worry or stress"
    MONEY = "money", "Money, debt and benefits"
    HOME = "home", "Housing and the home"
    FOOD = "food", "Food and heating"
    WORK = "work", "Work, volunteering and learning"
    CARING = "caring", "Caring for someone"
    LOSS = "loss", "Bereavement and loss"
    CONDITION = "condition", "Living with a health condition"
    TRAVEL = "travel", "Getting out and about"
    OTHER = "other", "Something else"


SPOKEN = {
    Need.COMPANY: "lonely loneliness lonesome isolated isolation friends friendless",
    Need.ACTIVITY: "exercise exercising fitness unfit",
    Need.MOOD: "anxious anxiety depressed depression worried stressed panic sad",
    Need.MONEY: "debts bills benefits poor arrears",
    Need.HOME: "homeless eviction evicted damp mould landlord",
    Need.FOOD: "hungry hunger foodbank fuel",
    Need.WORK: "job jobs jobless unemployed redundant",
    Need.CARING: "carer carers",
    Need.LOSS: "grief grieving bereaved widow widowed widower",
    Need.TRAVEL: "transport lifts housebound",
}
"""What people say of themselves, where a group says what it offers: nobody advertises for the lonely. A local list."""
