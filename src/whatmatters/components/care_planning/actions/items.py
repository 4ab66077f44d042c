"""The entries of a draft's sections: strengths, needs, contacts, what to do if things go wrong, and the rest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning import standard
from whatmatters.components.care_planning.actions.drafting import drafted
from whatmatters.components.care_planning.conditions import CONDITIONS
from whatmatters.components.care_planning.models import Goal, Item, Version
from whatmatters.components.care_planning.values import checked
from whatmatters.people.revisions import claim

NEEDS = "needs"


@transaction.atomic
def add_item(
    *, version: Version, section: str, values: dict[str, Any], by: Actor, parent: Item | None = None,
    condition: str = "", at: datetime | None = None, uuid: UUID | None = None,
) -> Item:  # fmt: skip
    """An entry of ``section`` (a name of ``standard.sections()``), in the words of ``by``. ``parent``: the
    need it is for. ``uuid`` is the form's own number: the same form sent twice adds one."""
    version = drafted(version, by, "added to the plan")
    field = listed(version, section)
    if uuid and (made := version.items.filter(uuid=uuid).first()):
        return made
    if once(field) and version.items.filter(section=section).exists():
        raise ValidationError(f"{field.label}: this is written once in a plan. Change what stands there")
    item = Item(version=version, section=section, parent=parent, condition=condition, **numbered(uuid))
    return _write(item, values, by, at)


@transaction.atomic
def change_item(
    *, item: Item, revision: int, values: dict[str, Any], by: Actor, parent: Item | None = None,
    condition: str | None = None, at: datetime | None = None,
) -> Item:  # fmt: skip
    """``values`` take the place of those that stood. Stale when someone else changed it since ``revision``.
    ``condition`` and ``parent``: None leaves them as they are."""
    version = drafted(item.version, by, "changed an entry of the plan")
    claim(item, revision)
    item.refresh_from_db()
    item.version = version
    item.parent = parent or item.parent
    item.condition = item.condition if condition is None else condition
    return _write(item, values, by, at)


@transaction.atomic
def remove_item(*, item: Item, by: Actor) -> None:
    """From the draft; the agreed version keeps it. Goals and entries that hang on a need stay, on their own."""
    version = drafted(item.version, by, "removed an entry of the plan")
    Goal.objects.filter(version=version, need=item.key).update(need=None)
    item.delete()


def numbered(uuid: UUID | None) -> dict[str, UUID]:
    return {"uuid": uuid} if uuid else {}


def once(field: standard.Field) -> bool:
    """Whether a plan has one entry of it at most: about the person themself, their practice, the plan as a whole."""
    return not field.many or field.section == "practice_details"


def listed(version: Version, section: str) -> standard.Field:
    """The part of the standard by which ``version`` is written. ValidationError for a section that is not an Item's."""
    field = standard.sections(version.standard).get(section)
    if field is None or field.rows in ("goal", "action"):
        raise ValidationError("There is no such section in a plan")
    return field


def _write(item: Item, values: dict[str, Any], by: Actor, at: datetime | None) -> Item:
    field, parent = listed(item.version, item.section), item.parent
    item.values = checked(field, values)
    if parent is not None and (parent.version_id != item.version_id or parent.section != NEEDS or parent.pk == item.pk):
        raise ValidationError({"parent": "Choose a need of this plan"})
    if item.condition and (not field.condition or item.condition not in CONDITIONS):
        raise ValidationError({"condition": "Choose a condition of the list"})
    item.by_name, item.by_role, item.at = by.name, by.role, at or timezone.now()
    item.full_clean(exclude=["version", "parent"])
    item.save()
    return item
