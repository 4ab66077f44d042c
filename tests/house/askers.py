"""Everyone who may come to the door: nobody, people, representatives, each role in each relationship."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from whatmatters.access.roles import Role
from whatmatters.organisations.models import Kind

LONG_AGO = date(2019, 4, 1)
TODAY = date.today()

# code: kind, and what it belongs to. The subject is registered at B81001.
PLACES = {
    "ENG": (Kind.NATION, ()), "Y63": (Kind.REGION, ("ENG",)), "QOQ": (Kind.ICB, ("Y63",)), "QWO": (Kind.ICB, ("Y63",)),
    "03F": (Kind.SUB_ICB, ("QOQ",)), "36J": (Kind.SUB_ICB, ("QWO",)),
    "U10001": (Kind.PCN, ()), "U10002": (Kind.PCN, ()), "U10003": (Kind.PCN, ()),
    "B81001": (Kind.PRACTICE, ("03F", "U10001")), "B81002": (Kind.PRACTICE, ("03F", "U10001")),
    "B81003": (Kind.PRACTICE, ("03F", "U10002")), "B83001": (Kind.PRACTICE, ("36J", "U10003")),
}  # fmt: skip
OVER_THE_SUBJECT = {"B81001", "U10001", "03F", "QOQ", "Y63", "ENG"}
RELATIONSHIPS = {
    "same practice": "B81001", "same network": "U10001", "board above": "QOQ",
    "sister practice": "B81002", "another board": "QWO",
}  # fmt: skip


@dataclass(frozen=True)
class Asker:
    """Someone at the door. ``role`` and ``at`` for staff; ``scopes`` for a representative in force."""

    words: str
    role: str = ""
    at: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)


SCOPES = frozenset({"may_see_plan", "may_change_plan", "may_see_referrals"})
NOBODY, SUBJECT, OTHER_PERSON = Asker("nobody"), Asker("the person"), Asker("another person")
REPRESENTATIVES = {
    "representative": (SCOPES, LONG_AGO, None),
    "representative without scope": (frozenset(), LONG_AGO, None),
    "representative who sees the plan only": (frozenset({"may_see_plan"}), LONG_AGO, None),
    "representative until yesterday": (SCOPES, LONG_AGO, TODAY),
    "representative from tomorrow": (SCOPES, TODAY + timedelta(days=1), None),
}
STAFF = [Asker(f"{role} of the {where}", role, code) for role in Role for where, code in RELATIONSHIPS.items()]
GONE = [
    Asker(f"{role} until yesterday", role, "gone") for role in (Role.LINK_WORKER, Role.CLINICIAN, Role.ADMINISTRATOR)
]
ACTING = [
    Asker(words, scopes=scopes | {""} if start <= TODAY and end is None else frozenset())
    for words, (scopes, start, end) in REPRESENTATIVES.items()
]
ASKERS = [NOBODY, SUBJECT, OTHER_PERSON, *ACTING, *STAFF, *GONE]
