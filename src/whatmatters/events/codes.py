"""The names of everything that can happen. A concept's name is its code in the facts; nothing else names one.

SNOMED CT stops at the door: whoever brings its ids in maps them to these names first. This file imports no room, so
that an analyst can use ``measurement`` without Django.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """One kind of event. ``value`` and ``detail`` say what an event of this kind carries in those columns."""

    name: str
    title: str
    value: str = ""
    detail: str = ""


CONCEPTS: dict[str, Concept] = {}


def _concept(name: str, title: str, value: str = "", detail: str = "") -> str:
    CONCEPTS[name] = Concept(name, title, value, detail)
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
SP_CLOSED = _concept("social-prescribing-closed", "Case closed", detail="reason")
SP_REOPENED = _concept("social-prescribing-reopened", "Case reopened")

# Care planning. An episode is one plan of one person, through all its versions.
PLAN_AGREED = _concept("care-plan-agreed", "Plan agreed with the person")
PLAN_MET_CRITERIA = _concept("care-plan-met-criteria", "Agreed plan meets all five criteria")
PLAN_SHARED = _concept("care-plan-shared", "Plan shared", detail="with whom")
PLAN_REVIEWED = _concept("care-plan-reviewed", "Plan reviewed with the person")
PLAN_REVIEW_SET = _concept("care-plan-review-set", "Next review date set", value="days until the review is due")
PLAN_DECLINED = _concept("care-plan-declined", "Personalised care planning declined")

# Instruments: one event a question or score, all of one sitting on one day and in the episode they belong to.
ONS4_SATISFIED = _concept("ons4-life-satisfaction", "ONS4: satisfied with life", value="0-10, higher is better")
ONS4_WORTHWHILE = _concept("ons4-worthwhile", "ONS4: things done are worthwhile", value="0-10, higher is better")
ONS4_HAPPY = _concept("ons4-happiness", "ONS4: happy yesterday", value="0-10, higher is better")
ONS4_ANXIOUS = _concept("ons4-anxiety", "ONS4: anxious yesterday", value="0-10, lower is better")
ACTIVATION_SCORE = _concept(
    "activation-score", "Activation score", value="0-100", detail="version of the questionnaire"
)

# The other components: named here so that an indicator can speak of them before their pages exist.
SHARED_DECISION = _concept("shared-decision-made", "Shared decision made", detail="situation")
CHOICE_OFFERED = _concept("choice-offered", "Legal choice of provider offered")
SELF_MANAGEMENT_SUPPORT = _concept("self-management-support", "Self-management support given", detail="kind")
BUDGET_OPENED = _concept("budget-opened", "Personal health budget agreed", detail="cohort")
