"""Phrases that several definitions share."""

LIST = "People registered with the practice and living on the last day of the period."

NOT_ATTRIBUTABLE = "Not attributable: people often seek help when they feel worst, and would feel better later anyway."
