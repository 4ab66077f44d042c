"""Who a visitor can sign in as, and the page each arrives at."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from whatmatters.demo.staff import email_of
from whatmatters.people.models import Person

HERO, DAUGHTER = "Ron Suddaby", "Michelle Suddaby"
CARE_HOME_MANAGER, NIGHT_DOCTOR = "Ruth Pell", "Dr Ife Bello"
PRACTICE, NETWORK, SYSTEM = "X99002", "UX0001", "QXX"


@dataclass(frozen=True)
class Door:
    """``name`` is whose account it is; ``to`` makes the address of the page behind it."""

    name: str
    to: Callable[[], str]

    @property
    def email(self) -> str:
        return email_of(self.name)


def page(route: str, *args: str) -> Callable[[], str]:
    return lambda: reverse(route, args=args)


def of_hero(route: str) -> Callable[[], str]:
    return lambda: reverse(route, args=[Person.objects.get(account__email=email_of(HERO)).uuid])


DOORS = {
    "gp": Door("Dr Amara Nwosu", of_hero("person")),
    "physiotherapist": Door("Grace Adebayo", page("decisions-due")),
    "pcn-manager-situations": Door("Gillian Waudby", page("numbers-of-situations", NETWORK)),
    "link-worker": Door("Tess Marchbank", page("referral-desk")),
    "link-worker-plan": Door("Tess Marchbank", of_hero("plan")),
    "link-worker-person": Door("Tess Marchbank", of_hero("person")),
    "care-coordinator": Door("Bogdan Ilie", page("find-person")),
    "care-coordinator-round": Door("Bogdan Ilie", page("care-home", "VX001")),
    "pcn-manager-plans": Door("Gillian Waudby", page("plan-delivery")),
    "coach": Door("Chidi Okonkwo", page("find-person")),
    "pcn-manager": Door("Gillian Waudby", page("numbers-of", NETWORK)),
    "receptionist": Door("Nicola Harland", page("take-down")),
    "pcn-manager-waiting": Door("Gillian Waudby", page("waiting-referrals")),
    "pcn-manager-offers": Door("Gillian Waudby", page("offers")),
    "pcn-manager-scheme": Door("Gillian Waudby", page("numbers-of-scheme", NETWORK)),
    "clinical-lead": Door("Dr Yusuf Qureshi", page("numbers-of", NETWORK)),
    "clinical-lead-audits": Door("Dr Yusuf Qureshi", page("audits")),
    "pcn-manager-training": Door("Gillian Waudby", page("left-to-train")),
    "receptionist-screen": Door("Nicola Harland", page("screens")),
    "commissioner-assessment": Door("Marcus Tennant", page("self-assessments")),
    "analyst": Door("Wei Ling Chan", page("numbers-of", SYSTEM)),
    "analyst-practice": Door("Wei Ling Chan", page("numbers-of", PRACTICE)),
    "commissioner": Door("Marcus Tennant", page("numbers-of", SYSTEM)),
    "budget-officer": Door("Judith Ellerby", page("numbers-of", SYSTEM)),
    "privacy-officer": Door("Farida Siddique", page("audit")),
    "privacy-officer-emergencies": Door("Farida Siddique", page("emergencies")),
    "care-home": Door(CARE_HOME_MANAGER, page("shared-plans")),
    "night-doctor": Door(NIGHT_DOCTOR, page("shared-plans")),
    "night-doctor-emergency": Door(NIGHT_DOCTOR, page("emergency")),
    "administrator": Door("Andrew Hopper", page("accounts")),
    "person": Door(HERO, of_hero("portal")),
    "representative": Door(DAUGHTER, of_hero("portal")),
}
