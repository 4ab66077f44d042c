"""The invented integrated care system: what belongs to what, from when to when. Its facts are words/places.toml.

Two things change in the second of its years, so that organisations as they were differ from organisations as they are:
Ferry Lane Surgery closes into Humber Quay, and St Hilda's moves to another network.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from whatmatters.demo.words import words
from whatmatters.organisations.models import Kind, Membership, Organisation
from whatmatters.periods import financial_year, quarter

OPENED, NETWORKS, BOARDS = date(1986, 4, 1), date(2019, 7, 1), date(2022, 7, 1)


@dataclass(frozen=True)
class Place:
    """A practice and what its people are like (see words/places.toml)."""

    row: Organisation
    facts: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.facts[name]


def merger_day(on: date) -> date:
    return quarter(financial_year(on).start.year - 1, 3).start


def make(on: date) -> dict[str, Place]:
    """Writes every organisation and membership; the practices by code."""
    told = words("places")
    rows = {told[kind]["code"]: _organisation(told[kind], kind) for kind in ("nation", "region", "icb")}
    rows |= {fact["code"]: _organisation(fact, kind) for kind in ("sub_icb", "pcn") for fact in told[kind]}
    rows |= {fact["code"]: _organisation(fact, "practice") for fact in told["practice"]}
    england, region, icb = (told[kind]["code"] for kind in ("nation", "region", "icb"))
    links: list[tuple[str, str, date, date | None]] = [(region, england, BOARDS, None), (icb, region, BOARDS, None)]
    links += [(fact["code"], icb, BOARDS, None) for fact in told["sub_icb"]]
    links += [(fact["code"], fact["sub_icb"], BOARDS, None) for fact in told["pcn"]]
    for fact in told["practice"]:
        links += _of_practice(fact, on)
    Membership.objects.bulk_create(Membership(child=rows[c], parent=rows[p], start=s, end=e) for c, p, s, e in links)
    closing = [fact["code"] for fact in told["practice"] if "merges_into" in fact]
    Organisation.objects.filter(code__in=closing).update(closed=merger_day(on))
    return {fact["code"]: Place(rows[fact["code"]], fact) for fact in told["practice"]}


def _organisation(fact: dict[str, Any], kind: str) -> Organisation:
    opened = {"practice": OPENED, "pcn": NETWORKS, "nation": None, "region": None}.get(kind, BOARDS)
    postcode = f"{fact['postcode']} 1AA" if "postcode" in fact else ""
    return Organisation.objects.create(
        code=fact["code"], name=fact["name"], kind=Kind(kind), opened=opened, postcode=postcode
    )


def _of_practice(fact: dict[str, Any], on: date) -> list[tuple[str, str, date, date | None]]:
    code, end = fact["code"], merger_day(on) if "merges_into" in fact else None
    links = [(code, fact["sub_icb"], BOARDS, end)]
    if "moved_from" in fact:
        moved = financial_year(on).start
        return [*links, (code, fact["moved_from"], NETWORKS, moved), (code, fact["pcn"], moved, None)]
    return links + ([(code, fact["pcn"], NETWORKS, end)] if fact["pcn"] else [])
