"""A network's working week: what comes next in each case, a handover, a question for supervision, a visit; and the
supervision, training and survey of those who do the work."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from whatmatters.access.actors import Actor
from whatmatters.access.roles import Role
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CASE_OPEN, Referral, Status, Why
from whatmatters.demo.doors import NETWORK
from whatmatters.demo.story import before
from whatmatters.demo.world import World
from whatmatters.periods import financial_year
from whatmatters.workforce import actions_support as workforce
from whatmatters.workforce.models import Course, Post, Worker

STEPS = (
    "Ring to hear how it went", "Go along the first time", "Ask the group whether there is room",
    "Send the bus times, in large print", "Ring about the benefits form", "Meet at the library",
)  # fmt: skip
ROLES = (Role.LINK_WORKER, Role.CARE_COORDINATOR, Role.COACH)
COURSES = {
    Role.LINK_WORKER: (Course.LINK_WORKER, Course.PLANNING),
    Role.CARE_COORDINATOR: (Course.PLANNING,),
    Role.COACH: (Course.COACHING, Course.PLANNING),
}
QUESTION = "She asks me to ring each evening now. How do I step back without leaving her alone with it?"
NOTE = "Kevin is up before six and out by ten. He opens the door to people who say what they want at once."


def tell(world: World) -> None:
    """After the lives: what is open is planned."""
    place = world.places["X99002"]
    tess, bogdan = (world.staff.at(role, place, world.on) for role in (Role.LINK_WORKER, Role.CARE_COORDINATOR))
    lead = world.staff.at(Role.CLINICAL_LEAD, place, world.on)
    _support(world, lead)
    _steps(world, tess)
    _told(world, tess, bogdan)


def _support(world: World, lead: Actor) -> None:
    """Every post of the three roles: trained when it began, supervised each second month, asked once a year."""
    lots = world.lots("supervision")
    supervisor = _worker(lead)
    for post in Post.objects.filter(role__in=ROLES).select_related("worker").order_by("pk"):
        worker, last = post.worker, min(post.end or world.on, world.on)
        workforce.name_supervisor(worker=worker, supervisor=supervisor, by=lead)
        for course in COURSES[Role(post.role)]:
            if lots.random() < 0.85:
                on = min(post.start + timedelta(days=lots.randrange(30, 200)), last)
                workforce.trained(worker=worker, course=course, on=on, given_by="Kingsmouth College", by=lead)
        on = max(world.since, post.start) + timedelta(days=lots.randrange(50))
        while on < last:
            workforce.supervised(worker=worker, on=on, by=lead)
            on += timedelta(days=lots.randrange(50, 75))
        _survey(worker, post, last, lead, sure=lots.random() < 0.8)


def _survey(worker: Worker, post: Post, last: date, lead: Actor, *, sure: bool) -> None:
    year = financial_year(last)
    for start in (year.start, date(year.start.year - 1, 4, 1)):
        on = start + timedelta(days=60)
        if post.start <= on < last:
            workforce.said_how_sure(worker=worker, sure=sure, on=on, by=lead)


def _steps(world: World, tess: Actor) -> None:
    """Most of the network's open cases have a next step, a few of them today."""
    lots = world.lots("next steps")
    rows = Referral.objects.filter(service__code=NETWORK, status__in=CASE_OPEN, owner__isnull=False, person__died=None)
    for row in rows.exclude(status=Status.RECEIVED).order_by("pk"):
        due, what = world.on + timedelta(days=lots.choice((0, 1, 2, 3, 5, 7, 9, 14))), lots.choice(STEPS)
        complexity = lots.choice(("light", "light", "middle", "middle", "heavy", ""))
        if lots.random() < 0.6 and due >= date.today():  # a record told as of an earlier day plans nothing
            actions.plan(referral=row, complexity=complexity, next_on=due, next_what=what, by=tess)
        else:
            actions.plan(referral=row, complexity=complexity, by=tess)


def _told(world: World, tess: Actor, bogdan: Actor) -> None:
    """Kevin comes to Tess from Bogdan; Sandra is talked over; and, if it is today, a step is due and Tess is out."""
    held = Referral.objects.filter(owner=_worker(tess), status__in=(Status.ACCEPTED, Status.ACTIVE))
    kevin = held.get(person__given_name="Kevin", made_on=before(world.on, 6))
    actions.hand_over(
        referral=kevin, to=_worker(bogdan), why=Why.AWAY, on=before(world.on, 1), by=tess, note="I am on leave today"
    )
    actions.hand_over(referral=kevin, to=_worker(tess), why=Why.FIT, on=world.on, by=bogdan, note=NOTE)
    sandra = held.get(person__given_name="Sandra", made_on=before(world.on, 75))
    actions.ask(referral=sandra, question=QUESTION, by=tess)
    rozhan = held.get(person__given_name="Rozhan", made_on=before(world.on, 88))
    if world.on == timezone.localdate():
        actions.plan(
            referral=rozhan, complexity="heavy", next_on=world.on, next_what="Ask the nursery about Thursdays", by=tess
        )
        back = timezone.now() + timedelta(hours=3)
        rounded = datetime.combine(back.date(), back.time().replace(minute=0, second=0, microsecond=0), back.tzinfo)
        winston = held.get(person__given_name="Winston", made_on=before(world.on, 130))
        actions.plan_visit(
            referral=winston, where="The café on Fishergate, then his flat above it", back_by=rounded, by=tess,
            colleague=_worker(bogdan), phone="07700 900188",
        )  # fmt: skip


def _worker(actor: Actor) -> Worker:
    return Worker.objects.get(account=actor.user)
