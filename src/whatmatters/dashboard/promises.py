"""What the programme asked for: the contract's requirements and rates, the commitments, the trajectories."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import public
from whatmatters.dashboard.downloads import attachment
from whatmatters.programme.commitments import commitments
from whatmatters.programme.contract import STANDINGS, contracts
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.parts import PAPERS, PARTS
from whatmatters.programme.trajectories import BOUNDS, trajectories

Table = tuple[Sequence[str], list[Sequence[Any]]]


@public
def promises(request: HttpRequest) -> HttpResponse:
    context = {
        "contracts": contracts(),
        "commitments": commitments(),
        "trajectories": trajectories(),
        "standings": STANDINGS,
        "bounds": BOUNDS,
        "parts": PARTS,
        "paper": paper,
        "indicators": INDICATORS,
    }
    return render(request, "dashboard/promises.jinja", context)


@public
def promises_csv(request: HttpRequest, table: str) -> HttpResponse:
    if table not in TABLES:
        raise Http404("There is no such table")
    return attachment(f"{table}.csv", *TABLES[table]())


def paper(source: str) -> str:
    """The papers a source names, in words; a trajectory's own source stands for itself."""
    return "; ".join(PAPERS.get(one, one) for one in source.split(";"))


def _requirements() -> Table:
    names = (
        "id",
        "contract",
        "standing",
        "component",
        "due",
        "due_is",
        "requirement",
        "evidence",
        "source",
        "measured_by",
    )
    rows = [one for contract in contracts() for one in contract.requirements]
    return names, [[getattr(one, name) for name in names] for one in rows]


def _rates() -> Table:
    names = ("component", "year", "lower", "upper", "per", "of", "basis", "organisation", "indicator", "source")
    rows = [one for contract in contracts() for one in contract.rates]
    return names, [[getattr(one, name) for name in names] for one in rows]


def _commitments() -> Table:
    names = ("id", "component", "statement", "bound", "value", "unit", "by", "by_is", "source", "measured_by")
    return names, [[getattr(one, name) for name in names] for one in commitments()]


def _trajectories() -> Table:
    names = ("row", "component", "unit", "year", "per", "indicator")
    rows: list[Sequence[Any]] = [
        [trajectory.organisation, *(getattr(one, name) for name in names), *(one.bounds.get(bound) for bound in BOUNDS)]
        for trajectory in trajectories()
        for one in trajectory.milestones
    ]
    return ("organisation", *names, *BOUNDS), rows


TABLES: dict[str, Callable[[], Table]] = {
    "requirements": _requirements,
    "rates": _rates,
    "commitments": _commitments,
    "trajectories": _trajectories,
}
