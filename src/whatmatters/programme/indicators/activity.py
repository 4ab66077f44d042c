"""Use of general practice and hospitals before and after a referral to a link worker."""

from dataclasses import replace

from whatmatters.events.codes import CONSULTED, EMERGENCY, SP_REFERRED
from whatmatters.measurement.details import GP, LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Around, EventOf, Indicator

YEAR = 365


def _around(of: EventOf, side: str) -> Around:
    return Around(EventOf(SP_REFERRED), of, YEAR, side)


_GP = EventOf(CONSULTED, (GP,))


def _gp(on: str) -> Happened:
    return Happened(on, CONSULTED, detail=GP)


GP_CHANGE = Indicator(
    id="sp-gp-appointments-change",
    title="Change in GP appointments after referral to a link worker",
    component="social_prescribing",
    numerator=_around(_GP, "change"),
    denominator=_around(_GP, "before"),
    counted="Appointments with a GP in the 365 days after a person's first referral, less those in the 365 days "
    "before it. The day itself is in neither.",
    out_of="Appointments with a GP in the 365 days before, of the same people: those whose 365 days after ended in the "
    "period.",
    unit="percent",
    direction="lower",
    source="Social prescribing standard model, quality indicator SP-Q4: 14% fewer GP appointments",
    why="Social prescribing was to take from general practice what medicine cannot mend.",
    caveats=(
        "Not attributable without comparators: people are referred when they are seen most often, and would be seen "
        "less later anyway. The target is meant against matched people who were not referred.",
        "The paper names no length of time: a year before and a year after is our reading.",
        "People who died within the year are left out; those who moved away are in it with what is known of them.",
    ),
    example=Example(
        people=(
            Someone(
                "Amina",
                "three before, the first of them 365 days before; one after: 2 fewer of 3",
                (
                    _gp("2021-05-03"),
                    _gp("2022-01-10"),
                    _gp("2022-05-02"),
                    Happened("2022-05-03", SP_REFERRED, episode=1),
                    _gp("2022-08-01"),
                ),
            ),
            Someone(
                "Brian",
                "one before, one on the day of referral (in neither), two after: 1 more of 1",
                (
                    _gp("2022-02-01"),
                    _gp("2022-06-01"),
                    Happened("2022-06-01", SP_REFERRED, episode=2),
                    _gp("2022-07-01"),
                    _gp("2023-06-01"),
                ),
            ),
            Someone(
                "Carol",
                "366 days before and 366 after: none of none",
                (_gp("2021-08-31"), Happened("2022-09-01", SP_REFERRED, episode=3), _gp("2023-09-02")),
            ),
            Someone(
                "Dev",
                "his year ended the day before the period",
                (_gp("2022-03-01"), Happened("2022-03-31", SP_REFERRED, episode=4)),
            ),
            Someone(
                "Ewa",
                "saw the link worker, not a GP",
                (
                    Happened("2022-09-01", CONSULTED, detail=LINK_WORKER),
                    Happened("2022-10-03", SP_REFERRED, episode=5),
                ),
            ),
            Someone(
                "Farid",
                "died within the year: left out",
                (_gp("2022-05-05"), Happened("2022-06-20", SP_REFERRED, episode=6)),
                died="2023-02-11",
            ),
        ),
        period="2023-24",
        as_at="2024-06-30",
        numerator=-1,
        denominator=4,
    ),
)

EMERGENCY_CHANGE = replace(
    GP_CHANGE,
    id="sp-emergency-attendances-change",
    title="Change in A&E attendances after referral to a link worker",
    numerator=_around(EventOf(EMERGENCY), "change"),
    denominator=_around(EventOf(EMERGENCY), "before"),
    counted="A&E attendances in the 365 days after a person's first referral, less those in the 365 days before it. "
    "The day itself is in neither.",
    out_of="A&E attendances in the 365 days before, of the same people, whose 365 days after ended in the period.",
    source="Social prescribing standard model, quality indicator SP-Q5: 12% fewer A&E attendances",
    why="People who have someone to turn to were to turn to A&E less.",
    example=Example(
        people=(
            Someone(
                "Amina",
                "twice before, once after",
                (
                    Happened("2021-11-01", EMERGENCY),
                    Happened("2022-02-14", EMERGENCY),
                    Happened("2022-05-03", SP_REFERRED, episode=1),
                    Happened("2023-05-03", EMERGENCY),
                ),
            ),
            Someone(
                "Brian",
                "referred twice: the first referral is the one that counts, once before it and once after",
                (
                    Happened("2022-06-11", EMERGENCY),
                    Happened("2022-07-01", SP_REFERRED, episode=2),
                    Happened("2022-08-20", EMERGENCY),
                    Happened("2022-09-01", SP_REFERRED, episode=3),
                ),
            ),
            Someone("Carol", "never referred: not in it", (Happened("2022-06-11", EMERGENCY),)),
            Someone(
                "Dev",
                "his year has not ended by the last day of the period",
                (Happened("2023-01-03", EMERGENCY), Happened("2023-04-10", SP_REFERRED, episode=4)),
            ),
        ),
        period="2023-24",
        as_at="2024-06-30",
        numerator=-1,
        denominator=3,
    ),
)

INDICATORS = (GP_CHANGE, EMERGENCY_CHANGE)
