"""The audit's evidence pack: put together, signed by a named person, and attested to the commissioner."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.actions.auditing import held, move
from whatmatters.components.shared_decision_making.actions.checking import checked
from whatmatters.components.shared_decision_making.models import Audit, Pack, State
from whatmatters.components.shared_decision_making.population import said
from whatmatters.components.shared_decision_making.results import Results, of_audit
from whatmatters.components.shared_decision_making.scores import Summary
from whatmatters.events.codes import ATTESTED
from whatmatters.events.record import record_for
from whatmatters.measurement.details import DECISIONS_AUDITED
from whatmatters.measurement.intervals import Estimate
from whatmatters.web.words import day


@transaction.atomic
def sign(
    *, audit: Audit, signatory: str, role: str, by: Actor, on: date | None = None, revision: int | None = None
) -> Pack:
    """Everything as it stands, under someone's name. The contract's requirement is met from this day."""
    row = held(audit, "signed the evidence pack of an audit", by=by, revision=revision)
    when = on or date.today()
    last = row.steps.values_list("on", flat=True).last()
    if when > date.today() or (last and when < last):
        raise ValidationError("The day must be today, or since the last improvement was made")
    move(row, State.SIGNED, by=by, on=when)
    content = text_of(content_of(row, signatory=signatory, role=role, on=when))
    pack = Pack(audit=row, signatory=signatory, role=role, signed_on=when, content=content, sha256=sha256_of(content))
    checked(pack).save(force_insert=True)
    record_for(row.network, ATTESTED, on=when, by=by, detail=DECISIONS_AUDITED)
    return pack


def sha256_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def text_of(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)


def content_of(audit: Audit, *, signatory: str, role: str, on: date) -> dict[str, Any]:
    """All that the pack tells, in the pages' own words and numbers: nobody in it is someone cared for."""
    results = of_audit(audit)
    assert results is not None  # noqa: S101  # for mypy: signed after the answers are closed
    return {
        "title": audit.title,
        "network": f"{audit.network.name} ({audit.network.code})",
        "requirement": "Network Contract DES guidance, B1357: a sample of people’s experience of shared decision "
        "making is audited with a validated tool; improvements are considered, implemented and documented",
        "due": day(audit.due),
        "questionnaire": audit.get_instrument_display(),
        "situation": audit.get_situation_display(),
        "population": {"rule": said(audit), "people": audit.population, "on": day(audit.drawn_on)},
        "sample": {
            "people": audit.size, "why": audit.rationale, "seed": audit.seed, "list_sha256": audit.digest,
            "not_asked": audit.sample.filter(sent_on=None).count(),
        },
        "asking": {
            "on": day(audit.sent_on), "closed": day(audit.closed_on), "asked": results.asked,
            "reminded": audit.sample.exclude(reminded_on=None).count(), "answered": results.answered,
            "incomplete": results.incomplete,
        },
        "results": {"whole": _summary(results.whole), "groups": groups_of(results)},
        "decision": {"on": day(audit.decided_on), "words": audit.decision},
        "improvements": [
            {
                "what": one.what, "chosen": bool(one.chosen), "owner": one.owner, "by": day(one.by_day),
                "done": day(one.done_on), "came_of_it": one.came_of_it,
            }
            for one in audit.improvements.all()
        ],
        "steps": [{"on": day(one.on), "state": one.get_state_display()} for one in audit.steps.all()],
        "repeats": audit.again.title if audit.again else "",
        "signed": {"by": signatory, "role": role, "on": day(on)},
    }  # fmt: skip


def groups_of(results: Results) -> list[dict[str, Any]]:
    """Of each way to divide people: who was asked, and what was said, in words."""
    return [
        {
            "caption": table.caption,
            "asked": [{"group": line.name, "asked": line.asked, "share": line.share} for line in table.asked],
            "said": [{"group": line.name, **_summary(line.shown)} for line in table.said],
        }
        for table in results.tables
    ]


def _summary(found: Summary | None) -> dict[str, Any]:
    if found is None or found.top is None:
        return {"answers": "", "top": "", "mean": ""}
    return {"answers": found.answers, "top": share(found.top), "mean": mean(found.mean)}


def share(of: Estimate | None) -> str:
    """64.0% (95% interval 44.5% to 79.8%)."""
    if of is None or of.value is None:
        return "–"
    return f"{100 * of.value:.1f}% (95% interval {100 * of.lower:.1f}% to {100 * of.upper:.1f}%)"


def mean(of: Estimate | None) -> str:
    if of is None or of.value is None:
        return "–"
    limits = "" if of.lower is None else f" (95% interval {of.lower:.2f} to {of.upper:.2f})"
    return f"{of.value:.2f}{limits}"
