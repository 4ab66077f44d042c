"""Phrases that several definitions share."""

LIST = "People registered with the practice and living on the last day of the period."

NOT_ATTRIBUTABLE = (
    "Not attributable: people are referred when things are at their worst, and would use less later anyway. Set it "
    "against matched comparators before saying that support changed it."
)
