"""What a link worker can do with a case, each a short page: the words, the form, the action, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from whatmatters.components.social_prescribing import actions, forms_case, forms_desk, forms_door
from whatmatters.components.social_prescribing.forms_scores import form_of
from whatmatters.components.social_prescribing.models import Status
from whatmatters.instruments import INSTRUMENTS, ons4


@dataclass(frozen=True)
class Act:
    """``link`` leads to the page, ``title`` heads it, ``button`` does it, ``done`` says that it was done.

    ``template`` draws it where the usual page will not do.
    One without a ``link`` is reached from the outcomes of a case.
    """

    link: str
    title: str
    button: str
    done: str
    form: type[forms_case.CaseForm]
    do: Callable[..., Any]
    during: tuple[Status, ...]
    template: str = "social_prescribing/act.jinja"


NEW, WAITING, ACTIVE, CLOSED = Status.RECEIVED, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED
UNMATCHED = Status.UNMATCHED

ACTS: dict[str, Act] = {
    "accept": Act(
        "Accept", "Accept this referral", "Accept: I will get in touch", "Accepted: the case is yours",
        forms_case.CaseForm, actions.accept, (NEW,),
    ),
    "contact": Act(
        "Record a contact", "Record a contact", "Save contact", "Contact saved",
        forms_case.ContactForm, actions.record_contact, (WAITING, ACTIVE), "social_prescribing/contact.jinja",
    ),
    "plan": Act(
        "Plan the next step", "The next step", "Save the next step", "Next step saved",
        forms_desk.PlanForm, actions.plan, (NEW, WAITING, ACTIVE),
    ),
    "visit": Act(
        "Plan a visit", "Plan a visit on your own", "Save the visit", "Saved: check in when you are back",
        forms_desk.VisitForm, actions.plan_visit, (WAITING, ACTIVE), "social_prescribing/plan_visit.jinja",
    ),
    "ons4": Act(
        "Record how they feel (ONS4)", "How the person feels (ONS4)", "Save scores", "Scores saved",
        forms_case.Ons4Form, actions.record_ons4, (WAITING, ACTIVE, CLOSED),
    ),
    "supervision": Act(
        "Ask in supervision", "Ask in supervision", "Ask", "Flagged for supervision",
        forms_desk.AskForm, actions.ask, (NEW, WAITING, ACTIVE),
    ),
    "hand-over": Act(
        "Hand over", "Hand this case over", "Hand over", "Handed over, with the whole story; the person is told",
        forms_desk.ToWorker, actions.hand_over, (WAITING, ACTIVE),
    ),
    "send-on": Act(
        "Send to another desk", "Send this request to another practice’s desk", "Send on",
        "Sent on: it is on that practice’s desk now", forms_door.SendOnForm, actions.send_on, (UNMATCHED,),
    ),
    "decline": Act(
        "Decline", "Decline this referral", "Decline", "Declined: the sender and the person are told",
        forms_case.DeclineForm, actions.decline, (UNMATCHED, NEW, WAITING),
    ),
    "redirect": Act(
        "Pass on", "Pass this referral on", "Pass on", "Passed on: the sender and the person are told",
        forms_case.RedirectForm, actions.redirect, (UNMATCHED, NEW, WAITING, ACTIVE),
    ),
    "close": Act(
        "Close", "Close this case", "Close case", "Closed: the sender and the person are told",
        forms_case.CloseForm, actions.close, (WAITING, ACTIVE),
    ),
    "reopen": Act(
        "Reopen", "Reopen this case", "Reopen case", "Reopened: the case is yours",
        forms_case.ReopenForm, actions.reopen, (CLOSED,),
    ),
}  # fmt: skip

SCORES = tuple(name for name in INSTRUMENTS if name != ons4.NAME)
ACTS |= {
    name: Act(
        "", f"{INSTRUMENTS[name].title}: {INSTRUMENTS[name].about}", "Save scores", "Scores saved",
        form_of(name), actions.record_scores, (WAITING, ACTIVE, CLOSED),
    )
    for name in SCORES
}  # fmt: skip


def now(status: str) -> dict[str, Act]:
    """What can be done as it stands, the likeliest first."""
    return {name: act for name, act in ACTS.items() if act.link and status in act.during}
