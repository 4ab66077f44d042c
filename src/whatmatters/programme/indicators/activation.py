"""Activation scores: how many are taken, of whom, whether they rise, and what else changes."""

from whatmatters.events.codes import ACTIVATION_SCORE, CONDITION, SP_REFERRED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import EventOf, Happenings, Indicator, Pairs, did
from whatmatters.programme.indicators.of_cohorts import share
from whatmatters.programme.indicators.self_management import DRAFT, LEVEL_2_ENDS, WITH_CONDITION
from whatmatters.programme.indicators.words import NOT_ATTRIBUTABLE

SCORE = EventOf(ACTIVATION_SCORE)

ASSESSMENTS = Indicator(
    id="activation-assessments",
    title="Patient activation assessments undertaken",
    component="self_management",
    numerator=Happenings((SCORE,)),
    denominator=None,
    counted="Activation scores recorded in the period. Someone assessed twice counts twice.",
    out_of="",
    unit="count",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (metric M6); NHS England board paper (pam-decade: 2 million "
    "assessments by 2028-29)",
    why="The score tells how much knowledge, skill and confidence someone has: support starts there.",
    caveats=(
        "The promise for the decade is a total over years: add them together.",
        "A level coded without a score is not counted.",
    ),
    example=Example(
        people=(
            Someone("Amina", "one assessment", (Happened("2022-05-03", ACTIVATION_SCORE, 44.1),)),
            Someone(
                "Brian",
                "before and after coaching: two assessments",
                (Happened("2022-04-01", ACTIVATION_SCORE, 38.6), Happened("2023-03-31", ACTIVATION_SCORE, 60.0)),
            ),
            Someone("Carol", "the day after the period", (Happened("2023-04-01", ACTIVATION_SCORE, 60.0),)),
            Someone("Dev", "never assessed"),
        ),
        numerator=3,
        denominator=None,
    ),
)


def _assessed(cohort: str, whom: str, why: str, joined: tuple[Happened, ...], former: Someone) -> Indicator:
    return share(
        cohort,
        did(ACTIVATION_SCORE),
        id=f"activation-{cohort}-share",
        title=f"People {whom} whose activation was measured",
        component="self_management",
        counted="Those with an activation score in the period.",
        source=f"{DRAFT} (DRAFT20-7, metric M6: delivery rate for required cohorts)",
        why=why,
        caveats=("Someone who joined the group in the last weeks and was measured after the period does not count.",),
        example=Example(
            people=(
                Someone("Amina", "measured: counts", (*joined, Happened("2022-12-01", ACTIVATION_SCORE, 44.1))),
                Someone(
                    "Brian",
                    "measured twice: counts once",
                    (
                        *joined,
                        Happened("2022-10-01", ACTIVATION_SCORE, 44.1),
                        Happened("2023-03-01", ACTIVATION_SCORE, 60.0),
                    ),
                ),
                Someone("Carol", "not measured", joined),
                Someone("Dev", "measured after the period", (*joined, Happened("2023-04-20", ACTIVATION_SCORE, 60.0))),
                former,
            ),
            numerator=2,
            denominator=4,
        ),
    )


_MEASURED = Happened("2022-12-01", ACTIVATION_SCORE, 44.1)
NEW_DIABETES = _assessed(
    "new-type-2-diabetes",
    "newly diagnosed with type 2 diabetes",
    "The first year decides habits; whoever feels least able should hear of support in it.",
    (Happened("2022-09-01", CONDITION, detail="type-2-diabetes"),),
    Someone(
        "Ewa",
        "has had type 2 diabetes for years: on neither side",
        (Happened("2012-09-01", CONDITION, detail="type-2-diabetes"), _MEASURED),
    ),
)
REFERRED = _assessed(
    "referred-to-link-worker",
    "referred to a link worker",
    "The score tells the link worker how much company someone needs on the way.",
    (Happened("2022-09-01", SP_REFERRED, episode=1),),
    Someone(
        "Ewa",
        "referred before the period: on neither side",
        (Happened("2022-03-31", SP_REFERRED, episode=2), _MEASURED),
    ),
)

_COPD = Happened("2015-02-01", CONDITION, detail="copd")


def _twice(name: str, because: str, first: float, last: float, on: str = "2022-11-20") -> Someone:
    scores = (Happened("2021-10-01", ACTIVATION_SCORE, first), Happened(on, ACTIVATION_SCORE, last))
    return Someone(name, because, (_COPD, *scores))


ROSE = Indicator(
    id="activation-rise-share",
    title="People with a long-term condition whose low activation score rose by 15 points or more",
    component="self_management",
    numerator=Pairs(SCORE, together=True, first_most=LEVEL_2_ENDS, rise=15, among=WITH_CONDITION),
    denominator=Pairs(SCORE, together=True, first_most=LEVEL_2_ENDS, among=WITH_CONDITION),
    counted="Those whose last score is at least 15 points above their first.",
    out_of="People with a long-term condition at some time in the period whose first score ever was at level 1 or 2 "
    "(up to 55.1) and who were measured again on a later day, the last time in the period.",
    unit="percent",
    direction="higher",
    source="Quality indicator PAM-Q1: 75% of people with long-term conditions at level 1 or 2, by 15 points or more",
    why="Support has worked where someone has come to feel able.",
    caveats=(
        "People measured once are not in it, and those who come back to be measured may differ from those who do not.",
        "Level 2 ends at 55.1 in both published sets of cut-offs. Scores of two versions of the questionnaire are "
        "compared as they stand.",
        "The first score may be years old.",
        NOT_ATTRIBUTABLE,
    ),
    example=Example(
        people=(
            _twice("Amina", "from 55.1 to 70.1, exactly 15 points: counts", 55.1, 70.1),
            _twice("Brian", "from 40.0 to 54.9: in it, but not 15 points", 40.0, 54.9),
            _twice("Carol", "began at 55.2, level 3: on neither side", 55.2, 90.7),
            _twice("Dev", "last measured before the period: on neither side", 40.0, 60.0, on="2022-03-31"),
            Someone("Ewa", "measured once", (_COPD, Happened("2022-05-03", ACTIVATION_SCORE, 40.0))),
            Someone(
                "Farid",
                "40.0, then 63.1, then 51.0: the first and the last count, 11 points",
                (
                    _COPD,
                    Happened("2021-06-01", ACTIVATION_SCORE, 40.0),
                    Happened("2022-01-01", ACTIVATION_SCORE, 63.1),
                    Happened("2023-01-01", ACTIVATION_SCORE, 51.0),
                ),
            ),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (ASSESSMENTS, NEW_DIABETES, REFERRED, ROSE)
