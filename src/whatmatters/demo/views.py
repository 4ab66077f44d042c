"""One click to be anyone: only where this room is installed and a second factor is not asked for."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from whatmatters.access.gate import public
from whatmatters.access.models import User
from whatmatters.access.sign_in import enter, leave
from whatmatters.demo import felt
from whatmatters.demo.doors import DOORS
from whatmatters.people.models import Person


@public
def tour(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/page.jinja")


@public
def answer(request: HttpRequest) -> HttpResponse:
    """To the page of someone in this year's audit who has not answered yet; nobody learns whom."""
    word = felt.link()
    return redirect("how-it-felt", word) if word else redirect("demo-tour")


@public
def at_night(request: HttpRequest) -> HttpResponse:
    """What the night doctor is told: of one invented person whose plan was shared with them, and one whose was not."""
    names = {"shared": ("Beverley", "Thundercliffe"), "not_shared": ("Rozhan", "Mustafa")}
    found = {key: Person.objects.filter(given_name=one, family_name=two).first() for key, (one, two) in names.items()}
    return render(request, "demo/at_night.jinja", found) if all(found.values()) else redirect("demo-tour")


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Leaves whoever was signed in, enters as the one chosen, and goes to where their work is."""
    door = DOORS.get(request.POST.get("as", ""))
    if settings.SECOND_FACTOR or door is None:
        raise Http404
    user = get_object_or_404(User, email=door.email)
    leave(request)
    enter(request, user)
    return redirect(door.to())
