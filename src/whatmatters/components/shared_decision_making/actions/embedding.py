"""A network or board declares where deciding together has become the usual way; and when it no longer is."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import Embedded
from whatmatters.organisations.models import Organisation
from whatmatters.people.revisions import claim


@transaction.atomic
def declare(
    *, service: Organisation, situation: str, at: Organisation, since: date, evidence: str, by: Actor
) -> Embedded:
    """``at``: the practice or service where it is usual; ``evidence``: how one can tell. Raises ValidationError."""
    audit.record("declared a situation embedded", by=by, detail={"service": service.code, "situation": situation})
    entry = library().get(situation)
    if entry is None or entry.retired:
        raise ValidationError({"situation": "Choose a situation of the library"})
    if since > date.today():
        raise ValidationError({"since": "This day is still to come: enter the day since which it is usual"})
    if Embedded.objects.filter(service=service, situation=situation, at=at, ended=None).exists():
        raise ValidationError({"situation": "This is declared there already"})
    row = Embedded(
        service=service, situation=situation, at=at, since=since, evidence=evidence.strip(), by_name=by.name,
        by_role=by.role,
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def end(*, embedded: Embedded, revision: int, ended: date, why: str, by: Actor) -> Embedded:
    """It is no longer the usual way there. It still counts in the years before."""
    audit.record("ended an embedded situation", by=by, detail={"embedded": embedded.pk})
    claim(embedded, revision)
    row = Embedded.objects.get(pk=embedded.pk)
    if not row.since <= ended <= date.today():
        raise ValidationError({"ended": "Enter a day since it was declared, and not one to come"})
    if not why.strip():
        raise ValidationError({"why": "Say why it is no longer so"})
    row.ended, row.ended_why = ended, why.strip()
    row.full_clean()
    row.save()
    return row
