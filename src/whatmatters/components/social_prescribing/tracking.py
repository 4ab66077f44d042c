"""Where a referral stands, in words that fit everyone who may ask: the person, a colleague, another agency."""

from datetime import date, timedelta

from whatmatters.components.social_prescribing.models import DeclineReason, Referral, Status

KEPT = timedelta(days=90)  # that a private link still answers after the end

WORDS: dict[str, str] = {
    Status.UNMATCHED: "We have it. A link worker will look at it.",
    Status.RECEIVED: "We have it. A link worker will look at it.",
    Status.ACCEPTED: "A link worker has taken it on.",
    Status.ACTIVE: "A link worker has taken it on.",
    Status.DECLINED: "It was not taken on.",
    Status.REDIRECTED: "It was passed to a better place.",
    Status.CANCELLED: "It was cancelled by its sender.",
    Status.CLOSED: "It is finished.",
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
