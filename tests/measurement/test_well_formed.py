"""A definition that is not made of the vocabulary is refused where it is written, and the refusal names the place."""

from dataclasses import replace

import pytest

from whatmatters.events.codes import SP_ATTENDED, SP_CONNECTED
from whatmatters.measurement.indicators import Did, Episodes, EventOf, Followed, Happenings, People
from whatmatters.programme.indicators import INDICATORS

SOUND = INDICATORS["sp-taken-up-share"]
CONNECTED, WENT = EventOf(SP_CONNECTED), EventOf(SP_ATTENDED)


@pytest.mark.parametrize(
    ("numerator", "said"),
    [
        (Followed(CONNECTED, WENT), "numerator: .* must be People or Happenings"),
        (People(CONNECTED), "numerator.where: .* must be Did or Followed"),
        (Happenings(CONNECTED), "numerator.any_of: .* must be a tuple"),
        (Episodes((CONNECTED, "went")), r"numerator.any_of\[1\]: 'went' must be EventOf"),
        (People(Did((CONNECTED,), months="6")), "numerator.where.months: '6' must be int"),
    ],
)
def test_what_is_not_of_the_vocabulary_is_refused(numerator, said):
    with pytest.raises(ValueError, match=f"sp-taken-up-share: {said}"):
        replace(SOUND, numerator=numerator)


def test_a_unit_that_is_none_names_those_there_are():
    with pytest.raises(ValueError, match=r"unit .per 100. is none of .*percent"):
        replace(SOUND, unit="per 100")


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="0 or more"):
        Episodes((CONNECTED,), then=(WENT,), within=-1)
