"""The demo's proactive offer: people of every state on its list, a plan agreed before it, meetings and schemes."""

import pytest

from whatmatters.components.social_prescribing.models import Invitation, Listed, Meeting, Offer, Scheme, State
from whatmatters.demo.world import World
from whatmatters.events.models import OrganisationEvent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_an_offer_can_be_followed_from_its_plan_to_its_answers(world: World) -> None:
    agreed = Offer.objects.get(standing="agreed")
    assert agreed.partners.count() == 5
    assert Offer.objects.filter(standing="draft").exists()
    first = Invitation.objects.filter(listed__offer=agreed).order_by("on").first()
    assert first
    assert agreed.agreed_on
    assert agreed.agreed_on < agreed.starts <= first.on
    assert {State.ACCEPTED, State.DECLINED, State.INVITED} & set(Listed.objects.values_list("state", flat=True))
    assert not Listed.objects.filter(person__died__isnull=False).exists()


def test_meetings_and_schemes_are_there_and_attested(world: World) -> None:
    assert Meeting.objects.count() > 20
    assert Scheme.objects.count() == 2
    details = set(OrganisationEvent.objects.values_list("detail", flat=True))
    assert {"proactive-plan-agreed", "link-workers-involved", "access-targets-set", "protocol-costs"} <= details
