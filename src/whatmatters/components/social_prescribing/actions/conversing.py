"""What is said in the conversation is written down, reworded, taken out, and kept from whom the person wishes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.roles import PERSON, roles_with
from whatmatters.components.social_prescribing.actions.moves import (
    NotAllowed,
    checked,
    completed,
    happened,
    in_life,
    only_while,
)
from whatmatters.components.social_prescribing.models import Audience, Entry, Hiding, Referral, Status
from whatmatters.components.social_prescribing.sections import NEEDS, SAFEGUARDING, SECTIONS, SUPPORT, Section
from whatmatters.events.codes import SP_NEED
from whatmatters.people.revisions import Stale, locked
from whatmatters.people.text import tidied

OPEN_TO_WORDS = (Status.RECEIVED, Status.ACCEPTED, Status.ACTIVE, Status.CLOSED)
FACTS = frozenset({"since", "until", "doer", "doer_name", "standing"})
WROTE, WROTE_SAFEGUARDING = "wrote in the conversation", audit.SAFEGUARDING_WRITTEN
SEE_SAFEGUARDING = "see safeguarding notes"


@transaction.atomic
def write(
    *, referral: Referral, section: str, by: Actor, choices: Iterable[str] = (), text: str = "",
    at: datetime | None = None, **facts: Any,
) -> list[Entry]:  # fmt: skip
    """An item for each choice, and one for the text; of one choice and a text, one item. Returns what was new.

    What already stands is not written twice, so that pressing twice changes nothing. ``facts``: since and until (days),
    doer, doer_name and standing of an action. ``at``: when it was said; now where nothing is given.
    """
    about = _section(section)
    row = _held(referral, about, by)
    standing = list(entries(row, section))
    known = {(entry.choice, entry.text) for entry in standing}
    added = []
    for choice, said in _items(list(dict.fromkeys(choices)), tidied(text)):
        if (choice, said) in known:
            continue
        entry = Entry(referral=row, section=section, choice=choice, text=said, at=at or timezone.now())
        added.append(_saved(entry, about, by, facts))
    _one_truth(about, standing, added, by)
    for entry in added:
        _tell(row, entry, by)
    return added


@transaction.atomic
def reword(*, entry: Entry, by: Actor, text: str = "", **facts: Any) -> Entry:
    """The same item in other words, or with other days; the earlier stay on file. Raises Stale where someone else
    has been there since."""
    about = _section(entry.section)
    row = _held(entry.referral, about, by)
    _newest(entry)
    if not (entry.choice or text.strip()):
        raise NotAllowed("Write something, or take it out")
    after = Entry(
        referral=row, section=entry.section, item=entry.item, follows=entry, choice=entry.choice,
        text=tidied(text), at=timezone.now(),
    )  # fmt: skip
    return _saved(after, about, by, facts)


@transaction.atomic
def strike(*, entry: Entry, by: Actor) -> Entry:
    """Taken out: it no longer stands, and is still on file."""
    about = _section(entry.section)
    row = _held(entry.referral, about, by)
    _newest(entry)
    return _struck(row, entry, by)


@transaction.atomic
def hide(*, referral: Referral, of: UUID, audience: str, hidden: bool, by: Actor) -> Hiding:
    """As the person asked: from now on it is kept from the audience, or no longer."""
    act = "kept a detail of the case from someone" if hidden else "showed a detail of the case again"
    about = {"referral": referral.pk, "of": str(of), "audience": audience}
    row = locked(referral, act, by=by, person=referral.person_id, detail=about)
    if audience not in Audience:
        raise NotAllowed("Choose from whom it is kept")
    if of not in details(row):
        raise NotAllowed("There is no such detail in this case")
    if by.role != PERSON and by.role not in roles_with("work referrals"):
        raise NotAllowed("Only the person, or the link worker whom they asked, decides this")
    last = row.hidings.filter(of=of, audience=audience).last()
    if last and last.hidden == hidden:
        return last
    return Hiding.objects.create(
        referral=row, of=of, audience=audience, hidden=hidden, by_name=by.name, by_role=by.role, at=timezone.now()
    )


def _items(choices: list[str], words: str) -> list[tuple[str, str]]:
    if len(choices) == 1:
        return [(choices[0], words)]
    return [*((choice, "") for choice in choices), *([("", words)] if words else [])]


def details(row: Referral) -> set[UUID]:
    """What of a case can be kept from someone: each item, each group told of or asked, and the whole."""
    written = row.entries.exclude(section=SAFEGUARDING).values_list("item", flat=True)
    groups = (*row.connections.values_list("uuid", flat=True), *row.enquiries.values_list("uuid", flat=True))
    return {row.uuid, *written, *groups}


def entries(row: Referral, section: str = "") -> Any:
    """What stands: the latest wording of each item that was not taken out."""
    found = Entry.objects.filter(referral=row, followed_by=None, struck=False)
    return found.filter(section=section) if section else found


def _section(name: str) -> Section:
    if name not in SECTIONS:
        raise NotAllowed("The conversation has no such section")
    return SECTIONS[name]


def _held(referral: Referral, about: Section, by: Actor) -> Referral:
    """The case, locked; its revision stays: items are told apart, so two may write at once."""
    secret = about.name == SAFEGUARDING
    if secret and by.role not in roles_with(SEE_SAFEGUARDING):
        raise NotAllowed("Your role does not see safeguarding notes")
    act, detail = WROTE_SAFEGUARDING if secret else WROTE, {"referral": referral.pk, "section": about.name}
    row = locked(referral, act, by=by, person=referral.person_id, detail=detail, also=("person", "episode"))
    only_while(row, *OPEN_TO_WORDS)
    return row


def _newest(entry: Entry) -> None:
    if entry.struck or Entry.objects.filter(follows=entry).exists():
        raise Stale("Someone else has changed this item since the page was opened")


def _saved(entry: Entry, about: Section, by: Actor, facts: dict[str, Any]) -> Entry:
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"An item carries no facts named {', '.join(sorted(unknown))}")
    if entry.choice and not about.words(entry.choice):
        raise NotAllowed("Choose from the list")
    if len(entry.text) > about.longest:
        raise NotAllowed(f"Write at most {about.longest} letters")
    for name, value in facts.items():
        setattr(entry, name, value.strip() if isinstance(value, str) else value)
    if entry.since and entry.since > date.today():
        raise NotAllowed("The day it began is still to come: enter today or an earlier day")
    if entry.since and entry.until and entry.until < entry.since:
        raise NotAllowed("It cannot end before it began: check the two days")
    entry.by_name, entry.by_role = by.name, by.role
    checked(entry).save()
    return entry


def _struck(row: Referral, entry: Entry, by: Actor) -> Entry:
    gone = Entry(
        referral=row, section=entry.section, item=entry.item, follows=entry, struck=True,
        by_name=by.name, by_role=by.role, at=timezone.now(),
    )  # fmt: skip
    gone.save()
    return gone


def _one_truth(about: Section, standing: list[Entry], added: list[Entry], by: Actor) -> None:
    """That there is none cannot stand beside one: a new one takes the "none" out, and "none" is refused beside one."""
    if not about.none or not added:
        return
    some = [entry for entry in added if entry.choice != about.none]
    if some and len(some) < len(added):
        raise NotAllowed(f"“{about.words(about.none)}” and something else cannot both be so: untick one")
    if some:
        for entry in standing:
            if entry.choice == about.none:
                _struck(entry.referral, entry, by)
    elif any(entry.choice != about.none for entry in standing):
        raise NotAllowed(f"Take out what stands here first, then say “{about.words(about.none)}”")


def _tell(row: Referral, entry: Entry, by: Actor) -> None:
    on = in_life(row, localtime(entry.at).date())
    if entry.section == NEEDS:
        happened(SP_NEED, row, on=on, by=by, detail=entry.choice)
    elif entry.section == SUPPORT:
        completed(row, on=on, by=by)
