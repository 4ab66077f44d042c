"""Who may do what: one table of capabilities against roles. A capability not named here is nobody's."""

from django.db import models


class Role(models.TextChoices):
    LINK_WORKER = "link_worker", "Social prescribing link worker"
    CARE_COORDINATOR = "care_coordinator", "Care coordinator"
    COACH = "coach", "Health and wellbeing coach"
    CLINICIAN = "clinician", "Clinician"
    RECEPTIONIST = "receptionist", "Receptionist"
    PCN_MANAGER = "pcn_manager", "PCN manager"
    CLINICAL_LEAD = "clinical_lead", "PCN clinical lead for personalised care"
    ICB_ANALYST = "icb_analyst", "ICB analyst"
    COMMISSIONER = "commissioner", "Commissioner"
    BUDGET_OFFICER = "budget_officer", "Budget officer"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    ADMINISTRATOR = "administrator", "Administrator"
    # With no list of their own: they see the plans shared with the organisation of their grant, and nothing else.
    CARE_HOME = "care_home", "Care home staff"
    OUT_OF_HOURS = "out_of_hours", "Out-of-hours clinician"


# The person and their representative are not posts: they are who they are, found by people.gate.
PERSON, REPRESENTATIVE, PUBLIC, SYSTEM = "person", "representative", "public", "system"
ACCOUNT = "account"  # whoever does something about their own account, under no grant

CARE_TEAM = frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.COACH, Role.CLINICIAN})

CAPABILITIES: dict[str, frozenset[str]] = {
    "find people": CARE_TEAM,
    "see a person": CARE_TEAM,
    "register a person": CARE_TEAM,
    "refer": CARE_TEAM,
    "take down a referral": CARE_TEAM | {Role.RECEPTIONIST},
    "work referrals": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR}),
    "watch referrals": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.PCN_MANAGER}),
    "see safeguarding notes": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.CLINICIAN}),
    "see completeness": frozenset(
        {Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.ICB_ANALYST}
    ),
    "export personal data": frozenset({Role.PCN_MANAGER, Role.CLINICAL_LEAD}),
    "see caseloads": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.PCN_MANAGER, Role.CLINICAL_LEAD}),
    "supervise": frozenset({Role.CLINICIAN, Role.CLINICAL_LEAD}),
    "set up a service": frozenset({Role.PCN_MANAGER}),
    "see offers": CARE_TEAM | {Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.COMMISSIONER, Role.ICB_ANALYST},
    "plan offers": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.PCN_MANAGER, Role.CLINICAL_LEAD}),
    "invite people": CARE_TEAM,  # names are for them alone
    "keep practice meetings": frozenset(
        {Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.CLINICIAN, Role.PCN_MANAGER, Role.CLINICAL_LEAD}
    ),
    "keep the scheme": frozenset({Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.COMMISSIONER}),
    "keep the directory": frozenset({Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.PCN_MANAGER}),
    "ask about decisions": CARE_TEAM | {Role.RECEPTIONIST, Role.PCN_MANAGER, Role.CLINICAL_LEAD},
    "see audits": CARE_TEAM | {Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.COMMISSIONER, Role.ICB_ANALYST},
    "audit decisions": frozenset({Role.PCN_MANAGER, Role.CLINICAL_LEAD}),
    "assess shared decisions": frozenset({Role.COMMISSIONER}),
    "see a plan": CARE_TEAM,
    "write a plan": CARE_TEAM,
    "see plan delivery": CARE_TEAM | {Role.PCN_MANAGER, Role.CLINICAL_LEAD},
    "see shared plans": CARE_TEAM | {Role.CARE_HOME, Role.OUT_OF_HOURS},
    "open in an emergency": frozenset({Role.CLINICIAN, Role.OUT_OF_HOURS}),
    "see exact numbers": frozenset(
        set(Role) - {Role.RECEPTIONIST, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.CARE_HOME, Role.OUT_OF_HOURS}
    ),
    "share decisions": CARE_TEAM,
    "see the decision library": CARE_TEAM | {Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.COMMISSIONER},
    "keep the decision library": frozenset({Role.CLINICAL_LEAD, Role.COMMISSIONER}),
    "declare embedded situations": frozenset({Role.PCN_MANAGER, Role.CLINICAL_LEAD, Role.COMMISSIONER}),
    "see the audit": frozenset({Role.PRIVACY_OFFICER}),
    "manage accounts": frozenset({Role.ADMINISTRATOR}),
    "manage the team": frozenset({Role.PCN_MANAGER, Role.ADMINISTRATOR}),
    # What a person or their representative may do, with the scopes of people.models.Representative.
    "see my record": frozenset({PERSON, REPRESENTATIVE}),
    "change my plan": frozenset({PERSON, REPRESENTATIVE}),
    "tell what came of it": frozenset({PERSON, REPRESENTATIVE}),
    "decide what is shown": frozenset({PERSON}),
}


def roles_with(capability: str) -> frozenset[str]:
    """The roles that hold a capability. A misspelt capability raises KeyError when the routes load, not in use."""
    return CAPABILITIES[capability]
