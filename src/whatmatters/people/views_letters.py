"""E-mails that did not arrive, of the people whom the reader looks after."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted
from whatmatters.people import written
from whatmatters.people.gate import acting, people_of

MOST = 100
LONG = 18  # digits that no number of a row has


@allows(written.SEES)
@transaction.atomic
def lost_letters(request: HttpRequest) -> HttpResponse:
    rows = written.of_people(people_of(granted(request)))
    if request.method == "POST":
        number = request.POST.get("letter", "")
        if found := rows.filter(pk=number).first() if number.isdecimal() and len(number) < LONG else None:
            written.settle(written=found, by=acting(request))
            messages.success(request, "Seen to")
        else:  # a colleague was quicker
            messages.warning(request, "This is no longer on the list")
        return redirect("lost-letters")
    shown = list(rows[: MOST + 1])
    audit.record("opened the e-mails that did not arrive", by=acting(request), detail={"letters": len(shown)})
    return render(request, "people/lost_letters.jinja", {"rows": shown[:MOST], "more": len(shown) > MOST})
