"""Scores before and after support: asked of the person, never worked out for them."""

from datetime import date

from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions.moves import NotAllowed, checked, happened, held, only_while
from whatmatters.components.social_prescribing.actions.talking import living_day
from whatmatters.components.social_prescribing.models import Referral, Sitting, Stage, Status
from whatmatters.instruments import INSTRUMENTS, ons4
from whatmatters.instruments.instrument import Answers, Instrument, NotAScore


@transaction.atomic
def record_scores(
    *,
    referral: Referral,
    instrument: str,
    stage: str,
    answers: Answers,
    by: Actor,
    on: date | None = None,
    version: str = "",
    mode: str = "",
    completed_by: str = "",
    missing: int | None = None,
    licence: str = "",
    revision: int | None = None,
) -> Sitting:
    """One sitting; an event for each score that has a code, and none for what was not answered.

    One before support, any number after it on later days: a change is told from two days or not at all. ``missing``:
    how many items were left out, None for none. Raises NotAllowed with a sentence for the page.
    """
    asked = INSTRUMENTS.get(instrument)
    if asked is None:
        raise NotAllowed(f"Choose an instrument: {', '.join(one.title for one in INSTRUMENTS.values())}")
    row = held(referral, f"recorded {asked.title}", by=by, revision=revision)
    only_while(row, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
    when, version = living_day(row, on), version or next(iter(asked.versions))
    whole, left_out = _settled(asked, answers, version, missing or 0)
    if asked.licensed and not licence.strip():
        raise NotAllowed(f"Enter the licence number: {asked.title} may be used only under one")
    _in_order(row, instrument, stage, when)
    sitting = Sitting(
        referral=row, instrument=instrument, stage=stage, on=when, answers=whole, version=version, mode=mode,
        completed_by=completed_by, missing=left_out, licence=licence.strip(), worker_id=by.worker,
    )  # fmt: skip
    checked(sitting).save()
    for scale, score in asked.read(whole):
        if scale.code:
            detail = version if len(asked.versions) > 1 else ""
            happened(scale.code, row, on=when, by=by, value=score, detail=detail)
    return sitting


def record_ons4(
    *,
    referral: Referral,
    stage: str,
    answers: ons4.Answers,
    by: Actor,
    on: date | None = None,
    mode: str = "",
    completed_by: str = "",
    revision: int | None = None,
) -> Sitting:
    """The four questions: see ``record_scores``."""
    return record_scores(
        referral=referral, instrument=ons4.NAME, stage=stage, answers=answers, by=by, on=on, mode=mode,
        completed_by=completed_by, revision=revision,
    )  # fmt: skip


def _settled(asked: Instrument, answers: Answers, version: str, missing: int) -> tuple[dict[str, float | None], int]:
    if version not in asked.versions:
        raise NotAllowed(f"Choose the version of {asked.title}: {', '.join(asked.versions)}")
    if not 0 <= missing <= asked.items:
        raise NotAllowed(f"Questions left out: enter a whole number from 0 to {asked.items}")
    try:
        return asked.settle(answers, version, missing)
    except NotAScore as problem:
        raise NotAllowed(str(problem)) from problem


def _in_order(row: Referral, instrument: str, stage: str, when: date) -> None:
    held_before = row.sittings.filter(instrument=instrument)
    if stage == Stage.BEFORE and held_before.exists():
        raise NotAllowed("The scores before support come first and once: record these as after support")
    if held_before.filter(on__gte=when).exists():
        raise NotAllowed("Scores are on file for this day or a later one: scores after support are of a later day")
