"""A case told from being asked for to its end. Stops by ``Over`` wherever the clock does."""

from typing import Any

from whatmatters.access.actors import ANYONE
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CloseReason, DeclineReason, Elsewhere, Sector, Source
from whatmatters.demo import support
from whatmatters.demo.case import Case
from whatmatters.demo.lots import drawn
from whatmatters.demo.words import words

AGENCIES = {  # who writes from there, and the sector
    "Kingsmouth Housing": ("Housing officer", Sector.HOUSING),
    "Job Centre Fishergate": ("Work coach", Sector.WORK),
    "Ravensbeck Fire Station": ("Community safety officer", Sector.FIRE),
    "Wold Adult Social Care": ("Social worker", Sector.SOCIAL_CARE),
    "Citizens’ Advice Kingsmouth": ("Adviser", Sector.VOLUNTARY),
    "St Hilda’s Primary School": ("Family worker", Sector.SCHOOL),
}


def tell(case: Case) -> None:
    """The whole of it."""
    if case.lots.random() < 0.06:
        by = case.worker(case.clock.now, "clinician")
        actions.offer_declined(person=case.soul.person, need=case.need, on=case.clock.now, by=by)
        return
    _asked(case)
    if _taken_on(case) and _reached(case):
        support.give(case)
        _ended(case)
        _again(case)


def _asked(case: Case) -> None:
    now = case.clock.now
    how = drawn(case.lots, {"clinician": 74, "care_coordinator": 9, "agency": 8, "self": 7, "carer": 2})
    if how in {"clinician", "care_coordinator"}:
        by, reason = case.worker(now, how), case.says("reasons")
        case.referral = actions.refer(person=case.soul.person, need=case.need, reason=reason, on=now, by=by)
        return
    person, sender = case.soul.person, _sender(case, how)
    case.referral, _ = actions.receive(
        practice=case.place.row, source=Source(how), need=case.need, name=f"{person.given_name} {person.family_name}",
        born=person.born, postcode=person.postcode, phone=person.phone, on=now, by=ANYONE, **sender,
    )  # fmt: skip
    on = case.clock.later(0, 2)
    case.referral = actions.match(referral=case.referral, person=person, on=on, by=case.worker(on))


def _sender(case: Case, how: str) -> dict[str, Any]:
    if how == "agency":
        organisation = case.lots.choice(list(AGENCIES))
        return {
            "reason": case.says("reasons"),
            "sender_name": AGENCIES[organisation][0],
            "sender_role": AGENCIES[organisation][0],
            "sector": AGENCIES[organisation][1],
            "sender_organisation": organisation,
            "sender_contact": f"01632 960{case.lots.randrange(200, 400)}",
        }
    if how == "carer":
        who = case.lots.choice(words("homes")["carers"]["relationships"])
        return {"sender_name": who.capitalize(), "sender_contact": f"07700 900{case.lots.randrange(1000):03d}"}
    return {}


def _taken_on(case: Case) -> bool:
    """Whether a link worker accepted it."""
    on = case.clock.later(0, 6)
    by, row = case.worker(on), case.row
    ends = {
        "accept": 85,
        "person": 3,
        "service: not suitable": 4,
        "service: no capacity": 1,
        "redirect": 5,
        "cancel": 2,
    }
    end = drawn(case.lots, ends)
    if end == "accept":
        actions.accept(referral=row, on=on, by=by)
        return True
    if end == "redirect":
        actions.redirect(referral=row, where=case.lots.choice(Elsewhere.values), on=on, by=by)
    elif end == "cancel":
        actions.cancel(referral=row, on=on, by=case.worker(on, "clinician"))
    else:
        kind = {"person": "declined", "service: not suitable": "not_suitable"}.get(end)
        note = case.says(kind, "said") if kind else ""
        actions.decline(referral=row, reason=DeclineReason(end), note=note, on=on, by=by)
    return False


def _reached(case: Case) -> bool:
    """Whether the person was spoken with; up to three tries."""
    for _ in range(drawn(case.lots, {0: 60, 1: 25, 2: 10, 3: 5})):
        support.contact(case, "tried", 2, 9, spoke=False)
    if case.lots.random() < 0.06:
        on = case.clock.later(5, 12)
        actions.decline(referral=case.row, reason=DeclineReason.NOT_REACHED, on=on, by=case.worker(on))
        return False
    support.contact(case, "hello", 1, 12, how="phone")
    return True


def _ended(case: Case) -> None:
    ends = {CloseReason.DONE: 70, CloseReason.PERSON: 12, CloseReason.LOST: 12, CloseReason.ELSEWHERE: 6}
    reason = drawn(case.lots, ends)
    if reason == CloseReason.LOST:
        for _ in range(2):
            support.contact(case, "tried", 14, 30, spoke=False)
    elif reason == CloseReason.DONE:
        support.contact(case, "ends", 7, 21)
    if reason != CloseReason.LOST and case.lots.random() < 0.78:
        support.ask(case, "after")
    on = case.clock.later(0, 10)
    actions.close(referral=case.row, reason=reason, on=on, by=case.worker(on))


def _again(case: Case) -> None:
    if case.lots.random() < 0.05:
        on = case.clock.later(20, 120)
        actions.reopen(referral=case.row, why=case.says("again", "said"), on=on, by=case.worker(on))
        for _ in range(2):
            support.contact(case, "steps", 7, 21)
        on = case.clock.later(7, 21)
        actions.close(referral=case.row, reason=CloseReason.DONE, on=on, by=case.worker(on))
