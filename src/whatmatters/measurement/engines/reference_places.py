"""Which organisations an organisation counts in on a day, by its dated memberships: the oracle's way."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from whatmatters.measurement.indicators import LEVELS

Row = dict[str, Any]
LINES = LEVELS[2:]  # above a network
# A practice's own memberships win; then those of the line above it. Its network comes last, because a practice can
# belong to a network of another sub-ICB, and counts in its own sub-ICB all the same.
WAY_UP = ("sub_icb", "icb", "region", "pcn", "sub_icb", "icb", "region")


def covers(row: Row, day: date | None) -> bool:
    """Whether a dated row is in force on a day; with None, whether it ever is."""
    start, end = row["start"], row["end"]
    if start is None or (end is not None and end <= start):
        return False
    return day is None or (start <= day and (end is None or end > day))


class Places:
    def __init__(self, tables: dict[str, list[Row]], day: date) -> None:
        self.day = day
        self.kinds = {row["code"]: row["kind"] for row in tables["organisations"] if row["code"] is not None}
        self.memberships: dict[str, list[Row]] = {}
        for row in tables["memberships"]:
            if row["child"] is not None and self.kinds.get(row["parent"]) in LEVELS and covers(row, None):
                self.memberships.setdefault(row["child"], []).append(row)
        self.known: dict[str, dict[str, str]] = {}

    def is_practice(self, organisation: str) -> bool:
        """One that no row describes is taken for a practice: people are registered with it, or it holds a post."""
        return bool(self.kinds.get(organisation, "practice") == "practice")

    def direct(self, child: str) -> dict[str, str]:
        """Parents by kind on the day; of an organisation that has none any more, on the last day it had one."""
        rows = self.memberships.get(child, [])
        day = self.day
        if not any(covers(row, day) for row in rows):
            ends = [row["end"] for row in rows if row["end"] is not None and row["end"] <= day]
            if not ends:
                return {}
            day = max(ends) - timedelta(days=1)
        in_force = [row for row in rows if covers(row, day)]
        in_force.sort(key=lambda row: row["parent"], reverse=True)
        in_force.sort(key=lambda row: row["start"])
        return {self.kinds[row["parent"]]: row["parent"] for row in in_force}  # the last to start, then first by code

    def above(self, organisation: str) -> dict[str, str]:
        """The organisation at each level in which this one counts, itself included."""
        if organisation not in self.known:
            kind = self.kinds.get(organisation, "practice")
            found = self.direct(organisation)
            if kind in LEVELS:
                found[kind] = organisation
            for via in WAY_UP:
                if via in found:
                    higher = LEVELS[LEVELS.index(via) + 1 :]
                    for level, parent in self.direct(found[via]).items():
                        if level in higher:
                            found.setdefault(level, parent)
            if kind == "pcn" and not found.keys() & set(LINES):
                found.update(self.home_of(organisation))
            self.known[organisation] = found
        return self.known[organisation]

    def home_of(self, network: str) -> dict[str, str]:
        """Where most of a network's practices of the day lie; the published maps give a network no parent."""
        votes: Counter[tuple[str | None, ...]] = Counter()
        for practice, rows in self.memberships.items():
            in_force = any(covers(row, self.day) for row in rows)
            if in_force and self.kinds.get(practice) == "practice" and self.direct(practice).get("pcn") == network:
                above = self.above(practice)
                votes[tuple(above.get(level) for level in LINES)] += 1
        if not votes:
            return {}
        most = max(votes.values())
        places = [place for place, number in votes.items() if number == most]
        first = min(places, key=lambda place: [(code is None, code or "") for code in place])
        return {level: code for level, code in zip(LINES, first, strict=True) if code is not None}
