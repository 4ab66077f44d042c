"""The signed pack, to read and as a file; and the letters that the care team prints."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from whatmatters.access import audit as trail
from whatmatters.access.gate import allows, area_of, granted
from whatmatters.components.shared_decision_making.actions.asking import spaced, word_of
from whatmatters.components.shared_decision_making.actions.packing import sha256_of
from whatmatters.components.shared_decision_making.models import Audit, Sent, State
from whatmatters.components.shared_decision_making.views.auditing import found
from whatmatters.letters import address
from whatmatters.people.gate import acting
from whatmatters.web.pdf import CannotMakePdf, pdf


def _told(row: Audit) -> dict[str, Any]:
    """The pack as it was signed. ``whole``: its text still has the digest that it was signed with."""
    if row.state != State.SIGNED:
        raise Http404("This audit is not signed yet")
    signed = row.pack
    whole = sha256_of(signed.content) == signed.sha256
    return {"row": row, "pack": signed, "told": json.loads(signed.content), "whole": whole}


@allows("see audits")
def pack(request: HttpRequest, audit: UUID) -> HttpResponse:
    return render(request, "decisions_felt/pack.jinja", _told(found(request, audit)))


@allows("see audits")
def pack_pdf(request: HttpRequest, audit: UUID) -> HttpResponse:
    row = found(request, audit)
    html = render_to_string("decisions_felt/pack_file.jinja", _told(row))
    try:
        made = pdf(html, title=f"Evidence pack: {row.title}")
    except CannotMakePdf as problem:
        messages.warning(request, str(problem))
        return redirect("audit-pack", row.uuid)
    name = f"audit-{row.network.code}-{row.pack.signed_on.isoformat()}.pdf"
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=sent)


@allows("invite people")
@cache_control(no_store=True)
@transaction.atomic
def letters(request: HttpRequest, audit: UUID) -> HttpResponse:
    """One letter a page, to those of one's own practices who are asked by letter and have not answered."""
    row, area = found(request, audit), area_of(granted(request))
    open_ = row.sample.filter(sent=Sent.LETTER, answered=False, practice__in=area, expires__gt=date.today())
    asks = list(open_.select_related("person", "practice")) if row.state == State.ASKING else []
    for one in asks:
        trail.record("printed a letter with questions", by=acting(request), person=one.person_id)
    sheets = [(one, address.of("how-it-felt", word_of(one)), spaced(word_of(one))) for one in asks]
    return render(request, "decisions_felt/letters.jinja", {"row": row, "sheets": sheets})
