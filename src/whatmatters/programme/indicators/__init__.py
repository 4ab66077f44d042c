"""Every indicator of the programme, by id. One file a part; each definition carries its worked example.

A file lists what it declares in its own ``INDICATORS``; a new file is one more line in ``PARTS``.
"""

from whatmatters.measurement.indicators import Indicator
from whatmatters.programme.indicators import (
    activation,
    activation_activity,
    activity,
    attested,
    attested_prescribing,
    budgets,
    budgets_managed,
    budgets_offered,
    budgets_reviewed,
    care_home_plans,
    care_planning,
    choice,
    choice_standards,
    clinical_leads,
    decision_experience,
    minimum_dataset,
    network_care_homes,
    network_cases,
    network_encounters,
    network_home_care,
    network_plans,
    network_referrals,
    onward,
    plans_delivered,
    plans_of_cohorts,
    practices,
    proactive,
    referrals,
    self_management,
    shared_decision_making,
    social_prescribing,
    staff_trained,
    standard_model,
    supervision,
    surveys,
    wellbeing,
    whole_model,
    workforce,
)

PARTS: tuple[tuple[Indicator, ...], ...] = (
    referrals.INDICATORS,
    social_prescribing.INDICATORS,
    onward.INDICATORS,
    practices.INDICATORS,
    proactive.INDICATORS,
    wellbeing.INDICATORS,
    minimum_dataset.INDICATORS,
    activity.INDICATORS,
    care_planning.INDICATORS,
    plans_delivered.INDICATORS,
    plans_of_cohorts.INDICATORS,
    care_home_plans.INDICATORS,
    shared_decision_making.INDICATORS,
    decision_experience.INDICATORS,
    staff_trained.INDICATORS,
    attested.INDICATORS,
    attested_prescribing.INDICATORS,
    choice_standards.INDICATORS,
    network_referrals.INDICATORS,
    network_cases.INDICATORS,
    network_encounters.INDICATORS,
    network_plans.INDICATORS,
    network_care_homes.INDICATORS,
    network_home_care.INDICATORS,
    standard_model.INDICATORS,
    choice.INDICATORS,
    budgets.INDICATORS,
    budgets_managed.INDICATORS,
    budgets_offered.INDICATORS,
    budgets_reviewed.INDICATORS,
    self_management.INDICATORS,
    activation.INDICATORS,
    activation_activity.INDICATORS,
    surveys.INDICATORS,
    workforce.INDICATORS,
    supervision.INDICATORS,
    whole_model.INDICATORS,
    clinical_leads.INDICATORS,
)

INDICATORS: dict[str, Indicator] = {indicator.id: indicator for part in PARTS for indicator in part}
if len(INDICATORS) != sum(map(len, PARTS)):
    raise ValueError("two indicators have one id")

HEADLINES = ("reached", "sp-referred-per-1000", "pcsp-per-1000")
"""What is shown first, where a few numbers stand for all."""

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
