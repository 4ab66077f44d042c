"""The people behind the work: how many, trained and sure of what they do. Counted where they are employed."""

from dataclasses import replace

from whatmatters.events.codes import CONFIDENT, TRAINED
from whatmatters.measurement.details import COURSE_LINK_WORKER, COURSE_PLANNING, LINK_WORKER
from whatmatters.measurement.examples import Example, Happened, Post, Someone
from whatmatters.measurement.indicators import REGISTERED, Did, EventOf, Indicator, Staff, Workers, did

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
    source="Social prescribing standard model (SM-1); Network Contract DES guidance 2022-23 (DES22-SP0, DES22-SP7)",
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

ACCREDITED = Did((EventOf(TRAINED, (COURSE_LINK_WORKER,)),), "ever")
SURE = Did((EventOf(CONFIDENT, least=1),))
ASKED = did(CONFIDENT)
IN_POST = Workers((LINK_WORKER,))
_AT_HOME = "Workers count where they are employed, mostly by a network, so no figure is given for a single practice."

_LINK_WORKERS = Example(
    people=(),
    staff=(
        Post(LINK_WORKER, "Network", 1.0, "2021-09-01", worker="Grace"),
        Post(LINK_WORKER, "Network", 0.6, "2022-01-10", worker="Hassan"),
        Post(LINK_WORKER, "Network", 0.4, "2022-06-01", worker="Ines"),
        Post(LINK_WORKER, "Bridge Street", 0.4, "2022-06-01", worker="Ines"),
        Post(LINK_WORKER, "Network", 1.0, "2023-03-31", worker="Jo"),
        Post(LINK_WORKER, "Network", 1.0, "2020-01-06", "2023-03-31", worker="Kofi"),
        Post("care_coordinator", "Network", 1.0, "2021-09-01", worker="Lena"),
    ),
    staff_events=(
        ("Grace", Happened("2021-11-30", TRAINED, detail=COURSE_LINK_WORKER)),
        ("Grace", Happened("2022-10-04", CONFIDENT, 1)),
        ("Hassan", Happened("2023-03-31", TRAINED, detail=COURSE_LINK_WORKER)),
        ("Hassan", Happened("2022-10-04", CONFIDENT, 0)),
        ("Ines", Happened("2022-09-09", TRAINED, detail=COURSE_PLANNING)),
        ("Ines", Happened("2022-10-05", CONFIDENT, 1)),
        ("Jo", Happened("2023-04-01", TRAINED, detail=COURSE_LINK_WORKER)),
        ("Kofi", Happened("2021-05-05", TRAINED, detail=COURSE_LINK_WORKER)),
        ("Lena", Happened("2022-05-05", TRAINED, detail=COURSE_LINK_WORKER)),
    ),
    because=(
        ("Grace", "trained before the period, confident in it: both"),
        ("Hassan", "trained on the last day, asked and not confident"),
        ("Ines", "two posts, one worker: confident, trained in something else"),
        ("Jo", "in post from the last day, trained the day after, not asked"),
        ("Kofi", "left before the last day: not in post"),
        ("Lena", "a care coordinator: no link worker"),
    ),
    numerator=2,
    denominator=4,
)

TRAINED_SHARE = Indicator(
    id="link-workers-trained-share",
    title="Link workers who have had accredited training",
    component="workforce",
    numerator=Workers((LINK_WORKER,), (ACCREDITED,)),
    denominator=IN_POST,
    counted="Those link workers who had completed accredited training by the last day of the period.",
    out_of="Link workers in post on the last day of the period.",
    unit="percent",
    direction="higher",
    source="Social prescribing standard model, quality indicator SP-Q2a",
    why="The work is with people in trouble; nobody should do it unprepared.",
    caveats=(_AT_HOME, "Training that nobody recorded is not seen, and a course does not run out here."),
    lowest="pcn",
    example=_LINK_WORKERS,
)

CONFIDENT_SHARE = replace(
    TRAINED_SHARE,
    id="link-workers-confident-share",
    title="Link workers who feel confident in their role",
    numerator=Workers((LINK_WORKER,), (SURE,)),
    denominator=Workers((LINK_WORKER,), (ASKED,)),
    counted="Those who said in the period's staff survey that they feel confident in carrying out their role.",
    out_of="Link workers in post on the last day of the period who answered the survey in it.",
    source="Social prescribing standard model, quality indicator SP-Q2b",
    why="Confidence tells whether training, supervision and support were enough.",
    caveats=(
        _AT_HOME,
        "Comes from a staff survey entered here. Read it with the share who answered: link-workers-asked-share.",
        "Whoever answered twice counts as confident if one answer was.",
    ),
    beside="link-workers-asked-share",
    example=replace(_LINK_WORKERS, denominator=3),
)

ASKED_SHARE = replace(
    TRAINED_SHARE,
    id="link-workers-asked-share",
    title="Link workers who answered the staff survey",
    numerator=Workers((LINK_WORKER,), (ASKED,)),
    counted="Those link workers who answered the question on confidence in the period.",
    source="Beside quality indicator SP-Q2b: how many it speaks for",
    why="A share of those who answered says little where few did.",
    beside="link-workers-confident-share",
    example=replace(_LINK_WORKERS, numerator=3),
)

TRAINED_AND_CONFIDENT = replace(
    CONFIDENT_SHARE,
    id="link-workers-trained-and-confident-share",
    title="Link workers who have had accredited training and feel confident",
    numerator=Workers((LINK_WORKER,), (ACCREDITED, SURE)),
    counted="Those who had completed accredited training by the last day and said in the period that they feel "
    "confident.",
    source="Social prescribing standard model, quality indicator SP-Q2 (both)",
    why="The paper asks for both in nine of ten link workers.",
    example=replace(_LINK_WORKERS, numerator=1, denominator=3),
)

LINK_WORKERS_IN_POST = replace(
    TRAINED_SHARE,
    id="link-workers",
    title="Link workers in post",
    numerator=IN_POST,
    denominator=None,
    counted="Link workers in post on the last day of the period, each once however many posts they hold.",
    out_of="",
    unit="count",
    source="Five-year ambition, Humber, Coast and Vale (trajectory of link workers; ltp-link-workers: recruited)",
    why="The programme promised people: over 1,000 by 2020-21 and at least 4,500 by 2023-24.",
    caveats=(_AT_HOME, "Heads, not hours: the whole-time equivalents are in link-worker-wte-per-10000."),
    beside="link-workers-trained",
    example=replace(_LINK_WORKERS, numerator=4, denominator=None),
)

LINK_WORKERS_TRAINED = replace(
    LINK_WORKERS_IN_POST,
    id="link-workers-trained",
    title="Link workers recruited and trained",
    numerator=Workers((LINK_WORKER,), (ACCREDITED,)),
    counted="Link workers in post on the last day who had completed accredited training by then, each once.",
    source="NHS England board paper (ltp-link-workers-2021: over 1,000 trained) and five-year ambition "
    "(ltp-link-workers: 4,500 recruited and trained)",
    caveats=(_AT_HOME, "Trained link workers who have since left are no longer counted."),
    beside="link-workers",
    example=replace(_LINK_WORKERS, numerator=2, denominator=None),
)

INDICATORS = (
    LINK_WORKERS,
    LINK_WORKERS_IN_POST,
    LINK_WORKERS_TRAINED,
    TRAINED_SHARE,
    CONFIDENT_SHARE,
    ASKED_SHARE,
    TRAINED_AND_CONFIDENT,
)
