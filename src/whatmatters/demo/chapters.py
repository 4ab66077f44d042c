"""Two whole stories: Beverley, who cares for her husband and is short of breath; Rozhan, whose baby was born here."""

from datetime import UTC, date, datetime, time, timedelta

from whatmatters.access.actors import ANYONE, Actor
from whatmatters.components.care_planning import actions as plans
from whatmatters.components.care_planning.contents import contents_of, stamp
from whatmatters.components.care_planning.models import Goal, Share, Version
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CloseReason, How, Referral
from whatmatters.demo import parts
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.directory.models import Group
from whatmatters.people import actions_ties
from whatmatters.people.models import Person


def beverley(world: World, person: Person, tess: Actor) -> None:
    def ago(days: int) -> date:
        return world.on - timedelta(days=days)

    gp = world.staff.at("clinician", world.places["X99003"], world.on)
    actions_ties.add_carer(person=person, name="Pat Horner", relationship="neighbour", start=ago(400), by=tess)
    reason = "COPD, and cares for her husband, who has dementia. Exhausted; put off her own appointments twice"
    row = actions.refer(person=person, need="caring", reason=reason, on=ago(240), by=gp)
    actions.accept(referral=row, on=ago(238), by=tess)
    _said(row, tess, ago(233), How.PHONE, "Bev had expected a call. Mornings are best; Keith sleeps until nine.")
    first = "Bev apologised for sitting down. She would like two hours a week, not a holiday, and to sing again."
    _said(row, tess, ago(226), How.IN_PERSON, first)
    answers = {"life_satisfaction": 3, "worthwhile": 6, "happiness": 3, "anxiety": 8}
    actions.record_ons4(referral=row, stage="before", answers=answers, on=ago(226), by=tess)
    sitting = actions.connect(referral=row, group=group(world, "Carers"), on=ago(219), by=tess)
    choir = actions.connect(referral=row, group=group(world, "Harbour Voices"), on=ago(205), by=tess)
    plan = _plan(person, tess, "beverley", ago(212), ("Pat Horner", "neighbour"))
    goals = _goals(plan, tess, ago(150), (
        ("I want one morning a week that is mine.", "group", "Carers’ Breathing Space sits with Keith on Wednesdays"),
        ("I want to sing at Gemma’s wedding without my inhaler in my hand.", "professional", "Teach me the breathing"),
    ))  # fmt: skip
    parts.all_of(plan, "beverley", tess, ago(212))
    _agree(plan, person, tess, ago(205), ago(30))
    plans.share(version=plan, kind="person", how=Share.How.PAPER, on=ago(205), by=tess)
    plans.share(version=plan, kind="practice", how=Share.How.EMAIL, on=ago(205), by=tess)
    actions.taken_up(connection=sitting, on=ago(191), by=tess)
    _said(row, tess, ago(184), How.PHONE, "The sitter came. Bev went to the market and forgot to hurry.")
    actions.taken_up(connection=choir, on=ago(163), by=tess)
    _said(row, tess, ago(120), How.IN_PERSON, "Held a note for twelve seconds. Has booked her own appointment.")
    _said(row, tess, ago(61), How.PHONE, "Wednesdays stand. Bev says it is enough to go on with.")
    after = {"life_satisfaction": 6, "worthwhile": 8, "happiness": 7, "anxiety": 5}
    actions.record_ons4(referral=row, stage="after", answers=after, on=ago(58), by=tess)
    actions.close(referral=row, reason=CloseReason.DONE, note="Knows how to come back.", on=ago(58), by=tess)
    for goal, status in zip(goals, ("sustaining", "improving"), strict=True):
        plans.note_progress(plan=plan.plan, of=goal, status=status, by=tess, on=ago(28))
    said = "The mornings hold. The breathing is better on the flat, not on the stairs. Next: a rail."
    plans.review(plan=plan.plan, on=ago(28), next_on=world.on + timedelta(days=154), words=said, by=tess)
    later = parts.renewed(plan, tess, ago(28))
    plans.save_conversation(
        version=later, revision=later.revision, by=tess, needs="The stairs are next.", conversation_on=ago(28),
        participants=[("Pat Horner", "neighbour")],
    )  # fmt: skip
    _agree(later, person, tess, ago(27), world.on + timedelta(days=154))
    plans.share(version=later, kind="person", how=Share.How.PAPER, on=ago(27), by=tess)


def rozhan(world: World, person: Person, tess: Actor) -> None:
    """Still going: her plan is agreed, and counts once she has her copy."""

    def ago(days: int) -> date:
        return world.on - timedelta(days=days)

    row, _ = actions.receive(
        practice=world.places["X99002"].row, source="agency", need="company", name="Rozhan Mustafa", born=person.born,
        postcode=person.postcode, phone=person.phone, sender_name="Health visitor", sender_contact="01632 960288",
        sender_organisation="Kingsmouth 0 to 19 Service", by=ANYONE, on=ago(88),
        reason="Young mother, alone with the baby all day; little English, no family here",
    )  # fmt: skip
    actions.match(referral=row, person=person, on=ago(87), by=tess)
    actions.accept(referral=row, on=ago(86), by=tess)
    _said(
        row, tess, ago(80), How.PHONE, "With a woman interpreter on the line. Rozhan would like to meet, with one too."
    )
    first = "At home, with the interpreter. Rozhan was a tailor. She would like to hear other voices before noon."
    _said(row, tess, ago(72), How.IN_PERSON, first)
    answers = {"life_satisfaction": 4, "worthwhile": 5, "happiness": 4, "anxiety": None}
    actions.record_ons4(referral=row, stage="before", answers=answers, on=ago(72), by=tess)
    link = actions.connect(referral=row, group=group(world, "Little Anchors"), on=ago(65), by=tess)
    actions.taken_up(connection=link, on=ago(54), by=tess)
    _said(
        row,
        tess,
        ago(40),
        How.IN_PERSON,
        "Went along with her. Lana slept; Rozhan mended a teddy and was asked for her name.",
    )
    plan = _plan(person, tess, "rozhan", ago(26), ("Shno, the interpreter", "interpreter she chose"))
    goal = (
        "I want to speak with the nursery by myself by Easter.",
        "professional",
        "English class with a crèche: find a place",
    )
    _goals(plan, tess, world.on + timedelta(days=90), (goal,))
    _agree(plan, person, tess, ago(19), world.on + timedelta(days=165))
    _said(row, tess, ago(12), How.MESSAGE, "Voice message: three mothers drink tea at hers on Thursdays.")


def group(world: World, begins: str) -> Group:
    """The community group whose name begins so."""
    return next(g for rows in world.groups.values() for g in rows if g.name.startswith(begins))


def _said(row: Referral, by: Actor, on: date, how: How, note: str) -> None:
    actions.record_contact(referral=row, how=how, spoke=True, note=note, on=on, by=by)


def _plan(person: Person, by: Actor, who: str, on: date, chosen: tuple[str, str]) -> Version:
    version, own = plans.start(person=person, by=by, on=on), words("story")[who]["says"]
    at = datetime.combine(on, time(10, 30), UTC)
    plans.save_about_me(version=version, words=own, seen=0, by=by, at=at)
    version.refresh_from_db()
    needs = "What matters came first; stairs, sleep and company after it."
    return plans.save_conversation(
        version=version, revision=version.revision, by=by, conversation_on=on, needs=needs, participants=[chosen]
    )


def _goals(version: Version, by: Actor, due: date, told: tuple[tuple[str, str, str], ...]) -> list[Goal]:
    goals = []
    for outcome, who, what in told:
        facts = {"professional_name": by.name, "professional_role": "Link worker"}
        goal = plans.add_goal(version=version, by=by, outcome=outcome, **facts)
        name = by.name if who == "professional" else ""
        plans.add_action(goal=goal, by=by, what=what, who=who, who_name=name, due=due)
        goals.append(goal)
    return goals


def _agree(version: Version, person: Person, by: Actor, on: date, review_on: date) -> None:
    version.refresh_from_db()
    plans.agree(
        version=version, seen=stamp(contents_of(version)), by=by, agreed_on=on, agreed_role="person",
        agreed_by=f"{person.given_name} {person.family_name}", review_on=review_on, reviewer_name=by.name,
        reviewer_role="Link worker",
    )  # fmt: skip
