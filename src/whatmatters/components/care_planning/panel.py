"""What the rest of the record shows of the plan: ``panel(person)`` as ``care_planning``, with
``care_planning/panel.jinja`` for staff and ``care_planning/mine.jinja`` for the person and who acts for them."""

from typing import Any

from whatmatters.components.care_planning.about_me import MOST_IMPORTANT
from whatmatters.components.care_planning.actions.reviewing import due_of
from whatmatters.components.care_planning.models import Plan, Words
from whatmatters.components.care_planning.models.version import State
from whatmatters.components.care_planning.rights import audience_of_role, hidden_from
from whatmatters.people.models import Person


def panel(person: Person, role: str = "") -> dict[str, Any]:
    """``plan`` (or None), ``agreed``, ``draft``, ``matters`` (Words of what is most important), ``goals``, ``due``,
    ``asked``, ``home`` (a Residence: the care home they live in). Seven queries. Without what is kept from who acts
    for the person, where that is the reader's ``role``."""
    home = person.residences.filter(end=None).select_related("home").first()
    plan = Plan.objects.filter(person=person).first()
    if plan is None:
        return {"plan": None, "home": home}
    versions = {version.state: version for version in plan.versions.exclude(state=State.SUPERSEDED)}
    shown = versions.get(State.AGREED) or versions.get(State.DRAFT)
    hidden = hidden_from(plan, audience_of_role(role))
    matters = shown is not None and MOST_IMPORTANT not in hidden
    return {
        "plan": plan,
        "home": home,
        "agreed": versions.get(State.AGREED),
        "draft": versions.get(State.DRAFT),
        "matters": Words.objects.filter(version=shown, heading=MOST_IMPORTANT).last() if matters else None,
        "goals": list(shown.goals.all()[:5]) if shown and "goals" not in hidden else [],
        "due": due_of(versions[State.AGREED]) if State.AGREED in versions else None,
        "asked": plan.requests.filter(answered=None).first(),
    }
