"""The figures of a service as their reader may see them: exact within the care team, through the gate beyond it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whatmatters.components.social_prescribing.outcomes import HIDDEN, Outcome, drawn, shown_mean, told
from whatmatters.instruments.instrument import Scale
from whatmatters.measurement.disclosure.tables import table
from whatmatters.measurement.intervals import Estimate

Bar = tuple[str, float | None, str]
Words = Callable[[str], str]


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


def seen(found: Sequence[Outcome], spoken: int, *, exact: bool) -> list[Seen]:
    """Beyond the care team all that adds up is weighed together: those asked are some of those ``spoken`` with, and are
    asked again, lost or waiting; those asked again are in one band of each scale.
    """
    if exact:
        return [_exact(one) for one in found]
    alike: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for one in found:
        alike[one.instrument.name, one.paired, one.lost, one.waiting].append(one)
    of = {id(one): seen for some in alike.values() for one, seen in zip(some, _gated(some, spoken), strict=True)}
    return [of[id(one)] for one in found]


def _exact(one: Outcome) -> Seen:
    asked, paired, lost, waiting = (told(number, True) for number in (one.asked, one.paired, one.lost, one.waiting))
    return Seen(one.scale, asked, paired, lost, waiting, drawn(one.bands, True), shown_mean(one, True))


def _gated(some: Sequence[Outcome], spoken: int) -> list[Seen]:
    """Scales of one instrument that the same numbers of people answered: one table, split once more for each scale."""
    first, states = some[0], ("paired", "lost", "waiting")
    counts = {"asked": first.asked, **{state: getattr(first, state) for state in states}}
    parts: list[tuple[str, Sequence[str]]] = [("asked", states)]
    for one in some:
        bands = {f"{one.scale.name}: {words}": count for words, count in one.bands}
        counts |= bands
        parts.append(("paired", [*bands]))
    shown = table(counts, parts, {"asked": spoken})
    words = {name: HIDDEN if count is None else str(count) for name, count in shown.items()}
    return [
        Seen(
            one.scale, words["asked"], words["paired"], words["lost"], words["waiting"],
            [(band, shown[name], words[name]) for band, _ in one.bands for name in (f"{one.scale.name}: {band}",)],
            None if shown["paired"] is None else shown_mean(one, False),
        )
        for one in some
    ]  # fmt: skip
