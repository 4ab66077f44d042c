"""The country that people are put into: practices with their lists, places, habits and staff."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from whatmatters.measurement.synthesis import england
from whatmatters.measurement.synthesis.arrays import NONE, Flags, Index, Numbers, Span, Whole
from whatmatters.measurement.synthesis.lines import Line
from whatmatters.measurement.synthesis.teams import Team, team
from whatmatters.measurement.synthesis.tree import Tree

COMPONENTS = ("social_prescribing", "care_planning", "self_management", "decisions", "choice", "budgets", "care")
ROLES = {
    "link_worker": 10_000, "coach": 40_000, "care_coordinator": 16_000, "clinician": 2_500, "clinical_lead": 90_000,
    "clinical_pharmacist": 15_000, "first_contact_physiotherapist": 30_000,
}  # fmt: skip
"""People for each seat in the end: link workers as the standard model asks. Clinicians are practices', all others
networks'."""
SEATS = 1_000_000  # worker numbers of each role start at a multiple of this


@dataclass(frozen=True)
class Places:
    """Codes that events name, in one row: practices, then networks, ICBs and hospitals. ``icbs`` and ``hospitals`` are
    those of each practice, as places in the row."""

    codes: list[str]
    networks_start: int
    icbs: Index
    hospitals: Index

    @classmethod
    def of(cls, lines: list[Line], networks: list[str], providers: list[str]) -> "Places":
        practices, icbs = [line.practice[0] for line in lines], [line.icb[0] for line in lines]
        codes = [*practices, *networks, *dict.fromkeys(icbs), *dict.fromkeys(providers)]
        place = {code: number for number, code in enumerate(codes)}
        icb, hospital = (np.array([place[code] for code in found], np.intp) for found in (icbs, providers))
        return cls(codes, len(practices), icb, hospital)

    def network(self, network: Index) -> Index:
        return np.where(network == NONE, NONE, network + self.networks_start)


@dataclass(frozen=True)
class Country:
    """By practice, in order of ``tree.lines``; people 1 to N live in that order, so ``ends`` cuts them into lists.

    ``near`` is the first and last practice of the same sub-ICB. ``network`` is a place in ``networks`` or NONE.
    ``deprived`` is a normal variate (low is deprived), ``diverse`` a share of people not White, ``eager`` what a
    practice's rate of each component is multiplied by. ``closes_cases`` practices record when a case is closed.
    """

    tree: Tree
    years: Span
    ends: Whole
    near: tuple[Index, Index]
    networks: list[str]
    network: Index
    deprived: Numbers
    diverse: Numbers
    eager: dict[str, Numbers]
    closes_cases: Flags
    teams: dict[str, Team]

    @cached_property
    def places(self) -> Places:
        return Places.of(self.tree.lines, self.networks, self.tree.providers)


def country(tree: Tree, people: int, years: Span, lots: np.random.Generator) -> Country:
    lines = tree.lines
    sizes = _lists(people, len(lines), lots)
    sub_icb, icb, region = (_ranks(found) for found in _codes(lines))
    networks = list(dict.fromkeys(line.network[0] for line in lines if line.network))
    rank = {code: place for place, code in enumerate(networks)}
    network: Index = np.array([rank[line.network[0]] if line.network else NONE for line in lines])
    poor = _spread(region, 0.35, lots) + _spread(sub_icb, 0.45, lots) + lots.normal(0, 0.5, len(lines))
    deprived = england.BETWEEN_PRACTICES * _standard(poor, sizes / people)
    diverse = 1 / (1 + np.exp(1.6 + 0.7 * deprived - _spread(sub_icb, 0.9, lots) - lots.normal(0, 0.5, len(lines))))
    return Country(
        tree,
        years,
        np.cumsum(sizes),
        _near(sub_icb),
        networks,
        network,
        deprived,
        diverse,
        {one: np.exp(_spread(icb, 0.25, lots) + lots.normal(0, 0.45, len(lines))) for one in COMPONENTS},
        lots.random(len(lines)) > 0.1,
        _teams(tree, (networks, network), sizes, years, lots),
    )


def _lists(people: int, practices: int, lots: np.random.Generator) -> Whole:
    weights = lots.lognormal(0, england.LIST_SIGMA, practices)
    ends = np.rint(np.cumsum(weights) * (people / weights.sum()))
    ends[-1] = people  # whatever the sum of floats came to
    sizes: Whole = np.diff(ends.astype(np.int64), prepend=0)
    return sizes


def _codes(lines: list[Line]) -> tuple[list[str], list[str], list[str]]:
    return [line.sub_icb[0] for line in lines], [line.icb[0] for line in lines], [line.region[0] for line in lines]


def _ranks(codes: list[str]) -> Index:
    rank = {code: place for place, code in enumerate(dict.fromkeys(codes))}
    return np.array([rank[code] for code in codes], np.intp)


def _spread(group: Index, sigma: float, lots: np.random.Generator) -> Numbers:
    """What practices of one group have in common."""
    shared: Numbers = lots.normal(0, sigma, int(group.max()) + 1)[group]
    return shared


def _standard(values: Numbers, weights: Numbers) -> Numbers:
    """The same with a weighted mean of 0 and a variance of 1, so that deciles come out even whatever was drawn."""
    centred = values - weights @ values
    variance = float(weights @ centred**2)
    return centred / np.sqrt(variance) if variance else centred


def _near(sub_icb: Index) -> tuple[Index, Index]:
    """Practices come in order of place, so those of one sub-ICB stand together."""
    return np.searchsorted(sub_icb, sub_icb, "left"), np.searchsorted(sub_icb, sub_icb, "right")


def _teams(
    tree: Tree, network: tuple[list[str], Index], sizes: Whole, years: Span, lots: np.random.Generator
) -> dict[str, Team]:
    networks, member = network
    served = np.bincount(member[member != NONE], sizes[member != NONE], len(networks)).astype(np.int64)
    practices = [line.practice[0] for line in tree.lines]
    teams = []
    for place, (role, per) in enumerate(ROLES.items(), start=1):
        where, people = (practices, sizes) if role == "clinician" else (networks, served)
        if where:
            teams.append(team(role, where, people, per=per, number=place * SEATS, years=years, lots=lots))
    return {one.role: one for one in teams}
