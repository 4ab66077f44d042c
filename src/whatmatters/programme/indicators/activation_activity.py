"""Use of general practice and hospitals before and after a low activation score."""

from dataclasses import replace

from whatmatters.events.codes import ACTIVATION_SCORE, CONDITION, CONSULTED, EMERGENCY, READMITTED
from whatmatters.measurement.details import GP
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Around, EventOf, Indicator
from whatmatters.programme.indicators.activity import YEAR
from whatmatters.programme.indicators.self_management import LOW_SCORE, WITH_CONDITION

_COPD = Happened("2015-02-01", CONDITION, detail="copd")


def _around(of: EventOf, side: str) -> Around:
    return Around(LOW_SCORE, of, YEAR, side, among=WITH_CONDITION)


def _example(code: str, detail: str | None, word: str) -> Example:
    def seen(*days: str) -> tuple[Happened, ...]:
        return tuple(Happened(day, code, detail=detail) for day in days)

    return Example(
        people=(
            Someone(
                "Amina",
                f"three {word} before her first low score, the first of them 365 days before; one after: 2 fewer of 3",
                (
                    _COPD,
                    *seen("2021-05-03", "2022-01-10", "2022-05-02"),
                    _scored("2022-05-03", 44.1),
                    *seen("2022-08-01"),
                ),
            ),
            Someone(
                "Brian",
                "one before, one on the day of the score (in neither), one after: no change of 1",
                (_COPD, *seen("2022-02-01", "2022-06-01"), _scored("2022-06-01", 55.1), *seen("2023-06-01")),
            ),
            Someone(
                "Carol",
                "scored at level 3: not in it",
                (_COPD, *seen("2022-02-01"), _scored("2022-06-01", 55.2), *seen("2022-07-01")),
            ),
            Someone(
                "Dev",
                "no long-term condition on record: not in it",
                (*seen("2022-02-01"), _scored("2022-06-01", 38.6), *seen("2022-07-01")),
            ),
            Someone(
                "Ewa",
                "her year after has not ended by the last day of the period: not in it yet",
                (_COPD, *seen("2023-01-03"), _scored("2023-04-10", 38.6)),
            ),
        ),
        period="2023-24",
        as_at="2024-06-30",
        numerator=-2,
        denominator=4,
    )


def _scored(on: str, score: float) -> Happened:
    return Happened(on, ACTIVATION_SCORE, score)


_GP = EventOf(CONSULTED, (GP,))

GP_CHANGE = Indicator(
    id="activation-gp-appointments-change",
    title="Change in GP appointments after a low activation score",
    component="self_management",
    numerator=_around(_GP, "change"),
    denominator=_around(_GP, "before"),
    counted="Appointments with a GP in the 365 days after a person's first score at level 1 or 2, less those in the "
    "365 days before it. The day itself is in neither.",
    out_of="Appointments with a GP in the 365 days before, of the same people: those with a long-term condition whose "
    "365 days after ended in the period.",
    unit="percent",
    direction="lower",
    source="Quality indicator PAM-Q2: 9% fewer GP appointments of those at level 1 or 2",
    why="People who manage more themselves were to need general practice less.",
    caveats=(
        "Not attributable without comparators: people are measured when they are seen most often, and would be seen "
        "less later anyway. The target is meant against matched people who were not measured and supported.",
        "The paper names no length of time: a year before and a year after is our reading.",
        "Counted from the score, whether or not support followed it.",
        "People who died within the year are left out; those who moved away are in it with what is known of them.",
    ),
    example=_example(CONSULTED, GP, "GP appointments"),
)


def _change(of: str, name: str, what: str, source: str, why: str) -> Indicator:
    return replace(
        GP_CHANGE,
        id=f"activation-{name}-change",
        title=f"Change in {what} after a low activation score",
        numerator=_around(EventOf(of), "change"),
        denominator=_around(EventOf(of), "before"),
        counted=GP_CHANGE.counted.replace("Appointments with a GP", what[0].upper() + what[1:]),
        out_of=GP_CHANGE.out_of.replace("Appointments with a GP", what[0].upper() + what[1:]),
        source=source,
        why=why,
        example=_example(of, None, what),
    )


EMERGENCY_CHANGE = _change(
    EMERGENCY,
    "emergency-attendances",
    "A&E attendances",
    "Quality indicator PAM-Q3: 19% fewer A&E attendances of those at level 1 or 2",
    "People who know what to do when they get worse were to turn to A&E less.",
)
READMISSION_CHANGE = _change(
    READMITTED,
    "readmissions",
    "hospital readmissions",
    "Quality indicator PAM-Q4: fewer hospital readmissions of those at level 1 or 2",
    "Going home able to manage is what keeps people from coming back within the month.",
)

INDICATORS = (GP_CHANGE, EMERGENCY_CHANGE, READMISSION_CHANGE)
