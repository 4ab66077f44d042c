"""What networks and practices attest of social prescribing: its plan, its review, its protocol, its targets."""

from typing import Any

from whatmatters.events.codes import ATTESTED
from whatmatters.measurement.details import (
    ACCESS_TARGETS_SET,
    LINK_WORKERS_INVOLVED,
    PROACTIVE_PLAN_AGREED,
    PROACTIVE_REVIEWED,
)
from whatmatters.measurement.examples import Example, Happened
from whatmatters.measurement.indicators import Did, EventOf, Indicator, Organisations
from whatmatters.programme.indicators.attested import GUIDANCE, OWN_WORD, attested, example_of

MODEL = "Social prescribing standard model"
PROTOCOL: dict[str, tuple[str, str]] = {
    "protocol-priority-groups": ("SM-10", "the expected priority groups"),
    "protocol-expected-referrals": ("SM-11", "the expected number of referrals"),
    "protocol-workforce": ("SM-12", "the workforce"),
    "protocol-costs": ("SM-13", "the costs"),
    "protocol-effectiveness": ("SM-14", "the effectiveness"),
    "protocol-groups-supported": ("SM-15", "how community groups are supported to receive referrals"),
    "protocol-map": ("SM-16", "a map of communities, assets, high impact interventions and gaps"),
    "protocol-strategy": ("SM-17", "the whole-system strategy for community-based approaches"),
    "protocol-collaborative": ("SM-18", "with whom the scheme is commissioned collaboratively"),
    "protocol-range": ("SM-19", "the range of approaches: peer support, advice, activity and community-based support"),
}
"""By the detail of what is attested: the row of the standard model, and what the protocol states."""


def _this_period(what: str, *, counted: str, caveats: tuple[str, ...] = (), **said: Any) -> Indicator:
    """Attested anew in every period."""
    return attested(
        "pcn",
        Did((EventOf(ATTESTED, (what,)),)),
        counted=counted,
        component="social_prescribing",
        caveats=("It is asked for anew in every period; last year's does not carry over.", *caveats),
        example=example_of(
            "pcn",
            (Happened("2022-04-01", ATTESTED, detail=what),),
            (Happened("2022-06-01", ATTESTED, detail=what), Happened("2023-03-31", ATTESTED, detail=what)),
            (Happened("2022-03-31", ATTESTED, detail=what),),
            (Happened("2022-06-01", ATTESTED, detail="something-else"),),
            so=(
                "attested on the first day: counts",
                "attested twice: counts once",
                "attested the day before the period: does not count",
                "attested something else: does not count",
            ),
            numerator=2,
        ),
        **said,
    )


PLANNED = _this_period(
    PROACTIVE_PLAN_AGREED,
    id="sp-proactive-plan-agreed-share",
    title="Primary care networks that agreed a proactive offer with partners and people with lived experience",
    counted="Those that attested in the period that the plan of a proactive offer was agreed, all sides having had a "
    "say: commissioner, local authority, voluntary groups, clinical partners and people with lived experience.",
    source=f"{GUIDANCE} (DES22-SP1: by 30 September 2022)",
    why="An offer made without those it is for is made for someone else.",
    caveats=("The day of each is on the page of the network's scheme; here, the whole period counts.",),
)
REVIEWED = _this_period(
    PROACTIVE_REVIEWED,
    id="sp-proactive-reviewed-share",
    title="Primary care networks that reviewed whom their proactive offer is for",
    counted="Those that attested in the period that the cohort was reviewed after looking at need and capacity.",
    source=f"{GUIDANCE} (DES22-SP3: by 31 March 2023)",
    why="Need moves, and so does what a network can carry.",
    caveats=("A review may extend the offer, keep it or end it; which, is on the offer's page.",),
)
TARGETS_SET = _this_period(
    ACCESS_TARGETS_SET,
    id="sp-access-targets-set-share",
    title="Primary care networks that set targets for better access to social prescribing",
    counted="Those that attested in the period that targets for better access are set.",
    source=f"{GUIDANCE} (DES22-SP6: targets for improved access are set and monitored)",
    why="A target set is one that can be missed, and so one that is looked at.",
    caveats=("The targets and how each stands are on the page of the network's scheme.",),
)
STATED = tuple(
    _this_period(
        what,
        id=f"sp-{what}-share",
        title=f"Primary care networks whose protocol states {states}",
        counted=f"Those that attested in the period that the protocol of their scheme states {states}.",
        source=f"{MODEL} ({row})",
        why="What is written down can be held against what happened.",
    )
    for what, (row, states) in PROTOCOL.items()
)

PRACTICES_ABLE = Indicator(
    id="sp-practices-able-share",
    title="Practices that can involve link workers in meetings and refer to them",
    component="social_prescribing",
    numerator=Organisations(did=Did((EventOf(ATTESTED, (LINK_WORKERS_INVOLVED,)),))),
    denominator=Organisations(),
    counted="Those practices that attested in the period that they can involve link workers in their meetings and "
    "refer people to them.",
    out_of="Practices open on the last day of the period.",
    unit="percent",
    direction="higher",
    source=f"{MODEL}, quality indicator SP-Q1: practice attestation",
    why="Being able to comes before doing it; where the two differ, something stands in the way.",
    caveats=("It is asked for anew in every period; last year's does not carry over.", OWN_WORD),
    beside="sp-practices-meetings",
    example=Example(
        practices=("Bridge Street", "Hill Top", "Quayside"),
        people=(),
        organisation_events=(
            ("Bridge Street", Happened("2022-04-01", ATTESTED, detail=LINK_WORKERS_INVOLVED)),
            ("Hill Top", Happened("2022-03-31", ATTESTED, detail=LINK_WORKERS_INVOLVED)),
            ("Quayside", Happened("2022-06-01", ATTESTED, detail="something-else")),
        ),
        because=(
            ("Bridge Street", "on the first day: counts"),
            ("Hill Top", "the day before the period"),
            ("Quayside", "attested something else"),
        ),
        numerator=1,
        denominator=3,
    ),
)

INDICATORS = (PLANNED, REVIEWED, TARGETS_SET, *STATED, PRACTICES_ABLE)
