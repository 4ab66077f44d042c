"""The demo's entries from elsewhere are read as any source's are, and nothing is amiss with them."""

from datetime import date

import pytest

from whatmatters.demo import feed
from whatmatters.directory.models import Feed, Group

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_entries_of_another_directory_stand_beside_our_own() -> None:
    feed.read(date.today())
    assert Feed.objects.get().licence == feed.LICENCE
    assert sorted(Group.objects.values_list("name", "source", "kind")) == [
        ("Carers’ coffee morning", feed.SOURCE, "caring"),
        ("Repair café", feed.SOURCE, "company"),
        ("Swimming for all", feed.SOURCE, "activity"),
    ]
    assert all(group.places.get().latitude and group.meetings.exists() for group in Group.objects.all())
    assert not any(group.stale for group in Group.objects.all())
