"""What weighs on the person, as it was sent, beside what they said before; and asking for it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from whatmatters.components.care_planning import actions
from whatmatters.components.care_planning.concerns import area_of, areas
from whatmatters.components.care_planning.forms_concerns import AskForm
from whatmatters.components.care_planning.models import Checklist, Concern, Plan
from whatmatters.components.care_planning.rights import OF_CONCERNS, audience_of_role, hidden_from, lets_through
from whatmatters.components.care_planning.standing import NOT_TOLD
from whatmatters.components.care_planning.views.doors import around
from whatmatters.letters import address
from whatmatters.organisations.tree import in_force
from whatmatters.people.gate import about_me, about_person, acting
from whatmatters.people.mending import attempt
from whatmatters.people.models import Person
from whatmatters.people.models_wishes import Wish
from whatmatters.people.wishes import agrees
from whatmatters.web.forms import page_with

MAYBE_NOT_ALL_TOLD = "This may not be all that was told."
SEEN = "care_planning/concerns.jinja"


def told(person: Person) -> dict[str, Any]:
    """``sent`` (the list sent last, or None), ``before`` (the one before it), ``rows``: (concern, its area, what it
    scored before), and ``gone``: what was on their mind before and is no more. Four queries."""
    sent = list(person.checklists.filter(sent__isnull=False).order_by("-sent", "-pk")[:2])
    now, before = (*sent, None, None)[:2]
    scored = {one.key: one for one in before.concerns.all()} if before else {}
    rows: list[tuple[Concern, str, int | None]] = []
    for one in now.concerns.select_related("carried") if now else []:
        earlier = scored.pop(one.key, None)
        same = earlier is not None and earlier.words == one.words
        rows.append((one, area_of(one.key), earlier.score if earlier and same else None))
    return {"sent": now, "before": before, "rows": rows, "gone": [one for one in scored.values() if one.score]}


NOTHING: dict[str, Any] = {"sent": None, "before": None, "rows": [], "gone": [], "open": None}


def _seen(request: HttpRequest, person: Person) -> HttpResponse:
    """For the person and who acts for them: reading asks nothing. Whoever it is kept from sees it as if it had never
    been told, and whoever acts for them reads that this may be so, whether it is or not."""
    audience = audience_of_role(acting(request).role)
    hidden = hidden_from(Plan.objects.filter(person=person).first(), audience)
    seen = {**told(person), "open": _open(person)} if lets_through(hidden, OF_CONCERNS) else NOTHING
    note = MAYBE_NOT_ALL_TOLD if audience in NOT_TOLD else ""
    return render(request, SEEN, {**around(request, person), **seen, "note": note})


def _open(person: Person) -> Checklist | None:
    return person.checklists.filter(sent=None, withdrawn=None).first()


def _staff(request: HttpRequest, person: Person) -> HttpResponse:
    """As ``_seen``; and a press makes a link (shown once), posts it, or puts the open list away."""
    pressed, by = request.POST.get("do", ""), acting(request)
    form = AskForm(request.POST if pressed in {"email", "link"} else None, initial={"to": person.email})
    context = {**around(request, person), "form": form, "by_email": agrees(person, Wish.About.EMAIL)}
    if pressed == "away" and (row := _open(person)):
        actions.withdraw_concerns(checklist=row, by=by)
        return redirect(request.path)
    if form.is_valid():
        to = form.cleaned_data["to"] if pressed == "email" else ""
        if pressed == "email" and not to:
            form.add_error("to", "Enter an email address, or give the link another way")
        elif made := attempt(form, actions.ask_concerns, person=person, by=by, to=to):
            context["new"] = "" if to else address.of("concerns-by-link", made[1])
            context["posted"] = to
    return page_with(request, SEEN, form, {**context, **told(person), "open": _open(person)})


@require_POST
def _letter(request: HttpRequest, person: Person) -> HttpResponse:
    """To print and give or send; the word stands on it and nowhere else, so that it is shown this once."""
    row, word = actions.ask_concerns(person=person, by=acting(request), printed=True)
    stay = person.registrations.filter(in_force(date.today())).select_related("practice").first()
    context = {
        **around(request, person), "word": word, "row": row, "where": address.of("concerns-word"), "areas": areas(),
        "practice": stay.practice.name if stay else "",
    }  # fmt: skip
    return render(request, "care_planning/concerns_letter.jinja", context)


concerns = about_person("write a plan", "saw the concerns")(_staff)
letter = about_person("write a plan", "made a letter about concerns")(_letter)
my_concerns = about_me("see my record", "saw the concerns", scope="may_see_plan")(_seen)
