"""How large a sample, and who is in it: both can be worked out again by anyone who has the list and the seed."""

import hashlib
import math
from collections.abc import Collection
from uuid import UUID

Z = 1.96  # 95% confidence
HALF = 0.5  # the share for which a sample must be largest


def size_by_percent(population: int, percent: int) -> int:
    """At least one, never more than there are."""
    return min(population, max(1, math.ceil(population * percent / 100))) if population else 0


def size_by_margin(population: int, margin: int, expected: int) -> tuple[int, int]:
    """Answers needed for ``margin`` percentage points at 95% confidence, and people to ask where ``expected`` percent
    of them answer. Cochran's size n0 = z2 p(1-p) / e2, corrected for a finite population: n = n0 / (1 + (n0 - 1) / N).
    """
    if not population:
        return 0, 0
    whole = Z**2 * HALF * (1 - HALF) / (margin / 100) ** 2
    answers = min(population, math.ceil(whole / (1 + (whole - 1) / population)))
    return answers, min(population, math.ceil(answers * 100 / expected))


def rationale_by_percent(population: int, percent: int, size: int) -> str:
    return f"{percent}% of the population of {population:,}, rounded up: {size:,} people are asked."


def rationale_by_margin(population: int, margin: int, expected: int, answers: int, size: int) -> str:
    whole = Z**2 * HALF * (1 - HALF) / (margin / 100) ** 2
    return (
        f"For a margin of ±{margin} percentage points at 95% confidence, at the share of 50% that needs most: "
        f"n₀ = 1.96² × 0.5 × 0.5 / {margin / 100:g}² = {whole:.1f}; in a population of N = {population:,}: "
        f"n = n₀ / (1 + (n₀ − 1) / N) = {answers:,} answers. Where {expected}% of people answer, {size:,} are asked."
    )


def digest_of(people: Collection[UUID]) -> str:
    """SHA-256 of the list: the people's own random numbers in ascending order, one a line."""
    return hashlib.sha256("\n".join(sorted(str(one) for one in people)).encode()).hexdigest()


def drawn(people: Collection[UUID], seed: str, size: int) -> list[UUID]:
    """The ``size`` people whose SHA-256 of "seed:number" comes first: as good as lots, and the same wherever it is
    worked out again."""
    return sorted(people, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())[:size]
