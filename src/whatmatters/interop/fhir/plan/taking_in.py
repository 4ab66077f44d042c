"""``import plans FILE.json``: a plan that another system wrote, laid beside the plan of the person it is of."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions import take_in
from whatmatters.components.care_planning.models import MadeElsewhere, Version
from whatmatters.interop.fhir.plan import reading
from whatmatters.interop.fhir.plan.entries import NotAPlan
from whatmatters.interop.fhir.plan.places import MAIN
from whatmatters.interop.fhir.plan.told import Telling
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.imports.whose import whose

LARGEST = 5_000_000  # bytes of one plan; a full one of ours has half a million
STATES = {
    "draft": "it is a draft: ask for the plan once it is agreed",
    "superseded": "it says that it was replaced or withdrawn: ask for the plan in force",
}


def bundle(path: Path, *, by: Actor) -> bool:
    """Whether it is new. Raises ImportRefused where it is no plan, NotOurs where it cannot be said whose it is."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotAPlan(f"it is larger than the {LARGEST // 1_000_000} MB that one plan may have")
        raw = path.read_bytes()
        told = reading.read(raw)
        if told.state in STATES:
            raise NotAPlan(STATES[told.state])
        if _made_here(told.id):
            raise NotAPlan("it is a plan of this record: it was made here, and stands here already")
        if not told.keeper.name and not told.keeper.code:
            raise NotAPlan("Composition.custodian: it must name the organisation that keeps the plan")
        original = raw.decode("utf-8-sig")
    except OSError as error:
        raise ImportRefused(f"{path.name}: {error.strerror or error}") from error
    except NotAPlan as fault:
        raise ImportRefused(f"{path.name}: {fault}") from fault
    who = told.who
    person = whose(nhs_number=who.nhs_number, born=who.born, given=who.given, family=who.family)
    _, new = take_in(person=person, original=original, by=by, **_facts(told))
    return new


def _facts(told: Telling) -> dict[str, Any]:
    agreement = told.values.get(MAIN[0], {}).get("agreed_with_person_or_legitimate_representative", {})
    return {
        "kind": MadeElsewhere.Kind.PLAN,
        "source_name": (told.keeper.name or told.keeper.code)[:150],
        "source_code": told.keeper.code[:6],
        "reference": told.id[:100],
        "made_on": told.made.date(),
        "agreed_on": date.fromisoformat(agreement["date"]) if "date" in agreement else None,
        "told": told.values,
    }


def _made_here(own: str) -> bool:
    try:
        return Version.objects.filter(uuid=UUID(own)).exists()
    except ValueError:
        return False
