"""Where a referral stands, in words that fit everyone who may ask: the person, a colleague, another agency."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from whatmatters.components.social_prescribing.models import (
    HANDED_OVER,
    Came,
    DeclineReason,
    Helped,
    Referral,
    Status,
    Went,
)

KEPT = timedelta(days=90)  # that a private link still answers after the end

WORDS: dict[str, str] = {
    Status.UNMATCHED: "We have it. A link worker will look at it.",
    Status.RECEIVED: "It is with the link workers of the GP practice. One of them will take it on, or say why not.",
    Status.ACCEPTED: "A link worker has taken it on.",
    Status.ACTIVE: "A link worker has taken it on.",
    Status.DECLINED: "It was not taken on.",
    Status.REDIRECTED: "It was passed to a better place.",
    Status.CANCELLED: "It was cancelled by its sender.",
    Status.CLOSED: "It is finished.",
    Came.YES: "A group we asked has said yes: they look forward to meeting you.",
    Came.DID_NOT_GO: "We noted that you did not go to the group. Tell us if you would like something else.",
    Came.HELPED: "We noted that the group has helped you.",
    Came.NOT_HELPED: "We noted that the group did not help. Talk with your link worker about what else there is.",
    HANDED_OVER: "You have another link worker now. They know your story: you need not tell it again.",
}

# Of why it was not taken on, a sender without an account learns what is the service's, and nothing of the person.
WHY: dict[str, str] = {
    DeclineReason.NOT_SUITABLE: "Social prescribing is not the right help for this.",
    DeclineReason.NO_CAPACITY: "There is no room at present. Please ask again later, or ring the GP practice.",
    DeclineReason.OUTSIDE: "The service is for people whose GP practice is in its area.",
}


def follows(row: Referral) -> Referral:
    """The referral whose status speaks: of a joined one its case, so that it reads as any other does."""
    return row.case if row.case is not None and row.status == Status.JOINED else row


def told(row: Referral) -> str:
    """One sentence."""
    return WORDS[follows(row).status]


def why(row: Referral) -> str:
    """A second one, where there is something the sender can do something with."""
    speaks = follows(row)
    return WHY.get(speaks.ended_why, "") if speaks.status == Status.DECLINED else ""


def gone(row: Referral, today: date) -> bool:
    """The private link of what ended long ago answers no more."""
    ended = follows(row).ended_on
    return ended is not None and today > ended + KEPT


def came_of(row: Referral, *, named: bool = True, without: Collection[UUID] = ()) -> list[str]:
    """What came of each community group, in a sentence for whoever referred; without the groups' names for those who
    are no staff, and ``without`` what the person keeps from the reader. Three queries at most; none where the
    connections are at hand."""
    told, case = [], follows(row)
    if case.uuid in without:
        return []
    for link in case.connections.all():
        if link.uuid in without:
            continue
        group = link.group.name if named else "a community group"
        if link.went == Went.DID_NOT:
            told.append(f"Did not go to {group}.")
        elif link.went == Went.WENT:
            told.append(f"Went to {group}{HOW_IT_WENT[link.helped]}.")
    return told


HOW_IT_WENT: dict[str, str] = {
    Helped.NOT_KNOWN: "; whether it helped is not known yet",
    Helped.YES: ", and it helped",
    Helped.NO: ", and it did not help",
}
