"""Whom an audit is about: the people of a network of whom its rule is true on a day."""

from collections import defaultdict
from datetime import date

from whatmatters.components.shared_decision_making.models import After, Audit
from whatmatters.events.models import Event
from whatmatters.measurement.cohort import Cohort
from whatmatters.measurement.cohort_reasons import because
from whatmatters.measurement.cohorts import COHORTS
from whatmatters.measurement.conditions import Aged, AllOf, Condition, did, events_of
from whatmatters.measurement.one_person import Row
from whatmatters.organisations.tree import in_force, with_descendants
from whatmatters.people.models import Person, Registration
from whatmatters.people.wishes import refusers

EVERYONE = "everyone"


def rule(audit: Audit) -> Condition:
    """Of the cohort, old enough, and to whom it happened within so many months."""
    parts: list[Condition] = [Aged(audit.least_age, Aged.most)]
    if audit.cohort != EVERYONE:
        parts.insert(0, COHORTS[audit.cohort].rule)
    if audit.after:
        parts.append(did(audit.after, months=audit.months))
    return AllOf(tuple(parts))


def said(audit: Audit) -> str:
    """Type 1 diabetes, aged 18 or over; their care was reviewed with them in the last 12 months."""
    whom = "Everyone registered" if audit.cohort == EVERYONE else COHORTS[audit.cohort].title
    words = f"{whom}, aged {audit.least_age} or over"
    if not audit.after:
        return words
    what = After(audit.after).label
    return f"{words}; {what[0].lower()}{what[1:]}, in the last {audit.months} months"


def members(audit: Audit, on: date) -> dict[int, Person]:
    """By id, the living people of the network's practices of whom the rule is true on the day, without those who had
    refused to be asked by then."""
    whom = Cohort("audit", said(audit), rule(audit), "this audit")
    codes = {event.code for event in events_of(whom.rule)}
    lists = Registration.objects.filter(in_force(on), practice__in=with_descendants([audit.network_id], on))
    here = Person.objects.filter(pk__in=lists.values("person"), died__isnull=True)
    if codes:
        here = here.filter(pk__in=Event.objects.filter(code__in=codes, on__lte=on).values("person"))
    told: dict[int, list[Row]] = defaultdict(list)
    rows = Event.objects.filter(code__in=codes, on__lte=on, person__in=here.values("pk")).order_by("pk")
    for row in rows.values("person", "code", "on", "value", "detail"):
        told[row["person"]].append({**row})
    found = {one.pk: one for one in here.order_by("pk") if because(whom, told[one.pk], on, born=one.born)}
    refused = refusers(found, on)
    return {pk: one for pk, one in found.items() if pk not in refused}
