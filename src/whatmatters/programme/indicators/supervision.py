"""Training and supervision of the three personalised care roles, as the network contract asks."""

from whatmatters.events.codes import SUPERVISED, TRAINED
from whatmatters.measurement.details import CARE_COORDINATOR, COACH, LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Post
from whatmatters.measurement.indicators import Did, Indicator, Workers, did

ROLES = {
    LINK_WORKER: "link workers",
    COACH: "health and wellbeing coaches",
    CARE_COORDINATOR: "care coordinators",
}
ASKED: dict[str, tuple[str, Did, str]] = {
    "any-training": (TRAINED, did(TRAINED, when="ever"), "who completed any course by the last day of the period"),
    "supervised": (SUPERVISED, did(SUPERVISED), "with supervision recorded at least once in the period"),
}
"""The code that shows it, when it must have been, and that in words."""


def _share(role: str, asked: str) -> Indicator:
    code, having, words = ASKED[asked]
    lasts = asked == "any-training"
    return Indicator(
        id=f"{ROLES[role].replace(' ', '-')}-{asked}-share",
        title=f"{ROLES[role].capitalize()} {'with any training' if lasts else 'supervised'}",
        component="workforce",
        numerator=Workers((role,), (having,)),
        denominator=Workers((role,)),
        counted=f"Those {ROLES[role]} {words}.",
        out_of=f"{ROLES[role].capitalize()} in post on the last day of the period.",
        unit="percent",
        direction="higher",
        source="Network Contract DES guidance 2022-23 (DES22-WF1: appropriate training and supervision)",
        why="The contract asks that these workers are trained and supervised for what they are asked to carry.",
        caveats=(
            "Whether the training or supervision was appropriate is for people to judge; this shows there was any.",
            "Workers count where they are employed, mostly by a network, so no figure is given for a single practice.",
        ),
        lowest="pcn",
        example=Example(
            people=(),
            staff=(
                Post(role, "Network", 1.0, "2021-09-01", worker="Grace"),
                Post(role, "Network", 0.5, "2021-09-01", worker="Hassan"),
                Post(role, "Network", 1.0, "2022-09-01", worker="Ines"),
                Post("clinician", "Network", 1.0, "2021-09-01", worker="Lena"),
            ),
            staff_events=(
                ("Grace", Happened("2022-04-01", code)),
                ("Hassan", Happened("2022-03-31", code)),
                ("Ines", Happened("2023-04-01", code)),
                ("Lena", Happened("2022-06-01", code)),
            ),
            because=(
                ("Grace", "on the first day: counts"),
                ("Hassan", f"the day before the period: {'still counts' if lasts else 'does not count'}"),
                ("Ines", "the day after the period: does not count"),
                ("Lena", "another role"),
            ),
            numerator=2 if lasts else 1,
            denominator=3,
        ),
    )


INDICATORS = tuple(_share(role, asked) for role in ROLES for asked in ASKED)
