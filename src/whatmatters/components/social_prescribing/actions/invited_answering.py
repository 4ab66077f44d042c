"""An invited person answers by the private link of their letter, without an account and without ringing anyone.

The link names nobody, and its page neither: whoever opens a letter that is not theirs learns no more than the letter
told them. It is good while the invitation waits for an answer, and for GOOD_FOR at most.
"""

from datetime import date, timedelta

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON
from whatmatters.components.social_prescribing.actions.inviting import said_no, said_yes
from whatmatters.components.social_prescribing.actions.moves import NotAllowed
from whatmatters.components.social_prescribing.actions.words import word_for
from whatmatters.components.social_prescribing.models import Invitation, Listed, SaidNo, State
from whatmatters.letters.private import digest

GOOD_FOR = timedelta(days=90)
BY_LINK = Actor("The invited person, by the link in their letter", PERSON)
WAITING = (State.INVITED, State.STOPPED)


def word_of(invitation: Invitation) -> str:
    """The word of its link: made anew whenever its letter is printed, and the same each time."""
    return word_for("an invitation", invitation.pk, invitation.listed_id)


def invited_by(word: str) -> Invitation | None:
    """The invitation with this link, whether it can still be answered or not."""
    rows = Invitation.objects.select_related("listed__offer__service", "listed__person")
    return rows.filter(key=digest(word)).first()


def good(invitation: Invitation) -> bool:
    row = invitation.listed
    return row.state in WAITING and date.today() <= invitation.on + GOOD_FOR and row.person.died is None


@transaction.atomic
def answer_invitation(*, invitation: Invitation, answer: str, why: str = "", by: Actor = BY_LINK) -> Listed:
    """``answer``: yes, no (``why`` is a SaidNo) or never, which is a no to this and to any other invitation.

    Raises NotAllowed where it was answered meanwhile, or the link has run out.
    """
    if not good(invitation):
        raise NotAllowed("This invitation was answered already, or too long ago")
    if answer == "yes":
        return said_yes(listed=invitation.listed, by=by)
    if answer not in ("no", "never"):
        raise NotAllowed("Choose an answer")
    return said_no(listed=invitation.listed, why=why or SaidNo.NOT_SAID, never=answer == "never", by=by)
