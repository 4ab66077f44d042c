"""A row is looked at before it is saved: actions have other callers than forms."""

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def checked(row: Row) -> Row:
    """The row; raises ValidationError by field. Relations, lists and what may be null are their action's to judge."""
    left = [field.name for field in row._meta.fields if field.is_relation or field.null or field.name == "items"]
    row.clean_fields(exclude=left)
    return row
