"""Who a service is for and not for, and the area it serves, both ways."""

from typing import Any

from whatmatters.directory.models import Group, Sex
from whatmatters.interop.open_referral.cleaning import Clean
from whatmatters.interop.open_referral.findings import Kind, Notes
from whatmatters.interop.open_referral.plain import line

NOT_FOR = "Not for: "
OLDEST = 150  # years: beyond it a number means "no limit"
DISTRICTS = "postcode districts"


def who_of(service: Clean, sex: str, notes: Notes) -> dict[str, Any]:
    """``sex`` is what the terms say; only then is a reason for it looked for among the words."""
    only = f"{Sex(sex).label}: " if sex else ""
    words, never, why = list[str](), list[str](), list[str]()
    for said in service.get("eligibility_description", "").splitlines():
        if said.startswith(NOT_FOR):
            never.append(said.removeprefix(NOT_FOR).strip())
        elif only and said.startswith(only):
            words += why  # the last such said is the reason: an earlier one was somebody's words
            why = [said]
        elif said.strip():
            words.append(said.strip())
    return {
        "who_for": " ".join(words), "not_for": [one for one in never if one],
        "sex": sex if why else "", "sex_why": "".join(why).removeprefix(only).strip(), **_ages(service, notes),
    }  # fmt: skip


def _ages(service: Clean, notes: Notes) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for ours, name in (("age_from", "minimum_age"), ("age_to", "maximum_age")):
        age = service.get(name)
        if age is not None and not 0 <= age <= OLDEST:
            notes.add(name, Kind.VALUE, age, "taken as no limit")
            age = None
        found[ours] = None if age is None else int(age)
    youngest, oldest = found["age_from"], found["age_to"]
    if youngest is not None and oldest is not None and youngest > oldest:
        notes.add("minimum_age", Kind.VALUE, f"{youngest} to {oldest}", "both left out")
        return dict.fromkeys(found)
    return found


def area_of(service: Clean) -> dict[str, str]:
    areas = service.get("service_areas", [])
    words = [one.get("name") or one.get("service_area") or "" for one in areas if one.get("extent_type") != DISTRICTS]
    districts = [one.get("name", "") for one in areas if one.get("extent_type") == DISTRICTS]
    return {"area": "; ".join(_lines(words)), "outward": " ".join(" ".join(districts).upper().split())}


def _lines(words: list[str]) -> list[str]:
    return [one for one in dict.fromkeys(" ".join(text.split()) for text in words) if one]


def eligibility_written(group: Group) -> str:
    """Who it is for; for which sex alone and why; one line each of whom it cannot help."""
    lines = [group.who_for]
    if group.sex and group.sex_why:
        lines.append(f"{Sex(group.sex).label}: {group.sex_why}")
    lines += [NOT_FOR + one for one in group.not_for]
    written = [one for one in map(line, lines) if one]
    return "\n".join(sorted(written, key=lambda one: one.startswith(NOT_FOR)))  # whoever typed it, and wherever


def areas_written(group: Group) -> list[dict[str, Any]]:
    """As the profile's ``service_area.json``, without ids."""
    area, districts = (line(text) for text in (group.area, group.outward))
    found: list[dict[str, Any]] = [{"name": area, "service_area": area}] if area else []
    if districts:
        found.append({"name": districts.upper(), "service_area": districts.upper(), "extent_type": DISTRICTS})
    return found
