"""Every indicator of the programme, by id. One file a component; each definition carries its worked example."""

from whatmatters.measurement.indicators import Indicator
from whatmatters.programme.indicators import care_planning, social_prescribing, wellbeing, whole_model, workforce

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator
    for indicator in (
        social_prescribing.REFERRED,
        social_prescribing.DECLINED,
        social_prescribing.TAKEN_UP,
        *wellbeing.ONS4_CHANGE,
        social_prescribing.PRACTICES_REFERRING,
        care_planning.PLANS,
        care_planning.ALL_PLANS,
        care_planning.MEETING_CRITERIA,
        care_planning.REVIEW_OVERDUE,
        workforce.LINK_WORKERS,
        whole_model.REACHED,
        whole_model.REGISTERED,
    )
}

FAMILIES: dict[str, tuple[str, ...]] = {
    "sp-ons4-change": tuple(indicator.id for indicator in wellbeing.ONS4_CHANGE),
}
"""Names that stand for several indicators wherever one is chosen."""


def chosen(names: list[str] | tuple[str, ...]) -> list[Indicator]:
    """The indicators of these ids and family names, each once. Raises ValueError listing the choices."""
    ids = [one for name in names for one in FAMILIES.get(name, (name,))]
    for one in ids:
        if one not in INDICATORS:
            raise ValueError(f"{one!r} is not an indicator: choose from {', '.join([*INDICATORS, *FAMILIES])}")
    return [INDICATORS[one] for one in dict.fromkeys(ids)]
