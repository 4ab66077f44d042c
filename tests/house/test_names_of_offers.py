"""The named list of a proactive offer: a name is shown to the care team of the person and to nobody else."""

import pytest
from django.urls import reverse
from tests.house import ids_offers as offers
from tests.house.askers import ASKERS, OVER_THE_SUBJECT
from tests.house.world import World

from whatmatters.access.roles import CARE_TEAM


@pytest.mark.slow
def test_a_name_on_the_list_is_shown_to_the_care_team_alone(world: World, one_factor: None) -> None:
    offer, row = offers.offer(world, "B81001"), offers.listed(world, world.subject)
    offers.met(world)
    code = offers.scheme(world, "B81001")
    pages = [
        reverse("offers"),
        reverse("offer", args=[offer.uuid]),
        reverse("offer-list", args=[offer.uuid]),
        reverse("listed-act", args=[world.subject.uuid, row.uuid, "leave-out"]),
        reverse("practice-meetings"),
        reverse("scheme", args=[code, offers.YEAR]),
        reverse("numbers-of-scheme", args=["U10001"]),
    ]
    name = world.subject.family_name.upper()
    seen = {
        (asker.words, page)
        for asker in ASKERS
        for page in pages
        if name in world.ask(asker, "GET", page).content.decode().upper()
    }
    team = {asker.words for asker in ASKERS if asker.role in CARE_TEAM and asker.at in OVER_THE_SUBJECT}
    named = {reverse("offer-list", args=[offer.uuid]), pages[3]}
    assert seen == {(words, page) for words in team for page in named}
