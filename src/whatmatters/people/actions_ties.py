"""Carers, and those who may act for a person: added, and ended on a day; never deleted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.people.models import SCOPES, Carer, Person, Representative


@transaction.atomic
def add_carer(
    *, person: Person, name: str, relationship: str, start: date, by: Actor, contact: str = "", end: date | None = None
) -> Carer:
    """Someone who cares for them. It gives the carer no right to see anything."""
    carer = Carer(person=person, name=name, relationship=relationship, contact=contact, start=start, end=end)
    _check_days(person, start, end)
    carer.full_clean()
    carer.save()
    audit.record("added a carer", by=by, person=person.pk, detail={"carer": carer.pk})
    return carer


@transaction.atomic
def end_carer(*, carer: Carer, on: date, by: Actor, ended: str = Carer.Ended.STOPPED) -> Carer:
    """From this day they care for the person no more; ``ended``: whether they have died."""
    if ended not in Carer.Ended.values:
        raise ValidationError({"ended": "Choose whether they have died"})
    carer.ended = ended
    _end(carer, on, "ended")
    audit.record("ended a carer", by=by, person=carer.person_id, detail={"carer": carer.pk})
    return carer


@transaction.atomic
def add_representative(
    *, person: Person, account: User, relationship: str, authority: str, start: date, by: Actor,
    end: date | None = None, may_see_plan: bool = True, may_change_plan: bool = False, may_see_referrals: bool = False,
) -> Representative:  # fmt: skip
    """Someone who may act for the person, within the scopes, from ``start`` until ``end`` (None = until ended)."""
    if may_change_plan and not may_see_plan:
        raise ValidationError({"may_change_plan": "Whoever may change the plan must be able to see it: tick both"})
    if not (may_see_plan or may_see_referrals):
        raise ValidationError({"may_see_plan": "Tick what they may see"})
    if account.pk == person.account_id:
        raise ValidationError({"email": "This is the person's own account: nobody represents themself"})
    acting = Representative(
        person=person, account=account, relationship=relationship, authority=authority, start=start, end=end,
        may_see_plan=may_see_plan, may_change_plan=may_change_plan, may_see_referrals=may_see_referrals,
    )  # fmt: skip
    _check_days(person, start, end)
    acting.full_clean()
    acting.save()
    scopes = [scope for scope in SCOPES if getattr(acting, scope)]
    audit.record(
        "gave someone the right to act", by=by, person=person.pk, detail={"account": account.pk, "scopes": scopes}
    )
    return acting


@transaction.atomic
def end_representative(*, representative: Representative, on: date, by: Actor) -> Representative:
    """From this day they may see and do nothing."""
    _end(representative, on)
    audit.record(
        "ended the right to act", by=by, person=representative.person_id, detail={"account": representative.account_id}
    )
    return representative


@transaction.atomic
def give_account(*, person: Person, account: User, by: Actor) -> Person:
    """The person can sign in and see their own record."""
    if person.account_id:
        raise ValidationError({"email": "The person has an account already"})
    if Person.objects.filter(account=account).exists() or account.grants.exists():
        raise ValidationError({"email": "This address cannot be used here: ask the person for another of theirs"})
    person.account = account
    person.save(update_fields=["account"])
    audit.record("gave the person an account", by=by, person=person.pk, detail={"account": account.pk})
    return person


def _check_days(person: Person, start: date, end: date | None) -> None:
    if start < person.born:
        raise ValidationError({"start": "This cannot start before the person was born"})
    if end is not None and end <= start:
        raise ValidationError({"end": "Enter a last day after the first"})


def _end(tie: Carer | Representative, on: date, *also: str) -> None:
    """Ending on the day it began leaves no day on which it held (half-open)."""
    if tie.end is not None and tie.end <= on:
        raise ValidationError({"on": "This has ended already"})
    if on < tie.start:
        raise ValidationError({"on": f"Enter {tie.start:%d/%m/%Y} or a later day"})
    tie.end = on
    tie.save(update_fields=["end", *also])
