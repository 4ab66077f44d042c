"""What a link worker does with a person: they talk, groups are found, and the four questions are asked."""

from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Barrier, Connection, Stage
from whatmatters.demo import conversations, onward
from whatmatters.demo.case import Case
from whatmatters.demo.lots import drawn
from whatmatters.demo.scores import also
from whatmatters.demo.words import words
from whatmatters.directory.models import Group
from whatmatters.instruments import ons4

QUESTIONS = ("life_satisfaction", "worthwhile", "happiness", "anxiety")


def give(case: Case) -> None:
    """From the first long talk to the last but one."""
    contact(case, "talk", 3, 14, how="in person")
    conversations.usual(case)
    if case.lots.random() < 0.8:
        ask(case, "before")
    if case.lots.random() < 0.12:
        onward.nothing_found(case)
    links = [_link(case) for _ in range(drawn(case.lots, {0: 8, 1: 50, 2: 30, 3: 12}))]
    for link in filter(None, links):
        contact(case, "steps", 8, 24)
        _went(case, link)
    for _ in range(drawn(case.lots, {0: 40, 1: 30, 2: 20, 3: 10})):
        contact(case, "steps", 10, 28)


def contact(case: Case, kind: str, least: int, most: int, *, how: str = "", spoke: bool = True) -> None:
    on = case.clock.later(least, most)
    how = how or drawn(case.lots, {"phone": 55, "in person": 35, "message": 7, "video": 3})
    about = "said" if kind in words("lives")["said"] else ""
    note = case.says(kind, about)
    actions.record_contact(referral=case.row, how=how, spoke=spoke, note=note, on=on, by=case.worker(on))


def ask(case: Case, stage: str) -> None:
    """ONS4 on the day of the talk before it; afterwards most feel somewhat better, some the same or worse."""
    on = case.clock.now if stage == "before" else case.clock.later(0, 3)
    first = case.row.sittings.filter(stage=Stage.BEFORE, instrument=ons4.NAME).first()
    if stage == "after" and (first is None or first.on >= on):
        return
    answers = {name: _answer(case, name, first.answers.get(name) if first else None) for name in QUESTIONS}
    if any(score is not None for score in answers.values()):
        actions.record_ons4(referral=case.row, stage=Stage(stage), answers=answers, on=on, by=case.worker(on))
        also(case, stage, on, answers)


def _answer(case: Case, name: str, before: int | None) -> int | None:
    """One in forty is left out."""
    lots, worse = case.lots, name == "anxiety"
    start = (
        lots.gauss(5.8 if worse else 4.6, 1.9) if before is None else before + lots.gauss(-1.2 if worse else 1.3, 1.5)
    )
    return None if lots.random() < 0.025 else max(0, min(10, round(start)))


def _link(case: Case) -> Connection | None:
    """Introduced, at times after the group was asked; for one in five only told. None where the group says no."""
    if case.lots.random() < 0.3:
        return onward.asked(case, _group(case))
    on = case.clock.later(0, 7)
    act = actions.signpost if case.lots.random() < 0.2 else actions.connect
    return act(referral=case.row, group=_group(case), on=on, by=case.worker(on))


def _group(case: Case) -> Group:
    """One that helps with the need, near where they live if there is one."""
    kinds = words("lives")[case.need]["kinds"]
    groups = [group for kind in kinds for group in case.world.groups.get(kind, [])]
    mills = case.place.postcode.startswith("RV")
    near = [group for group in groups if group.postcode.startswith("RV") == mills]
    return case.lots.choice(near or groups)


def _went(case: Case, link: Connection) -> None:
    end = drawn(case.lots, {"went": 62, "did not": 20, "not known": 18})
    if end == "went":
        link = actions.taken_up(connection=link, on=case.clock.now, by=case.worker(case.clock.now))
        onward.came_of(case, link)
    elif end == "did not":
        why = case.says("why_not", "said")
        reason = onward.WHY_NOT.get(why, Barrier.OTHER)
        actions.did_not_go(connection=link, reason=reason, why=why, on=case.clock.now, by=case.worker(case.clock.now))
