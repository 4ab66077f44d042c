"""The nine minimum choice standards: which commissioners looked, and which meet them all."""

from whatmatters.events.codes import CHOICE_STANDARDS_MET
from whatmatters.measurement.examples import Happened
from whatmatters.measurement.indicators import Did, EventOf
from whatmatters.programme.indicators.attested import HUMBER, attested, example_of

ASSESSED = attested(
    "sub_icb",
    Did((EventOf(CHOICE_STANDARDS_MET),), when="ever"),
    id="choice-self-assessed-share",
    title="Commissioners that completed the choice planning self-assessment",
    component="choice",
    counted="Those that by the end of the period had completed the self-assessment at least once, whatever its result.",
    source="NHS England board paper on the Comprehensive Model (choice-self-assessment: 80% of CCGs)",
    why="Choice is a legal right; a commissioner that has not looked does not know whether it is kept.",
    example=example_of(
        "sub_icb",
        (Happened("2019-06-01", CHOICE_STANDARDS_MET, 4),),
        (Happened("2023-03-31", CHOICE_STANDARDS_MET, 9),),
        (),
        (Happened("2023-04-01", CHOICE_STANDARDS_MET, 9),),
        so=(
            "completed years ago, 4 of 9 met: counts",
            "completed on the last day: counts",
            "never completed: does not count",
            "completed the day after the period: does not count",
        ),
        numerator=2,
    ),
)

COMPLIANT = attested(
    "sub_icb",
    Did((EventOf(CHOICE_STANDARDS_MET, least=9),), months=12),
    id="choice-compliant-share",
    title="Commissioners that meet all nine minimum choice standards",
    component="choice",
    counted="Those that found all nine standards met in a self-assessment of the 12 months to the end of the period.",
    source=f"Quality indicator CH-Q3: 100% of commissioners; {HUMBER} (choice-compliance: every year from 2019-20)",
    why="The standards are what law and contract ask at the least.",
    caveats=(
        "The wording of the nine standards was not found; the self-assessment says only how many are met.",
        "Asked every year: an assessment more than 12 months old no longer counts.",
    ),
    example=example_of(
        "sub_icb",
        (Happened("2022-06-01", CHOICE_STANDARDS_MET, 9),),
        (Happened("2022-04-01", CHOICE_STANDARDS_MET, 7), Happened("2023-02-01", CHOICE_STANDARDS_MET, 9)),
        (Happened("2022-06-01", CHOICE_STANDARDS_MET, 8),),
        (Happened("2022-03-31", CHOICE_STANDARDS_MET, 9),),
        so=(
            "all nine met: counts",
            "7 of 9 in April, all nine in February: counts",
            "8 of 9 met: does not count",
            "all nine met the day before these 12 months: does not count",
        ),
        numerator=2,
    ),
)

INDICATORS = (ASSESSED, COMPLIANT)
