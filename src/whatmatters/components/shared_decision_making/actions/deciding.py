"""A decision is made together: begun, talked through in three talks, and valid once it says all it must."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.roles import Role
from whatmatters.components.care_planning.panel import panel as plan_of
from whatmatters.components.shared_decision_making.actions.checking import checked_whole
from whatmatters.components.shared_decision_making.coded import code_for
from whatmatters.components.shared_decision_making.library import library
from whatmatters.components.shared_decision_making.models import (
    Decision,
    Involved,
    Option,
    Preparation,
    Status,
    ToolUsed,
)
from whatmatters.components.shared_decision_making.models.words import Leader
from whatmatters.components.shared_decision_making.standing import same
from whatmatters.components.shared_decision_making.validity import lacks
from whatmatters.events.codes import DECISION_TOOL_USED, SHARED_DECISION
from whatmatters.events.models import Event
from whatmatters.events.record import begin, record
from whatmatters.people.models import Person
from whatmatters.people.revisions import claim, locked
from whatmatters.workforce.models import Worker

HERE = ("decided", "review")  # what is asked on the page on which a decision becomes valid
LEADERS = {
    Role.COACH: Leader.COACH,
    Role.LINK_WORKER: Leader.LINK_WORKER,
    Role.CARE_COORDINATOR: Leader.CARE_COORDINATOR,
}


@transaction.atomic
def start(
    *, person: Person, situation: str, by: Actor, problem: str = "", at: datetime | None = None
) -> Decision:  # fmt: skip
    """A decision about one situation of the library, or (``situation`` empty) about the ``problem`` named by hand.

    The one in progress about the same is gone on with, put off or not. What matters begins as the plan says
    it, and what the person prepared for the talk is taken up. Raises ValidationError.
    """
    locked(person, "began a shared decision", by=by, person=person.pk)
    entry = library().get(situation)
    if situation and (entry is None or entry.retired):
        raise ValidationError("This situation is not in the library any more: choose another one")
    if person.died:
        raise ValidationError("The person has died")
    title = entry.title if entry else problem.strip()
    if open_one := person.decisions.filter(same(situation, title), status=Status.IN_PROGRESS).first():
        return open_one
    now = at or timezone.localtime()
    role = dict(Role.choices).get(by.role, by.role)[:70]
    row = Decision(
        person=person, episode=begin(person), situation=situation, title=title, problems=title, led_by=_leader(by),
        organisation=by.organisation_code or "", by_name=by.name, by_role=by.role, contact_on=now.date(),
        contact_time=now.time().replace(second=0, microsecond=0), seen_by=by.name[:70], seen_by_role=role,
        responsible=by.name[:70], responsible_role=role, matters=_matters(person),
    )  # fmt: skip
    if not title:
        raise ValidationError({"problem": "Name the problem that the decision is about"})
    checked_whole(row).save()
    _take_up(row)
    return row


def _matters(person: Person) -> str:
    """What is most important to them, as their plan has it."""
    words = plan_of(person).get("matters")
    return words.text if words else ""


def _leader(by: Actor) -> str:
    """By the profession of the worker, or by their role."""
    worker = Worker.objects.filter(pk=by.worker).first() if by.worker else None
    professions = {str(leader.label).lower(): leader.value for leader in Leader}
    return professions.get(worker.profession.lower(), "") if worker and worker.profession else LEADERS.get(by.role, "")  # type: ignore[call-overload]  # a role is a word


def _take_up(row: Decision) -> None:
    """What the person wrote before the talk, the newest about it first."""
    waiting = Preparation.objects.filter(person=row.person, decision=None, answered_at__isnull=False)
    said = waiting.filter(situation=row.situation).first() or waiting.filter(situation="").first()
    if said is None:
        return
    said.decision = row
    said.save(update_fields=["decision"])
    row.person_agenda = "\n".join(filter(None, (said.agenda, said.questions)))[:4000]
    row.matters = said.matters or row.matters
    row.save()


@transaction.atomic
def save_team(
    *, decision: Decision, revision: int, by: Actor, involved: Sequence[tuple[str, str]] = (), **facts: Any
) -> Decision:
    """Team talk: who, what about, what matters. ``involved``: (name, who they are) of each who decides with them."""
    row = held(decision, by, "wrote a shared decision", revision)
    _day(row.person, facts.get("contact_on", row.contact_on))
    for name, value in facts.items():
        setattr(row, name, value)
    checked_whole(row).save()
    row.involved.all().delete()
    for name, relationship in involved:
        checked_whole(Involved(decision=row, name=name, relationship=relationship), "involved").save()
    return row


@transaction.atomic
def save_options(
    *, decision: Decision, revision: int, by: Actor, options: Sequence[Mapping[str, Any]], tools: Sequence[str] = (),
    other_tool: str = "",
) -> Decision:  # fmt: skip
    """Option talk: what was talked about, each option with benefits, harms and the person's view; tools by name.

    Raises ValidationError for a tool that has expired or was withdrawn, unless the talk had it already.
    """
    row = held(decision, by, "wrote the options of a shared decision", revision)
    shelf = {tool.name: tool for entry in library().values() for tool in entry.tools}
    had = set(row.tools.values_list("tool", flat=True))
    kept = []
    for name in tools:
        tool = shelf.get(name)
        if tool is None or not (tool.offered(row.contact_on) or name in had):
            raise ValidationError({"tools": "This tool has expired or was withdrawn: choose another, or none"})
        kept.append(
            ToolUsed(
                decision=row,
                tool=tool.name,
                title=tool.title,
                kind=tool.kind,
                link=tool.link,
                edition=tool.version,
                publisher=tool.publisher,
            )
        )
    if other_tool.strip():
        kept.append(ToolUsed(decision=row, title=other_tool.strip()))
    row.options.all().delete()
    row.tools.all().delete()
    for place, facts in enumerate(options):
        checked_whole(Option(decision=row, place=place, **facts), "options").save()
    for used in kept:
        checked_whole(used, "tools").save()
    return row


@transaction.atomic
def save_decision(
    *, decision: Decision, revision: int, by: Actor, valid: bool, on: date | None = None, **facts: Any
) -> Decision:
    """Decision talk. ``valid``: agreed (``on`` a day), and nothing in it changes any more; otherwise provisional.

    Raises ValidationError, naming all that it lacks; nothing is saved then.
    """
    row = held(decision, by, "wrote what was decided", revision)
    for name, value in facts.items():
        setattr(row, name, value)
    row.deferred_on, row.deferred_why = None, ""
    checked_whole(row)
    if not valid:
        row.save()
        return row
    if missing := lacks(row, list(row.options.all())):
        faults: dict[str, list[str]] = {}
        for lack in missing:
            faults.setdefault(lack.field if lack.field in HERE else NON_FIELD_ERRORS, []).append(lack.words)
        raise ValidationError(faults)
    row.save()
    with_tool = row.tools.exists()
    row.status, row.valid_on, row.code = Status.VALID, on or date.today(), code_for(with_tool=with_tool)
    Decision.objects.filter(pk=row.pk).update(status=row.status, valid_on=row.valid_on, code=row.code)
    audit.record("agreed a shared decision", by=by, person=row.person_id, detail={"decision": row.pk})
    happened(SHARED_DECISION, row, by)
    if with_tool:
        happened(DECISION_TOOL_USED, row, by)
    return row


def happened(code: str, row: Decision, by: Actor) -> None:
    """Once for a decision on the day of the talk: a version that only mends the words is no further conversation."""
    if not Event.objects.filter(episode=row.episode_id, code=code, on=row.contact_on).exists():
        record(code, row.person, on=row.contact_on, by=by, detail=row.situation, episode=row.episode)


def held(decision: Decision, by: Actor, act: str, revision: int | None = None) -> Decision:
    """The row, in progress, locked and one revision on."""
    row = locked_decision(decision, act, by)
    if not row.in_progress:
        raise ValidationError("This decision was finished since the page was opened: take it up again to change it")
    claim(row, revision)
    return row


def locked_decision(decision: Decision, act: str, by: Actor) -> Decision:
    about = {"decision": decision.pk}
    return locked(decision, act, by=by, person=decision.person_id, detail=about, also=("person", "episode"))


def _day(person: Person, day: date) -> None:
    if day > date.today():
        raise ValidationError({"contact_on": "This day is still to come: enter the day you talked"})
    if day < person.born or (person.died and day > person.died):
        raise ValidationError({"contact_on": "This day lies outside the person’s life: check the year"})
