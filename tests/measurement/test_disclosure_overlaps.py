"""Counts that overlap by threes and fours: what their definitions say of them, and that it gives nobody away."""

from typing import Any

import pytest
from tests.measurement.disclosure_attack import Reader

from whatmatters.events.codes import CONSULTED, SP_CONTACT, SP_DECLINED, SP_REFERRED, SP_REFERRED_OTHERWISE
from whatmatters.measurement.disclosure import publish
from whatmatters.measurement.disclosure.overlaps import overlaps
from whatmatters.measurement.indicators import (
    LISTED,
    REGISTERED,
    AllOf,
    AnyOf,
    Count,
    Episodes,
    EventOf,
    Happenings,
    Not,
    People,
    did,
    registered,
)
from whatmatters.programme.indicators import INDICATORS

REFERRED, DECLINED = did(SP_REFERRED), did(SP_DECLINED, when="ever")
R, D = EventOf(SP_REFERRED), EventOf(SP_DECLINED)


def consulted(*details: str) -> EventOf:
    return EventOf(CONSULTED, details)


def told(*counts: Count) -> set[tuple[frozenset[Count], frozenset[Count], bool]]:
    return {(frozenset(each.more), frozenset(each.fewer), each.same) for each in overlaps(counts)}


@pytest.mark.parametrize(
    ("more", "fewer", "same"),
    [
        # those who did the one or the other are at most those who did either, each counted
        ([Episodes((R,)), Episodes((D,))], [Episodes((R, D))], False),
        ([People(did(SP_REFERRED)), People(did(SP_DECLINED))], [People(did(SP_REFERRED, SP_DECLINED))], False),
        # and exactly those, with those who did both
        (
            [People(REFERRED), People(DECLINED)],
            [People(AnyOf((REFERRED, DECLINED))), People(AllOf((REFERRED, DECLINED)))],
            True,
        ),
        # two groups of those registered: together at most everyone registered and those in both
        ([REGISTERED, registered(REFERRED, DECLINED)], [registered(REFERRED), registered(DECLINED)], False),
        # those of whom it is true and those of whom it is not are all
        ([REGISTERED], [registered(REFERRED), registered(Not(REFERRED))], True),
        # whom a target leaves out (who declined and was not referred), and those who declined
        ([registered(AnyOf((REFERRED, Not(DECLINED)))), registered(DECLINED)], [REGISTERED], False),
        # one event is of one kind
        ([Happenings((consulted(),))], [Happenings((consulted("gp"),)), Happenings((consulted("coach"),))], False),
        (
            [Happenings((consulted(), EventOf(SP_CONTACT)))],
            [Happenings((consulted("gp"),)), Happenings((consulted("coach"),)), Happenings((EventOf(SP_CONTACT),))],
            False,
        ),
    ],
)
def test_counts_are_bound_by_what_they_count(more: list[Count], fewer: list[Count], same: bool) -> None:
    found = told(*more, *fewer)
    assert (frozenset(more), frozenset(fewer), same) in found or (
        same and (frozenset(fewer), frozenset(more), True) in found
    )


@pytest.mark.parametrize(
    "counts",
    [
        [Episodes((R,)), Episodes((D,)), Episodes((R,), then=(D,))],
        [People(REFERRED), People(DECLINED), REGISTERED],  # the dead and departed may have done either
        [Happenings((consulted("gp", "coach"),)), Happenings((consulted("coach"),)), Happenings((consulted("gp"),))][
            :2
        ],
        [Episodes((R,)), People(did(SP_DECLINED)), People(did(SP_REFERRED, SP_DECLINED))],
        [Episodes((R,), numbered=True), Episodes((R,), having=(R,)), Episodes((D,), having=(R,))],
        [People(LISTED), registered(REFERRED)],  # one within the other: that is for pairs
    ],
)
def test_others_are_not(counts: list[Count]) -> None:
    assert told(*counts) == set()


def test_our_own_counts_are_bound() -> None:
    known = [count for each in INDICATORS.values() for count in each.counts if count]
    found = told(*known)
    either = Episodes((R, D))
    assert (frozenset([Episodes((R,)), Episodes((D,))]), frozenset([either]), False) in found
    spoken = [fewer for more, fewer, _ in found if len(more) == 1 and len(fewer) == 4]
    assert spoken  # GPs', coaches', care coordinators' and link workers' consultations are some of all
    assert (frozenset([EventOf(SP_REFERRED_OTHERWISE)]), frozenset(), True) not in found


def rows(**groups: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Of one practice by ethnic group: referrals, declined, and cases with either."""
    whole = {"all": tuple(sum(each) for each in zip(*groups.values(), strict=True)), **groups}
    common = {"definition": 1, "period": "2022-23", "organisation": "P", "level": "practice", "source": "computed"}
    return [
        {**common, "indicator": name, "breakdown": "all" if group == "all" else "ethnicity", "group": group,
         "numerator": above, "denominator": below}
        for group, (referred, declined, either) in whole.items()
        for name, above, below in (("sp-referrals", referred, None), ("sp-declined-share", declined, either))
    ]  # fmt: skip


COUNTS = {
    ("sp-referrals", "numerator"): "referred",
    ("sp-declined-share", "numerator"): "declined",
    ("sp-declined-share", "denominator"): "either",
}
BOUND = [(("referred", "declined"), ("either",))]
TIGHT = rows(White=(32, 6, 38), Asian=(22, 6, 28))
"""Shown as 30 of at least 38 and 20 of at least 28: 6 declined or more in each, and 12 at most in both."""


def test_those_who_declined_are_not_told_by_all_who_were_asked_and_those_referred() -> None:
    found = publish(TIGHT, INDICATORS)
    assert Reader(found, {}, COUNTS, bound=BOUND).recovered() == {}


def test_the_reader_of_this_file_tells_them_where_only_they_are_hidden() -> None:
    naive = [
        {
            **row,
            "hidden": row["numerator"] < 8,
            "shown_denominator": row["denominator"] and _rounded(row["denominator"]),
        }
        | {"shown_numerator": None if row["numerator"] < 8 else _rounded(row["numerator"])}
        for row in TIGHT
    ]
    told = Reader(naive, {}, COUNTS, bound=BOUND).recovered()
    assert {name[0]: found for name, found in told.items() if name[0] == "declined"} == {"declined": (6, 6)}
    assert Reader(naive, {}, COUNTS).recovered() == {}  # each count by itself, and those within another, tell nothing


def _rounded(number: int) -> int:
    return 5 * ((number + 2) // 5)
