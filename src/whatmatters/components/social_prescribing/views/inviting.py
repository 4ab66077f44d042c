"""The named list of an offer, for the care team of the people on it alone; and each of them by themselves."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from whatmatters.access import audit
from whatmatters.access.gate import allows, granted
from whatmatters.components.social_prescribing.actions import NotAllowed, inviting, knowing, objecting
from whatmatters.components.social_prescribing.forms_offer import (
    InviteForm,
    KnownForm,
    LeaveOutForm,
    NoForm,
    ObjectionForm,
    OneInviteForm,
    PutBackForm,
    YesForm,
)
from whatmatters.components.social_prescribing.models import By, Listed, Objection, Offer, Standing, State
from whatmatters.components.social_prescribing.reaching import hindered, said
from whatmatters.components.social_prescribing.views.proactive import offers_for
from whatmatters.people.gate import about_me, about_person, acting, people_of
from whatmatters.people.mending import attempt, small_page
from whatmatters.people.models import Person
from whatmatters.web.forms import bound, page_with

OPEN = (State.LISTED, State.INVITED)


@allows("invite people")
@transaction.atomic
def offer_list(request: HttpRequest, offer: UUID) -> HttpResponse:
    """Those of the list whom the reader looks after, to tick and invite."""
    row = get_object_or_404(offers_for(granted(request), date.today()), uuid=offer)
    form = bound(InviteForm, request) if "make" not in request.POST else InviteForm()
    if "make" in request.POST:
        _make(request, row)
        return redirect("offer-list", row.uuid)
    if form.is_valid():
        if not (ticked := request.POST.getlist("who")):
            form.add_error(None, "Tick at least one person")
        else:
            _invite(request, row, ticked, form.cleaned_data)
            return redirect("offer-list", row.uuid)
    rows = list(_rows(request, row))
    audit.record("opened the list of an offer", by=acting(request), detail={"offer": row.pk, "people": len(rows)})
    out = hindered([one.person_id for one in rows if one.state in OPEN], row, date.today())
    context = {
        "row": row,
        "whom": said(row.reach),
        "lists": _laid_out(rows, out),
        "out": out,
        "today": date.today(),
        "wait": inviting.WAIT,
        "ticked": request.POST.getlist("who"),
        "letters": any(sent.how == By.LETTER for one in rows for sent in one.invitations.all()),
        "running": row.standing == Standing.AGREED,
    }
    return page_with(request, "social_prescribing/offer_list.jinja", form, context)


def _rows(request: HttpRequest, offer: Offer) -> QuerySet[Listed]:
    """Names only of those registered today where the reader works: whoever moved away is another team's."""
    mine = people_of(granted(request)).values("pk")
    return offer.listed.filter(person__in=mine).select_related("person").prefetch_related("invitations__letter")


def _laid_out(rows: list[Listed], out: dict[int, str]) -> list[tuple[str, str, list[Listed]]]:
    """Name, title and rows of each part of the list."""

    def those(*states: State, free: bool = True) -> list[Listed]:
        return [row for row in rows if row.state in states and (row.person_id not in out) == free]

    late = date.today() - inviting.WAIT
    waiting = those(State.INVITED)
    asked = {row.pk: inviting.reached(row) for row in waiting}
    lost = [row for row in waiting if list(row.invitations.all())[-1].lost and len(asked[row.pk]) < inviting.TWICE]
    again = [
        row for row in waiting if row not in lost and len(asked[row.pk]) < inviting.TWICE and asked[row.pk][-1] <= late
    ]
    return [
        ("listed", "To invite", those(State.LISTED)),
        ("lost", "The email did not arrive: invite in another way", lost),
        ("again", "No answer for two weeks: invite once more", again),
        ("invited", "Invited", [row for row in waiting if row not in again and row not in lost]),
        ("answered", "Answered", those(State.ACCEPTED, State.DECLINED, State.STOPPED)),
        ("out", "Not to be invited now", those(*OPEN, free=False)),
        ("excluded", "Left out by the care team", those(State.EXCLUDED)),
    ]


def _make(request: HttpRequest, row: Offer) -> None:
    try:
        made, out = inviting.make_list(offer=row, by=acting(request))
    except NotAllowed as refusal:
        messages.warning(request, refusal.messages[0])
        return
    passed = "".join(f"; {number} passed over: {why}" for why, number in sorted(out.items()))
    messages.success(request, f"{made} put on the list{passed}")


def _invite(request: HttpRequest, offer: Offer, ticked: list[str], facts: dict[str, Any]) -> None:
    """Each by themselves: one who cannot be invited holds up nobody."""
    rows = {str(row.uuid): row for row in _rows(request, offer)}
    done, refused = 0, Counter[str]()
    for row in (rows[one] for one in ticked if one in rows):
        try:
            with transaction.atomic():
                inviting.invite(listed=row, by=acting(request), **facts)
            done += 1
        except NotAllowed as refusal:
            refused[refusal.messages[0]] += 1
    messages.success(request, f"{done} invited")
    for why, number in refused.items():
        messages.warning(request, f"{number}: {why}")


@dataclass(frozen=True)
class Act:
    title: str
    button: str
    done: str
    form: type[Form]
    do: Callable[..., Any]


ACTS = {
    "invite": Act("Invite", "Save the invitation", "Invited", OneInviteForm, inviting.invite),
    "yes": Act(
        "They said yes", "Refer them", "Referred: the case is with the link workers", YesForm, inviting.said_yes
    ),
    "no": Act("They said no", "Save", "Saved: they are not asked again", NoForm, inviting.said_no),
    "leave-out": Act("Leave out", "Leave out", "Left out", LeaveOutForm, inviting.leave_out),
    "put-back": Act("Put back on the list", "Put back", "Put back", PutBackForm, inviting.put_back),
}


@about_person("invite people", "opened an invitation of a proactive offer")
def listed_act(request: HttpRequest, person: Person, listed: UUID, name: str) -> HttpResponse:
    row = get_object_or_404(Listed.objects.select_related("offer"), person=person, uuid=listed)
    act = ACTS.get(name)
    if act is None:
        raise Http404("No such act")
    form = bound(act.form, request, initial={"revision": row.revision, "need": row.offer.need})
    return small_page(
        request, person, form, partial(act.do, listed=row),
        title=act.title, button=act.button, done=act.done, back=reverse("offer-list", args=[row.offer.uuid]),
    )  # fmt: skip


@about_person("invite people", "looked at objections to invitations")
def objections(request: HttpRequest, person: Person) -> HttpResponse:
    """Whether they may be invited, and what they say of it."""
    here = reverse("objections", args=[person.uuid])
    if "back" in request.POST:
        row = get_object_or_404(Objection, person=person, taken_back=None, kind=request.POST["back"])
        objecting.take_back(objection=row, by=acting(request))
        messages.success(request, "Taken back: they may be invited again")
        return redirect(here)
    form = bound(ObjectionForm, request)
    facts = {"person": person, "by": acting(request)}
    if form.is_valid() and attempt(form, objecting.object_to, **facts, **form.cleaned_data):
        messages.success(request, "Recorded: they will not be invited")
        return redirect(here)
    context = {"person": person, "rows": person.objections.all(), "known": knowing.known(person)}
    return page_with(request, "social_prescribing/objections.jinja", form, context)


@about_person("invite people", "opened what is known of a person's life")
def know(request: HttpRequest, person: Person) -> HttpResponse:
    """Without it no rule finds them: offers go to people of whom something is recorded."""
    form = bound(KnownForm, request)
    return small_page(
        request, person, form, partial(knowing.know, person=person),
        title="What do you know of their life?", button="Save", done="Recorded",
        back=reverse("objections", args=[person.uuid]),
    )  # fmt: skip


@about_me("decide what is shown", "looked at own invitations")
def my_invitations(request: HttpRequest, person: Person) -> HttpResponse:
    """The person alone says whether they want to be invited, and needs no reason."""
    standing = {one.kind: one for one in objecting.in_force(person)}
    own = standing.get(Objection.Kind.ASKED)
    if request.method == "POST":  # says what is wanted: pressed twice, or on an old page, it stays as they said
        if request.POST.get("want") == "yes" and own:
            objecting.take_back(objection=own, by=acting(request))
        elif request.POST.get("want") == "no":
            objecting.object_to(person=person, kind=Objection.Kind.ASKED, by=acting(request))
        messages.success(request, "Saved")
        return redirect("my-invitations", person.uuid)
    context = {"person": person, "own": own, "national": Objection.Kind.NATIONAL in standing}
    return render(request, "social_prescribing/my_invitations.jinja", context)
