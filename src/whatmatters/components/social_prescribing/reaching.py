"""Whom a proactive offer is for, by rule and told why; and who is left out by itself, whatever the rule says."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from whatmatters.components.social_prescribing.models import CASE_OPEN, Invitation, Objection, Offer, Reach, Referral
from whatmatters.events.codes import SP_REFERRED, SP_REFERRED_OTHERWISE
from whatmatters.events.models import Event
from whatmatters.measurement.cohort import Cohort
from whatmatters.measurement.cohort_reasons import because
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.conditions import Aged, AllOf, Condition, Not, did, events_of
from whatmatters.measurement.in_words import aged
from whatmatters.measurement.one_person import Row
from whatmatters.organisations.models import Organisation
from whatmatters.organisations.tree import in_force, with_descendants
from whatmatters.people.models import Person, Registration

OBJECTED = "has asked not to be invited, or has opted out"
DIED = "has died"
MOVED = "is no longer on the list of one of the practices"
OPEN = "has an open case"
ELSEWHERE = "was invited in another offer less than four weeks ago"
HINDRANCES = (DIED, MOVED, OBJECTED, OPEN, ELSEWHERE)
APART = timedelta(
    weeks=4
)  # ours: no source says; nobody is to feel pursued by two lists that do not know of each other


def rule(reach: Reach) -> Cohort:
    """The offer's own cohort: the one it names, held to ages and to those not referred for so many months. What is on a
    person's own row, and no event, ``members`` asks beside it."""
    whom = COHORTS[reach.cohort]
    parts: list[Condition] = [whom.rule]
    if reach.least_age or reach.most_age:
        parts.append(Aged(reach.least_age or 0, reach.most_age or Aged.most))
    if reach.quiet_months:
        parts.append(Not(did(SP_REFERRED, SP_REFERRED_OTHERWISE, months=reach.quiet_months)))
    return Cohort(whom.id, said(reach), AllOf(tuple(parts)), whom.source, whom.caveats)


def said(reach: Reach) -> str:
    """Lonely, isolated or living alone, aged 65 or over, no referral in 12 months."""
    parts = [COHORTS[reach.cohort].title]
    if reach.least_age or reach.most_age:
        parts.append(aged(reach.least_age or 0, reach.most_age or Aged.most))
    if reach.quiet_months:
        parts.append(f"no referral in {reach.quiet_months} months")
    if reach.deprived:
        parts.append(f"living in {reach.get_deprived_display()}")
    return ", ".join(parts)


def members(reach: Reach, service: Organisation, on: date) -> Iterator[tuple[int, list[str]]]:
    """Ids of the living people of the service's practices of whom the rule is true on the day, each with the reasons.

    Cohorts are of what is coded, so only people with an event that one speaks of are looked at.
    """
    whom = rule(reach)
    some = {event.code for event in events_of(COHORTS[reach.cohort].rule)}
    asked = {event.code for event in events_of(whom.rule)}
    here = Person.objects.filter(pk__in=on_list(service, on).values("person"), died__isnull=True)
    if reach.deprived:
        here = here.filter(deprivation__lte=reach.deprived)
    near = here.filter(pk__in=Event.objects.filter(code__in=some, on__lte=on).values("person"))
    told: dict[int, list[Row]] = defaultdict(list)
    rows = Event.objects.filter(code__in=asked, on__lte=on, person__in=near.values("pk")).order_by("pk")
    for row in rows.values("person", "code", "on", "value", "detail"):
        told[row["person"]].append({**row})
    for person, born in near.order_by("pk").values_list("pk", "born"):
        if reasons := because(whom, told[person], on, born=born):
            yield person, _plainly(reasons, reach)


def _plainly(reasons: list[str], reach: Reach) -> list[str]:
    """The absence of a referral, and where they live, are rules of the offer's own, and told in its words."""
    quiet = [f"no referral in {reach.quiet_months} months"] if reach.quiet_months else []
    lives = [f"lives in {reach.get_deprived_display()}"] if reach.deprived else []
    return [one for one in reasons if not one.startswith("no record of referred")] + quiet + lives


def on_list(service: Organisation, on: date) -> QuerySet[Registration]:
    """Who is registered on the day with one of the service's practices."""
    return Registration.objects.filter(in_force(on), practice__in=with_descendants([service.pk], on))


def hindered(people: Collection[int], offer: Offer, on: date) -> dict[int, str]:
    """Those of these people who must not be invited to it on the day, and why: for "Not invited: the person ...".

    An objection counts from the moment it is recorded, whatever its day.
    """
    alive = set(Person.objects.filter(pk__in=people, died__isnull=True).values_list("pk", flat=True))
    here = set(on_list(offer.service, on).filter(person__in=people).values_list("person", flat=True))
    objecting = Objection.objects.filter(Q(taken_back__isnull=True) | Q(taken_back__gt=on), person__in=people)
    no = set(objecting.values_list("person", flat=True))
    busy = set(Referral.objects.filter(person__in=people, status__in=CASE_OPEN).values_list("person", flat=True))
    elsewhere = Invitation.objects.filter(listed__person__in=people, on__gt=on - APART).exclude(listed__offer=offer)
    lately = {one.listed.person_id for one in elsewhere.select_related("listed", "letter") if not one.lost}
    found = {}
    for person in people:
        if person not in alive:
            found[person] = DIED
        elif person not in here:
            found[person] = MOVED
        elif person in no:
            found[person] = OBJECTED
        elif person in busy:
            found[person] = OPEN
        elif person in lately:
            found[person] = ELSEWHERE
    return found
