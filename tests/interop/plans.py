"""Plans that the standard allows, drawn along its own list of parts; and one of Joan's, to read."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from whatmatters.components.care_planning.standard import Field, tree
from whatmatters.interop.fhir.plan.told import Author, Telling
from whatmatters.interop.fhir.told import Place, Who

ID = str(UUID(int=1))
MADE = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
JOAN = Who("p1", "Joan", "Atkinson", date(1948, 5, 17), language="Polish", interpreter=True)
FIXED = {"person_first_name", "person_family_name", "date_of_birth", "nhs_number", "sex", "ethnicity"}
LAPSED = "2026-03-29T01:30"  # a time of day that clocks here leap over

word = st.text('abYZ09é’"<&>早\U0001f33b/#', min_size=1, max_size=5)
days = st.dates(date(2020, 1, 1), date(2026, 11, 1)).map(str)
moments = st.sampled_from(["2026-07-01T10:30", "2026-10-25T01:30", LAPSED, "2026-12-24T00:00"])


def leaf(part: Field) -> Any:
    if part.choices and part.kind == "string":
        return st.sampled_from([code for code, _ in part.choices])
    if part.kind == "code":
        codes = st.sampled_from([code for code, _ in part.choices]) if part.choices else st.just("239872002")
        return st.builds(lambda code, display: {"code": code, **({"display": display} if display else {})}, codes,
                         st.just("") | word)  # fmt: skip
    of_kind = {
        "decimal": st.integers(*(part.between or (0, 9))), "boolean": st.booleans(), "date": days,
        "datetime": days if part.precision == "YM" else days | moments,
    }  # fmt: skip
    if part.kind in of_kind:
        return of_kind[part.kind]
    if part.shortest:
        return st.just("RWA")
    return word.map(lambda text: text[: part.longest or None])


@st.composite
def values_of(draw: Any, part: Field) -> Any:
    """Of a group: some of its parts, all that it must have, and at least one."""
    found = {}
    for child in part.children:
        must = child.duty == "M" and child.least
        if child.key in FIXED or child.held == "elsewhere" or not (must or draw(st.integers(0, 9)) < 6):
            continue
        one = values_of(child).filter(lambda some, must=must: some or not must) if child.group else leaf(child)
        value = draw(st.lists(one, min_size=1, max_size=2)) if child.many else draw(one)
        if isinstance(value, list):
            value = [entry for entry in value if entry not in ({}, "")]
        if value not in ({}, [], ""):
            found[child.key] = value
    return found


@st.composite
def plans(draw: Any) -> Telling:
    values = draw(values_of(tree()))
    person = values.setdefault("person_demographics", {})
    name = {"person_first_name": "Joan Mary", "person_family_name": draw(word)}
    person["person_name"] = {**person.get("person_name", {}), **name}
    person |= {"date_of_birth": "1948-05-17", "sex": draw(st.sampled_from(["F", "M", "X"]))}
    return telling(values, state=draw(st.sampled_from(["draft", "agreed", "superseded"])), partial=draw(st.booleans()))


def telling(values: dict[str, Any], **facts: Any) -> Telling:
    by = Author("Sam Okafor", "link_worker", MADE)
    written = {("contingency_safety_plans", 0): by} if "contingency_safety_plans" in values else {}
    given = {"state": "agreed", "number": 3, "made": MADE, "keeper": Place("B81001", "Harbour"), "written": written}
    return Telling(ID, JOAN, values, "2.0", **{**given, **facts})


HEADING = {"coded_value": {"code": "1515861000000103"}, "about_me_response": {"free_text": "My dog Biscuit"}}
OF_JOAN: dict[str, Any] = {
    "person_demographics": {
        "person_name": {"person_first_name": "Joan", "person_family_name": "Atkinson"}, "date_of_birth": "1948-05-17",
        "sex": "F", "nhs_number": "9990000018",
        "persons_address": [{"address_line_1": "4 Dock Street", "postcode": "HU9 1AA"}],
        "persons_contact_details": {"persons_telephone_number_details": [{"persons_telephone_number": "01482 000000"}]},
    },
    "gp_practice": {
        "gp_practice_record_entry": [{"gp_practice_identifier": "B81001", "gp_practice_details": "Harbour Surgery"}]
    },
    "about_me": {"about_me_record_entry": {"most_important": HEADING, "date_last_updated": "2026-05-01T10:30"}},
    "professional_contacts": {
        "professional_contacts_record_entry": [
            {"name": "Sam Okafor", "role": "Link worker", "contact_details": "01482 1", "start_date": "2026-01-01",
             "organisation": {"free_text": "East Hull PCN"}, "speciality": "300"}
        ]
    },
    "personal_contacts": {
        "personal_contacts_record_entry": [{"name": "Maureen", "relationship": "sister", "contact_details": "01482 2"}]
    },
    "care_and_support_plan": {
        "agreed_with_person_or_legitimate_representative": {"person_full_name": "Joan Atkinson", "date": "2026-05-08"},
        "needs_concerns_or_problems": [
            {"free_text": "Stiff hips", "goals_and_hopes": [
                {"free_text": "Walk to the allotment", "goal_importance_score": 9,
                 "goal_status": {"code": "improving", "display": "Getting closer"},
                 "actions_and_activities": [
                     {"what": [{"free_text": "Walk to the corner"}], "who": {"name": "Joan", "kind": "person"},
                      "when": "2026-06", "confidence": 7,
                      "status": {"coded_value": {"code": "in-progress", "display": "Under way"}},
                      "stage_goal": [{"stage_goal": {"free_text": "The gate"}, "goal_status": {"code": "achieved"}}]}
                 ]}
            ]}
        ],
    },
    "contingency_safety_plans": [
        {"trigger_factors": [{"free_text": "A fall"}], "what_should_happen": [{"free_text": "Ring Maureen"}]}
    ],
    "legal": [{"kind": "lpa health", "name": "Maureen", "date": "2024-03-01"}],
}  # fmt: skip
