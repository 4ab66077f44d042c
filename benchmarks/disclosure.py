"""The disclosure gate over one indicator of an invented England: rows against seconds of CPU, and what it hid.

Weighed once, and once more when one person more is counted, who knows what was published before.

Run: PYTHONPATH=src .venv/bin/python benchmarks/disclosure.py [PRACTICES…]
"""

import random
import sys
import time
from collections import Counter, defaultdict
from typing import Any

from whatmatters.measurement.disclosure import publish

GROUPS = {
    "age_sex": [f"{sex} {age}-{age + 4}" for sex in "FM" for age in range(0, 90, 5)],
    "ethnicity": ["Asian", "Black", "Mixed", "Other", "White", "unknown"],
    "deprivation": ["1", "2", "3", "4", "5", "unknown"],
}
LEVELS = {"pcn": 0.18, "sub_icb": 0.015, "icb": 0.006, "region": 0.001, "nation": 0.0}
"""Of each level, so many to a practice, and at least one."""


def tree(practices: int) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Whom each organisation is in, and everyone's level."""
    parents, level = {}, {}
    sizes = {"practice": practices, **{name: max(1, round(share * practices)) for name, share in LEVELS.items()}}
    names = list(sizes)
    for at, (name, size) in enumerate(sizes.items()):
        for number in range(size):
            level[f"{name} {number}"] = name
            if name != "nation":
                above = names[at + 1]
                parents[f"{name} {number}"] = (f"{above} {number % sizes[above]}",)
    return parents, level


def rows(practices: int, share: float = 0.006) -> tuple[list[dict[str, Any]], dict[str, tuple[str, ...]]]:
    """Numerators and denominators of lists of some 9,000 people, of whom about ``share`` are counted."""
    chance, (parents, level) = random.Random(1), tree(practices)
    people: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for practice in range(practices):
        size = int(chance.lognormvariate(9, 0.5))
        counted = int(size * share * chance.lognormvariate(0, 0.7))
        for breakdown, groups in {"all": ["all"], **GROUPS}.items():
            weights = [chance.random() ** 2 + 0.02 for _ in groups]
            many = Counter(chance.choices(groups, weights, k=counted))
            for group, weight in zip(groups, weights, strict=True):
                rest = 0 if group == groups[-1] else int((size - counted) * weight / sum(weights))
                many[f"{group} rest"] = rest
            many[f"{groups[-1]} rest"] = size - counted - sum(many[f"{group} rest"] for group in groups)
            place: str | None = f"practice {practice}"
            while place:
                for group in groups:
                    found = people[place, breakdown, group]
                    found[0] += many[group]
                    found[1] += many[group] + many[f"{group} rest"]
                place = next(iter(parents.get(place, ())), None)
    return [
        {
            "indicator": "i", "definition": 1, "period": "2022-23", "organisation": place, "level": level[place],
            "breakdown": breakdown, "group": group, "numerator": above, "denominator": below, "source": "computed",
        }
        for (place, breakdown, group), (above, below) in people.items()
        if below
    ], parents  # fmt: skip


def one_more(given: list[dict[str, Any]], parents: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Somebody of the first group of each breakdown, at the first practice, is counted now."""
    places, first = ["practice 0"], {breakdown: groups[0] for breakdown, groups in GROUPS.items()} | {"all": "all"}
    while above := parents.get(places[-1]):
        places += above
    return [
        {**row, "numerator": row["numerator"] + 1}
        if row["organisation"] in places and row["group"] == first[row["breakdown"]]
        else row
        for row in given
    ]


def weighed(words: str, given: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    began = time.process_time()
    published = publish(given, **more)
    took, size = time.process_time() - began, len(given)
    hidden, withheld = (sum(row[state] for row in published) for state in ("hidden", "withheld"))
    print(
        f"{words}, {size:,} rows: {took:.1f} s of CPU, {1e6 * took / size:.0f} µs a row; "
        f"{hidden / size:.0%} hidden, {withheld} withheld",
        flush=True,
    )
    return published


def main() -> None:
    for practices in [int(one) for one in sys.argv[1:]] or [100, 1_000, 7_000]:
        given, parents = rows(practices)
        before = weighed(f"{practices:,} practices", given, parents=parents)
        weighed("the same with one person more", one_more(given, parents), parents=parents, before=before)


if __name__ == "__main__":
    main()
