"""A row is taken to be changed: locked for the act; and of two people at one page the second to save is told."""

from typing import Any, TypeVar

from django.db.models import F, Model

from whatmatters.access import audit
from whatmatters.access.actors import Actor

Row = TypeVar("Row", bound=Model)


class Stale(Exception):
    """The row was changed by someone else since the page was opened. Says nothing of what it holds."""


def locked(
    row: Row, act: str, *, by: Actor, person: int | None = None, detail: dict[str, Any] | None = None,
    also: tuple[str, ...] = (),
) -> Row:  # fmt: skip
    """The row, fresh and locked until the ``act`` is over, and the act's audit entry; ``also``: relations read with it.

    The audit entry comes first: everyone then queues at the head of the chain, so no two acts can each hold what the
    other waits for.
    """
    audit.record(act, by=by, person=person, detail=detail)
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return (rows.select_related(*also) if also else rows).get(pk=row.pk)


def claim(row: Model, revision: int | None) -> None:
    """Move the row one revision on if it still stands at ``revision`` (None: wherever it stands); otherwise Stale, and
    nothing is changed."""
    seen = row.revision if revision is None else revision  # type: ignore[attr-defined]  # whoever calls has one
    rows = type(row)._default_manager.filter(pk=row.pk, revision=seen)
    if rows.update(revision=F("revision") + 1) != 1:
        raise Stale("Someone else has changed this since the page was opened")
    row.revision = seen + 1  # type: ignore[attr-defined]  # whoever calls has one
