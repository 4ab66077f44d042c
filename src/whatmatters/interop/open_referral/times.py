"""Schedules of Open Referral (RFC 5545) and our meetings, both ways."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from whatmatters.directory.models import Meeting
from whatmatters.interop.open_referral.cleaning import MOST, Clean
from whatmatters.interop.open_referral.findings import AS_IT_IS, Kind, Notes
from whatmatters.interop.open_referral.plain import line

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PART = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
LONGEST_NOTE = 200


def meetings_of(schedule: Clean, notes: Notes, at: str) -> list[dict[str, Any]]:
    """The days of the week it speaks of, as facts of ``Meeting`` without a place; none where it is words alone."""
    days = _days(schedule, notes, at)
    if not days:
        return []
    first = schedule.get("valid_from") or schedule.get("dtstart")
    last = schedule.get("valid_to") or schedule.get("until")
    if first and last and first > last:
        notes.add(f"{at}.valid_to", Kind.DATE, f"{first} to {last}", "both left out")
        first = last = None
    elif last and last < date.today():
        notes.add(f"{at}.valid_to", Kind.OVER, f"{last}", AS_IT_IS)
    if first and first == last and first.weekday() not in days:
        notes.add(f"{at}.byday", Kind.VALUE, f"{first}", "kept in words: this date is not on the day said")
        return []
    usual = {
        "opens": schedule.get("opens_at"), "closes": schedule.get("closes_at"), "first": first, "last": last,
        "every": _every(schedule, first, notes, at), "note": _note(schedule, notes, at),
        "original_id": schedule.get("id", ""),
    }  # fmt: skip
    if first and first == last:
        days = {first.weekday(): ""}
    return [{**usual, "weekday": weekday, "in_month": in_month} for weekday, in_month in sorted(days.items())]


def _days(schedule: Clean, notes: Notes, at: str) -> dict[int, str]:
    """Weekday to which of the month they are, as Meeting holds it: "" = each week."""
    monthly = schedule.get("freq") == "MONTHLY"
    if "bymonthday" in schedule:
        notes.add(f"{at}.bymonthday", Kind.NO_PLACE, schedule["bymonthday"])
    if "byday" not in schedule:
        began = schedule.get("dtstart") or schedule.get("valid_from")
        return {began.weekday(): ""} if began and schedule.get("freq") == "WEEKLY" else {}
    found: dict[int, set[str]] = defaultdict(set)
    for part in re.split(r"[,\s]+", schedule["byday"].upper().strip(", ")):
        read = PART.fullmatch(part)
        which = read[1].lstrip("+") if read and read[1] else ""
        if not read or (monthly and which not in "12345") or (monthly and not which):
            notes.add(f"{at}.byday", Kind.VALUE, part, "kept in words, where there are any")
            continue
        found[DAYS.index(read[2])].add(which if monthly else "")
    return {weekday: "".join(sorted(which)) for weekday, which in found.items()}


def _every(schedule: Clean, first: date | None, notes: Notes, at: str) -> int:
    interval = schedule.get("interval", 1)
    if interval == int(interval) and 1 <= interval <= 52 and (interval == 1 or first):
        return int(interval)
    why = "taken as 1: no day says which weeks" if 1 <= interval <= 52 else "taken as 1"
    notes.add(f"{at}.interval", Kind.VALUE, interval, why)
    return 1


def _note(schedule: Clean, notes: Notes, at: str) -> str:
    text = said(schedule)
    if len(text) > LONGEST_NOTE:
        notes.add(f"{at}.description", Kind.LONG, text, f"cut to {LONGEST_NOTE} letters")
    return text[:LONGEST_NOTE].strip()


def said(schedule: Clean) -> str:
    """What a schedule says in words."""
    return " ".join(" ".join(schedule[name] for name in ("description", "notes") if name in schedule).split())


def schedules_written(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """As the profile's ``schedule.json``, without ids; each with ``place`` for whoever knows the place's id."""
    return [_written(meeting) for meeting in meetings]


def _written(meeting: Meeting) -> dict[str, Any]:
    day = DAYS[meeting.weekday]
    monthly = bool(meeting.in_month)
    first, last = meeting.first, meeting.last
    return {
        "valid_from": f"{first}" if first else None, "valid_to": f"{last}" if last else None,
        "dtstart": f"{first}" if first else None, "freq": "MONTHLY" if monthly else "WEEKLY",
        "interval": meeting.every,
        "byday": ",".join(f"{which}{day}" for which in sorted(set(meeting.in_month))) if monthly else day,
        "description": line(meeting.note),
        "opens_at": f"{meeting.opens:%H:%M}:00" if meeting.opens else None,
        "closes_at": f"{meeting.closes:%H:%M}:00" if meeting.closes else None,
    }  # fmt: skip


def where_and_when(service: Clean, notes: Notes, numbers: dict[str, int]) -> tuple[list[dict[str, Any]], str]:
    """All meetings, each with the number of its place (``numbers``: by id of service at location), and words beside."""
    found: list[dict[str, Any]] = []
    words: list[str] = []
    for at, schedule, place in _schedules(service, notes):
        link = schedule.get("service_at_location_id", place)
        if link and link not in numbers:
            notes.add(f"{at}.service_at_location_id", Kind.DANGLING, link, AS_IT_IS)
        meetings = meetings_of(schedule, notes, at)
        found += [{**meeting, "place": numbers.get(link)} for meeting in meetings]
        if not meetings and said(schedule):
            words.append(said(schedule))
    if len(found) > MOST:
        notes.add("schedules", Kind.LONG, f"{len(found)} meetings", f"the first {MOST} taken")
    return found[:MOST], "; ".join(dict.fromkeys(words))


def _schedules(service: Clean, notes: Notes) -> Iterator[tuple[str, Clean, str]]:
    """Of the service and of its places; where it stands, and the id of the place."""
    for at, schedule in enumerate(service.get("schedules", [])):
        yield f"schedules[{at}]", schedule, ""
    for at, link in enumerate(service.get("service_at_locations", [])):
        for inside, schedule in enumerate(link.get("schedules", [])):
            yield f"service_at_locations[{at}].schedules[{inside}]", schedule, link.get("id", "")
        if "schedules" in link.get("location", {}):
            notes.add(f"service_at_locations[{at}].location.schedules", Kind.NO_PLACE, "when the building is open")
