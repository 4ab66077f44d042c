"""``import plans FILE.csv``: cancer holistic needs assessments, and what became of the offer of a plan.

Dates and the status of the offer are those of the Cancer Outcomes and Services Data set; the columns: docs/plans.md.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from whatmatters.components.care_planning.models import Offer
from whatmatters.interop.imports.refusals import ImportRefused, Problems, Wrong, quoted
from whatmatters.interop.imports.tables import Row, Table, code, day, day_or_none, name
from whatmatters.people.nhs_number import tidy
from whatmatters.people.text import hidden

MUST = ("nhs_number", "date_of_birth", "family_name", "given_name", "provider", "provider_name", "pcsp_offer_status")
MAY = ("reference", "hna_date", "pcsp_offer_date", "pcsp_completed_date", "concerns", "strengths", "goals")
LISTS = {"concerns": "needs_concerns_or_problems", "strengths": "strengths"}
LONGEST = 1000  # of one concern, strength or goal


@dataclass(frozen=True)
class Assessment:
    """One line. ``facts`` are the arguments of ``take_in``; the rest says whose it is."""

    line: int
    nhs_number: str
    born: date
    given: str
    family: str
    facts: dict[str, Any]


def read(file: str, text: str) -> list[Assessment]:
    """Every line; or ImportRefused, with the place and the mending of each that is wrong."""
    table, problems, found = Table(file, text), Problems(file), list[Assessment]()
    _columns(file, table.columns)
    for line, row in table:
        with problems.of_line(line):
            found.append(_assessment(line, {**dict.fromkeys(MAY, ""), **row}))
    problems.refuse_if_any()
    if not found:
        raise ImportRefused(f"{file}: there is no line below the header: is the file cut short?")
    return found


def _columns(file: str, columns: tuple[str, ...]) -> None:
    if missing := [column for column in MUST if column not in columns]:
        raise ImportRefused(f"{file}: line 1 has no column {', '.join(missing)}: see docs/plans.md for the columns")
    if unknown := [column for column in columns if column not in MUST + MAY]:
        named = ", ".join(quoted(column) for column in unknown[:5])
        raise ImportRefused(f"{file}: line 1 names columns that would be lost: {named}: rename or take them out")


def _assessment(line: int, row: Row) -> Assessment:
    offer = row["pcsp_offer_status"].strip()
    if offer not in Offer.values:
        raise Wrong("pcsp_offer_status", f"{quoted(offer)} is no offer status: 01 to 06, with the nought")
    assessed, offered, agreed = (day_or_none(row, f"{of}_date") for of in ("hna", "pcsp_offer", "pcsp_completed"))
    made = agreed or assessed or offered
    if made is None:
        raise Wrong("hna_date", "a day must stand here, or in pcsp_offer_date or pcsp_completed_date")
    if agreed and offer != Offer.ACCEPTED:
        raise Wrong("pcsp_completed_date", f"a plan was completed, but the offer's status is {offer}: 03 is accepted")
    return Assessment(
        line=line,
        nhs_number=tidy(row["nhs_number"]),
        born=day(row, "date_of_birth"),
        given=name(row, "given_name"),
        family=name(row, "family_name"),
        facts={
            "source_name": name(row, "provider_name")[:150],
            "source_code": code(row, "provider"),
            "reference": _words(row, "reference", 100),
            "made_on": made,
            "assessed_on": assessed,
            "declined_on": (offered or made) if offer == Offer.DECLINED else None,
            "agreed_on": agreed,
            "offer": offer,
            "told": _told(row),
            "original": json.dumps({column: row[column] for column in MUST + MAY}, ensure_ascii=False),
        },
    )


def _words(row: Row, column: str, longest: int) -> str:
    found = row[column].strip()
    if len(found) > longest:
        raise Wrong(column, f"this has {len(found):,} characters and may have {longest:,}")
    if any(hidden(letter) for letter in found):
        raise Wrong(column, f"{quoted(found)} holds an invisible control character: type it again")
    return found


def _told(row: Row) -> dict[str, Any]:
    """Several in one cell stand apart by semicolons: Tired all the time (7 of 10); Money."""
    plan: dict[str, list[Any]] = {key: items for column, key in LISTS.items() if (items := list(_items(row, column)))}
    goals = list(_items(row, "goals"))
    if goals:
        plan.setdefault(LISTS["concerns"], []).append({"goals_and_hopes": goals})
    return {"care_and_support_plan": plan} if plan else {}


def _items(row: Row, column: str) -> Iterator[dict[str, Any]]:
    for item in row[column].split(";"):
        if words := _words({column: item}, column, LONGEST):
            yield {"free_text": words}
