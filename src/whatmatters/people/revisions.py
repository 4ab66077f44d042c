"""Two people at one page: the second to save is told, and loses nothing."""

from django.db.models import F, Model


class Stale(Exception):
    """The row was changed by someone else since the page was opened. Says nothing of what it holds."""


def claim(row: Model, revision: int) -> None:
    """Move the row one revision on if it still stands at ``revision``; otherwise Stale, and nothing is changed."""
    rows = type(row)._default_manager.filter(pk=row.pk, revision=revision)
    if rows.update(revision=F("revision") + 1) != 1:
        raise Stale("Someone else has changed this since the page was opened")
    row.revision = revision + 1  # type: ignore[attr-defined]  # whoever calls has one
