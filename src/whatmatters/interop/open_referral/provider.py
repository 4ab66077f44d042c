"""Who runs a service, both ways."""

from typing import Any

from whatmatters.directory.models import Group, Provider
from whatmatters.interop.open_referral.cleaning import Clean, clean
from whatmatters.interop.open_referral.findings import Kind, Notes
from whatmatters.interop.open_referral.plain import line, plain
from whatmatters.interop.open_referral.records import Gathered

NO_PLACE = ("logo", "uri", "organization_identifiers", "attributes", "phones", "contacts", "alternate_name")


def provider_of(service: Clean, gathered: Gathered, notes: Notes) -> dict[str, Any] | None:
    """Facts of ``Provider``; None where nobody is named, or it is the group itself (see ``organization_written``)."""
    organization = service.get("organization")
    known = gathered.organizations.get(service.get("organization_id", ""))
    if organization is None and known is not None:
        organization = clean("organization", {n: v for n, v in known.items() if n != "services"}, notes, "organization")
    if not organization or not organization.get("name"):
        if organization is not None or "organization_id" in service:
            notes.add("organization", Kind.DANGLING, service.get("organization_id"))
        return None
    for name in NO_PLACE:
        if name in organization:
            notes.add(f"organization.{name}", Kind.NO_PLACE)
    _check_parents(organization, gathered, notes)
    if organization.get("id") == service["id"]:
        return None
    return {
        "original_id": organization.get("id", ""), "name": organization["name"],
        "about": organization.get("description", ""), "email": organization.get("email", ""),
        "website": organization.get("website", ""),
    }  # fmt: skip


def _check_parents(organization: Clean, gathered: Gathered, notes: Notes) -> None:
    place = "organization.parent_organization_id"
    seen, at = {organization.get("id")}, organization.get("parent_organization_id")
    while isinstance(at, str) and at:
        if at in seen or at not in gathered.organizations:
            notes.add(place, Kind.CYCLE if at in seen else Kind.DANGLING, at)
            return
        seen.add(at)
        at = gathered.organizations[at].get("parent_organization_id")


def organization_written(group: Group) -> dict[str, Any]:
    """As the profile's ``organization_list.json``. A group that nobody else runs is its own, by its own id."""
    if group.provider is None:
        about = plain(group.about)
        return {"id": f"{group.uuid}", "name": line(group.name) or about, "description": about or line(group.name)}
    return provider_written(group.provider)


def provider_written(provider: Provider) -> dict[str, Any]:
    name = line(provider.name) or provider.name
    return {
        "id": f"{provider.uuid}", "name": name, "description": plain(provider.about) or name,
        "email": provider.email, "website": provider.website,
    }  # fmt: skip
