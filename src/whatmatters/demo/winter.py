"""A call in winter: an offer to older people who live alone, from the plan to what they said; meetings, and schemes."""

from datetime import date, timedelta
from decimal import Decimal

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.actions import NotAllowed, inviting, meeting, planning, scheming
from whatmatters.components.social_prescribing.models import Aim, Item, Listed, Offer, SaidNo, Side
from whatmatters.demo.doors import NETWORK
from whatmatters.demo.lots import drawn, working
from whatmatters.demo.story import before
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.events.codes import CARER, ISOLATED
from whatmatters.events.models import Event
from whatmatters.organisations.models import Kind, Organisation
from whatmatters.organisations.tree import with_descendants
from whatmatters.periods import Period, age, financial_year
from whatmatters.workforce.models import Worker

INVITED = 34  # of the list; the others are for whoever tries it


def tell(world: World) -> None:
    """After the last days: nobody is listed who is not there."""
    _known(world)
    tess, gillian = (world.staff.at(role, world.places["X99002"], world.on) for role in ("link_worker", "pcn_manager"))
    _invitations(world, _offer(world, tess, gillian), tess)
    _plan(world, "carers", before(world.on, -30), before(world.on, 12), gillian)
    _meetings(world)
    for year in (financial_year(financial_year(world.on).start - timedelta(days=1)), financial_year(world.on)):
        _scheme(year, world.on, gillian)


def _known(world: World) -> None:
    """What practices have coded in the last months: who lives alone or is lonely, and who cares for someone."""
    lots, found = world.lots("known"), []
    for soul in world.people:
        years, day = age(soul.person.born, world.on), before(world.on, lots.randrange(50, 330))
        here = soul.at(day)
        share = 0.34 if years >= 65 else 0.02 if years >= 18 else 0.0
        kind = drawn(lots, {"lives-alone": 5, "lonely": 2, "isolated": 2, CARER: 3})
        if lots.random() < share and here and soul.dies is None and day >= soul.person.born:
            code, detail = (CARER, "") if kind == CARER else (ISOLATED, kind)
            facts = {"organisation": here.code, "role": "clinician"}
            found.append(Event(person=soul.person, code=code, detail=detail, on=day, **facts))
    Event.objects.bulk_create(found, 500)


def _plan(world: World, key: str, starts: date, on: date, by: Actor) -> Offer:
    told = words("winter")[key]
    facts = {name: told[name] for name in ("title", "need", "why", "what", "cohort", "least_age")}
    service = Organisation.objects.get(code=NETWORK)
    return planning.plan_offer(service=service, starts=starts, on=on, by=by, **facts)


def _offer(world: World, tess: Actor, gillian: Actor) -> Offer:
    offer = _plan(world, "alone", before(world.on, 45), before(world.on, 110), gillian)
    for side in Side:
        told = words("winter")["alone"][side.value]
        on = before(world.on, told["ago"])
        planning.add_partner(offer=offer, side=side, who=told["who"], said=told["said"], on=on, by=gillian)
    planning.agree(offer=offer, on=before(world.on, 60), by=gillian)
    inviting.make_list(offer=offer, on=before(world.on, 44), by=tess)
    review = words("winter")["review"]
    planning.review(offer=offer, outcome="keep", on=before(world.on, 9), by=gillian, **review)
    return offer


def _invitations(world: World, offer: Offer, tess: Actor) -> None:
    lots = world.lots("winter")
    later = offer.listed.filter(person__referrals__made_on__gte=before(world.on, 44)).values("pk")
    rows = list(offer.listed.exclude(pk__in=later).filter(person__died=None).order_by("person")[:INVITED])
    for row in rows:
        days = lots.randrange(18, 43)
        try:
            inviting.invite(listed=row, how=lots.choice(("letter", "phone")), on=before(world.on, days), by=tess)
        except NotAllowed:  # a case is open, or they moved away: as it is with anyone
            continue
        said, why = drawn(lots, {"yes": 42, "no": 23, "none": 35}), lots.choice(SaidNo.values)
        _answer(row, said, days=days, why=why, world=world, tess=tess)
    for row in offer.listed.filter(state="listed").order_by("-pk")[:2]:
        inviting.leave_out(listed=row, why="supported", note="Her sister moved in with her in the autumn", by=tess)


def _answer(row: Listed, said: str, *, days: int, why: str, world: World, tess: Actor) -> None:
    if said == "yes":
        inviting.said_yes(listed=row, on=before(world.on, days - 2), by=tess)
    elif said == "no":
        inviting.said_no(listed=row, why=why, never=why == SaidNo.NOT_FOR_ME, on=before(world.on, days - 2), by=tess)
    elif days > 30:
        inviting.invite(listed=row, how="phone", on=before(world.on, days - 15), by=tess)


def _meetings(world: World) -> None:
    """Each month in the practices of two networks; some have attested it, and one has never been visited."""
    lots = world.lots("meetings")
    for code in ("UX0001", "UX0002"):
        network = Organisation.objects.get(code=code)
        near = with_descendants([network.pk], world.on)
        for practice in Organisation.objects.filter(pk__in=near, kind=Kind.PRACTICE).order_by("code")[:3]:
            place = world.places[practice.code]
            for weeks in range(2, 60, 6):
                on = min(working(before(world.on, 7 * weeks + lots.randrange(5))), world.on)
                by = world.staff.at("link_worker", place, on)
                meeting.attend(practice=practice, workers=Worker.objects.filter(pk=by.worker or 0), on=on, by=by)
            if lots.random() < 0.7:
                gp = world.staff.at("clinician", place, world.on)
                meeting.attest_involved(practice=practice, on=before(world.on, 40), by=gp)


def _scheme(year: Period, on: date, by: Actor) -> None:
    """The protocol of the network, the year before attested and this year's in hand."""
    told = words("winter")["scheme"]
    row = scheming.scheme_of(service=Organisation.objects.get(code=NETWORK), year=year.label, by=by)
    over = year.last_day < on
    wte, pence = Decimal("0.8"), 4_850_000 if over else 5_200_000
    scheming.plan_numbers(scheme=row, referrals=70 if over else 85, wte=wte, pence=pence, by=by)
    for item in list(Item) if over else list(Item)[:7]:
        said = told[item.name.lower()]
        scheming.state(scheme=row, item=item, text=said["text"], evidence=said.get("evidence", ""), by=by)
    day = min(year.start + timedelta(days=40), on)
    if over:
        scheming.attest_protocol(scheme=row, on=day, by=by)
    at_least = ((Aim.REFERRED, 35), (Aim.TAKEN_UP, 80), (Aim.UPTAKE, 40), (Aim.PRACTICES, 100))
    aims: dict[str, Decimal | None] = {aim.value: Decimal(least) for aim, least in at_least}
    scheming.set_targets(scheme=row, targets=aims, on=day, by=by)
