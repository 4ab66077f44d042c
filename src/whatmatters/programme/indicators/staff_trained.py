"""Training of those who plan, decide and prescribe with people, told from their training record."""

from typing import Any

from whatmatters.events.codes import TRAINED
from whatmatters.measurement.details import (
    CARE_COORDINATOR,
    COACH,
    COURSE_DECISIONS,
    COURSE_DECISIONS_ONLINE,
    COURSE_IMPROVEMENT,
    COURSE_PLANNING,
    GP,
    LINK_WORKER,
    said,
)
from whatmatters.measurement.examples import Example, Happened, Post
from whatmatters.measurement.indicators import Did, EventOf, Indicator, Workers

PLANNERS = (CARE_COORDINATOR, LINK_WORKER, COACH, "clinician")
"""Roles that write plans with people here: ``write a plan`` in access/roles.py."""

PHARMACISTS = ("clinical_pharmacist",)
JOINT_PRACTITIONERS = ("first_contact_physiotherapist", "physiotherapist")
CLINICAL = (
    "clinician",
    GP,
    "nurse",
    *PHARMACISTS,
    *JOINT_PRACTITIONERS,
    "paramedic",
    "physician_associate",
    "occupational_therapist",
    "dietitian",
    "podiatrist",
    "mental_health_practitioner",
)
"""Clinical roles: the record has ``clinician``; facts from a workforce return may name the profession."""

PERSONALISED = (COURSE_PLANNING, COURSE_DECISIONS, COURSE_IMPROVEMENT)


def _trained(
    roles: tuple[str, ...], courses: tuple[str, ...], who: str, *, caveats: tuple[str, ...] = (), **words: Any
) -> Indicator:
    return Indicator(
        numerator=Workers(roles, having=(Did((EventOf(TRAINED, courses),), when="ever"),)),
        denominator=Workers(roles),
        counted=f"Those who by the end of the period had completed training in {' or '.join(map(said, courses))}.",
        out_of=f"{who} in post on the last day of the period. Someone with several posts counts once, where they work "
        "most hours.",
        unit="percent",
        direction="higher",
        caveats=(
            *caveats,
            "Training counts from the day it was completed and for good; how long ago is not judged.",
            "Only training entered in the record of the organisation that holds the post is seen.",
        ),
        lowest="pcn",
        example=_example(roles, courses[0]),
        **words,
    )


def _example(roles: tuple[str, ...], course: str) -> Example:
    role, other = roles[0], roles[-1]
    return Example(
        people=(),
        staff=(
            Post(role, "Bridge Street", 1.0, "2019-09-01", worker="Tess"),
            Post(role, "Bridge Street", 0.4, "2021-01-04", worker="Umar"),
            Post(other, "Network", 0.6, "2021-01-04", worker="Umar"),
            Post(other, "Network", 1.0, "2022-11-01", worker="Vera"),
            Post(role, "Bridge Street", 0.8, "2018-02-01", "2023-03-31", worker="Will"),
            Post("administrator", "Bridge Street", 1.0, "2018-02-01", worker="Xenia"),
            Post(role, "Bridge Street", 1.0, "2018-02-01", worker="Yusuf"),
        ),
        staff_events=(
            ("Tess", Happened("2020-02-12", TRAINED, detail=course)),
            ("Umar", Happened("2023-03-31", TRAINED, detail=course)),
            ("Vera", Happened("2023-04-01", TRAINED, detail=course)),
            ("Will", Happened("2019-05-01", TRAINED, detail=course)),
            ("Xenia", Happened("2019-05-01", TRAINED, detail=course)),
            ("Yusuf", Happened("2019-05-01", TRAINED, detail="fire-safety")),
        ),
        because=(
            ("Tess", "trained years ago: counts"),
            ("Umar", "two posts, trained on the last day: counts once"),
            ("Vera", "trained the day after the period: in post, not yet trained"),
            ("Will", "trained, but left on the last day: on neither side"),
            ("Xenia", "trained, but not in one of these roles: on neither side"),
            ("Yusuf", "another course: in post, not trained"),
        ),
        numerator=2,
        denominator=4,
    )


DRAFT = "Summary of the draft PCN specification 2020-21 (DRAFT20-5: training record by staff group)"
ACCESS = "Access to training, as the source has it, is taken to be shown by having completed it."

PLANNING = _trained(
    PLANNERS,
    (COURSE_PLANNING,),
    "Care coordinators, link workers, health and wellbeing coaches and clinicians",
    id="pcsp-staff-trained-share",
    title="Staff involved in planning who are trained in personalised care planning",
    component="care_planning",
    source="Quality indicator PCSP-Q3: 90% of staff involved in planning with access to accredited training that "
    "includes planning",
    why="A plan is as good as the conversation behind it, and such conversations can be learned.",
    caveats=(ACCESS, "Whoever holds one of these roles is taken to be involved in planning."),
)
DECISIONS = _trained(
    CLINICAL,
    (COURSE_DECISIONS,),
    "Clinicians",
    id="sdm-clinicians-trained-share",
    title="Clinicians trained in shared decision making",
    component="shared_decision_making",
    source="Quality indicator SDM-Q3: 90% of clinicians involved in decision making with access to accredited training "
    "that includes shared decision making",
    why="Setting out options evenly, and asking before advising, are skills.",
    caveats=(ACCESS, "Every clinician is taken to be involved in decision making."),
)
ONLINE = _trained(
    CLINICAL,
    (COURSE_DECISIONS_ONLINE,),
    "Clinical staff",
    id="sdm-e-learning-share",
    title="Clinical staff who completed the shared decision making e-learning",
    component="shared_decision_making",
    source="Network Contract DES guidance, B1357 (DES22-SDM1: every clinical member of staff, by 30 September 2022)",
    why="The contract asked every clinical member of staff for these 30 minutes.",
)
GROUPS = tuple(
    _trained(
        roles,
        PERSONALISED,
        who,
        id=f"{name}-trained-share",
        title=f"{who} trained in personalised care",
        component="workforce",
        source=DRAFT,
        why="The draft names the groups whose training carries personalised care into a network.",
        caveats=("Shared learning and improvement work that is no course is not seen.", *caveats),
    )
    for name, who, roles, caveats in (
        ("planning-teams", "Members of planning teams", PLANNERS, ()),
        (
            "clinical-pharmacists",
            "Clinical pharmacists",
            PHARMACISTS,
            ("Whether they do structured medication reviews is not seen.",),
        ),
        ("musculoskeletal-practitioners", "Musculoskeletal practitioners", JOINT_PRACTITIONERS, ()),
        ("link-workers-personalised-care", "Link workers", (LINK_WORKER,), ()),
    )
)

INDICATORS = (PLANNING, DECISIONS, ONLINE, *GROUPS)
