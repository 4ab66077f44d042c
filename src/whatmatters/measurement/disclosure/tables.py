"""A small table of a page through the gate: what is counted, what makes it up, and that again. Plain Python."""

from collections.abc import Mapping, Sequence

from whatmatters.measurement.disclosure import publish
from whatmatters.measurement.indicators import LEVELS

Parts = Mapping[str, Sequence[str]]


def table(
    counts: Mapping[str, int], parts: Sequence[tuple[str, Sequence[str]]], out_of: Mapping[str, int] | None = None
) -> dict[str, int | None]:
    """What may be shown of named counts: rounded to the nearest 5, or None where it must be hidden.

    ``parts`` names those that add up to one, several times over where it can be split in several ways; ``out_of``
    gives the number that some are taken from, which is shown elsewhere by the same rules.
    """
    rows = [
        {
            "indicator": "table", "definition": 1, "period": "2022-23", "organisation": name, "level": LEVELS[-1],
            "breakdown": "all", "group": "all", "source": "computed", "numerator": count,
            "denominator": (out_of or {}).get(name),
        }
        for name, count in counts.items()
    ]  # fmt: skip
    above: dict[str, set[str]] = {}
    for way, (whole, names) in enumerate(parts):
        for name in names:
            above.setdefault(name, set()).add(whole)
            next(row for row in rows if row["organisation"] == name)["level"] = f"{way}"
    published = publish(rows, parents=above, solver=False)
    return {row["organisation"]: row["shown_numerator"] for row in published}
