"""From whom a person keeps a detail of their case, honoured whenever it is read.

Whoever works the case sees all of it. A clinician is the GP practice; everyone else of the care team is the team.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from whatmatters.access.models import User
from whatmatters.access.roles import Role, roles_with
from whatmatters.components.social_prescribing.models import Audience, Connection, Enquiry, Hiding, Referral
from whatmatters.events.codes import (
    SP_ATTENDED,
    SP_CONNECTED,
    SP_GOT_HELP,
    SP_GROUP_ACCEPTED,
    SP_GROUP_ASKED,
    SP_GROUP_DECLINED,
    SP_NEED,
    SP_NOT_ATTENDED,
    SP_NOT_HELPED,
    SP_REFERRED,
    SP_SIGNPOSTED,
    SP_UNMET,
    SP_UNMET_KIND,
)
from whatmatters.people.gate import grant_for
from whatmatters.people.models import Person

OF_GROUPS = (SP_SIGNPOSTED, SP_CONNECTED, SP_ATTENDED, SP_GOT_HELP, SP_GROUP_ASKED, SP_GROUP_ACCEPTED)
WITH_REASONS = (SP_NOT_ATTENDED, SP_NOT_HELPED, SP_GROUP_DECLINED, SP_UNMET, SP_UNMET_KIND)  # and so without the kind


def audience_of(user: User, person: Person) -> str:
    """As whom the user reads of this person's case: an Audience, or empty for whoever works it."""
    if grant_for(user, person, "work referrals"):
        return ""
    grant = grant_for(user, person, "see a person")
    return audience_of_role(grant.role if grant else "")


def audience_of_role(role: str) -> str:
    """As whom someone reads who acts in this role."""
    if role in roles_with("work referrals"):
        return ""
    return Audience.PRACTICE if role == Role.CLINICIAN else Audience.TEAM


def hidden(rows: Iterable[Referral], audience: str) -> frozenset[UUID]:
    """What of these cases is kept from the audience: items, connections, or whole cases. One query."""
    if not audience:
        return frozenset()
    said = Hiding.objects.filter(referral__in=[row.pk for row in rows], audience=audience).order_by("pk")
    latest = dict(said.values_list("of", "hidden"))
    return frozenset(of for of, kept in latest.items() if kept)


def kept_from_anyone(rows: Iterable[Referral]) -> frozenset[UUID]:
    """What of these cases the person keeps from at least one audience: it is in no file that leaves."""
    rows = list(rows)
    return frozenset().union(*(hidden(rows, audience) for audience in Audience))


def withheld_events(person: Person, audience: str) -> Q:
    """The events that would tell what is kept: of a group of that kind, of a need, or all of a case but its referral.

    An event names no group: others of its kind in the same case are left out with it, rather than one too few.
    """
    rows = list(Referral.objects.filter(person=person, episode__isnull=False))
    kept, found = hidden(rows, audience), Q(pk=None)
    if not kept:
        return found
    found |= Q(episode__in=[row.episode_id for row in rows if row.uuid in kept]) & ~Q(code=SP_REFERRED)
    links: list[Connection | Enquiry] = list(Connection.objects.filter(uuid__in=kept).select_related("group"))
    links += Enquiry.objects.filter(uuid__in=kept).select_related("group")
    episodes = {row.pk: row.episode_id for row in rows}
    for link in links:
        case = Q(episode=episodes[link.referral_id])
        found |= case & (Q(code__in=OF_GROUPS, detail=link.group.kind) | Q(code__in=WITH_REASONS))
    told = [row.episode_id for row in rows if row.entries.filter(item__in=kept).exists()]
    return found | Q(episode__in=told, code=SP_NEED)
