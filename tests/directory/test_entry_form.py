"""What a keeper types becomes the entry, places and days with it; what cannot be is said beside its box."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatmatters.directory.forms_entry import GroupForm
from whatmatters.directory.models import Group
from whatmatters.web.fields import told

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LEAST = {"name": "Knit and Natter", "kind": "company", "about": "Wool", "capacity": "open"}
FULL = {
    **LEAST, "also": ["mood", "loss"], "conditions": ["dementia"], "not_for": "Children\n\n A crisis ", "price": "2.50",
    "cost_kind": "pays", "online": "no", "home_visits": "yes", "capacity": "full", "capacity_until_day": "3",
    "capacity_until_month": "5", "capacity_until_year": "2099", "wait_weeks": "6", "age_from": "18",
    "place0_name": "Parish hall", "place0_postcode": "hu11aa", "place0_latitude": "53.744",
    "place0_longitude": "-0.336", "place0_step_free": "yes", "place0_parking": "no",
    "day0_weekday": "3", "day0_opens": "10am", "day0_closes": "12 noon", "day0_often": "2w", "day0_place": "0",
    "day0_first_day": "5", "day0_first_month": "11", "day0_first_year": "2026",
    "day1_weekday": "", "day1_often": "once", "day1_first_day": "7", "day1_first_month": "11",
    "day1_first_year": "2026", "day1_place": "",
}  # fmt: skip


def test_a_whole_entry(keeper: Client) -> None:
    assert keeper.post(reverse("add-group"), FULL).status_code == 302
    group = Group.objects.get()
    assert (group.also, group.conditions, group.not_for) == (["mood", "loss"], ["dementia"], ["Children", "A crisis"])
    assert (group.price, group.online, group.home_visits, group.wait_weeks) == (250, False, True, 6)
    assert (group.capacity_until, group.room, group.postcode) == (date(2099, 5, 3), "full", "HU1 1AA")
    place = group.places.get()
    assert (place.said, place.at) == ("Parish hall, HU1 1AA", (53.744, -0.336))
    assert (place.step_free, place.parking, place.toilet) == (True, False, None)
    weekly, once = group.meetings.order_by("weekday")
    assert (weekly.opens, weekly.closes, weekly.every, weekly.place) == (time(10), time(12), 2, place)
    assert (once.said, once.place) == ("Saturday 7 November 2026", None)


def test_an_entry_opened_and_saved_as_it_stands_is_the_same(keeper: Client) -> None:
    keeper.post(reverse("add-group"), FULL)
    before = Group.objects.get()
    form = GroupForm(instance=Group.objects.get(), initial={"revision": before.revision})
    stands = {name: value for name, value in as_typed(form).items() if value not in (None, "")}
    assert keeper.post(reverse("change-group", args=[before.uuid]), stands).status_code == 302
    after = Group.objects.get()
    skipped = {"revision", "changed_at"}
    same = [field.name for field in Group._meta.concrete_fields if field.name not in skipped]
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert [place.pk for place in after.places.all()] == [place.pk for place in before.places.all()]
    assert [row.said for row in after.meetings.all()] == [row.said for row in before.meetings.all()]


def as_typed(form: Any) -> dict[str, Any]:
    """What a browser would send of the form, untouched."""
    sent: dict[str, Any] = {}
    for box in form:
        drawn = told(box)
        if drawn["kind"] == "date":
            sent |= {f"{drawn['name']}_{part['name']}": part["value"] for part in drawn["parts"]}
        elif drawn["kind"] in ("select", "checkboxes"):
            chosen = [item["value"] for item in drawn["items"] if item["chosen"]]
            sent[drawn["name"]] = chosen if drawn["kind"] == "checkboxes" else (chosen or [""])[0]
        elif drawn["kind"] != "tick":
            sent[drawn["name"]] = drawn["value"]
    return sent


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"sex": "F"}, "Say why it is for women or men only"),
        ({"age_from": "40", "age_to": "30"}, "The oldest age is below the youngest"),
        ({"price": "two"}, "Enter what people pay in pounds, like 2.50"),
        ({"place0_latitude": "53.7"}, "Enter both coordinates, or neither"),
        ({"place0_latitude": "91", "place0_longitude": "0"}, "less than or equal to 90"),
        ({"day0_opens": "10am"}, "Choose the day of the week"),
        ({"day0_weekday": "3", "day0_opens": "ten"}, "enter a time like 10.30am"),
        ({"day0_weekday": "3", "day0_often": "2w"}, "so that the weeks can be counted"),
        ({"day0_often": "once", "day0_weekday": "3"}, "Enter the day"),
        ({"also": ["nonsense"]}, "not one of the available choices"),
        ({"not_for": "x" * 101}, "at most 100 letters"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"name": "Sheds\u202emoor"}, "cannot be seen"),
        ({"place0_name": "Hall\u202e"}, "cannot be seen"),
        ({"day0_weekday": "3", "day0_note": "a\u202e"}, "cannot be seen"),
        ({"wait_weeks": "99999999999"}, "Enter a number of weeks, up to 260"),
        ({"wait_weeks": "-1"}, "greater than or equal to 0"),
        ({"age_from": "200"}, "Enter an age in years, up to 120"),
        ({"age_to": "99999"}, "Enter an age in years, up to 120"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(typed: dict[str, Any], said: str, keeper: Client) -> None:
    answer = keeper.post(reverse("add-group"), {**LEAST, "about": "Wool for everyone", **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Wool for everyone" in page
    assert not Group.objects.exists()


def test_what_is_emptied_is_gone(keeper: Client, make_group: Callable[..., Group]) -> None:
    group = make_group(places=[{"town": "Hull"}, {"town": "York"}], meetings=[{"weekday": 1, "place": 1}])
    typed = {**LEAST, "revision": "1", "place1_town": "York", "day0_weekday": "1", "day0_place": "1"}
    assert keeper.post(reverse("change-group", args=[group.uuid]), typed).status_code == 302
    assert [place.town for place in group.places.all()] == ["York"]
    assert group.meetings.get().place == group.places.get()
