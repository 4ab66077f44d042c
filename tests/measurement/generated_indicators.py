"""Indicators that nobody would write: every class of the vocabulary with every field, over a handful of codes.

``draw`` is a ``random.Random``. Ids are numbered; a code that is rare is there for ``needs``.
"""

from tests.measurement.generated_worlds import DETAILS

from whatmatters.events import codes
from whatmatters.measurement.indicators import (
    LEVELS,
    LISTED,
    Aged,
    AllOf,
    AnyOf,
    Around,
    AtLeast,
    By,
    Change,
    Did,
    Doings,
    Episodes,
    EventOf,
    Followed,
    Happenings,
    Indicator,
    Kinds,
    Largest,
    Not,
    Open,
    Organisations,
    Overdue,
    Pairs,
    People,
    Published,
    Staff,
    Standing,
    Total,
    Workers,
    events_of,
)

CODES = (codes.SP_REFERRED, codes.SP_ACCEPTED, codes.SP_CLOSED, codes.PLAN_AGREED, codes.PLAN_REVIEW_SET)
ROLES = ("link_worker", "care_coordinator", "health_coach")
NUMBERS = (None, 0.0, 1.0, 2.1, 6.25, 7.3, 90.0)
DAYS = (1, 90, 91, 275, 365)  # so many days lie between two edges


def indicators(draw, number):
    return [indicator(draw, f"generated-{n}") for n in range(number)]


def indicator(draw, name):
    numerator = draw.choice((person_count, person_count, person_count, other_count))(draw)
    denominator = draw.choice((person_count, person_count, other_count, lambda draw: None))(draw)
    counts = (numerator,) if denominator is None else (numerator, denominator)
    return Indicator(
        id=name,
        title=name,
        component="whole_model",
        numerator=numerator,
        denominator=denominator,
        counted="",
        out_of="",
        unit="count" if denominator is None else "percent",
        direction="neither",
        source="",
        why="",
        caveats=(),
        example=None,
        lowest=draw.choice(("practice", "practice", *LEVELS)),
        by=by(draw, counts) if all(not isinstance(one, NOT_SPLIT) for one in counts) else None,
        needs=tuple(draw.sample((*CODES, codes.HOLISTIC_NEEDS), draw.choice((0, 0, 0, 1, 1, 2)))),
    )


NOT_SPLIT = (Organisations, Doings, Staff, Workers, Largest, Kinds, Published)


def by(draw, counts):
    """Groups of a code that no event of these counts holds to some details already."""
    events = list(events_of(counts))
    free = sorted({one.code for one in events} - {one.code for one in events if one.details})
    details = tuple(draw.sample(DETAILS, draw.randint(1, 3)))
    return By("kind", draw.choice(free), details) if free and draw.random() < 0.5 else None


def event(draw, code=None):
    low, high = draw.choice(NUMBERS), draw.choice(NUMBERS)
    asks = draw.choice(("", "", "", "details", "but", "least", "most", "between"))
    return EventOf(
        code or draw.choice(CODES),
        details=tuple(draw.sample(DETAILS, draw.randint(1, 2))) if asks == "details" else (),
        least=low if asks in ("least", "between") else None,
        most=high if asks in ("most", "between") else None,
        but=tuple(draw.sample(DETAILS, draw.randint(1, 2))) if asks == "but" else (),
    )


def events(draw, least=1):
    return tuple(event(draw) for _ in range(draw.randint(least, 3)))


def did(draw):
    when = draw.choice(("period", "period", "ever", "before", "months"))
    if when == "months":
        return Did(events(draw), months=draw.choice((1, 6, 12, 18)))
    return Did(events(draw), when)


def leaf(draw):
    return draw.choice(
        (
            did,
            did,
            lambda draw: Followed(event(draw), event(draw), draw.choice((None, None, 0, 1, 91))),
            lambda draw: Standing(events(draw), events(draw, 0), draw.choice(("last_day", "period"))),
            lambda draw: Overdue(event(draw), event(draw)),
            lambda draw: LISTED,
            lambda draw: Aged(draw.choice((0, 18, 65)), draw.choice((17, 64, 999))),
        )
    )(draw)


def condition(draw, depth=2):
    if depth == 0 or draw.random() < 0.4:
        return leaf(draw)
    several = tuple(condition(draw, depth - 1) for _ in range(draw.randint(1, 3)))
    return draw.choice((AllOf, AnyOf, lambda of: Not(of[0]), lambda of: AtLeast(draw.randint(1, len(of)), of)))(several)


def among(draw):
    return condition(draw, 1) if draw.random() < 0.3 else None


def episodes(draw):
    then = events(draw) if draw.random() < 0.5 else ()
    return Episodes(
        events(draw),
        then=then,
        within=draw.choice((None, 0, 1, 91)) if then else None,
        having=events(draw) if draw.random() < 0.3 else (),
        numbered=draw.random() < 0.3,
        among=among(draw),
    )


def pairs(draw):
    return Pairs(
        event(draw),
        together=draw.random() < 0.5,
        first_most=draw.choice(NUMBERS) if draw.random() < 0.3 else None,
        rise=draw.choice((0.1, 1.1, 5.2, -6.3)) if draw.random() < 0.3 else None,
        among=among(draw),
    )


def opened(draw):
    return Open(
        events(draw),
        events(draw, 0),
        when=draw.choice(("last_day", "period")),
        each=draw.choice(("person", "episode")),
        having=(event(draw),) if draw.random() < 0.3 else (),
        among=among(draw),
    )


def around(draw):
    side = draw.choice(("before", "after", "change", "people"))
    return Around(event(draw), event(draw), draw.choice(DAYS), side, among(draw))


def person_count(draw):
    return draw.choice(
        (
            lambda draw: People(condition(draw)),
            lambda draw: People(condition(draw)),
            lambda draw: Happenings(events(draw), among(draw)),
            lambda draw: Total(events(draw), among(draw)),
            episodes,
            episodes,
            opened,
            pairs,
            lambda draw: Change(pairs(draw)),
            around,
        )
    )(draw)


def other_count(draw):
    return draw.choice(
        (
            lambda draw: Organisations(
                draw.choice(("practice", "practice", "pcn", "icb", "provider", "care_home")),
                did(draw) if draw.random() < 0.7 else None,
            ),
            lambda draw: Doings(events(draw), draw.random() < 0.5),
            lambda draw: Staff(draw.choice(ROLES)),
            workers,
            workers,
            lambda draw: of_groups(draw, Largest),
            lambda draw: of_groups(draw, Kinds),
        )
    )(draw)


def workers(draw):
    having = tuple(did(draw) for _ in range(draw.choice((0, 0, 1, 2))))
    return Workers(tuple(draw.sample(ROLES, draw.randint(1, 2))), having)


def of_groups(draw, kind):
    """Drawn again until the count speaks of a code that is not held to some details already."""
    while True:
        count = person_count(draw)
        if found := by(draw, (count,)):
            return kind(count, found)
