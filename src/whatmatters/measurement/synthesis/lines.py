"""Which practices there are and what they belong to: invented in England's shape, or read from a published map."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from whatmatters.measurement.facts import FactsError

Named = tuple[str, str]
"""A code and a name."""
ENGLAND: Named = ("ENG", "England")
UNALLOCATED = "U"  # the map's word for no network: never one network

# Regions, ICBs, sub-ICBs, networks and practices of the invented country at 60 million people.
WHOLE = (7, 42, 106, 1_260, 7_000)


class Line(NamedTuple):
    practice: Named
    network: Named | None
    sub_icb: Named
    icb: Named
    region: Named


# Until July 2022 the published map named CCGs and STPs: the same levels.
COLUMNS = {
    "PRACTICE": ("PRACTICE",), "PCN": ("PCN",), "SUB_ICB_LOCATION": ("SUB_ICB_LOCATION", "CCG"), "ICB": ("ICB", "STP"),
    "COMM_REGION": ("COMM_REGION",),
}  # fmt: skip


def read(path: Path) -> list[Line]:
    """The lines of NHS England's mapping file (Patients Registered at a GP Practice), in order of place.

    Raises FactsError naming what is missing or wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = _columns(path, rows.fieldnames or ())
            lines = [_line(path, number, row, names) for number, row in enumerate(rows, start=2)]
    except OSError as error:
        raise FactsError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise FactsError(f"{path} is not a CSV file in UTF-8: give the practice map as published") from error
    if not lines:
        raise FactsError(f"{path} holds no practice: download it again")
    if len({line.practice[0] for line in lines}) < len(lines):
        raise FactsError(f"{path}: PRACTICE_CODE names a practice twice: give the map of one day")
    return sorted(lines, key=_place)


def _columns(path: Path, found: Sequence[str]) -> list[str]:
    names = []
    for wanted, choices in COLUMNS.items():
        name = next((name for name in choices if {f"{name}_CODE", f"{name}_NAME"} <= set(found)), None)
        if name is None:
            raise FactsError(
                f"{path}: the columns {wanted}_CODE and {wanted}_NAME are missing: give NHS England's practice map"
            )
        names.append(name)
    return names


def _line(path: Path, number: int, row: dict[str, str], names: list[str]) -> Line:
    pairs = [((row[f"{name}_CODE"] or "").strip(), (row[f"{name}_NAME"] or "").strip()) for name in names]
    for name, (code, _) in zip(names, pairs, strict=True):
        if not code:
            raise FactsError(f"{path}: line {number}: {name}_CODE is empty: is the file cut short?")
    practice, network, sub_icb, icb, region = pairs
    return Line(practice, None if network[0] == UNALLOCATED else network, sub_icb, icb, region)


def _place(line: Line) -> tuple[str, ...]:
    network = line.network[0] if line.network else ""
    return (line.region[0], line.icb[0], line.sub_icb[0], network, line.practice[0])


def invented(people: int, mean: int) -> list[Line]:
    """A country scaled to its people, in order of place. Codes start with Z, as no practice's code in use does.

    A small country has lists of 200 people before it has fewer practices than 24, or nothing could be compared.
    """
    practices = max(round(people / mean), min(24, -(-people // 200)))
    regions, icbs, sub_icbs, networks = (
        min(practices, max(1, min(7, practices // 3), round(most * practices / WHOLE[-1]))) for most in WHOLE[:-1]
    )
    lines = []
    for number in range(practices):
        network = number * networks // practices
        sub_icb = int(sub_icbs * ((network + 0.5) / networks) ** 0.75)  # places differ in size
        icb = sub_icb * icbs // sub_icbs
        lines.append(
            Line(
                (f"ZP{number + 1:04d}", f"Practice {number + 1}"),
                (f"ZN{network + 1:04d}", f"Network {network + 1}"),
                (f"ZS{sub_icb + 1:03d}", f"Sub-ICB {sub_icb + 1}"),
                (f"ZI{icb + 1:02d}", f"ICB {icb + 1}"),
                (f"ZR{icb * regions // icbs + 1}", f"Region {icb * regions // icbs + 1}"),
            )
        )
    return lines
