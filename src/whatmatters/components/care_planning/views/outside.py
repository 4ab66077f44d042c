"""What is open to whoever holds a word: a plan shared by a private link, and whether a paper is still the latest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import public
from whatmatters.components.care_planning.actions.giving import good, open_link
from whatmatters.components.care_planning.actions.papers import says
from whatmatters.components.care_planning.models import Access
from whatmatters.components.care_planning.parts import FIRST
from whatmatters.components.care_planning.private import digest
from whatmatters.components.care_planning.shown import shown
from whatmatters.components.care_planning.views.shared import version_of

NOT_KNOWN, GONE = 404, 410


@public
def shared_with_you(request: HttpRequest, word: str) -> HttpResponse:
    """Reading the first page uses nothing up: a mail scanner may open it too. The button does."""
    if request.method == "POST":
        access = open_link(word=word)
        return _kept_nowhere(_plan(request, access) if access else _gone(request))
    known = Access.objects.filter(digest=digest(word)).first()
    if known is None:
        return _gone(request, NOT_KNOWN)
    if not good(known):
        return _gone(request)
    left = known.opens - known.openings.count()
    return _kept_nowhere(render(request, "care_planning/link.jinja", {"left": left, "until": known.until}))


def _plan(request: HttpRequest, access: Access) -> HttpResponse:
    kind = access.share.kind
    told = shown(version_of(access), kind, parts=access.parts, first=FIRST.get(kind, ()))
    left = access.opens - access.openings.count()
    context = {"person": access.plan.person, "access": access, "shown": told, "outside": True, "left": left}
    return render(request, "care_planning/shared_plan.jinja", context)


def _gone(request: HttpRequest, status: int = GONE) -> HttpResponse:
    return render(request, "care_planning/link_gone.jinja", {"known": status == GONE}, status=status)


def _kept_nowhere(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer


@public
def paper(request: HttpRequest, word: str) -> HttpResponse:
    """Nothing of whom it is about, whatever the answer."""
    about = says(word)
    status = NOT_KNOWN if about == "unknown" else 200
    return _kept_nowhere(render(request, "care_planning/paper_says.jinja", {"says": about}, status=status))
