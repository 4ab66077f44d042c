"""Who leads: the clinical lead for personalised care that the draft specification asks of every network."""

from whatmatters.measurement.examples import Example, Post
from whatmatters.measurement.indicators import Indicator, Organisations, Workers

LEADS = Indicator(
    id="clinical-leads-per-network",
    title="Clinical leads for personalised care, for each primary care network",
    component="all",
    numerator=Workers(("clinical_lead",)),
    denominator=Organisations("pcn"),
    counted="People in post as clinical lead for personalised care on the last day of the period.",
    out_of="Primary care networks open on that day.",
    unit="mean",
    direction="higher",
    source="Summary of the draft PCN specification 2020-21 (DRAFT20-1: a clinical lead is named across the network)",
    why="What nobody answers for is left to chance.",
    caveats=(
        "1 means a lead for each network on average; a network with two makes up for one with none.",
        "Of one network: 1 or more is yes, 0 is no.",
        "A lead whose post a practice holds counts for its network.",
    ),
    lowest="pcn",
    example=Example(
        people=(),
        organisations=(("Moors Network", "pcn", "Sub-ICB"), ("Coast Network", "pcn", "Sub-ICB")),
        staff=(
            Post("clinical_lead", "Network", 0.2, "2020-05-01", worker="Tess"),
            Post("clinical_lead", "Moors Network", 0.1, "2020-05-01", "2023-03-31", worker="Umar"),
            Post("clinical_lead", "Moors Network", 0.1, "2023-03-31", worker="Vera"),
            Post("clinical_lead", "Coast Network", 0.1, "2023-04-01", worker="Will"),
            Post("pcn_manager", "Coast Network", 1.0, "2019-07-01", worker="Xenia"),
        ),
        because=(
            ("Tess", "in post: counts"),
            ("Umar", "left on the last day: does not count"),
            ("Vera", "began on the last day: counts"),
            ("Will", "begins the day after the period"),
            ("Xenia", "manages the network, is not its clinical lead"),
        ),
        numerator=2,
        denominator=3,
    ),
)

INDICATORS = (LEADS,)
