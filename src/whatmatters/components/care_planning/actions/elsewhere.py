"""A plan made elsewhere comes in: it stands beside the person's own plan and changes nothing in it."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.offering import day_in_life
from whatmatters.components.care_planning.models import MadeElsewhere
from whatmatters.events.codes import HOLISTIC_NEEDS, PLAN_DECLINED, PLAN_OTHERWISE
from whatmatters.events.models import Event
from whatmatters.events.record import record
from whatmatters.people.models import Person

WORDS = {MadeElsewhere.Kind.PLAN: "made elsewhere", MadeElsewhere.Kind.CANCER: "cancer"}


@transaction.atomic
def take_in(
    *, person: Person, kind: str, source_name: str, made_on: date, told: dict[str, Any], original: str, by: Actor,
    source_code: str = "", reference: str = "", offer: str = "", assessed_on: date | None = None,
    declined_on: date | None = None, agreed_on: date | None = None,
) -> tuple[MadeElsewhere, bool]:  # fmt: skip
    """The plan, and whether it is new: the same once more changes nothing. What the person did there on the three
    days counts as done at the source, and never as a plan of ours. Raises ValidationError by field."""
    digest = hashlib.sha256(original.encode()).hexdigest()
    if held := MadeElsewhere.objects.filter(person=person, digest=digest).first():
        return held, False
    audit.record("took in a plan made elsewhere", by=by, person=person.pk, detail={"digest": digest})
    days = {"made_on": made_on, "assessed_on": assessed_on, "declined_on": declined_on, "agreed_on": agreed_on}
    for field, on in days.items():
        if on:
            day_in_life(person, on, field)
    made = MadeElsewhere(
        person=person, kind=kind, source_name=source_name.strip(), source_code=source_code, reference=reference,
        made_on=made_on, offer=offer, told=told, original=original, digest=digest, by_name=by.name, by_role=by.role,
    )  # fmt: skip
    made.full_clean(exclude=["told"])
    made.save()
    there = replace(by, organisation_code=source_code)
    _happened(made, HOLISTIC_NEEDS, assessed_on, there)
    _happened(made, PLAN_DECLINED, declined_on, there)
    _happened(made, PLAN_OTHERWISE, agreed_on, there, WORDS[MadeElsewhere.Kind(made.kind)])
    return made, True


def _happened(made: MadeElsewhere, code: str, on: date | None, there: Actor, detail: str = "") -> None:
    """Once for a day and a source, however often it sends the same assessment with other words."""
    if on is None:
        return
    known = Event.objects.filter(person=made.person_id, code=code, on=on, organisation=there.organisation_code)
    if not known.filter(detail=detail).exists():
        record(code, made.person, on=on, by=there, detail=detail)
