"""What a case holds beside its conversations: groups that were asked and answered, what came of it, needs unmet.

Who it happens to is told from the case's own number and draws no lots, so that all else of a seed stays as it was.
"""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.synthesis.arrays import Flags, Picks
from whatmatters.measurement.synthesis.told import RECORD, Cases, Told


def onward(told: Told, cases: Cases, kind: Picks, joined: Flags, went: Flags) -> None:
    """Of those ``joined`` to a group every other was asked for first; ``kind`` is of the group."""
    number = cases.number
    asked, refused = joined & (number % 2 == 0), ~joined & (number % 8 == 0)
    stayed, helped = joined & ~went, went & (number % 5 != 0)
    unmet = refused | (~joined & (number % 11 == 0))
    for code, some, days, detail in (
        (codes.SP_GROUP_ASKED, asked | refused, -3, kind),
        (codes.SP_GROUP_ACCEPTED, asked, 0, kind),
        (codes.SP_GROUP_DECLINED, refused, 1, "not for them"),
        (codes.SP_NOT_ATTENDED, stayed, 25, "too far"),
        (codes.SP_GOT_HELP, helped, 65, kind),
        (codes.SP_NOT_HELPED, went & ~helped, 65, "needs more"),
        (codes.SP_UNMET, unmet, 2, "no service"),
        (codes.SP_UNMET_KIND, unmet, 2, kind),
        (codes.SP_NEED, number % 4 != 0, 0, kind),
        (codes.SP_HANDED_OVER, number % 40 == 0, 30, "leaving"),
    ):
        those = cases.of(some)
        text = detail if isinstance(detail, str) else detail[some]
        told.tell(code, those.on_day(those.on + days), detail=text, source=RECORD)
    whole = cases.of(number % 4 != 0)
    told.tell(codes.SP_MINIMUM_HELD, whole.on_day(whole.on + 5), source=RECORD)


def other_scores(told: Told, first: Cases, last: Cases) -> None:
    """One in twelve each is asked a further questionnaire, before and after."""
    for code, place, low, high, gain in (
        (codes.UCLA, 1, 3, 9, -1),
        (codes.MYCAW, 2, 0, 6, -1),
        (codes.GOAL_PROGRESS, 3, 0, 10, 2),
    ):
        for cases, late in ((first, 0), (last, 1)):
            some = cases.of((cases.number % 12 == place) & (last.on > first.on))
            score = low + some.number // 12 % (high - low + 1) + late * gain
            told.tell(code, some, value=np.clip(score, low, high), source=RECORD)
