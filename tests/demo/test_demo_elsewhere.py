"""What the hospital found stands beside the plan of someone of the demo, to be taken over."""

import pytest

from whatmatters.components.care_planning.elsewhere import entries
from whatmatters.components.care_planning.models import MadeElsewhere
from whatmatters.demo.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


def test_a_hospitals_assessment_can_be_read_and_taken_over(world: World) -> None:
    made = MadeElsewhere.objects.get()
    assert (made.person.given_name, made.offer, made.made_on < world.on) == ("Sandra", "03", True)
    said = [words for entry in entries(made) if entry.item for _, words in entry.lines]
    assert "Tired all the time (8 of 10)" in said
    assert "To sing at the carol service" in said
