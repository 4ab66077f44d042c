"""Where a referral stands, in words that fit everyone who may ask: the person, a colleague, another agency."""

from whatmatters.components.social_prescribing.models import HANDED_OVER, Referral, Status

WORDS: dict[str, str] = {
    Status.UNMATCHED: "We have it. A link worker will look at it.",
    Status.RECEIVED: "We have it. A link worker will look at it.",
    Status.ACCEPTED: "A link worker has taken it on.",
    Status.ACTIVE: "A link worker has taken it on.",
    Status.DECLINED: "It was not taken on.",
    Status.REDIRECTED: "It was passed to a better place.",
    Status.CANCELLED: "It was cancelled by its sender.",
    Status.CLOSED: "It is finished.",
    HANDED_OVER: "You have another link worker now. They know your story: you need not tell it again.",
}


def told(row: Referral) -> str:
    """One sentence. A joined referral goes by its case, so that it reads as any other does."""
    status = row.status
    if row.case is not None and status == Status.JOINED:
        status = row.case.status
    return WORDS[status]
