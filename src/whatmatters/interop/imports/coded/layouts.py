"""The layouts of coded extracts. A file's header tells which it is; names of columns are taken without regard to case.

``said`` turns lines into what they say: a person, a SNOMED id or (where a column is about one thing only) a concept,
its detail, a day and a value, all still text, with the episode and the organisation. The pseudonyms of one facts folder
must be made the same way in every file: by them a person's events are brought together.

General practice: one coded entry a line. The others have columns of our own, named for what the Maternity Services,
Cancer Outcomes and Services and Community Services Data Sets ask; their specifications were not at hand to check.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from whatmatters.events import codes

EMPTY = "CAST(NULL AS VARCHAR)"


@dataclass(frozen=True)
class Layout:
    """``columns``: each with the names it may have in a header; those of ``optional`` may be absent."""

    key: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    said: str
    optional: frozenset[str] = frozenset()


def _of(concept: str, day: str, *, detail: str = EMPTY, episode: str = EMPTY, when: str = "true") -> str:
    return f"""
        SELECT line, person, {EMPTY} AS id, '{concept}' AS concept, {detail} AS detail, {day} AS day, {EMPTY} AS value,
               {episode} AS episode, place FROM lines WHERE {day} <> '' AND {when}"""


PERSON = ("person", "pseudonym", "patient", "person_id", "patient_id", "pseudo_nhs_number")
PRACTICE = ("practice", "practice_code", "gp_practice_code", "organisation", "org_code")
PROVIDER = ("provider", "provider_code", *PRACTICE)

GENERAL_PRACTICE = Layout(
    "general-practice",
    "coded entries of general practices",
    {
        "person": PERSON,
        "id": ("snomed", "snomed_id", "snomed_code", "concept_id", "code"),
        "day": ("date", "event_date", "effective_date", "recorded_on", "on"),
        "value": ("value", "numeric_value"),
        "place": PRACTICE,
    },
    f"""SELECT line, person, id, {EMPTY} AS concept, {EMPTY} AS detail, day, value, {EMPTY} AS episode, place
        FROM lines""",
    frozenset({"value", "place"}),
)

_PREGNANCY = "person || ' pregnancy ' || booked"
MATERNITY = Layout(
    "maternity",
    "maternity care plans",
    {
        "person": PERSON,
        "booked": ("booked", "booking_date", "antenatal_booking_date"),
        "agreed": ("plan_agreed", "plan_agreed_date", "care_plan_date"),
        "reviewed": ("plan_reviewed", "plan_reviewed_date"),
        "ended": ("pregnancy_ended", "pregnancy_end_date"),
        "place": PROVIDER,
    },
    " UNION ALL ".join(
        (
            _of(codes.PREGNANT, "booked"),
            _of(codes.PREGNANCY_ENDED, "ended"),
            _of(codes.PLAN_AGREED, "agreed", episode=_PREGNANCY),
            _of(codes.PLAN_REVIEWED, "reviewed", episode=_PREGNANCY),
        )
    ),
    frozenset({"reviewed", "ended", "place"}),
)

_CANCER = "person || ' cancer ' || diagnosed"
CANCER = Layout(
    "cancer",
    "cancer holistic needs assessments",
    {
        "person": PERSON,
        "diagnosed": ("diagnosed", "diagnosis_date"),
        "assessed": ("hna_completed", "hna_date", "holistic_needs_assessment_date"),
        "status": ("plan_offer_status", "pcsp_offer_status"),
        "offered": ("plan_offered", "plan_offer_date", "pcsp_offer_date"),
        "agreed": ("plan_completed", "plan_completed_date", "pcsp_completed_date"),
        "place": PROVIDER,
    },
    # "OFFER STATUS (PCSP)": 02 is offered and declined; what was accepted counts once its plan is completed.
    " UNION ALL ".join(
        (
            _of(codes.CONDITION, "diagnosed", detail="'cancer'"),
            _of(codes.HOLISTIC_NEEDS, "assessed"),
            _of(codes.PLAN_DECLINED, "offered", when="status = '02'"),
            _of(codes.PLAN_AGREED, "agreed", episode=_CANCER),
        )
    ),
    frozenset({"assessed", "status", "offered", "agreed", "place"}),
)

# Of the types of care plan only our own word is known to mean a personalised care and support plan: no public list of
# the codes was found. The others are plans of another kind.
_PERSONALISED = "lower(kind) = 'personalised care and support plan'"
COMMUNITY = Layout(
    "community",
    "community care plans",
    {
        "person": PERSON,
        "plan": ("care_plan_id", "care_plan_identifier", "plan_id"),
        "kind": ("care_plan_type", "plan_type"),
        "agreed": ("agreed", "agreed_date", "care_plan_agreed_date"),
        "reviewed": ("reviewed", "reviewed_date", "last_updated_date"),
        "place": PROVIDER,
    },
    " UNION ALL ".join(
        (
            _of(codes.PLAN_AGREED, "agreed", episode="person || ' plan ' || plan", when=_PERSONALISED),
            _of(codes.PLAN_REVIEWED, "reviewed", episode="person || ' plan ' || plan", when=_PERSONALISED),
            _of(codes.PLAN_OTHERWISE, "agreed", detail="nullif(kind, '')", episode="person || ' plan ' || plan",
                when=f"NOT {_PERSONALISED}"),
        )
    ),
    frozenset({"reviewed", "place"}),
)  # fmt: skip

PEOPLE = Layout(
    "people",
    "people and where they are registered",
    {
        "person": PERSON,
        "born": ("born", "birth_month", "date_of_birth", "year_month_of_birth"),
        "sex": ("sex", "gender"),
        "ethnicity": ("ethnicity", "ethnic_category"),
        "deprivation": ("deprivation", "imd_decile", "deprivation_decile"),
        "died": ("died", "date_of_death", "death_date"),
        "place": PRACTICE,
        "since": ("registered", "registration_start", "registered_from", "start"),
        "until": ("left", "registration_end", "registered_to", "end"),
    },
    "",
    frozenset({"ethnicity", "deprivation", "died", "until"}),
)

LAYOUTS = (PEOPLE, MATERNITY, CANCER, COMMUNITY, GENERAL_PRACTICE)
