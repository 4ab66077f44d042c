"""What the standard model takes as its ratios: people, link workers, networks, contacts and cases."""

from dataclasses import replace

from whatmatters.events.codes import (
    SP_ACCEPTED,
    SP_CANCELLED,
    SP_CLOSED,
    SP_CONTACT,
    SP_CONTACT_TRIED,
    SP_DECLINED,
    SP_REDIRECTED,
    SP_REFERRED,
    SP_REOPENED,
)
from whatmatters.measurement.details import LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Post, Someone
from whatmatters.measurement.indicators import (
    REGISTERED,
    By,
    EventOf,
    Happenings,
    Indicator,
    Open,
    Organisations,
    People,
    Staff,
    Workers,
    did,
)
from whatmatters.programme.indicators.words import LIST

BEGUN = (EventOf(SP_ACCEPTED), EventOf(SP_REOPENED))
ENDED = tuple(EventOf(code) for code in (SP_CLOSED, SP_DECLINED, SP_REDIRECTED, SP_CANCELLED))
ON_THE_DAY, IN_THE_PERIOD = Open(BEGUN, ENDED), Open(BEGUN, ENDED, when="period")
SPOKEN_WITH = People(did(SP_CONTACT))

_AT_NETWORKS = "Most posts are held by a network, so no figure is given for a single practice."
_WTE = "Whole-time equivalents of link workers in post on the last day of the period."

PEOPLE_PER_WORKER = Indicator(
    id="people-per-link-worker",
    title="People registered per whole-time link worker",
    component="workforce",
    numerator=REGISTERED,
    denominator=Staff(LINK_WORKER),
    counted=LIST,
    out_of=_WTE,
    unit="mean",
    direction="lower",
    source="Social prescribing standard model (SM-1: one for 10,000 people)",
    why="It says how thin the service is spread.",
    caveats=(_AT_NETWORKS, "Where there is no link worker at all there is no figure, not a good one."),
    lowest="pcn",
    example=Example(
        people=(Someone("Amina", "on the list"), Someone("Brian", "on the list"), Someone("Carol", "on the list")),
        staff=(
            Post(LINK_WORKER, "Network", 0.6, "2021-09-01"),
            Post(LINK_WORKER, "Network", 0.9, "2023-03-31"),
            Post("coach", "Network", 1.0, "2021-09-01"),
        ),
        numerator=3,
        denominator=1.5,
    ),
)

WORKERS_PER_NETWORK = Indicator(
    id="link-workers-per-network",
    title="Link workers per primary care network",
    component="workforce",
    numerator=Workers((LINK_WORKER,)),
    denominator=Organisations("pcn"),
    counted="Link workers in post on the last day of the period, each once.",
    out_of="Primary care networks open on the last day of the period.",
    unit="mean",
    direction="neither",
    source="Social prescribing standard model (SM-2: at most five in a network)",
    why="The model was costed for up to five link workers in a network.",
    caveats=(
        "Link workers held by a sub-ICB or ICB count in its average though they are in no network.",
        "Practices listed without a network must not be given one called U: that would count as a network.",
    ),
    lowest="pcn",
    example=Example(
        people=(),
        organisations=(("Coast", "pcn", "Sub-ICB"),),
        staff=(
            Post(LINK_WORKER, "Network", 1.0, "2021-09-01", worker="Grace"),
            Post(LINK_WORKER, "Network", 0.5, "2021-09-01", worker="Hassan"),
            Post(LINK_WORKER, "Coast", 0.5, "2021-09-01", worker="Hassan"),
            Post(LINK_WORKER, "Coast", 1.0, "2022-01-04", worker="Ines"),
        ),
        because=(
            ("Grace", "one post in one network"),
            ("Hassan", "half in each network: one worker"),
            ("Ines", "one post in the other network"),
        ),
        numerator=3,
        denominator=2,
    ),
)

_TALKS = Example(
    people=(
        Someone(
            "Amina",
            "spoken with three times, twice on one day; one attempt that failed does not count",
            (
                Happened("2022-05-03", SP_CONTACT, episode=1),
                Happened("2022-05-10", SP_CONTACT_TRIED, episode=1),
                Happened("2022-05-12", SP_CONTACT, episode=1),
                Happened("2022-05-12", SP_CONTACT, episode=1),
            ),
        ),
        Someone(
            "Brian",
            "spoken with once in the period and once after it",
            (Happened("2023-03-31", SP_CONTACT, episode=2), Happened("2023-04-01", SP_CONTACT, episode=2)),
        ),
        Someone("Carol", "referred, never reached", (Happened("2022-06-01", SP_REFERRED, episode=3),)),
        Someone("Dev", "on the list"),
    ),
    numerator=2,
    denominator=4,
)

SUPPORTED = Indicator(
    id="sp-supported-share",
    title="People supported by a link worker",
    component="social_prescribing",
    numerator=SPOKEN_WITH,
    denominator=REGISTERED,
    counted="People a link worker spoke with at least once in the period.",
    out_of=LIST,
    unit="percent",
    direction="neither",
    source="Social prescribing standard model (SM-3: at most 3% of the local population)",
    why="The model expects up to three in a hundred; beyond that there are too few workers for it.",
    caveats=("Supported means spoken with. A case that is open but silent does not count.",),
    example=_TALKS,
)

CONTACTS = Indicator(
    id="sp-contacts-per-person",
    title="Contacts with the link worker per person",
    component="social_prescribing",
    numerator=Happenings((EventOf(SP_CONTACT),)),
    denominator=SPOKEN_WITH,
    counted="Times a link worker spoke with a person in the period.",
    out_of="People a link worker spoke with at least once in the period.",
    unit="mean",
    direction="neither",
    source="Social prescribing standard model (SM-4, SM-5: six to twelve contacts a person)",
    why="One talk is seldom enough, and a worker who sees few people often sees too few.",
    caveats=(
        "Contacts of this period only: support that runs over its edge is cut in two, so that the figure is lower "
        "than contacts over a whole case, most of all in a quarter.",
        "By how they spoke, a person is in the group of every way that was used.",
    ),
    by=By("contact_by", SP_CONTACT, ("phone", "in person", "video", "message", "letter")),
    example=replace(_TALKS, numerator=4, denominator=2),
)

_CASES = Example(
    practices=("Bridge Street", "Hill Top"),
    people=(
        Someone("Amina", "accepted, open", (Happened("2022-05-03", SP_ACCEPTED, episode=1),)),
        Someone(
            "Brian",
            "closed on the last day: not open, but in the year",
            (Happened("2022-06-01", SP_ACCEPTED, episode=2), Happened("2023-03-31", SP_CLOSED, episode=2)),
        ),
        Someone(
            "Carol",
            "closed before the year, reopened in it: open",
            (
                Happened("2021-06-01", SP_ACCEPTED, episode=3),
                Happened("2021-09-01", SP_CLOSED, episode=3),
                Happened("2023-01-09", SP_REOPENED, episode=3),
            ),
        ),
        Someone("Dev", "referred, not accepted yet", (Happened("2023-03-20", SP_REFERRED, episode=4),)),
        Someone(
            "Ewa",
            "accepted, then found to need another service",
            (Happened("2022-07-01", SP_ACCEPTED, episode=5), Happened("2022-07-15", SP_REDIRECTED, episode=5)),
        ),
        Someone(
            "Farid",
            "open, but his practice never closed a case: not known, left out",
            (Happened("2022-07-01", SP_ACCEPTED, episode=6),),
            registered=(("Hill Top", "2015-04-01", None),),
        ),
    ),
    staff=(Post(LINK_WORKER, "Network", 0.5, "2021-09-01"),),
    numerator=2,
    denominator=0.5,
)

CASELOAD_DAY = Indicator(
    id="sp-caseload",
    title="People with an open case per whole-time link worker, on the day",
    component="social_prescribing",
    numerator=ON_THE_DAY,
    denominator=Staff(LINK_WORKER),
    counted="People with a case that a link worker had accepted and that had not ended by the last day.",
    out_of=_WTE,
    unit="mean",
    direction="neither",
    source="Beside the social prescribing standard model (SM-6, SM-7), whose figure is for a year",
    why="It says how much each worker carries now.",
    caveats=(
        _AT_NETWORKS,
        "A practice where no case was ever closed is left out: closing may not be recorded there. Its network's "
        "workers are not left out with it.",
        "Coded extracts hold no case numbers and no public code for closing, so that they give no caseload.",
    ),
    lowest="pcn",
    needs=(SP_CLOSED,),
    beside="sp-caseload-year",
    example=_CASES,
)

CASELOAD_YEAR = replace(
    CASELOAD_DAY,
    id="sp-caseload-year",
    title="People with a case open in the period per whole-time link worker",
    numerator=IN_THE_PERIOD,
    counted="People with a case that a link worker had accepted and that was open at some time in the period.",
    source="Social prescribing standard model (SM-6, SM-7: 200 to 250 a year, which it calls a minimum)",
    why="The model expects at least 200 to 250 people a year of a full-time worker.",
    caveats=(
        *CASELOAD_DAY.caveats,
        "The model's figure is for a year: a quarter's says less. Workers are those of the last day alone.",
    ),
    beside="sp-caseload",
    example=replace(_CASES, numerator=4),
)

INDICATORS = (PEOPLE_PER_WORKER, WORKERS_PER_NETWORK, SUPPORTED, CONTACTS, CASELOAD_DAY, CASELOAD_YEAR)
