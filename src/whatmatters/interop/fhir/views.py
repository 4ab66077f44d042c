"""A referral as FHIR, as a download."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from whatmatters.components.social_prescribing.gate import about_case
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.people.gate import acting
from whatmatters.people.models import Person


@about_case("asked for a FHIR copy of a referral")
@require_POST
def referral(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    from whatmatters.interop.fhir import bundle, record  # noqa: PLC0415 - half a second, for whoever asks

    rows = Referral.objects.select_related("person", "practice", "service", "owner")
    told = record.sent_out(get_object_or_404(rows, person=person, uuid=referral), by=acting(request))
    headers = {"Content-Disposition": 'attachment; filename="referral.fhir.json"'}
    content = json.dumps(bundle.write(told), ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/fhir+json; charset=utf-8", headers=headers)
