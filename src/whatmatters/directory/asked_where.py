"""A whole postcode is often one household, and an address of a page is kept by browsers, servers and whoever it is
sent to. So a search is posted, and the address it leads to holds the first half alone; the whole one stays in the
session, and serves for the distances as long as it lasts."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from whatmatters.directory.forms import SearchForm

WHOLE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
KEPT = "near"


def halves(text: str) -> tuple[str, str] | None:
    """Of a whole postcode; None for anything else."""
    found = WHOLE.fullmatch(" ".join(text.upper().split()))
    return (found[1], found[2]) if found else None


def moved(request: HttpRequest) -> HttpResponse | None:
    """Where a search that was just sent is answered, without its whole postcode; None where nothing was sent, or where
    what was sent must be mended first: that page is shown at once, and what it holds stands in no address.

    An old address that still holds one is answered in the same way: that visit is logged already, the next is not.
    """
    sent = request.POST if request.method == "POST" and "words" in request.POST else request.GET
    code = halves(sent.get("near", ""))
    if sent is request.GET and not code:
        return None
    if sent is request.POST and not SearchForm(sent).is_valid():
        return None
    asked = sent.copy()
    asked.pop("csrfmiddlewaretoken", None)
    for name in [name for name, value in asked.items() if not value]:
        del asked[name]
    asked.setdefault("words", "")
    if code:
        asked["near"] = code[0]
        request.session[KEPT] = " ".join(code)
    elif not asked.get("near"):
        request.session.pop(KEPT, None)
    return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")


def remembered(request: HttpRequest) -> QueryDict:
    """What is asked by the address, with the whole postcode that its first half stands for, where it is known; or what
    was just sent and must be mended."""
    if request.method == "POST" and "words" in request.POST:
        return request.POST
    asked = request.GET.copy()
    kept = request.session.get(KEPT, "")
    if kept and asked.get("near", "").upper() == kept.split()[0]:
        asked["near"] = kept
    return asked
