"""The languages of a service, its telephone, and how long one waits."""

import re
from typing import Any

from whatmatters.directory.languages import LANGUAGES, named, of_code
from whatmatters.directory.models import Group
from whatmatters.interop.open_referral.cleaning import Clean
from whatmatters.interop.open_referral.findings import AS_IT_IS, Kind, Notes
from whatmatters.interop.open_referral.plain import line

WEEKS = re.compile(r"(\d{1,3}) weeks?", re.IGNORECASE)


def languages_of(service: Clean, notes: Notes) -> str:
    """Their names, as the directory writes them; a name that it does not list is kept, a code alone is not."""
    found: list[str] = []
    for at, one in enumerate(service.get("languages", [])):
        name, code = one.get("name", ""), one.get("code", "")
        known = of_code(code) or of_code(code.split("-")[0])
        if not known and not name:
            notes.add(f"languages[{at}]", Kind.LANGUAGE, code or None)
            continue
        if not known and named(name)[0] not in LANGUAGES:
            notes.add(f"languages[{at}]", Kind.LANGUAGE, code or name, AS_IT_IS)
        found += named(name) if name else [known]
    return ", ".join(dict.fromkeys(found))


def languages_written(group: Group) -> list[dict[str, Any]]:
    """As HSDS's ``language.json``, without ids: the profile names no language, and without a name it says nothing."""
    return [{"name": name, "code": LANGUAGES.get(name) or None} for name in named(line(group.languages))]


def phone_of(service: Clean, notes: Notes) -> str:
    """The service's own; else of its organisation or a contact, whose name is not taken."""
    numbers = [one["number"] for one in service.get("phones", []) if "number" in one]
    if not numbers:
        others = [service.get("organization", {}), *service.get("contacts", [])]
        numbers = [one["number"] for other in others for one in other.get("phones", []) if "number" in one]
    if len(set(numbers)) > 1:
        notes.add("phones", Kind.NO_PLACE, f"{len(set(numbers))} numbers", "the first taken")
    return numbers[0].strip(" \"'") if numbers else ""


def wait_of(service: Clean, notes: Notes) -> dict[str, int]:
    said = service.get("wait_time", "")
    if not said:
        return {}
    if weeks := WEEKS.fullmatch(said.strip()):
        return {"wait_weeks": int(weeks[1])}
    notes.add("wait_time", Kind.NO_PLACE, said)
    return {}
