"""Makes the directory say what a source says, in one transaction: new, changed, kept, gone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from whatmatters.access.actors import Actor
from whatmatters.directory import actions
from whatmatters.directory.models import Feed, Group, Meeting, Origin, Place, Standing
from whatmatters.directory.vocabulary import learn
from whatmatters.directory.wording import text_of
from whatmatters.interop.open_referral.building import Built, Ids, amiss, batches, built, digest, placed
from whatmatters.interop.open_referral.entry import Entry
from whatmatters.interop.open_referral.findings import Kind, Notes, Report
from whatmatters.interop.open_referral.providers import key_of, save_providers

AS_HERE = "left as it is here"


@dataclass
class Summary:
    """Services of the source: how many became what."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    left_out: int = 0
    gone: int = 0


@dataclass
class Save:
    """One import. ``held``: the source's groups here, by their id there."""

    source: str
    by: Actor
    held: dict[str, Group]
    groups: Ids
    places: Ids
    providers: dict[Any, Any]
    summary: Summary = field(default_factory=Summary)
    new: list[Built] = field(default_factory=list)


def save(entries: Sequence[tuple[Entry, Notes]], source: str, licence: str, by: Actor) -> Summary:
    """To be called within a transaction."""
    feed = {"read_on": date.today(), **({"licence": licence} if licence else {})}
    Feed.objects.update_or_create(name=source, defaults=feed, create_defaults={"licence": "", **feed})
    held = Group.objects.filter(source=source).exclude(original_id="").select_related("origin").defer("words", "about")
    run = Save(
        source, by, {group.original_id: group for group in held},
        Ids(Group, [entry.id for entry, _ in entries]),
        Ids(Place, [place["original_link"] for entry, _ in entries for place in entry.places]),
        save_providers([entry for entry, _ in entries], source),
    )  # fmt: skip
    ours = {f"{uuid}" for uuid in Group.objects.filter(source="").values_list("uuid", flat=True)}
    for entry, notes in entries:
        if entry.id in ours:
            notes.add("id", Kind.DUPLICATE, done="left out: it is an entry of our own")
            run.summary.left_out += 1
        elif entry.id in run.held:
            _again(run, run.held[entry.id], entry, notes)
        else:
            _first(run, entry, notes)
    _create(run)
    return run.summary


def _facts(run: Save, entry: Entry) -> dict[str, Any]:
    return {"provider": run.providers[key_of(entry.provider)] if entry.provider else None}


def _first(run: Save, entry: Entry, notes: Notes) -> None:
    if entry.facts["standing"] == Standing.CLOSED:
        notes.add("status", Kind.CLOSED, done="service left out: it does not run")
        run.summary.left_out += 1
        return
    uuid = run.groups.give(entry.id, run.source, "service")
    facts = {"uuid": uuid, "source": run.source, "original_id": entry.id, "last_verified": entry.assured}
    try:
        run.new.append(built(entry, placed(entry, uuid, run.places), **facts, **_facts(run, entry)))
        run.summary.new += 1
    except ValidationError as error:
        _refused(run, error, notes, "service left out")


def _refused(run: Save, error: ValidationError, notes: Notes, done: str) -> None:
    notes.add("", Kind.VALUE, amiss(error), done)
    run.summary.left_out += 1


def _again(run: Save, group: Group, entry: Entry, notes: Notes) -> None:
    origin, now = getattr(group, "origin", None), digest(entry)
    if origin and origin.digest == now and not origin.gone_on:
        run.summary.unchanged += 1
    elif origin and _ours_is_later(group, origin, entry):
        notes.add("", Kind.KEPT, f"{group.last_verified or group.changed_at:%Y-%m-%d}", AS_HERE)
        run.summary.kept += 1
    else:
        _change(run, group, entry, notes)


def _ours_is_later(group: Group, origin: Origin, entry: Entry) -> bool:
    """Somebody here checked or changed it after the day on which the source says that it looked."""
    said, checked = entry.said_on or date.min, group.last_verified
    if checked and checked != origin.verified and checked > said:
        return True
    return group.revision != origin.revision and group.changed_at.date() > said


def _change(run: Save, group: Group, entry: Entry, notes: Notes) -> None:
    own = set(group.places.values_list("uuid", flat=True))
    days = [day for day in (group.last_verified, entry.assured) if day]
    facts = {**entry.facts, **_facts(run, entry), "last_verified": max(days, default=None)}
    places = placed(entry, group.uuid, run.places, own)
    try:
        actions.change(group=group, by=run.by, revision=group.revision, places=places, meetings=entry.meetings, **facts)
    except ValidationError as error:
        _refused(run, error, notes, AS_HERE)
        return
    Origin.objects.update_or_create(group=group, defaults=_said(entry, group))
    run.summary.changed += 1


def _said(entry: Entry, group: Group) -> dict[str, Any]:
    return {
        "digest": digest(entry), "said_on": entry.said_on, "modified": entry.modified, "revision": group.revision,
        "verified": group.last_verified, "gone_on": None,
    }  # fmt: skip


def _create(run: Save) -> None:
    """The new ones, a few hundred in a statement; the words that they brought are learned once, for all."""
    words: set[str] = set()
    for some in batches(run.new):
        for one in some:
            one.group.words = text_of(one.group, one.places, one.meetings)
            words |= set(one.group.words.split())
            for row in (*one.places, *one.meetings):
                row.group = one.group
        Group.objects.bulk_create([one.group for one in some])
        for row in (row for one in some for row in (*one.places, *one.meetings)):
            row.group = row.group  # its id is known now
        Place.objects.bulk_create([place for one in some for place in one.places])
        for meeting in (meeting for one in some for meeting in one.meetings):
            meeting.place = meeting.place
        Meeting.objects.bulk_create([meeting for one in some for meeting in one.meetings])
        Origin.objects.bulk_create([Origin(group=one.group, **_said(one.entry, one.group)) for one in some])
    learn(words)


def mark_gone(source: str, there: set[str], report: Report) -> int:
    """Those that the source no longer lists; none where over half are missing, for then the file is not whole."""
    held = Group.objects.filter(source=source, origin__gone_on=None).exclude(original_id="").select_related("origin")
    gone = [group for group in held.defer("words", "about") if group.original_id not in there]
    if len(gone) > 20 and 2 * len(gone) > len(held):
        found = f"{len(gone)} of {len(held)}"
        report.about("").add("", Kind.GONE, found, "none was marked: is the source whole?")
        return 0
    for group in gone:
        later = group.last_verified is not None and group.last_verified != group.origin.verified
        done = f"{AS_HERE}: it was checked here" if later else "marked, and shown with a note"
        report.about("", group.original_id, group.name).add("", Kind.GONE, done=done)
        Origin.objects.filter(pk=group.origin.pk).update(gone_on=date.today())
        if not later and not group.notice:
            Group.objects.filter(pk=group.pk).update(notice=f"{source} no longer lists this: ask before you go"[:300])
    return len(gone)
