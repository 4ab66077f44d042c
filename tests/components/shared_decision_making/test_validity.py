"""When a decision is valid: the standard's mandatory parts, two options or more, an entry, a review day or "none"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from whatmatters.components.shared_decision_making.models import Decision, Option, Status
from whatmatters.components.shared_decision_making.validity import lacks
from whatmatters.events.models import Event

DAY = date(2026, 6, 1)
SAID = st.sampled_from(["", "  ", "Reach the shelf"])
OPTION = st.tuples(SAID, SAID)


@given(
    texts=st.tuples(SAID, SAID, SAID, SAID, SAID), options=st.lists(OPTION, max_size=3),
    review=st.sampled_from([None, -1, 0, 42]), none=st.booleans(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_it_is_valid_exactly_when_every_part_is_there(
    texts: tuple[str, ...], options: list[tuple[str, str]], review: int | None, none: bool
) -> None:
    names = ("seen_by", "responsible", "problems", "matters", "decided")
    facts: dict[str, Any] = dict(zip(names, (text.strip() for text in texts), strict=True))
    row = Decision(**facts, contact_on=DAY, no_review=none)
    row.review_on = None if review is None else DAY + timedelta(days=review)
    told = [Option(what="A way", benefits=good, harms=bad) for good, bad in options]
    there = all(facts.values()) and len(told) >= 2 and all(o.benefits.strip() and o.harms.strip() for o in told)
    looked_at_again = (review is not None and review >= 0) or (review is None and none)
    assert (lacks(row, told) == []) == (there and looked_at_again)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        ("seen_by", "Say who saw the person"),
        ("responsible", "Say who has the responsibility"),
        ("problems", "Say what the problem is"),
        ("matters", "Write what matters to the person"),
        ("second option", "Talk about two options or more"),
        ("benefits", "“Exercises”: write at least one benefit"),
        ("harms", "“Exercises”: write at least one harm or risk"),
        ("decided", "Write what was decided"),
        ("review_on", "Say when to look at it again"),
    ],
)
def test_each_missing_piece_is_named_and_nothing_is_agreed(
    without: str, sentence: str, begun: Decision, fill: Callable[..., Decision], agree: Callable[..., Decision]
) -> None:
    row = fill(begun, without)
    with pytest.raises(ValidationError, match=sentence):
        agree(row)
    row.refresh_from_db()
    assert (row.status, row.valid_on, row.code) == (Status.IN_PROGRESS, None, "")
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_no_review_said_aloud_is_as_good_as_a_day(
    begun: Decision, fill: Callable[..., Decision], agree: Callable[..., Decision]
) -> None:
    row = fill(begun, "review_on")
    assert agree(row, no_review=True).status == Status.VALID
