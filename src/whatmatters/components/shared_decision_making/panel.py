"""What the rest of the record shows of shared decisions: ``panel(person)`` as ``shared_decision_making``, with
``shared_decision_making/panel.jinja`` for staff and ``mine.jinja`` for the person and who acts for them."""

from typing import Any

from whatmatters.components.shared_decision_making.actions.preparing import waiting
from whatmatters.components.shared_decision_making.standing import standing
from whatmatters.people.models import Person


def panel(person: Person) -> dict[str, Any]:
    """``standing`` (Standing) and ``preparation`` (or None). Two queries."""
    return {"standing": standing(person), "preparation": waiting(person)}
