"""Cohorts of people with an illness, frailty, pain or a disability."""

from whatmatters.events.codes import FRAILTY, FRAILTY_INDEX, PAIN
from whatmatters.measurement.cohort import CLUSTERS, DRAFT, NETWORK, Cohort
from whatmatters.measurement.conditions import Aged, AllOf, AnyOf, AtLeast, Did, EventOf, Not, Standing, did
from whatmatters.measurement.long_term import CONDITIONS, LONG_TERM, has, has_any, recorded

EFI = "Electronic frailty index: over 0.36 severe, over 0.24 moderate, over 0.12 mild (deficits present / 36)"


def _frail(grade: str, others: tuple[str, ...]) -> Standing:
    return Standing((EventOf(FRAILTY, (grade,)),), (EventOf(FRAILTY, others),))


# 0.36 itself is moderate. Scores are deficits / 36, so none lies between 0.36 and this.
OVER_036 = 0.360001
_SEVERE_BY_SCORE = AllOf(
    (
        Not(did(FRAILTY, when="ever")),
        Standing((EventOf(FRAILTY_INDEX, least=OVER_036),), (EventOf(FRAILTY_INDEX, most=0.36),)),
    )
)
_NEW_TYPE_2 = recorded("type-2-diabetes")


OF_HEALTH: tuple[Cohort, ...] = (
    Cohort(
        "severe-frailty",
        "Severe frailty",
        AnyOf((_frail("severe", ("mild", "moderate")), _SEVERE_BY_SCORE)),
        f"{NETWORK} (SEVFRAIL2): the latest frailty diagnosis; {EFI}",
        (
            "The score speaks only for people whose frailty nobody has diagnosed: it is a screen, not a diagnosis.",
            "The Clinical Frailty Scale, 7 to 8 of which the contract's rule takes as severe, is not among our facts.",
            "Scores need three decimals: 13 deficits of 36 are 0.361, and would not be over 0.36 when cut to 0.36.",
        ),
    ),
    Cohort(
        "moderate-frailty",
        "Moderate frailty",
        _frail("moderate", ("mild", "severe")),
        f"{NETWORK}: the latest frailty diagnosis",
        ("By diagnosis only, not by score.",),
    ),
    Cohort(
        "mild-frailty",
        "Mild frailty",
        _frail("mild", ("moderate", "severe")),
        f"{NETWORK}: the latest frailty diagnosis",
        ("By diagnosis only, not by score.",),
    ),
    Cohort(
        "long-term-condition",
        "Long-term condition",
        has_any(*LONG_TERM),
        f"{NETWORK} (NCDMI064), which names no list: ours is {', '.join(LONG_TERM)}",
        ("The list is ours: other lasting conditions exist and are not in it.",),
    ),
    Cohort(
        "several-conditions",
        "Two long-term conditions or more",
        AtLeast(2, tuple(has(name) for name in LONG_TERM)),
        f"{DRAFT} (DRAFT20-2b): multiple long-term conditions; two or more is our reading",
        (
            "Type 1 and type 2 diabetes are two of the list; a person with both on record counts.",
            "The draft adds people at high risk of admission; risk scores are not among our facts.",
        ),
    ),
    Cohort(
        "new-type-2-diabetes",
        "Type 2 diabetes, newly diagnosed",
        AllOf(
            (
                Did((_NEW_TYPE_2,)),
                Not(Did((_NEW_TYPE_2,), when="before")),
                has("type-2-diabetes"),
            )
        ),
        f"{DRAFT} (DRAFT20-7): first recorded in the period",
        ("The day of the first record can be later than the diagnosis, most of all for people who moved practice.",),
    ),
    Cohort(
        "diabetes",
        "Type 1 or type 2 diabetes",
        has_any("type-1-diabetes", "type-2-diabetes"),
        CLUSTERS,
        ("Other kinds of diabetes are not among our facts.",),
    ),
    Cohort(
        "af-at-risk-of-stroke",
        "Atrial fibrillation, at risk of stroke",
        AllOf(
            (
                has("atrial-fibrillation"),
                AnyOf(
                    (
                        Aged(65),
                        has("heart-failure"),
                        has("hypertension"),
                        has("type-1-diabetes"),
                        has("type-2-diabetes"),
                        Did((recorded("stroke"),), when="ever"),
                        has("coronary-heart-disease"),
                        has("peripheral-arterial-disease"),
                    )
                ),
            )
        ),
        f"{DRAFT} (DRAFT21-2); {NETWORK} (NCDMI104): CHA2DS2-VASc of 2 or more, or 1 or more in whoever is not female",
        (
            "Being female adds one to the score and one to the threshold: so both come to one other point or more.",
            "Points are taken from recorded conditions and age; a score worked out by the practice is not among our "
            "facts, nor are aortic plaque, other clots, or a weak heart that was never coded as heart failure.",
        ),
    ),
    Cohort(
        "joint-pain",
        "Back, hip, knee or shoulder pain",
        did(PAIN, months=12),
        f"{DRAFT} (DRAFT20-4, DRAFT21-2): back, hip, knee and shoulder",
        ("Nobody records that pain has gone: ours is pain or arthritis recorded in the last 12 months.",),
    ),
    Cohort(
        "learning-disability-or-autism",
        "Learning disability, autism or both",
        has_any("learning-disability", "autism"),
        f"NHS England board paper (phb-ld-autism); {CLUSTERS}",
    ),
    *(
        Cohort(name, words.removeprefix("a ").capitalize().replace("(copd)", "(COPD)"), has(name), CLUSTERS)
        for name, words in CONDITIONS.items()
    ),
)
