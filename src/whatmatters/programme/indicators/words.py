"""Phrases and days that several definitions share."""

from datetime import date

# The Network Contract DES published its dictionaries from 2022-23; the personalised care set ended with 2024-25.
NETWORK_FROM, TO_2023_24, TO_2024_25 = date(2022, 4, 1), date(2024, 3, 31), date(2025, 3, 31)

LIST = "People registered with the practice and living on the last day of the period."

NOT_ATTRIBUTABLE = "Not attributable: people often seek help when they feel worst, and would feel better later anyway."
