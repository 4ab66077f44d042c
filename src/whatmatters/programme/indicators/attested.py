"""What commissioners and networks attest: done or not done, by how many of them."""

from typing import Any

from whatmatters.events.codes import ATTESTED
from whatmatters.measurement.details import (
    BUDGETS_FOR_LEGAL_RIGHTS,
    DECISIONS_AUDITED,
    DECISIONS_IMPROVED,
    DECISIONS_SELF_ASSESSED,
    READY_FOR_26_WEEKS,
    WHEELCHAIR_VOUCHERS_REPLACED,
)
from whatmatters.measurement.examples import Example, Happened
from whatmatters.measurement.indicators import Did, EventOf, Indicator, Organisations

HUMBER = "Five-year ambition, Humber, Coast and Vale"
GUIDANCE = "Network Contract DES guidance, B1357"
OWN_WORD = "It is the organisation's own word; nothing here checks it."
KINDS = {
    "icb": ("Integrated care boards", ("ICB", "ICB of the Moors", "ICB of the Coast", "ICB of the Vale"), "Region"),
    "sub_icb": (
        "Commissioners (clinical commissioning groups, since July 2022 sub-ICB locations)",
        ("Sub-ICB", "Moors", "Coast", "Vale"),
        "ICB",
    ),
    "pcn": ("Primary care networks", ("Network", "Moors Network", "Coast Network", "Vale Network"), "Sub-ICB"),
}


def attested(kind: str, did: Did, *, caveats: tuple[str, ...] = (), **said: Any) -> Indicator:
    """The share of organisations of a kind, from its own level upwards, that did it."""
    return Indicator(
        numerator=Organisations(kind, did),
        denominator=Organisations(kind),
        out_of=f"{KINDS[kind][0]} open on the last day of the period.",
        unit="percent",
        direction="higher",
        caveats=(*caveats, OWN_WORD),
        lowest=kind,
        **said,
    )


def example_of(kind: str, *said: tuple[Happened, ...], so: tuple[str, ...], numerator: int) -> Example:
    """Four organisations of a kind: one that the example has anyway, and three more, with what each did."""
    _, names, above = KINDS[kind]
    return Example(
        people=(),
        organisations=tuple((name, kind, above) for name in names[1:]),
        organisation_events=tuple((name, event) for name, events in zip(names, said, strict=True) for event in events),
        because=tuple(zip(names, so, strict=True)),
        numerator=numerator,
        denominator=len(names),
    )


def _once(kind: str, what: str, done: str, *, caveats: tuple[str, ...] = (), **said: Any) -> Indicator:
    """Attested once is attested for good."""
    return attested(
        kind,
        Did((EventOf(ATTESTED, (what,)),), when="ever"),
        counted=f"Those that by the end of the period had attested that {done}.",
        caveats=("Once attested it counts in every later period; a withdrawal is not seen.", *caveats),
        example=example_of(
            kind,
            (Happened("2023-03-31", ATTESTED, detail=what),),
            (Happened("2020-06-01", ATTESTED, detail=what), Happened("2022-06-01", ATTESTED, detail=what)),
            (Happened("2023-04-01", ATTESTED, detail=what),),
            (Happened("2022-06-01", ATTESTED, detail="something-else"),),
            so=(
                "attested on the last day: counts",
                "attested years before, and again: counts once",
                "attested the day after the period: does not count",
                "attested something else: does not count",
            ),
            numerator=2,
        ),
        **said,
    )


VOUCHERS_REPLACED = _once(
    "icb",
    WHEELCHAIR_VOUCHERS_REPLACED,
    "its wheelchair voucher scheme is replaced by personal wheelchair budgets",
    id="phb-wheelchair-vouchers-replaced-share",
    title="Integrated care boards that have replaced wheelchair vouchers with personal wheelchair budgets",
    component="budgets",
    source="Quality indicator PHB-Q7: voucher scheme replaced, yes or no",
    why="Since December 2019 people who use wheelchair services have a right to a budget.",
    caveats=("Of one board the answer is 0% or 100%: no or yes.", "Vouchers still seen in use would contradict it."),
)
LEGAL_RIGHTS = _once(
    "icb",
    BUDGETS_FOR_LEGAL_RIGHTS,
    "it offers budgets in every area with a legal right, and to a range of groups that local need asks for",
    id="phb-legal-right-share",
    title="Integrated care boards that offer budgets wherever there is a legal right",
    component="budgets",
    source=f"{HUMBER} (phb-legal-right: all commissioners, by 2023-24)",
    why="A right that is not offered is used only by those who know of it.",
    caveats=("How many groups have budgets is counted from the budgets themselves in phb-cohorts.",),
)
AT_26_WEEKS = _once(
    "icb",
    READY_FOR_26_WEEKS,
    "processes to support choice at 26 weeks of waiting are developed and embedded",
    id="choice-26-weeks-ready-share",
    title="Integrated care boards ready to offer choice at 26 weeks of waiting",
    component="choice",
    source=f"{HUMBER} (choice-26-week: 2019-20 and 2020-21)",
    why="Nobody can be offered another provider in time unless somebody watches the list.",
    caveats=("Offers made are counted in choice-alternative-at-26-weeks-share.",),
)
SELF_ASSESSED = _once(
    "icb",
    DECISIONS_SELF_ASSESSED,
    "the self-assessment of shared decision making is completed and an improvement plan developed",
    id="sdm-self-assessed-share",
    title="Integrated care boards that assessed their shared decision making",
    component="shared_decision_making",
    source=f"{HUMBER} (sdm-self-assessment: 2019-20)",
    why="A system that knows where decisions are not shared can begin there.",
)
IMPROVED = _once(
    "icb",
    DECISIONS_IMPROVED,
    "the improvement plan that followed from the self-assessment is delivered",
    id="sdm-improvement-plan-delivered-share",
    title="Integrated care boards that delivered their improvement plan for shared decision making",
    component="shared_decision_making",
    source=f"{HUMBER} (sdm-improvement-plan: 2020-21)",
    why="A self-assessment changes nothing until its plan is carried out.",
)
AUDITED = _once(
    "pcn",
    DECISIONS_AUDITED,
    "a sample of people's experience was audited with a validated tool, and improvements were considered, made and "
    "written down",
    id="sdm-audited-share",
    title="Primary care networks that audited how shared decisions felt, and acted on it",
    component="shared_decision_making",
    source=f"{GUIDANCE} (DES22-SDM2: by 31 March 2023)",
    why="Asking people is worth their time only if something follows.",
    caveats=("The answers themselves are counted in sdm-experience-asked-share and sdm-collaborate-top-score-share.",),
)

INDICATORS = (VOUCHERS_REPLACED, LEGAL_RIGHTS, AT_26_WEEKS, SELF_ASSESSED, IMPROVED, AUDITED)
