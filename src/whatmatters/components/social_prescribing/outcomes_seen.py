"""The figures of a service as their reader may see them: exact within the care team, through the gate beyond it.

Beyond it they stand still for a month, and what two months would tell together is hidden as what one would.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from whatmatters.components.social_prescribing.outcomes import HIDDEN, Outcome, shown_mean
from whatmatters.instruments.instrument import Scale
from whatmatters.measurement.disclosure.tables import table
from whatmatters.measurement.intervals import Estimate

Bar = tuple[str, float | None, str]
STATES = ("paired", "lost", "waiting")


@dataclass(frozen=True)
class Look:
    """What a service came to as at the end of a day: how many were ``spoken`` with, their outcomes and their goals."""

    spoken: int
    outcomes: Sequence[Outcome]
    goals: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True)
class Seen:
    """One scale: counts in words, the bars of how people changed, and the mean change where it may be told."""

    scale: Scale
    asked: str
    paired: str
    lost: str
    waiting: str
    bands: list[Bar]
    mean: Estimate | None


@dataclass(frozen=True)
class Service:
    spoken: str
    scales: list[Seen]
    goals: list[Bar]


def exactly(look: Look) -> Service:
    """For the care team."""
    scales = [
        Seen(
            one.scale, f"{one.asked}", f"{one.paired}", f"{one.lost}", f"{one.waiting}", _bars(one.bands),
            shown_mean(one, True),
        )
        for one in look.outcomes
    ]  # fmt: skip
    return Service(f"{look.spoken}", scales, _bars(look.goals))


def by_others(looks: Sequence[Look]) -> Service:
    """The last of these looks, oldest first, for whoever could have seen each of them.

    All that adds up is weighed together: those asked are some of those spoken with, and are asked again, lost or
    waiting; those asked again are in one band of each scale.
    """
    last = looks[-1]
    alike: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for one in last.outcomes:
        alike[one.instrument.name, one.paired, one.lost, one.waiting].append(one)
    parts: list[tuple[str, Sequence[str]]] = []
    first: dict[str, str] = {}  # of a scale: the one that stands for all that the same numbers of people answered
    for some in alike.values():
        name = _name(some[0])
        first |= {_name(one): name for one in some}
        parts += [
            ("spoken", [f"{name} asked", f"{name} not asked"]),
            (f"{name} asked", [f"{name} {x}" for x in STATES]),
        ]
        parts += [(f"{name} paired", [f"{_name(one)}: {words}" for words, _ in one.bands]) for one in some]
    names = {"spoken", *(each for whole, rest in parts for each in (whole, *rest)), *(words for words, _ in last.goals)}
    shown = table([_counts(look, names) for look in looks], parts)
    words = {name: HIDDEN if count is None else str(count) for name, count in shown.items()}
    scales = [
        Seen(
            one.scale, words[f"{name} asked"], words[f"{name} paired"], words[f"{name} lost"], words[f"{name} waiting"],
            [(band, shown[key], words[key]) for band, _ in one.bands for key in (f"{_name(one)}: {band}",)],
            None if shown[f"{name} paired"] is None else shown_mean(one, False),
        )
        for one in last.outcomes
        for name in (first[_name(one)],)
    ]  # fmt: skip
    return Service(words["spoken"], scales, [(goal, shown[goal], words[goal]) for goal, _ in last.goals])


def _name(one: Outcome) -> str:
    return f"{one.instrument.name} {one.scale.name}"


def _counts(look: Look, names: set[str]) -> dict[str, int]:
    """The counts of a look by name; nought is what nobody was asked then."""
    found = {"spoken": look.spoken, **dict(look.goals)}
    for one in look.outcomes:
        name = _name(one)
        found |= {f"{name} asked": one.asked, f"{name} not asked": look.spoken - one.asked}
        found |= {f"{name} {state}": getattr(one, state) for state in STATES}
        found |= {f"{name}: {words}": count for words, count in one.bands}
    missing = {name: look.spoken if name.endswith(" not asked") else 0 for name in sorted(names)}
    return missing | {name: count for name, count in found.items() if name in names}


def _bars(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    return [(words, number, str(number)) for words, number in rows]
