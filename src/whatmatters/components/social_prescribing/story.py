"""The story of a case so far: one list of moments, the latest first."""

from dataclasses import dataclass
from datetime import date

from whatmatters.components.social_prescribing.models import (
    NOT_MADE,
    Change,
    Connection,
    Enquiry,
    Helped,
    Referral,
    Status,
    Went,
)
from whatmatters.instruments import INSTRUMENTS
from whatmatters.web.words import day


@dataclass(frozen=True)
class Moment:
    """``words`` is what happened, ``more`` what was written down of it."""

    on: date
    words: str
    who: str = ""
    more: str = ""


STEPS = {
    Status.UNMATCHED: "Referral received",
    Status.RECEIVED: "Referral made",
    Status.JOINED: "Asked for again",
    Status.ACCEPTED: "Accepted",
    Status.ACTIVE: "First spoken with: the case is active",
    Status.DECLINED: "Declined",
    Status.REDIRECTED: "Passed on",
    Status.CANCELLED: "Cancelled by the sender",
    Status.CLOSED: "Closed",
}


def story(row: Referral) -> list[Moment]:
    """Eight queries, whatever the length of the story."""
    moments = [_step(row, change) for change in row.changes.all()]
    for contact in row.contacts.select_related("worker"):
        words = "Spoke with the person" if contact.spoke else "Tried to reach the person"
        who = contact.worker.name if contact.worker else ""
        moments.append(Moment(contact.on, f"{words}, {contact.get_how_display().lower()}", who, contact.note))
    for enquiry in row.enquiries.select_related("group", "worker"):
        moments += _asked(enquiry)
    for link in row.connections.select_related("group", "worker"):
        moments += _group(link)
    for need in row.unmet.select_related("worker"):
        words = f"Unmet need recorded: {need.get_need_display()}. {need.get_reason_display()}"
        moments.append(Moment(need.on, words, need.worker.name if need.worker else ""))
    for sitting in row.sittings.select_related("worker"):
        asked = INSTRUMENTS[sitting.instrument]
        scores = [f"{scale.short} {score:g}" for scale, score in asked.read(sitting.answers)]
        more = ", ".join(scores) + (f"; {sitting.missing} not answered" if sitting.missing else "")
        who = sitting.worker.name if sitting.worker else ""
        moments.append(Moment(sitting.on, f"{asked.title} {sitting.get_stage_display().lower()}", who, more))
    for again in row.joined.all():
        moments.append(
            Moment(again.made_on, f"Asked for again: {again.get_need_display()}", sender(again), again.reason)
        )
    for given in row.handovers.select_related("was", "to"):
        words = f"Handed over to {given.to.name}: {given.get_why_display()[0].lower()}{given.get_why_display()[1:]}"
        moments.append(Moment(given.on, words, given.was.name if given.was else "", given.note))
    return sorted(moments, key=lambda moment: moment.on)[::-1]


def _step(row: Referral, change: Change) -> Moment:
    words = STEPS[Status(change.status)]
    if change.was == change.status:
        return Moment(change.on, change.why, change.who)
    if change.was == Status.CLOSED:
        words = "Reopened"
    elif change.was == Status.UNMATCHED and change.status == Status.RECEIVED:
        words = "Matched to this person"
    ended = change.status == row.status and row.why
    if ended:
        words = f"{words}: {row.why}"
    made = change.was == NOT_MADE
    return Moment(change.on, words, sender(row) if made else change.who, row.reason if made else change.why)


def _group(link: Connection) -> list[Moment]:
    who = link.worker.name if link.worker else ""
    told = "Told about" if link.signpost else "Introduced to"
    moments = [Moment(link.on, f"{told} {link.group.name}", who)]
    if link.went != Went.NOT_YET and link.went_on:
        gone, words = link.went == Went.WENT, "Went to" if link.went == Went.WENT else "Did not go to"
        why = "" if gone or not link.why else f": {link.get_why_display()}"
        moments.append(Moment(link.went_on, f"{words} {link.group.name}{why}", "", "" if gone else link.why_not))
    if link.helped != Helped.NOT_KNOWN and link.helped_on:
        words = f"{link.group.name}: {link.get_helped_display().lower()}"
        why = f": {link.get_why_display()}" if link.why else ""
        moments.append(Moment(link.helped_on, f"{words}{why}", f"told by the {link.helped_told}", link.why_not))
    return moments


def _asked(asked: Enquiry) -> list[Moment]:
    moments = [Moment(asked.on, f"Asked {asked.group.name}", asked.worker.name if asked.worker else "", asked.about)]
    if asked.answered_on:
        words = f"{asked.group.name}: {asked.get_answer_display().lower()}"
        why = f": {asked.get_why_display()}" if asked.why else ""
        until = f", until {day(asked.full_until)}" if asked.full_until else ""
        moments.append(Moment(asked.answered_on, f"{words}{why}{until}", asked.answered_by, asked.words))
    return moments


def sender(row: Referral) -> str:
    """Who made the referral: Dr Nair, Harbour Surgery; or the person."""
    named = ", ".join(part for part in (row.sender_name, row.sender_organisation) if part)
    return named or row.get_source_display()
