"""How else referrals come to the network's desk: by one-time link, by phone; and what waits too long there."""

from datetime import timedelta

from django.db.models import Q

from whatmatters.access.actors import ANYONE
from whatmatters.components.social_prescribing import actions
from whatmatters.components.social_prescribing.models import CASE_OPEN, DeclineReason, PriorityGroup, Referral, Told
from whatmatters.demo.doors import NETWORK
from whatmatters.demo.story import before
from whatmatters.demo.world import World
from whatmatters.organisations.models import Organisation

GROUPS = {
    "caring": ("Carers", "Looks after someone for twenty hours a week or more"),
    "loss": ("Newly bereaved", "Lost someone they lived with in the last year"),
    "company": ("Parents on their own", "Looks after a child under two, without another adult in the home"),
}
ROZHAN = "Rozhan"
HOUSING = {
    "sender_name": "Lorraine Escreet", "sender_organisation": "Kingsmouth Housing", "sender_role": "Housing officer",
    "sender_team": "Tenancy support", "sender_contact": "01632 960311",
}  # fmt: skip


def tell(world: World) -> None:
    """The service's own rules, two ways in, and one of each thing that must not be forgotten."""
    _rules(world)
    _links(world)
    _by_phone(world)
    _left_waiting(world)
    long_ago = Q(ended_on__lt=before(world.on, 14))
    for side in Told:  # whoever sent those has long read what became of them
        actions.seen(referrals=long_ago, to=side)


def _rules(world: World) -> None:
    manager = world.staff.at("pcn_manager", world.places["X99002"], world.on)
    tess = world.staff.at("link_worker", world.places["X99002"], world.on)
    service = Organisation.objects.get(code=NETWORK)
    actions.set_timers(service=service, accept=5, contact=14, tell=None, by=manager)
    groups: dict[str, PriorityGroup] = {
        need: actions.add_priority_group(
            service=service, name=name, definition=definition, start=world.since, by=manager
        )
        for need, (name, definition) in GROUPS.items()
    }
    for row in Referral.objects.filter(service=service, status__in=CASE_OPEN).select_related("person"):
        if row.need in ("caring", "loss") or (row.person and row.person.given_name == ROZHAN):
            actions.set_priorities(referral=row, groups=[groups[row.need]], by=tess)


def _links(world: World) -> None:
    """One used by a housing officer, one that the fire service has not used yet."""
    practice = world.places["X99002"].row
    tess = world.staff.at("link_worker", world.places["X99002"], world.on)
    _, word = actions.send_link(
        practice=practice, source="agency", sector="housing", organisation=HOUSING["sender_organisation"], by=tess
    )
    actions.receive_by_link(
        word=word, need="home", name="Alan Precious", born=world.on - timedelta(days=21_900), phone="07700 900412",
        reason="Two months behind with the rent since his mother died. Opens no letters", on=before(world.on, 2),
        by=ANYONE, **HOUSING,
    )  # fmt: skip
    actions.send_link(
        practice=practice, source="agency", sector="fire", organisation="Kingsmouth Fire Station", by=tess
    )


def _by_phone(world: World) -> None:
    reception = world.staff.at("receptionist", world.places["X99002"], world.on)
    actions.take_down(
        practice=world.places["X99002"].row, source="carer", method="phone", need="company", name="Edna Wray",
        born=world.on - timedelta(days=31_400), phone="01632 960274", sender_name="Christine Wray", agreement="sender",
        sender_contact="07700 900355", on=before(world.on, 1), by=reception,
        reason="Daughter rings from Leeds. Her mother has not been out since the bus stopped",
    )  # fmt: skip


def _left_waiting(world: World) -> None:
    """One that nobody has looked at for nine days, and an answer that its sender has not heard."""
    practice = world.places["X99003"].row
    tess = world.staff.at("link_worker", world.places["X99003"], world.on)
    actions.receive(
        practice=practice, source="self", need="money", name="Derek Ombler", born=world.on - timedelta(days=24_300),
        phone="07700 900481", reason="Heating or eating, and the form is forty pages", on=before(world.on, 9),
        by=ANYONE,
    )  # fmt: skip
    row, _ = actions.receive(
        practice=practice, source="agency", sector="police", need="mood", name="Josie Lill", phone="07700 900467",
        born=world.on - timedelta(days=11_900), sender_name="PC Dean Hoggarth", sender_role="Neighbourhood officer",
        sender_organisation="Kingsmouth Police", sender_contact="01632 960390", on=before(world.on, 16), by=ANYONE,
    )  # fmt: skip
    actions.decline(
        referral=row,
        reason=DeclineReason.OUTSIDE,
        note="Moved to the coast last month",
        on=before(world.on, 12),
        by=tess,
    )
