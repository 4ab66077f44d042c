"""What only people can say, when asked by a survey: imported or entered as published, never computed here."""

from typing import Any

from whatmatters.measurement.indicators import Indicator, Published


def _survey(unit: str = "percent", *, caveats: tuple[str, ...] = (), **said: Any) -> Indicator:
    return Indicator(
        numerator=Published(),
        denominator=Published(),
        unit=unit,
        direction="higher",
        caveats=(
            "Taken from the survey's own results and kept apart from what is computed; no engine can check it.",
            *caveats,
        ),
        example=None,
        **said,
    )


INVOLVED_IN_PLAN = _survey(
    id="pcsp-involved-share",
    title="People with a plan who were involved as much as they wanted in making it",
    component="care_planning",
    counted="Those who answered that they were involved as much as they wanted.",
    out_of="People with a plan who answered.",
    source="Quality indicator PCSP-Q1: 85%, by a survey of people with a plan",
    why="A plan made without the person is somebody else's.",
    caveats=("No national survey asks this as it stands; a local one is entered with its own source.",),
)
PLAN_USEFUL = _survey(
    id="pcsp-useful-share",
    title="People with a plan who find it useful",
    component="care_planning",
    counted="Those who answered that their plan is useful to them.",
    out_of="People with a plan who answered.",
    source="Quality indicator PCSP-Q2: 80%, by a survey of people with a plan",
    why="The person is the judge of whether a plan was worth making.",
    caveats=("The GP Patient Survey asked people with long-term conditions much the same from 2018 to 2023.",),
)
RECOMMEND_BUDGET = _survey(
    id="phb-recommend-share",
    title="People with a budget who would recommend one",
    component="budgets",
    counted="Those who answered that they would recommend a personal health budget.",
    out_of="People with a budget who answered.",
    source="Quality indicator PHB-Q4: 80%, by a survey of people with a budget",
    why="People pass on what helped them.",
    caveats=("No national survey asks this; a local one is entered with its own source.",),
)
BUDGET_RATING = _survey(
    "mean",
    id="phb-experience-mean",
    title="How people rate having a budget, on average (1 to 10)",
    component="budgets",
    counted="The ratings from 1 to 10, added up.",
    out_of="People with a budget who answered.",
    source="Quality indicator PHB-Q5: an average of at least 7, by a survey of people with a budget",
    why="A budget brings work and worry as well as control; the rating weighs both.",
    caveats=("No national survey asks this; a local one is entered with its own source.",),
)
INVOLVED_GP = _survey(
    id="sdm-involved-general-practice-share",
    title="People as involved as they wished to be in decisions, in general practice",
    component="shared_decision_making",
    counted="Those who answered that they were as involved as they wanted to be, definitely or to some extent.",
    out_of="People who answered, weighted as the survey publishes it; those who did not want to be involved or could "
    "not say are left out.",
    source="Quality indicator SDM-Q1: 80%, by the GP Patient Survey",
    why="It is the one view of shared decisions that reaches every practice, every year.",
    caveats=(
        "The wording and its answers change from year to year: 61% definitely in 2018, and 92% yes in 2026, are not "
        "the same question.",
        "Intervals use the effective base: weights make the answers worth fewer than their number.",
    ),
)
INVOLVED_INPATIENTS = _survey(
    id="sdm-involved-inpatients-share",
    title="People as involved as they wished to be in decisions, in hospital",
    component="shared_decision_making",
    counted="Those who answered that they were as involved as they wanted to be.",
    out_of="Inpatients who answered, weighted as the survey publishes it.",
    source="Quality indicator SDM-Q2: 80%, by the inpatient survey of the Care Quality Commission",
    why="Decisions are heaviest where people have least say.",
    caveats=("Published by hospital trust, not by practice or network.",),
    lowest="icb",
)
CHOSE_ONLINE = _survey(
    id="choice-online-needs-met-share",
    title="People who booked online and could make choices that met their needs",
    component="choice",
    counted="Those who answered that they could make choices that met their needs.",
    out_of="People who booked an outpatient appointment online and answered.",
    source="Quality indicator CH-Q1: 75%, by the survey of the NHS e-Referral Service",
    why="A choice between things that do not fit is none.",
    lowest="icb",
)

INDICATORS = (
    INVOLVED_IN_PLAN,
    PLAN_USEFUL,
    RECOMMEND_BUDGET,
    BUDGET_RATING,
    INVOLVED_GP,
    INVOLVED_INPATIENTS,
    CHOSE_ONLINE,
)
