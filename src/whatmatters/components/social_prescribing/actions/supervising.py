"""A case is talked over: a question for supervision, and what was agreed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, held, only_while
from whatmatters.components.social_prescribing.models import CASE_OPEN, Question, Referral
from whatmatters.letters import address, outbox
from whatmatters.people.revisions import locked
from whatmatters.workforce.actions_support import supervised
from whatmatters.workforce.models import StaffEvent, Worker

SUBJECT = "A question for supervision"
TO_SUPERVISOR = "Someone you supervise has a question about a case. It waits in What Matters:\n\n{link}\n"
SHORT, LONG = 300, 1000


@transaction.atomic
def ask(*, referral: Referral, question: str, by: Actor, revision: int | None = None) -> Question:
    """Flags the case for supervision. Whoever supervises the worker is written to, where someone is named."""
    row = held(referral, "asked for supervision of a case", by=by, revision=revision)
    only_while(row, *CASE_OPEN)
    asker = Worker.objects.select_related("supervisor__account").filter(pk=by.worker or 0).first()
    if asker is None:
        raise NotAllowed("Your account is not linked to a post: ask whoever manages your team to link it")
    made = checked(Question(referral=row, worker=asker, question=question))
    made.save()
    if asker.supervisor and asker.supervisor.account:
        outbox.post(asker.supervisor.account.email, SUBJECT, TO_SUPERVISOR.format(link=address.of("supervision")))
    return made


@transaction.atomic
def answer(*, question: Question, words: str, by: Actor) -> Question:
    """What was agreed, written down by the supervisor or by the worker after they spoke."""
    act, about = "answered a question of supervision", question.referral
    row = locked(question, act, by=by, person=about.person_id, detail={"referral": about.pk})
    if row.answered:
        raise NotAllowed("What was agreed is written down already")
    if not words:
        raise NotAllowed("Write down what was agreed")
    row.answer, row.answered, row.answered_by = words, timezone.now(), by.name
    checked(row).save()
    return row


@transaction.atomic
def session(*, worker: Worker, on: date, answers: dict[Question, str], by: Actor, words: str = "") -> StaffEvent:
    """One supervision session: what was agreed of each case that was talked over, and the session on the record."""
    for question, agreed in answers.items():
        answer(question=question, words=agreed, by=by)
    return supervised(worker=worker, on=on, by=by, words=words)
