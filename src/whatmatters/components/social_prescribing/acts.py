"""What a link worker can do with a case, each a short page: the words, the form, the action, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from whatmatters.components.social_prescribing import actions, forms_case
from whatmatters.components.social_prescribing.models import Status


@dataclass(frozen=True)
class Act:
    """``link`` leads to the page, ``title`` heads it, ``button`` does it, ``done`` says that it was done."""

    link: str
    title: str
    button: str
    done: str
    form: type[forms_case.CaseForm]
    do: Callable[..., Any]
    during: tuple[Status, ...]


NEW, WAITING, ACTIVE, CLOSED = Status.RECEIVED, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED
UNMATCHED = Status.UNMATCHED

ACTS: dict[str, Act] = {
    "accept": Act(
        "Accept", "Accept this referral", "Accept: I will get in touch", "Accepted: the case is yours",
        forms_case.CaseForm, actions.accept, (NEW,),
    ),
    "contact": Act(
        "Record a contact", "Record a contact", "Save contact", "Contact saved",
        forms_case.ContactForm, actions.record_contact, (WAITING, ACTIVE),
    ),
    "ons4": Act(
        "Record how they feel (ONS4)", "How the person feels (ONS4)", "Save scores", "Scores saved",
        forms_case.Ons4Form, actions.record_ons4, (WAITING, ACTIVE, CLOSED),
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


def now(status: str) -> dict[str, Act]:
    """What can be done as it stands, the likeliest first."""
    return {name: act for name, act in ACTS.items() if status in act.during}
