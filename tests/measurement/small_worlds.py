"""Facts of a few people and practices, in a chain of organisations up to England."""

from dataclasses import replace
from datetime import date

from tests.measurement.cases import day
from tests.measurement.generated_worlds import table

from whatmatters.events.codes import SP_REFERRED
from whatmatters.measurement.facts import of

CHAIN = [("S1", "I1"), ("S2", "I1"), ("I1", "R1"), ("R1", "ENG")]
KINDS = {"N": "pcn", "S": "sub_icb", "I": "icb", "R": "region", "E": "nation"}


ALWAYS = "2000-01-01"
BOTH = [("A", "S1", ALWAYS, None), ("B", "S2", ALWAYS, None)]


def world(registrations, memberships, events=(), *, died=None, people=(), closed=None, staff=()):
    """Registrations (person, practice, start, end); memberships (child, parent, start, end); events (person, on)."""
    dated = [(child, parent, day(start), day(end)) for child, parent, start, end in memberships]
    dated += [(child, parent, date(2000, 1, 1), None) for child, parent in CHAIN]
    codes = {code for row in dated for code in row[:2]} | {row[1] for row in registrations}
    numbers = sorted({row[0] for row in registrations} | {row[0] for row in events})
    described = {row[0]: row for row in people}
    blank = [(n, date(1960, 1, 1), "F", "A", 1) for n in numbers]
    rows = [(*described.get(row[0], row), day((died or {}).get(row[0]))) for row in blank]
    return of(
        {
            "people": table("people", "person born sex ethnicity deprivation died", rows),
            "registrations": table(
                "registrations", "person practice start end", [(n, p, day(a), day(b)) for n, p, a, b in registrations]
            ),
            "events": table("events", "person code on", [(n, SP_REFERRED, day(on)) for n, on in events]),
            "organisations": table(
                "organisations",
                "code kind closed",
                [(code, KINDS.get(code[0], "practice"), day((closed or {}).get(code))) for code in sorted(codes)],
            ),
            "memberships": table("memberships", "child parent start end", dated),
            "staff": table("staff", "role organisation wte start", [(*row, date(2020, 1, 1)) for row in staff]),
        }
    )


def told(facts, name, columns, rows):
    """The same facts with another table."""
    return replace(facts, tables={**facts.tables, name: table(name, columns, rows)})
