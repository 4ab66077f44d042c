"""How decisions felt: last year's audit with its pack, this year's under way, sheets from the box at the desk; the
commissioner's self-assessment; and a list of training."""

from datetime import date, timedelta
from importlib.resources import as_file, files
from random import Random

from django.core.exceptions import ValidationError

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions import (
    answering,
    asking,
    assessing,
    auditing,
    improving,
    packing,
)
from whatmatters.components.shared_decision_making.models import Audit, Sent, State, Statement
from whatmatters.demo.doors import NETWORK, SYSTEM
from whatmatters.demo.lots import drawn
from whatmatters.demo.story import before
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.events.codes import PAIN
from whatmatters.events.models import Event
from whatmatters.interop.imports.training import import_training
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import with_descendants
from whatmatters.periods import age, financial_year

SORE = 0.24  # of grown people, with a sore back, hip, knee or shoulder on record
SHEETS = 34  # from each practice's box, over half a year
GROUPS = {"sex": ("F", "M", ""), "age": ("18-44", "45-64", "65-79", "80+", "")}


def tell(world: World) -> None:
    _known(world)
    lead = world.staff.at("clinical_lead", world.places["X99002"], world.on)
    last = financial_year(world.on).start - timedelta(days=1)
    finished = _audit(world, "last_year", max(before(world.on, 330), last - timedelta(days=200)), lead)
    if finished is not None:
        _finish(world, finished, lead)
    _audit(world, "this_year", before(world.on, 20), lead)
    _sheets(world)
    _assessments(world)
    with as_file(files("whatmatters.demo.words").joinpath("training.csv")) as path:
        import_training([path], by=lead)


def _known(world: World) -> None:
    """What practices of the network have coded of pain, in the two years before."""
    lots, found = world.lots("sore"), []
    for soul in world.people:
        share = SORE if age(soul.person.born, before(world.on, 700)) >= 18 else 0
        sore, ago, where = (
            lots.random() < share,
            lots.randrange(5, 700),
            lots.choice(("back", "hip", "knee", "shoulder")),
        )
        day = before(world.on, ago)
        here = soul.at(day)
        if sore and here and here.pcn == NETWORK and soul.dies is None:
            facts = {"organisation": here.code, "role": "clinician"}
            found.append(Event(person=soul.person, code=PAIN, detail=where, on=day, **facts))
    Event.objects.bulk_create(found, 500)


def _audit(world: World, key: str, on: date, lead: Actor) -> Audit | None:
    """Planned, drawn and sent; four in ten answer. None where nobody has such pain, as in a very small demo."""
    told, network = words("felt")[key], Organisation.objects.get(code=NETWORK)
    row = auditing.plan(
        network=network, title=told["title"], cohort="joint-pain", after="", instrument="collaborate", basis="margin",
        amount=told["margin"], expected=40, seed=told["seed"], on=on, by=lead,
    )  # fmt: skip
    try:
        row = auditing.draw(audit=row, on=on, by=lead)
    except ValidationError:
        auditing.abandon(audit=row, why="Nobody has such pain on record", on=on, by=lead)
        return None
    auditing.send_all(audit=row, sent=Sent.LETTER, on=on, by=lead)
    lots = world.lots(key)
    for one in row.sample.exclude(sent_on=None):
        day = on + timedelta(days=lots.randrange(2, 18))
        if lots.random() < told["answer"] and day <= world.on:
            said, groups = _said(lots), {name: lots.choice(some) for name, some in GROUPS.items()}
            answering.answer_by_link(word=asking.word_of(one), items=said, groups=groups, on=day)
    return Audit.objects.get(pk=row.pk)


def _said(lots: Random) -> list[float | None]:
    """Mostly top scores, some less, and now and then a question left out."""
    end = drawn(lots, {"top": 58, "less": 38, "hole": 4})
    if end == "top":
        return [9, 9, 9]
    return [lots.randint(4, 9), lots.randint(5, 9), None if end == "hole" else lots.randint(3, 8)]


def _finish(world: World, row: Audit, lead: Actor) -> None:
    told, sent = words("felt")["last_year"], row.sent_on or world.on
    day = sent + timedelta(days=30)
    row = auditing.close(audit=row, on=day, by=lead)
    options = [improving.consider(audit=row, what=what, by=lead) for what in told["options"]]
    chosen = {options[0]: (told["owner"], day + timedelta(days=60))}
    row = improving.decide(audit=row, decision=told["decision"], chosen=chosen, on=day + timedelta(days=10), by=lead)
    improving.made(improvement=options[0], came_of_it=told["came_of_it"], on=day + timedelta(days=50), by=lead)
    packing.sign(audit=row, signatory=lead.name, role=told["role"], on=day + timedelta(days=55), by=lead)


def _sheets(world: World) -> None:
    """From the box at the desk of each practice of the network; and what is counted of them."""
    lots, below = world.lots("sheets"), with_descendants([Organisation.objects.get(code=NETWORK).pk], world.on)
    practices = Organisation.objects.filter(pk__in=below, kind=Kind.PRACTICE).order_by("code")
    by = world.staff.at("receptionist", world.places["X99002"], world.on)
    for practice in practices:
        for number in range(SHEETS):
            answering.type_in(
                practice=practice, instrument="collaborate", items=_said(lots), groups={}, by=by,
                once=f"{practice.code} {number}", on=before(world.on, lots.randrange(1, 180)),
            )  # fmt: skip
    answering.tell_months(world.on)


def _assessments(world: World) -> None:
    """Last year's is delivered; of this year's, half is judged."""
    board, told = Organisation.objects.get(code=SYSTEM), words("felt")["assessment"]
    [(by, _, _), *_] = world.staff.actors["commissioner", SYSTEM]
    year = financial_year(world.on)
    last = financial_year(year.start - timedelta(days=1))
    day = last.start + timedelta(days=150)
    row = assessing.assessment_of(board=board, year=last.label, by=by)
    levels = {one.value: (told["levels"][n], told["seen"]) for n, one in enumerate(Statement)}
    row = assessing.judge(assessment=row, levels=levels, by=by)
    step = assessing.plan_step(
        assessment=row, statement="tools", what=told["what"], owner=by.name, by_day=last.last_day, by=by
    )
    row = assessing.complete(assessment=row, on=day, by=by)
    assessing.step_done(step=step, on=min(last.last_day, world.on), by=by)
    now = assessing.assessment_of(board=board, year=year.label, by=by)
    half = {one.value: (told["levels"][n], told["seen"]) for n, one in enumerate(Statement) if n < len(Statement) // 2}
    assessing.judge(assessment=now, levels=half, by=by)


def link() -> str:
    """The word of a link that nobody has used yet, for the tour; empty where every one is used."""
    open_ = Audit.objects.filter(state=State.ASKING, sample__answered=False, sample__expires__gt=date.today()).first()
    row = open_.sample.filter(answered=False, expires__gt=date.today()).first() if open_ else None
    return asking.word_of(row) if row else ""
