"""Whether a number can be a SNOMED CT concept id: its length, its check digit, and what its partition says it is."""

import re

# Verhoeff (1969): the multiplication of the dihedral group of order 10, and the permutation applied once more each
# place to the left. SNOMED CT Release File Specification, "SCTID check-digit".
TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
MOVED = "1576283094"
CONCEPT, DESCRIPTION = ("00", "10"), ("01", "11")  # partitions, international and national
DIGITS = re.compile(r"[1-9][0-9]{5,17}", re.ASCII)


def fault(code: str) -> str:
    """Why this is no concept id; empty when it can be one (which does not say that it exists)."""
    if not DIGITS.fullmatch(code):
        return "not an id: 6 to 18 digits"
    if not _checks(code):
        return "wrong check digit"
    if code[-3:-1] in DESCRIPTION:
        return "id of a description, not of a concept"
    return "" if code[-3:-1] in CONCEPT else "partition is not a concept's"


def _checks(code: str) -> bool:
    sum_, digits = 0, [int(digit) for digit in reversed(code)]
    for place, digit in enumerate(digits):
        moved = digit
        for _ in range(place % 8):  # the permutation has order 8
            moved = int(MOVED[moved])
        sum_ = int(TIMES[sum_][moved])
    return sum_ == 0
