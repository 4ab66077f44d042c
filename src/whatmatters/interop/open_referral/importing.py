"""``import directory``: saved answers of Open Referral in, all of them or none, with a report of what was amiss."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.interop.imports.refusals import ImportRefused
from whatmatters.interop.open_referral import values
from whatmatters.interop.open_referral.entry import Entry, entry_of
from whatmatters.interop.open_referral.fields import IDENTITY
from whatmatters.interop.open_referral.files import Document, documents
from whatmatters.interop.open_referral.findings import Kind, Notes, Report
from whatmatters.interop.open_referral.records import Gathered, gather
from whatmatters.interop.open_referral.saving import Summary, mark_gone, save

SOURCE = "Open Referral UK"  # where nobody says from where


@dataclass
class Done:
    summary: Summary
    report: Report = field(default_factory=Report)
    whole: bool = False


def import_directory(
    paths: Sequence[Path], *, by: Actor, source: str = "", licence: str = "", tell: Callable[[str], None] = print
) -> Done:
    """Raises ImportRefused; then nothing has changed. Only a named ``source`` of which all is there loses services."""
    if len(source) > 100 or len(licence) > 200:
        raise ImportRefused("The name of the source may have 100 letters, that of the licence 200: shorten it")
    tell("Reading the files")
    return take(documents(paths), by=by, source=source, licence=licence, tell=tell)


def take(
    read: Sequence[Document], *, by: Actor, source: str = "", licence: str = "", tell: Callable[[str], None] = print
) -> Done:
    """``import_directory`` of what is read already."""
    report, named = Report(), source or SOURCE
    gathered = gather(read, report)
    if not gathered.services:
        raise ImportRefused(
            "No service was found in the files: an answer of /services, or of /services/{id}, is expected"
        )
    tell(f"Looking at {len(gathered.services):,} services")
    entries, there = _entries(gathered, report)
    tell("Saving")
    with transaction.atomic():
        detail = {"source": named, "services": len(gathered.services)}
        audit.record("imported a directory", by=by, detail=detail)
        summary = save(entries, named, licence, by)
        if source and gathered.whole:
            summary.gone = mark_gone(source, there, report)
    summary.left_out += len(gathered.services) - len(entries)
    return Done(summary, report, gathered.whole)


def _entries(gathered: Gathered, report: Report) -> tuple[list[tuple[Entry, Notes]], set[str]]:
    """Each service once, and the ids of all that are there, readable or not."""
    entries: dict[str, tuple[Entry, Notes]] = {}
    there: set[str] = set()
    for one, (file, raw) in gathered.services.items():
        name = raw["name"] if isinstance(raw.get("name"), str) else ""
        notes = report.about(file, one[:100], name[:100])
        there.add(values.read(IDENTITY, one)[0] or one)
        entry = entry_of(raw, gathered, notes)
        if entry and entry.id in entries:
            notes.add("id", Kind.DUPLICATE, done="service left out: the first of that id is taken")
        elif entry:
            entries[entry.id] = (entry, notes)
    return list(entries.values()), there
