"""In the demo community groups are asked and answer, and what came of it is told."""

from datetime import date, timedelta

import pytest

from whatmatters.access.models import User
from whatmatters.components.social_prescribing.asked import listed
from whatmatters.components.social_prescribing.models import Answer, Connection, Enquiry, Helped, UnmetNeed
from whatmatters.demo.onward import HERS
from whatmatters.demo.staff import email_of
from whatmatters.demo.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.slow]


def test_groups_answer_in_every_way_and_help_or_do_not(world: World) -> None:
    answers = set(Enquiry.objects.values_list("answer", flat=True))
    assert {Answer.AWAITED, Answer.YES} < answers  # among 300 people a no or a full is all that is sure
    assert {Helped.YES, Helped.NOT_KNOWN} <= set(Connection.objects.values_list("helped", flat=True))
    assert UnmetNeed.objects.exists()


def test_there_is_something_to_follow_up_on_tesss_desk(world: World) -> None:
    tess = User.objects.get(email=email_of(HERS))
    lists = {one.name: one.rows for one in listed(list(tess.grants.all()), date.today(), worker=tess.worker.pk)}
    assert lists["ring"]
    assert lists["late"]
    assert lists["awaited"]


def test_answers_of_long_ago_are_not_new_on_anyones_desk(world: World) -> None:
    unread = Enquiry.objects.filter(seen=None, referral__owner__isnull=False, answered_on__isnull=False)
    assert unread.filter(answered_on__lt=world.on - timedelta(days=7)).count() == 0
