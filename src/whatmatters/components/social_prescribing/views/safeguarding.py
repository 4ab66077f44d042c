"""Safeguarding notes: for those whose role needs them, on pages of their own.

The person, and whoever acts for them, see nothing of them, nor that they were read (``access.audit.WITHHELD``).
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from whatmatters.access.audit import SAFEGUARDING_SEEN
from whatmatters.components.social_prescribing.models import Entry
from whatmatters.components.social_prescribing.sections import SAFEGUARDING
from whatmatters.components.social_prescribing.views.conversation import case_of, item_page, section_page
from whatmatters.people.gate import about_person
from whatmatters.people.models import Person

SEE = "see safeguarding notes"


@about_person(SEE, SAFEGUARDING_SEEN)
def notes(request: HttpRequest, person: Person, referral: UUID) -> HttpResponse:
    row = case_of(person, referral)
    return section_page(request, row, SAFEGUARDING, on=request.path)


@about_person(SEE, SAFEGUARDING_SEEN)
def note(request: HttpRequest, person: Person, referral: UUID, entry: UUID) -> HttpResponse:
    row = case_of(person, referral)
    found = get_object_or_404(Entry, referral=row, uuid=entry, section=SAFEGUARDING)
    return item_page(request, row, found, back=reverse("safeguarding", args=(person.uuid, row.uuid)))
