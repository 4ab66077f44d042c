"""The words that events carry in ``detail`` where an indicator tells them apart. What has another word is ``other``.

Conditions are in long_term.py.
"""

from whatmatters.measurement.long_term import CONDITIONS

BUDGET_COHORTS = (
    "adult-chc",
    "child-continuing-care",
    "section-117",
    "wheelchair",
    "learning-disability-or-autism",
    "mental-health",
    "end-of-life",
    "long-term-condition",
    "maternity",
)
"""Who a personal health budget is for. The first four have a legal right (SI 2012/2996, regulations 32A-32B)."""

MANAGEMENTS = ("notional", "third-party", "direct-payment")

SITUATIONS = (
    "stable-angina",
    "atrial-fibrillation",
    "chronic-pain",
    "depression",
    "type-1-diabetes",
    "bipolar-valproate",
    "epilepsy-valproate",
    "cataracts",
    "open-angle-glaucoma",
    "wet-macular-degeneration",
    "carpal-tunnel",
    "dupuytrens",
    "hip-osteoarthritis",
    "knee-osteoarthritis",
    "abdominal-aortic-aneurysm",
    "gallstones",
    "glue-ear",
    "inguinal-hernia",
    "prostate-enlargement",
    "back-pain",
    "hip-pain",
    "knee-pain",
    "shoulder-pain",
)
"""Clinical situations with a decision support tool on NHS England's pages (its women's health tools were not seen), and
the four pains with which the draft network specification for 2020-21 begins."""

GP, LINK_WORKER, COACH, CARE_COORDINATOR = "gp", "link_worker", "coach", "care_coordinator"
"""Whom a consultation was with, and roles of posts."""
NOT_BY_THE_PERSON = ("not reached", "service: not suitable", "service: no capacity", "service: outside area")
"""Why a referral was declined, where it was not the person who did; declines without a detail are the person's."""

SUPPORT_KINDS = ("health-coaching", "self-management-education", "peer-support")

E_RS = "e-rs"
"""How an elective referral was made: through the NHS e-Referral Service."""
AT_18_WEEKS, AT_26_WEEKS = "18-weeks", "26-weeks"

# Courses of ``training-completed``.
COURSE_PLANNING = "personalised-care-planning"
COURSE_DECISIONS = "shared-decision-making"
COURSE_DECISIONS_ONLINE = "shared-decision-making-e-learning"
COURSE_LINK_WORKER = "link-worker-accredited"
COURSE_IMPROVEMENT = "quality-improvement"

# What organisations attest.
WHEELCHAIR_VOUCHERS_REPLACED = "wheelchair-vouchers-replaced"
BUDGETS_FOR_LEGAL_RIGHTS = "budgets-for-legal-rights"
READY_FOR_26_WEEKS = "choice-at-26-weeks"
DECISIONS_SELF_ASSESSED = "shared-decision-making-self-assessed"
DECISIONS_IMPROVED = "shared-decision-making-plan-delivered"
DECISIONS_AUDITED = "shared-decision-making-audited"
LINK_WORKERS_INVOLVED = "link-workers-involved"
PROACTIVE_PLAN_AGREED = "proactive-plan-agreed"
PROACTIVE_REVIEWED = "proactive-offer-reviewed"
ACCESS_TARGETS_SET = "access-targets-set"

_SAID = {
    GP: "GP",
    "copd": "COPD",
    "adult-chc": "adults with NHS continuing healthcare",
    "child-continuing-care": "children with continuing care",
    "section-117": "section 117 aftercare",
    "bipolar-valproate": "bipolar disorder (valproate)",
    "epilepsy-valproate": "epilepsy (valproate)",
    "dupuytrens": "Dupuytren’s contracture",
    "long-term-condition": "long-term condition",
    "self-management-education": "self-management education",
    E_RS: "the e-Referral Service",
    COURSE_DECISIONS_ONLINE: "shared decision making e-learning",
}


def said(detail: str) -> str:
    """A detail as people say it: ``open angle glaucoma``."""
    return _SAID.get(detail) or CONDITIONS.get(detail) or detail.replace("-", " ").replace("_", " ")
