"""The people behind the work, counted where they are employed."""

from whatmatters.measurement.examples import Example, Post, Someone
from whatmatters.measurement.indicators import REGISTERED, Indicator, Staff

LINK_WORKERS = Indicator(
    id="link-worker-wte-per-10000",
    title="Link workers (whole-time equivalent) per 10,000 registered",
    component="workforce",
    numerator=Staff("link_worker"),
    denominator=REGISTERED,
    counted="Whole-time equivalents of social prescribing link workers in post on the last day of the period.",
    out_of="People registered and living on the last day of the period.",
    unit="per 10,000",
    direction="higher",
    source="Social prescribing standard model (SM-1); Network Contract DES guidance 2022-23 (DES22-SP0)",
    why="The standard model takes one full-time link worker for every 10,000 people.",
    caveats=(
        "A post counts at the organisation that holds it and above. Most are held by a network, so no figure is given "
        "for a single practice.",
        "A post held by a sub-ICB or ICB counts there and above, in none of its networks.",
        "Vacancies, sickness and whether the worker is trained are not seen.",
    ),
    lowest="pcn",
    example=Example(
        people=(
            Someone("Amina", "on the list"),
            Someone("Brian", "on the list"),
            Someone("Carol", "died before the last day: not on the list", died="2023-03-30"),
        ),
        staff=(
            Post("link_worker", "Network", 0.6, "2021-09-01"),
            Post("link_worker", "Bridge Street", 1.0, "2023-03-31"),
            Post("link_worker", "Network", 1.0, "2020-01-06", "2023-03-31"),
            Post("care_coordinator", "Network", 1.0, "2021-09-01"),
        ),
        numerator=1.6,
        denominator=2,
    ),
)

INDICATORS = (LINK_WORKERS,)
