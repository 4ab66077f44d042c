"""Our entries as services of Open Referral UK: what anyone may see on their pages, and nobody's name."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from whatmatters.directory.models import Feed, Group, Meeting, Place, Standing
from whatmatters.interop.open_referral.costs import cost_written
from whatmatters.interop.open_referral.places import place_written, places_of_group
from whatmatters.interop.open_referral.plain import line, plain
from whatmatters.interop.open_referral.provider import organization_written
from whatmatters.interop.open_referral.said import languages_written
from whatmatters.interop.open_referral.terms import (
    CARERS,
    CONDITIONS,
    JOINING,
    NEEDS,
    ROOM,
    SEX,
    SOURCE,
    Joining,
    attribute,
    made,
    others_written,
    term_of,
    term_written,
)
from whatmatters.interop.open_referral.times import schedules_written
from whatmatters.interop.open_referral.who import areas_written, eligibility_written

Json = dict[str, Any]
STATUSES = {
    Standing.ACTIVE: "active", Standing.PAUSED: "temporarily closed", Standing.CLOSED: "inactive",
}  # fmt: skip
NAMELESS = "No name"  # one of tags alone
NO_LICENCE = "The source has not said under which licence"


def licences() -> dict[str, str]:
    """What each source's entries are under."""
    return dict(Feed.objects.values_list("name", "licence"))


def service_short(group: Group) -> Json:
    """As ``compiled/service_list.json``: what there is one of."""
    return filled({
        "id": f"{group.uuid}", "name": line(group.name) or NAMELESS, "description": plain(group.about),
        "url": group.website, "email": group.email,
        "status": STATUSES[Standing(group.standing)], "minimum_age": group.age_from,
        "maximum_age": group.age_to, "assured_date": f"{group.last_verified}" if group.last_verified else None,
        "alert": line(group.notice), "last_modified": moment(modified(group)),
        "eligibility_description": eligibility_written(group), "application_process": line(group.joining),
        "wait_time": f"{group.wait_weeks} weeks" if group.wait_weeks is not None else None,
        "organization": filled(organization_written(group)),
    })  # fmt: skip


def service_full(group: Group, licence: dict[str, str]) -> Json:
    """As ``compiled/service.json``: with all that belongs to it."""
    of, places = f"{group.uuid}", places_of_group(group)
    schedules = [*schedules_written(group.meetings.all()), *_where(group)]
    for schedule, meeting in zip(schedules, group.meetings.all(), strict=False):
        schedule["service_at_location_id"] = _place_of(meeting)
    cost = cost_written(group)
    return filled({
        **service_short(group),
        "schedules": numbered(of, "schedule", schedules),
        "service_areas": numbered(of, "service_area", areas_written(group)),
        "service_at_locations": [link_written(place) for place in places],
        "languages": numbered(of, "language", languages_written(group)),
        "cost_options": numbered(of, "cost_option", [cost] if cost else []),
        "phones": numbered(of, "phone", [{"number": line(group.phone)}] if group.phone else []),
        "attributes": attributes_written(group, licence),
    })  # fmt: skip


def _where(group: Group) -> list[Json]:
    """Where and when in words, as a schedule of words alone."""
    words = line(group.where)
    return [{"description": words}] if words else []


def _place_of(meeting: Meeting) -> str | None:
    return f"{meeting.place.uuid}" if meeting.place else None


def link_written(place: Place) -> Json:
    """As ``service_at_location.json``."""
    return {"id": f"{place.uuid}", "location": filled(place_written(place))}


def placed_written(place: Place, licence: dict[str, str], *, full: bool) -> Json:
    """As ``compiled/service_at_location.json``, or, short, as ``service_at_location_list.json``: its service inside."""
    link = link_written(place)
    if full:
        service = service_full(place.group, licence)
        del service["service_at_locations"]  # it would hold this one again
        return {**link, "service": service}
    location = {name: value for name, value in link["location"].items() if not isinstance(value, list)}
    return {**link, "location": location, "service": service_short(place.group)}


def attributes_written(group: Group, licence: dict[str, str]) -> list[Json]:
    """Our own terms, those that it brought from elsewhere, and where it was read from."""
    joining = {
        Joining.ONLINE: group.online, Joining.NOT_ONLINE: group.online is False,
        Joining.HOME_VISITS: group.home_visits, Joining.NO_HOME_VISITS: group.home_visits is False,
    }  # fmt: skip
    ours = [
        *((NEEDS, need.value) for need in group.needs), *((CONDITIONS, one) for one in group.conditions),
        *((CARERS, one) for one in (group.carers,) if one),
        *((SEX, one) for one in (group.sex,) if one and group.sex_why),
        *((JOINING, one.value) for one, so in joining.items() if so), (ROOM, group.room.value),
    ]  # fmt: skip
    terms = [(taxonomy.key, term_written(term_of(taxonomy, value))) for taxonomy, value in ours]
    terms += [("taxonomy_term", term) for term in others_written(group.taxonomy)]
    if group.source:
        words = licence.get(group.source) or NO_LICENCE
        source = {"id": made("source", group.source), "name": group.source, "description": words, "taxonomy": SOURCE}
        terms.append(("source", {**source, "term": group.source}))
    return [attribute(group.uuid, link_type, term) for link_type, term in terms]


def modified(group: Group) -> datetime:
    """When what it says last changed: at its source, where nobody here has changed it since it was read."""
    origin = getattr(group, "origin", None)
    theirs = origin.modified if origin and origin.revision == group.revision else None
    return theirs or group.changed_at


def moment(at: datetime) -> str:
    """With milliseconds, as the profile asks."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def numbered(of: str, kind: str, rows: Iterable[Json]) -> list[Json]:
    """Each with an id that is the same whenever it is asked for."""
    return [filled({"id": made(of, kind, at), **row}) for at, row in enumerate(rows)]


def filled(given: Json) -> Json:
    """Without what is not known: the schemas know no null."""
    return {name: value for name, value in given.items() if value is not None and value not in ("", [])}
