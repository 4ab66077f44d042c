"""The names of everything that can happen. A concept's name is its code in the facts; nothing else names one.

SNOMED CT stops at the door: whoever brings its ids in maps them to these names first. This file imports no room, so
that an analyst can use ``measurement`` without Django.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """One kind of event. ``value`` and ``detail`` say what an event of this kind carries in those columns.

    ``of`` is whom it happens to: person, worker or organisation.
    """

    name: str
    title: str
    value: str = ""
    detail: str = ""
    of: str = "person"


CONCEPTS: dict[str, Concept] = {}


def _concept(name: str, title: str, value: str = "", detail: str = "", of: str = "person") -> str:
    CONCEPTS[name] = Concept(name, title, value, detail, of)
    return name


# Social prescribing. An episode is one case, from referral to closure; a case reopened keeps its episode.
SP_REFERRED = _concept("social-prescribing-referral", "Referred to social prescribing", detail="who made the referral")
SP_ACCEPTED = _concept("social-prescribing-accepted", "Referral accepted by the link worker")
SP_DECLINED = _concept("social-prescribing-declined", "Referral declined", detail="who declined it and why")
SP_REDIRECTED = _concept("social-prescribing-redirected", "Referral passed to a better place", detail="where")
SP_CANCELLED = _concept("social-prescribing-cancelled", "Referral cancelled by its sender")
SP_CONTACT = _concept("social-prescribing-contact", "Link worker spoke with the person", detail="how")
SP_CONTACT_TRIED = _concept("social-prescribing-contact-tried", "Link worker tried to reach the person", detail="how")
SP_SIGNPOSTED = _concept("social-prescribing-signposted", "Told about a community group", detail="kind of group")
SP_CONNECTED = _concept("social-prescribing-connected", "Introduced to a community group", detail="kind of group")
SP_ATTENDED = _concept("social-prescribing-attended", "Went to the community group", detail="kind of group")
SP_NOT_ATTENDED = _concept("social-prescribing-not-attended", "Did not go to the community group", detail="reason")
SP_GOT_HELP = _concept("social-prescribing-got-help", "Got help from the community group", detail="kind of group")
SP_NOT_HELPED = _concept("social-prescribing-not-helped", "The community group did not help", detail="reason")
SP_GROUP_ASKED = _concept(
    "social-prescribing-group-asked", "Community group asked to take the person", detail="kind of group"
)
SP_GROUP_ACCEPTED = _concept("social-prescribing-group-accepted", "Community group accepted", detail="kind of group")
SP_GROUP_DECLINED = _concept("social-prescribing-group-declined", "Community group declined", detail="reason")
SP_UNMET = _concept("social-prescribing-unmet-need", "Need for which no help was found", detail="why")
SP_UNMET_KIND = _concept(  # beside SP_UNMET, of the same moment: one event carries one detail
    "social-prescribing-unmet-need-kind", "Kind of need for which no help was found", detail="kind of need"
)
SP_HANDED_OVER = _concept("social-prescribing-handed-over", "Case handed to another link worker", detail="reason")
SP_NEED = _concept("social-prescribing-need", "Need or concern written down", detail="which")
SP_MINIMUM_HELD = _concept("social-prescribing-minimum-held", "Minimum dataset of the case held in full")
SP_INVITED = _concept("social-prescribing-invited", "Invited in a proactive offer", detail="how")
SP_CLOSED = _concept("social-prescribing-closed", "Case closed", detail="reason")
SP_REOPENED = _concept("social-prescribing-reopened", "Case reopened")

# Care planning. An episode is one plan of one person, through all its versions.
PLAN_AGREED = _concept("care-plan-agreed", "Plan agreed with the person")
PLAN_MET_CRITERIA = _concept("care-plan-met-criteria", "Agreed plan meets all five criteria")
PLAN_SHARED = _concept("care-plan-shared", "Plan shared", detail="with whom")
PLAN_REVIEWED = _concept("care-plan-reviewed", "Plan reviewed with the person")
PLAN_REVIEW_SET = _concept("care-plan-review-set", "Next review date set", value="days until the review is due")
PLAN_OFFERED = _concept("care-plan-offered", "Personalised care planning offered")
PLAN_DECLINED = _concept("care-plan-declined", "Personalised care planning declined")

# Instruments: one event a question or score, all of one sitting on one day and in the episode they belong to.
ONS4_SATISFIED = _concept("ons4-life-satisfaction", "ONS4: satisfied with life", value="0-10, higher is better")
ONS4_WORTHWHILE = _concept("ons4-worthwhile", "ONS4: things done are worthwhile", value="0-10, higher is better")
ONS4_HAPPY = _concept("ons4-happiness", "ONS4: happy yesterday", value="0-10, higher is better")
ONS4_ANXIOUS = _concept("ons4-anxiety", "ONS4: anxious yesterday", value="0-10, lower is better")
ACTIVATION_SCORE = _concept(
    "activation-score", "Activation score", value="0-100", detail="version of the questionnaire"
)

SWEMWBS = _concept(
    "swemwbs-score", "SWEMWBS: short wellbeing scale", value="7-35 on its metric scale, higher is better"
)

UCLA = _concept("ucla-loneliness-score", "UCLA three-item loneliness scale", value="3-9, lower is better")
MYCAW = _concept("mycaw-score", "MYCaW: mean of concerns and wellbeing", value="0-6, lower is better")
GOAL_PROGRESS = _concept("goal-progress", "Progress on the person's own goal", value="0-10, higher is better")

# What general practice codes beside the one code that counts for the contract: the rest of "all activity".
SP_REFERRED_OTHERWISE = _concept(
    "social-prescribing-referral-otherwise", "Referred to social prescribing, by a code the contract does not count"
)
SP_OFFERED = _concept("social-prescribing-offered", "Social prescribing offered")
PLAN_OTHERWISE = _concept("care-plan-otherwise", "Another kind of care plan agreed", detail="kind")

# Shared decision making, choice and supported self-management. A choice episode is one referral and its wait.
SHARED_DECISION = _concept("shared-decision-made", "Shared decision made", detail="situation")
DECISION_TOOL_USED = _concept("decision-tool-used", "Decision support tool used", detail="situation")
EXPERIENCE_ASKED = _concept("experience-asked", "Asked how a decision felt", detail="which questionnaire")
ELECTIVE_REFERRAL = _concept("elective-referral", "Referred for a first outpatient appointment", detail="how")
CHOICE_OFFERED = _concept("choice-offered", "Legal choice of provider offered")
WAITED_18_WEEKS = _concept("waited-18-weeks", "Has waited over 18 weeks")
WAITED_26_WEEKS = _concept("waited-26-weeks", "Has waited over 26 weeks")
ALTERNATIVE_OFFERED = _concept("alternative-offered", "Alternative provider offered", detail="at 18-weeks or 26-weeks")
SELF_MANAGEMENT_SUPPORT = _concept("self-management-support", "Self-management support given", detail="kind")

# Budgets. An episode is one budget.
BUDGET_OFFERED = _concept("budget-offered", "Personal health budget offered", detail="cohort")
BUDGET_OPENED = _concept("budget-opened", "Personal health budget agreed", detail="cohort")
BUDGET_MANAGED = _concept(
    "budget-managed", "How the budget is managed", detail="notional, third-party or direct-payment"
)
BUDGET_REVIEWED = _concept("budget-reviewed", "Personal health budget reviewed")
BUDGET_CLOSED = _concept("budget-closed", "Personal health budget ended", detail="reason")
BUDGET_SPENT = _concept("budget-spent", "Paid from a personal health budget", value="whole pence")
CHC_AT_HOME = _concept("chc-home-care", "NHS continuing healthcare package at home began")
CHC_AT_HOME_ENDED = _concept("chc-home-care-ended", "NHS continuing healthcare package at home ended")

# What general practice and hospitals did.
CONSULTED = _concept("consultation", "Consultation or other encounter", detail="role of the member of staff")
HOME_ROUND = _concept("care-home-round", "Contact in the weekly care home round")
TEAM_MEETING = _concept("multidisciplinary-meeting", "Discussed in a multidisciplinary team meeting")
EMERGENCY = _concept("emergency-attendance", "Attended accident and emergency")
ADMITTED = _concept("emergency-admission", "Admitted to hospital as an emergency")
READMITTED = _concept("emergency-readmission", "Readmitted within 30 days of leaving hospital")
PREFERRED_PLACE = _concept("preferred-place-of-death", "Preferred place of death recorded")
HOLISTIC_NEEDS = _concept("holistic-needs-assessment", "Holistic needs assessment done")

# What is known of a person's health and life: where cohorts come from. What has an end names it.
CONDITION = _concept("condition", "Long-term condition recorded", detail="which: conditions in cohorts.py")
CONDITION_RESOLVED = _concept("condition-resolved", "Long-term condition resolved", detail="which")
PAIN = _concept("joint-pain", "Pain or arthritis of back, hip, knee or shoulder", detail="where")
FRAILTY = _concept("frailty", "Frailty recorded", detail="mild, moderate or severe")
FRAILTY_INDEX = _concept("frailty-index", "Electronic frailty index", value="0-1, deficits present / 36")
PALLIATIVE = _concept("palliative-care", "On the palliative care register")
PALLIATIVE_ENDED = _concept("palliative-care-ended", "Palliative care no longer indicated")
CARE_HOME = _concept("care-home-resident", "Lives in a care home", detail="permanent or temporary")
LIVES_ELSEWHERE = _concept("lives-elsewhere", "Lives somewhere other than a care home")
CARE_HOME_PRACTICE_DECLINED = _concept(
    "care-home-practice-declined", "Declined to register with the practice aligned to the care home"
)
ANTICIPATORY_CARE = _concept("anticipatory-care", "Under the anticipatory care service")
ANTICIPATORY_CARE_DECLINED = _concept("anticipatory-care-declined", "Anticipatory care declined")
ANTICIPATORY_CARE_ENDED = _concept("anticipatory-care-ended", "Discharged from anticipatory care")
CARER = _concept("carer", "Is a carer")
NOT_CARER = _concept("not-a-carer", "Is no longer a carer")
ISOLATED = _concept("lonely-or-isolated", "Lonely, isolated or living alone", detail="which")
HOUSING = _concept("housing-problem", "Homeless or poorly housed")
HOUSED = _concept("housing-problem-ended", "Housing problem ended")
HOUSEBOUND = _concept("housebound", "Housebound")
NOT_HOUSEBOUND = _concept("not-housebound", "No longer housebound")
PREGNANT = _concept("pregnancy", "Pregnant")
PREGNANCY_ENDED = _concept("pregnancy-ended", "Pregnancy ended")

# Of workers (staff_events).
TRAINED = _concept("training-completed", "Training completed", detail="course", of="worker")
SUPERVISED = _concept("supervision", "Supervision given", of="worker")
CONFIDENT = _concept(
    "confident-in-role", "Feels confident in the role (staff survey)", value="1 yes, 0 no", of="worker"
)

# Of organisations (organisation_events). An answer about a decision is a practice's: whose it was, nobody knows.
COLLABORATE = _concept(
    "collaborate-score",
    "CollaboRATE: mean of the three questions",
    value="0-9, 9 is the top score",
    of="organisation",
)
IN_MEETINGS = _concept("link-workers-in-meetings", "Link workers take part in practice meetings", of="organisation")
ATTESTED = _concept("attested", "Attested to the commissioner", detail="what", of="organisation")
CHOICE_STANDARDS_MET = _concept(
    "choice-standards-met", "Choice standards self-assessed as met", value="how many of nine"
)
