"""Community groups are asked, and answer or do not; what came of it; and needs for which nothing was found."""

from datetime import timedelta

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.actions.answering import THE_GROUP
from whatmatters.components.social_prescribing.models import Barrier, Connection, Enquiry, Referral, Status
from whatmatters.demo.case import Case
from whatmatters.demo.lots import drawn
from whatmatters.demo.staff import email_of
from whatmatters.demo.world import World
from whatmatters.directory.models import Group, Standing

HERS = "Tess Marchbank"
WHY_NOT = {  # what people say, in words/lives.toml, and which reason of the closed list it is
    "Bus did not come": Barrier.FAR,
    "Was not well that day": Barrier.UNWELL,
    "Did not feel ready": Barrier.ALONE,
    "Too far in the dark": Barrier.FAR,
    "Tried the door and went home": Barrier.ALONE,
    "Group was full": Barrier.FULL,
    "Changed their mind, which is fine": Barrier.PERSON,
}


def asked(case: Case, group: Group) -> Connection | None:
    """Asks the group; the connection where it says yes. Where the clock stops first, the answer is still awaited."""
    on = case.clock.later(0, 4)
    about = case.lots.choice(("", "A first visit together would help.", "Mornings are best."))
    enquiry = actions.enquire(referral=case.row, group=group, about=about, on=on, by=case.worker(on))
    on = case.clock.later(1, 9)
    end = drawn(case.lots, {"yes": 70, "full": 14, "no": 16})
    why = drawn(case.lots, {Barrier.NOT_FOR: 6, Barrier.MORE: 4, Barrier.FAR: 2, Barrier.STOPPED: 1})
    found = actions.group_answered(
        enquiry=enquiry, answer=end, why=why if end == "no" else "", on=on, by=THE_GROUP,
        full_until=on + timedelta(days=60) if end == "full" else None,
    )  # fmt: skip
    return found.connection


def nothing_found(case: Case) -> None:
    """A search that came to nothing, written down by the link worker."""
    reasons = {
        Barrier.NOTHING: 30, Barrier.FAR: 25, Barrier.COST: 12, Barrier.TIME: 12, Barrier.FULL: 10, Barrier.LANGUAGE: 9,
        Barrier.ACCESS: 8,
    }  # fmt: skip
    on = case.clock.now
    actions.unmet(referral=case.row, reason=drawn(case.lots, reasons), on=on, by=case.worker(on))


def came_of(case: Case, link: Connection) -> None:
    """The person went: whether it helped, in most cases."""
    on, end = case.clock.now, drawn(case.lots, {"helped": 68, "not": 12, "not told": 20})
    if end == "helped":
        actions.got_help(connection=link, on=on, by=case.worker(on))
    elif end == "not":
        why = drawn(case.lots, {Barrier.WELCOME: 4, Barrier.MORE: 3, Barrier.TIME: 2, Barrier.COST: 1})
        actions.not_helped(connection=link, reason=why, on=on, by=case.worker(on))


READ = timedelta(days=7)  # by then whoever has a case has opened it


def read(world: World) -> None:
    """What groups answered before the last week has been read; what came since waits on the desks as new."""
    answered = Enquiry.objects.filter(seen=None, answered_on__lt=world.on - READ).exclude(referral__owner=None)
    for row in Referral.objects.filter(pk__in=answered.values("referral")).select_related("owner__account"):
        actions.answers_read(referral=row, by=Actor(name=row.owner.name, role="link_worker", worker=row.owner_id))  # type: ignore[union-attr]  # all have one


def tell(world: World) -> None:
    """On Tess's desk today: a group that is silent, one that would like to be rung, one asked yesterday."""
    read(world)
    theirs = Referral.objects.filter(owner__account__email=email_of(HERS), status=Status.ACTIVE, person__died=None)
    cases = list(theirs.filter(person__account=None).select_related("owner").order_by("-made_on", "pk")[:3])
    groups = (
        Group.objects.filter(standing=Standing.ACTIVE, enquiries=None).exclude(letters_to="").order_by("name", "pk")
    )
    for row, group, days in zip(cases, groups[:3], (12, 3, 1), strict=False):
        on = max(world.on - timedelta(days=days), row.made_on)
        by = world.staff.at("link_worker", world.places[row.practice.code], world.on)
        enquiry = actions.enquire(referral=row, group=group, on=on, by=by, tells="name", reach="01632 960146")
        if days == 3:
            actions.ring_us(enquiry=enquiry, words="01632 960133, any evening after six", by=THE_GROUP)
