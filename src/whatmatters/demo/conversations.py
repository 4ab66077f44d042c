"""What was written down of the conversations: in most cases a need and how it stands with risks, in the told ones all.

Drawn from a case's own number and not from its lots, so that the lives go on as they did before.
"""

from datetime import UTC, date, datetime, time, timedelta

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import Entry, Referral
from whatmatters.demo.case import Case
from whatmatters.demo.world import World
from whatmatters.people.models import Person

MORNING = time(10, 30)


def usual(case: Case) -> None:
    """On the day of the first long talk; in one of seven nothing was written down, as happens."""
    if case.turn % 7 == 0:
        return
    at, by = moment(case.clock.now), case.worker(case.clock.now)
    also = {"company": ("mood",), "money": ("food", "home"), "loss": ("company",)}.get(case.need, ())
    actions.write(referral=case.row, section="needs", choices=(case.need, *also[: case.turn % 3]), at=at, by=by)
    if case.turn % 7 < 5:
        risk = "falls" if case.soul.person.born.year < 1945 and case.turn % 2 else "none"
        actions.write(referral=case.row, section="risks", choices=(risk,), at=at, by=by)
    if case.turn % 5 == 0:
        actions.write(referral=case.row, section="support", choices=("talk",), at=at, by=by)


def moment(on: date) -> datetime:
    return datetime.combine(on, MORNING, UTC)


TOLD: dict[str, tuple[int, tuple[tuple[str, tuple[str, ...], str], ...]]] = {  # key: days ago, and what was written
    "beverley": (226, (
        ("strengths", (), "Sang alto for eleven years. Knows every family on Orchard Close. Pat has a key."),
        ("needs", ("caring", "condition"), "An hour in which nobody calls. Breath for the stairs."),
        ("support", ("carers", "talk"), "Carer’s assessment asked for with adult social care"),
        ("requirements", (), "Mornings; ground floor; a chair with arms"),
        ("risks", ("lone",), "Keith may be frightened by two strangers at once: one goes in, the other waits"),
    )),
    "rozhan": (72, (
        ("strengths", (), "A tailor since she was sixteen. Learns a word a day from the radio."),
        ("needs", ("company", "work"), "Other voices before noon. English that is hers."),
        ("support", ("learning",), ""),
        ("requirements", (), "A woman interpreter; voice messages, not letters"),
        ("risks", ("none",), ""),
    )),
    "sandra": (66, (
        ("strengths", (), "Verdi by heart. Sister rings on Sundays."),
        ("needs", ("loss", "company"), "The evenings, and his chair"),
        ("needs", (), "Some nights does not see why she should get up"),
        ("support", ("talk",), "The surgery’s number for bad nights; she knows she may ring"),
        ("risks", ("self-harm",), "Asked her plainly: no plan. Her GP knows, with her leave."),
    )),
    "winston": (120, (
        ("strengths", (), "A dancer. People follow him."),
        ("needs", ("activity",), "Counts his steps and stops at a hundred, from fear"),
        ("support", ("activity",), ""),
        ("risks", ("falls",), "Stick for the kerbs; walks on the flat first"),
    )),
}  # fmt: skip


def tell(world: World, people: dict[str, Person], tess: Actor) -> None:
    """The told cases; one thing kept from the practice, one safeguarding note, one action for tomorrow."""
    for key, (days, said) in TOLD.items():
        row = _case(people[key])
        at = moment(world.on - timedelta(days=days))
        for section, choices, text in said:
            actions.write(referral=row, section=section, choices=choices, text=text, at=at, by=tess)
    sandra, rozhan = _case(people["sandra"]), _case(people["rozhan"])
    chair = Entry.objects.get(referral=sandra, text__startswith="The evenings")
    actions.hide(referral=sandra, of=chair.item, audience="team", hidden=True, by=tess)
    note = "Her landlord comes in without knocking. Reported to adult social care; she knows, and wants it kept quiet."
    at = moment(world.on - timedelta(days=12))
    actions.write(referral=rozhan, section="safeguarding", choices=("concern",), text=note, at=at, by=tess)
    actions.write(
        referral=rozhan, section="actions", text="Ask the college about the crèche", doer="worker", doer_name=tess.name,
        until=world.on + timedelta(days=7), standing="not-started", at=at, by=tess,
    )  # fmt: skip


def _case(person: Person) -> Referral:
    return Referral.objects.filter(person=person, episode__isnull=False).latest("pk")
