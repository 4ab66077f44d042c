"""What an action looks at before it saves, for it has other callers than forms: the day, and the row."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from whatmatters.web import words

Row = TypeVar("Row", bound=Model)


def day(on: date | None, since: date | None = None) -> date:
    """Today where none is given. Raises ValidationError for a day to come, or before ``since``."""
    when = on or date.today()
    if when > date.today():
        raise ValidationError("The day is still to come: enter today or an earlier day")
    if since and when < since:
        raise ValidationError(f"The day is before {words.day(since)}, when the step before it was taken")
    return when


def checked(row: Row) -> Row:
    """The row; raises ValidationError by field. Relations, lists and what may be null are their action's to judge."""
    left = [field.name for field in row._meta.fields if field.is_relation or field.null or field.name == "items"]
    row.clean_fields(exclude=left)
    return row


def checked_whole(row: Row, field: str = "") -> Row:
    """As ``checked``, with all that the model itself asks; told of one ``field`` where it is a row of many."""
    try:
        row.full_clean(exclude=["decision", "person", "episode"], validate_constraints=False)
    except ValidationError as problem:
        raise (ValidationError({field: problem.messages}) if field else problem) from None
    return row
