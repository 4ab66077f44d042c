"""What is written once is refused a change by the database itself, whoever asks it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from whatmatters.access import audit
from whatmatters.events.codes import CONCEPTS
from whatmatters.events.models import Event, OrganisationEvent

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("table", "column"), [("access_auditentry", "act"), ("events_event", "role"), ("events_organisationevent", "role")]
)
def test_an_update_is_refused_and_nothing_is_changed(
    table: str, column: str, make_person: Any, make_worker: Any, place: Any
) -> None:
    person, coach = make_person(), make_worker("coach", make_person().registrations.get().practice).actor
    with transaction.atomic():
        audit.record("act", by=coach, person=person.pk)
    Event.objects.create(person=person, code=next(iter(CONCEPTS)), on=date(2026, 1, 1), role="coach")
    OrganisationEvent.objects.create(subject=place.harbour, code="attested", on=date(2026, 1, 1), role="coach")
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET {column} = 'other'")  # noqa: S608  # our own words
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = 'other'")  # noqa: S608  # our own words
        assert cursor.fetchone()[0] == 0
