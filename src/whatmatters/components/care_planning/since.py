"""What happened to people since their plan was last looked at: what a round or a review begins from."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from whatmatters.events.codes import ADMITTED, CONDITION, EMERGENCY, FRAILTY, PALLIATIVE, READMITTED
from whatmatters.events.models import Event
from whatmatters.measurement.details import said
from whatmatters.people.models import Carer
from whatmatters.web.words import day

WORDS = {
    ADMITTED: "Went into hospital as an emergency",
    READMITTED: "Went back into hospital within 30 days",
    EMERGENCY: "Was in accident and emergency",
    CONDITION: "A new condition: {detail}",
    FRAILTY: "Frailty recorded: {detail}",
    PALLIATIVE: "On the palliative care register",
}


def changes_since(looked: Mapping[int, date], on: date) -> dict[int, list[str]]:
    """By person: what the record tells from after the day it was last looked at, the latest first. Two queries."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    if not looked:
        return {}
    first = min(looked.values())
    rows = Event.objects.filter(person__in=looked, code__in=WORDS, on__gt=first, on__lte=on)
    for person, code, when, detail in rows.order_by("on", "pk").values_list("person", "code", "on", "detail"):
        if when > looked[person]:
            found[person].append((when, WORDS[code].format(detail=said(detail) or "not said which")))
    for carer in Carer.objects.filter(person__in=looked, end__gt=first, end__lte=on):
        if carer.end and carer.end > looked[carer.person_id]:
            what = "has died" if carer.ended == Carer.Ended.DIED else "cares for them no more"
            found[carer.person_id].append((carer.end, f"{carer.name} ({carer.relationship}) {what}"))
    return {
        person: list(dict.fromkeys(f"{words}, {day(when)}" for when, words in sorted(told, reverse=True)))
        for person, told in found.items()
    }
