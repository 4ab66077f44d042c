"""The inequality cut: one number by deprivation, ethnic group, age and sex."""

from collections.abc import Iterable
from dataclasses import dataclass

from whatmatters.dashboard.numbers import Drawn, drawn, shown
from whatmatters.measurement.details import said
from whatmatters.measurement.indicators import Indicator
from whatmatters.periods import AGE_BANDS
from whatmatters.programme.figures import Figure

QUINTILES = {"1": "1, most deprived", "2": "2", "3": "3", "4": "4", "5": "5, least deprived", "unknown": "not known"}
ETHNIC = {name: name for name in ("Asian", "Black", "Mixed", "Other", "White")} | {"unknown": "not known"}
SEXES = {"F": "Female", "M": "Male"}


@dataclass(frozen=True)
class Cut:
    """``ages`` are (age band, words for women, words for men); ``detail`` is the breakdown the definition asks for.

    What is not broken down that way is empty.
    """

    deprivation: list[Drawn]
    ethnicity: list[Drawn]
    ages: list[tuple[str, str, str]]
    unplaced: str
    detail: list[Drawn]


def cut(indicator: Indicator, figures: Iterable[Figure]) -> Cut | None:
    """None where nothing is broken down: organisations and staff have no age."""
    by_group = {(figure.breakdown, figure.group): figure for figure in figures if figure.breakdown != "all"}
    if not by_group:
        return None

    def rows(breakdown: str, groups: dict[str, str]) -> list[Drawn]:
        if not any((breakdown, group) in by_group for group in groups):
            return []
        return drawn(indicator, [(words, by_group.get((breakdown, group))) for group, words in groups.items()])

    def aged(sex: str, band: str) -> str:
        return shown(indicator, by_group.get(("age_sex", f"{sex} {band}")))

    return Cut(
        rows("deprivation", QUINTILES),
        rows("ethnicity", ETHNIC),
        [(band, aged("F", band), aged("M", band)) for band in AGE_BANDS],
        shown(indicator, by_group.get(("age_sex", "unknown"))),
        rows(indicator.by.name, {group: said(group) for group in indicator.group_names}) if indicator.by else [],
    )
