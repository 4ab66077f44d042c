"""Which practices work with link workers: refer to them, and have them in their meetings."""

from dataclasses import replace

from whatmatters.events.codes import IN_MEETINGS, SP_REFERRED
from whatmatters.measurement.examples import Example, Happened, Someone
from whatmatters.measurement.indicators import Indicator, Organisations, did

PRACTICES_REFERRING = Indicator(
    id="sp-practices-referring",
    title="Practices that refer to a link worker",
    component="social_prescribing",
    numerator=Organisations(did=did(SP_REFERRED)),
    denominator=Organisations(),
    counted="Those practices that made at least one referral to social prescribing in the period.",
    out_of="Practices open on the last day of the period.",
    unit="percent",
    direction="higher",
    source="Social prescribing standard model, quality indicator SP-Q1; NHS England board paper (link-worker-access)",
    why="Every practice should be able to refer; one that never does leaves its people out.",
    caveats=(
        "The practice is the one the referral says made it. A referral by the person or another agency has none.",
        "Shows that practices do refer, not that those without a referral could not.",
    ),
    beside="sp-practices-meetings",
    example=Example(
        practices=("Bridge Street", "Hill Top", "Quayside"),
        people=(
            Someone(
                "Amina",
                "registered at Bridge Street, referred by Hill Top: Hill Top refers",
                (Happened("2022-05-03", SP_REFERRED, episode=1, organisation="Hill Top"),),
            ),
            Someone(
                "Brian",
                "referred himself: no practice did",
                (Happened("2022-06-01", SP_REFERRED, episode=2, detail="self"),),
            ),
            Someone(
                "Carol",
                "referred by Quayside before the period",
                (Happened("2022-03-31", SP_REFERRED, episode=3, organisation="Quayside"),),
            ),
        ),
        numerator=1,
        denominator=3,
    ),
)

PRACTICES_MEETING = replace(
    PRACTICES_REFERRING,
    id="sp-practices-meetings",
    title="Practices whose meetings link workers take part in",
    numerator=Organisations(did=did(IN_MEETINGS)),
    counted="Those practices for which it was recorded in the period that link workers take part in their meetings.",
    source="Social prescribing standard model, quality indicator SP-Q1, its other half: involved in practice meetings",
    why="A link worker who is in the room is thought of when a person's problem is not medical.",
    caveats=(
        "A link worker was at a meeting of the practice on a day of the period; what came of it is not recorded.",
        "It is asked for anew in every period; last year's does not carry over.",
        "That a practice says it could involve them is another number: sp-practices-able-share.",
    ),
    beside="sp-practices-referring",
    example=Example(
        practices=("Bridge Street", "Hill Top", "Quayside"),
        people=(),
        organisation_events=(
            ("Bridge Street", Happened("2022-04-01", IN_MEETINGS)),
            ("Bridge Street", Happened("2022-10-05", IN_MEETINGS)),
            ("Hill Top", Happened("2022-03-31", IN_MEETINGS)),
            ("Quayside", Happened("2023-04-01", IN_MEETINGS)),
        ),
        because=(
            ("Bridge Street", "twice in the period: counts once"),
            ("Hill Top", "the day before the period"),
            ("Quayside", "the day after the period"),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (PRACTICES_REFERRING, PRACTICES_MEETING)
