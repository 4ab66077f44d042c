"""Network Contract DES indicators of what residents of care homes receive, as its dictionaries word them."""

from dataclasses import replace

from whatmatters.events.codes import (
    CARE_HOME_PRACTICE_DECLINED,
    CONDITION,
    HOME_ROUND,
    PREFERRED_PLACE,
    TEAM_MEETING,
)
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import (
    LISTED,
    AllOf,
    AnyOf,
    EventOf,
    Happenings,
    Indicator,
    Not,
    did,
    registered,
)
from whatmatters.measurement.long_term import has
from whatmatters.programme.indicators.network_care_homes import (
    DECLINED_PRACTICE,
    MOVES,
    PERMANENT,
    RESIDENT,
    RESIDENTS,
    UNLESS_COUNTED,
    lives,
)
from whatmatters.programme.indicators.words import NETWORK_FROM, TO_2024_25

EXCLUDED = "Everyone else is excluded (PAT_AGEU18, NURSHOME)."


def _residents_for(code: str) -> AllOf:
    """Residents, less those who declined the aligned practice and had no such contact."""
    return AllOf((RESIDENT, AnyOf((did(code), Not(DECLINED_PRACTICE)))))


def _contacts(code: str) -> Example:
    return Example(
        people=(
            Someone(
                "Amina",
                "three in the period, two of them on one day; one before it",
                (
                    lives(),
                    Happened("2022-03-31", code),
                    Happened("2022-04-01", code),
                    Happened("2022-09-01", code),
                    Happened("2022-09-01", code),
                ),
            ),
            Someone("Brian", "there for a while; none", (lives("temporary"),)),
            Someone(
                "Carol",
                "declined the practice aligned to the home, and had one all the same: stays",
                (lives(), Happened("2021-03-01", CARE_HOME_PRACTICE_DECLINED), Happened("2022-12-01", code)),
            ),
            Someone(
                "Dev",
                "declined the practice, and had none: left out",
                (lives(), Happened("2021-03-01", CARE_HOME_PRACTICE_DECLINED)),
            ),
            Someone("Ewa", "lives at home", (Happened("2022-06-01", code),)),
        ),
        numerator=4,
        denominator=3,
    )


ROUNDS = Indicator(
    id="ehch04-home-round",
    title="Contacts in the weekly care home round per resident (contract)",
    component="care_planning",
    numerator=Happenings((EventOf(HOME_ROUND),), AllOf((LISTED, RESIDENT))),
    denominator=registered(_residents_for(HOME_ROUND)),
    counted="Contacts in the weekly round in the period, of residents.",
    out_of=f"{RESIDENTS} {EXCLUDED} Left out: those who declined the aligned practice (CARHOMDEC1) and had no contact.",
    unit="mean",
    direction="higher",
    source="Network Contract DES indicators: EHCH04 (2024-25), NCDMI198 (2023-24), earlier NCD013",
    why="A regular round finds trouble before it becomes an admission.",
    caveats=(
        "The contract takes the contacts from the appointments data (GPAD), which is not by person; this counts those "
        "recorded for a resident.",
        "The 2024-25 row prints the exclusion NURSHOME without its not, which would leave out the residents.",
        UNLESS_COUNTED,
        *MOVES,
    ),
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    example=_contacts(HOME_ROUND),
)

MEETINGS = replace(
    ROUNDS,
    id="ehch29-team-meetings",
    title="Multidisciplinary meetings per care home resident (contract)",
    numerator=Happenings((EventOf(TEAM_MEETING),), AllOf((LISTED, RESIDENT))),
    denominator=registered(_residents_for(TEAM_MEETING)),
    counted="Times residents were discussed in a multidisciplinary team meeting in the period.",
    out_of=f"{RESIDENTS} {EXCLUDED} Left out: those who declined the aligned practice (CARHOMDEC1) "
    "and were not discussed.",
    source="Network Contract DES indicators: EHCH29 (2024-25), NCDMI114 (2022-23, 2023-24)",
    why="Residents' needs cross every service; the team has to meet about them.",
    caveats=(
        "A meeting that discussed five residents counts five times: meetings are recorded for people.",
        "The dictionary gives no days; we count those of the period.",
        UNLESS_COUNTED,
        *MOVES,
    ),
    example=_contacts(TEAM_MEETING),
)

_DEMENTIA = has("dementia")

DEMENTIA = Indicator(
    id="ehch27-dementia",
    title="Care home residents on the dementia register (contract)",
    component="care_planning",
    numerator=registered(RESIDENT, _DEMENTIA),
    denominator=registered(RESIDENT),
    counted="Those with dementia recorded and not resolved.",
    out_of=f"{RESIDENTS} {EXCLUDED}",
    unit="percent",
    direction="neither",
    source="Network Contract DES indicators: EHCH27 (2024-25), NCDMI112 (2022-23, 2023-24)",
    why="Far fewer than expected means dementia that nobody has named, and people without a plan for it.",
    caveats=MOVES,
    valid_from=NETWORK_FROM,
    valid_to=TO_2024_25,
    example=Example(
        people=(
            Someone("Amina", "dementia", (lives(), Happened("2020-05-01", CONDITION, detail="dementia"))),
            Someone("Brian", "depression", (lives(), Happened("2020-05-01", CONDITION, detail="depression"))),
            Someone("Carol", "dementia, lives at home", (Happened("2020-05-01", CONDITION, detail="dementia"),)),
            Someone(
                "Dev",
                "dementia recorded the day after the period",
                (lives(), Happened("2023-04-01", CONDITION, detail="dementia")),
            ),
        ),
        numerator=1,
        denominator=3,
    ),
)

PLACE_OF_DEATH = replace(
    DEMENTIA,
    id="ehch28-preferred-place",
    title="Permanent care home residents with a preferred place of death recorded (contract)",
    numerator=registered(PERMANENT, did(PREFERRED_PLACE, when="ever")),
    denominator=registered(PERMANENT),
    counted="Those whose preferred place of death is on record.",
    out_of="People registered, living, 18 or over and resident in a care home for good on the last day. Everyone else "
    "is excluded (PAT_AGEU18, LATNURSPER).",
    direction="higher",
    source="Network Contract DES indicators: EHCH28 (2024-25), NCDMI113 (2022-23, 2023-24)",
    why="Where someone wants to die can be honoured only if it is known.",
    caveats=("Recorded at any time up to the end; a wish can be old.", *MOVES),
    example=Example(
        people=(
            Someone("Amina", "recorded years ago: counts", (lives(), Happened("2021-06-01", PREFERRED_PLACE))),
            Someone("Brian", "not recorded", (lives(),)),
            Someone(
                "Carol",
                "there for a while: on neither side",
                (lives("temporary"), Happened("2022-06-01", PREFERRED_PLACE)),
            ),
            Someone("Dev", "recorded the day after the period", (lives(), Happened("2023-04-01", PREFERRED_PLACE))),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (ROUNDS, MEETINGS, DEMENTIA, PLACE_OF_DEATH)
