"""The minimum dataset of a case: what of it is held, and what is missing. One definition for one case and for many.

Four sets: demographics, needs and concerns, support offered, outcomes (NHS England's minimum dataset, of which gender
and ethnicity are must-have). A name, a date of birth and a practice cannot be missing here and are not asked after.
Beside them stand the two sections that the information standard makes mandatory of every case: who referred, and risks.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from whatmatters.components.social_prescribing.models import Connection, Entry, Referral, Sitting, Source, Status
from whatmatters.components.social_prescribing.sections import NEEDS, RISKS, SUPPORT
from whatmatters.events.codes import (
    MYCAW,
    ONS4_ANXIOUS,
    ONS4_HAPPY,
    ONS4_SATISFIED,
    ONS4_WORTHWHILE,
    SP_CLOSED,
    SP_CONNECTED,
    SP_MINIMUM_HELD,
    SP_NEED,
    SP_SIGNPOSTED,
    SWEMWBS,
    UCLA,
)
from whatmatters.events.models import Event

SETS = ("Demographics", "Needs and concerns", "Support offered", "Outcomes")
STANDARD = "Always asked by the standard"


@dataclass(frozen=True)
class Part:
    """``held`` is asked of a Referral; ``fill`` names the page on which it is put right; ``short`` heads a column."""

    name: str
    of: str
    title: str
    held: Q
    fill: str
    short: str = ""


def _written(section: str) -> Q:
    standing = Entry.objects.filter(referral=OuterRef("pk"), section=section, followed_by=None, struck=False)
    return Q(Exists(standing))


DETAILS, CONVERSATION, GROUP, SCORES = "change-details", "conversation-section", "case-group", "scores"
PARTS = (
    Part("nhs_number", SETS[0], "NHS number", Q(person__nhs_number__isnull=False), DETAILS),
    Part("gender", SETS[0], "Sex or gender", ~Q(person__sex=""), DETAILS),
    Part("ethnicity", SETS[0], "Ethnic group", ~Q(person__ethnicity=""), DETAILS),
    Part(
        "address", SETS[0], "Address or postcode", ~Q(person__address="") | ~Q(person__postcode=""), DETAILS,
        "Address",
    ),
    Part("needs", SETS[1], "A need or concern", _written(NEEDS), CONVERSATION, "Needs"),
    Part(
        "support", SETS[2], "Support offered, or a group they were told about",
        _written(SUPPORT) | Q(Exists(Connection.objects.filter(referral=OuterRef("pk")))), CONVERSATION,
        "Support",
    ),
    Part(
        "outcomes", SETS[3], "How they feel, asked at least once",
        Q(Exists(Sitting.objects.filter(referral=OuterRef("pk")))), SCORES, "Outcomes",
    ),
)  # fmt: skip
ALWAYS = (
    Part("referrer", STANDARD, "Who referred", Q(source=Source.SELF) | ~Q(sender_name=""), ""),
    Part("risks", STANDARD, "Risks, or that none is known", _written(RISKS), CONVERSATION, "Risks"),
)


ALL = (*PARTS, *ALWAYS)
CASES = (Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)


@dataclass(frozen=True)
class Held:
    """``parts`` of one case, each with whether it is held; ``always`` likewise."""

    parts: tuple[tuple[Part, bool], ...]
    always: tuple[tuple[Part, bool], ...]

    @property
    def score(self) -> int:
        return sum(held for _, held in self.parts)

    @property
    def missing(self) -> list[Part]:
        return [part for part, held in (*self.parts, *self.always) if not held]

    @property
    def full(self) -> bool:
        """All four sets are held."""
        return self.score == len(self.parts)


def held(row: Referral) -> Held:
    """One query."""
    answers = Referral.objects.filter(pk=row.pk).values_list(*(_answer(part) for part in ALL)).get()
    each = tuple(zip(ALL, answers, strict=True))
    return Held(each[: len(PARTS)], each[len(PARTS) :])


def _answer(part: Part) -> Case:
    return Case(When(part.held, then=Value(True)), default=Value(False), output_field=BooleanField())


def counted(rows: QuerySet[Referral], by: str) -> list[dict[str, Any]]:
    """For each value of ``by``: how many ``cases``, in how many each part is held (by its name), and in how many all
    four sets are (``full``). One query, however many cases."""
    whole = reduce(and_, (part.held for part in PARTS))
    each = {part.name: Count("pk", filter=part.held) for part in ALL}
    return list(rows.values(by).annotate(cases=Count("pk"), full=Count("pk", filter=whole), **each).order_by(by))


COMPLETING = frozenset({
    SP_NEED, SP_CONNECTED, SP_SIGNPOSTED, SP_CLOSED, ONS4_SATISFIED, ONS4_WORTHWHILE, ONS4_HAPPY, ONS4_ANXIOUS,
    SWEMWBS, UCLA, MYCAW,
})  # fmt: skip


def newly_full(row: Referral) -> bool:
    """All four sets are held, and no event has said so yet. What is asked first is what is missing most often."""
    return (
        row.entries.filter(section=NEEDS).exists()
        and not Event.objects.filter(person=row.person_id, code=SP_MINIMUM_HELD, episode=row.episode_id).exists()
        and held(row).full
    )
