"""A plan from a document of ours or another's: the exact opposite of ``document``."""

from datetime import datetime

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from whatmatters.components.care_planning.standard import CURRENT, FOLDER, tree
from whatmatters.interop.fhir import patient
from whatmatters.interop.fhir.names import ODS, Json, code_of, first, own_id
from whatmatters.interop.fhir.plan import document
from whatmatters.interop.fhir.plan.entries import Entries, NotAPlan
from whatmatters.interop.fhir.plan.resources import ABOUT_ME, STANDARD
from whatmatters.interop.fhir.plan.sound import fault
from whatmatters.interop.fhir.plan.told import Author, Path, Telling
from whatmatters.interop.fhir.told import Place, Who
from whatmatters.web import strict_json

MOST = 5_000  # resources; a full plan of ours has a few hundred


def read(raw: bytes | str) -> Telling:
    """Raises NotAPlan. From another system too, as far as it says whose plan it is, by whom and when."""
    try:
        whole = strict_json.decode(raw)
        entries = whole.get("entry") if isinstance(whole, dict) else None
        if isinstance(entries, list) and len(entries) > MOST:
            raise NotAPlan(f"it has more than {MOST:,} resources: send one plan a file")
        Bundle.model_validate(whole)
    except strict_json.NotJson as wrong:
        raise NotAPlan(f"it is not JSON: {wrong}") from None
    except ValidationError as wrong:
        where = ".".join(str(part) for part in wrong.errors()[0]["loc"])
        raise NotAPlan(f"it is not a FHIR R4 Bundle: {where}: {wrong.errors()[0]['type']}") from None
    except (KeyError, TypeError):  # how the library meets a resourceType that R4 does not have
        raise NotAPlan("it is not a FHIR R4 Bundle: an entry has a resourceType that R4 does not know") from None
    _unbroken(whole.get("entry") or [])
    entries = Entries(whole)
    return _told(entries, entries.only("Composition") if whole["type"] == "document" else {})


def _unbroken(entries: list[Json]) -> None:
    """What carries a digest of ours is as it was made."""
    last = entries[-1].get("resource", {}) if entries else {}
    sealed = next((one for one in last.get("extension", []) if one.get("url") == document.DIGEST), None)
    if sealed and sealed.get("valueString") != document.digest(entries[:-1]):
        raise NotAPlan("it was changed or cut since it was made (its SHA-256 differs): ask its source to send it again")


def _told(entries: Entries, composition: Json) -> Telling:
    main = entries.main
    standard = _standard(main)
    who = _who(entries)
    values = entries.values(tree(standard), who)
    if wrong := fault(tree(standard), values):
        raise NotAPlan(wrong)
    return Telling(
        id=own_id(main) or first(main.get("identifier")).get("value", ""),
        who=who,
        values=values,
        standard=standard,
        state=_state(composition, main),
        number=_number(main),
        made=_made(composition, main),
        keeper=_keeper(composition),
        written=_written(entries),
        partial=composition.get("confidentiality") == "R",
    )


def _standard(main: Json) -> str:
    named = [one.removeprefix(STANDARD) for one in main.get("instantiatesUri", []) if one.startswith(STANDARD)]
    known = sorted(file.stem.removeprefix("standard_") for file in FOLDER.glob("standard_*.toml"))
    if named and named[0] not in known:
        raise NotAPlan(
            "CarePlan.instantiatesUri: it follows a version of the plan standard that is not known here: "
            f"ask for {' or '.join(known)}"
        )
    return named[0] if named else CURRENT


def _who(entries: Entries) -> Who:
    person = entries.only("Patient")
    try:
        return patient.read(person, own_id(person) or entries.address_of(person))
    except KeyError as missing:
        raise NotAPlan(f"Patient.{missing.args[0]} is missing: it must say whose plan it is") from None
    except ValueError:
        raise NotAPlan("Patient.birthDate or deceasedDateTime is not a whole day: send year, month and day") from None


def _state(composition: Json, main: Json) -> str:
    if main["status"] == "draft" or composition.get("status") == "preliminary":
        return "draft"
    replaced = main["status"] in ("revoked", "entered-in-error") or composition.get("status") == "entered-in-error"
    return "superseded" if replaced else "agreed"


def _number(main: Json) -> int:
    digits = main.get("title", "").rpartition("version ")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0


def _made(composition: Json, main: Json) -> datetime:
    said = composition.get("date") or main.get("created") or main.get("period", {}).get("start") or ""
    try:
        return datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        raise NotAPlan("Composition.date is missing or not a whole day: it must say when the plan was made") from None


def _keeper(composition: Json) -> Place:
    """The organisation that keeps the plan: by reference with its name, as we write it."""
    said = composition.get("custodian", {})
    identifier = said.get("identifier", {})
    return Place(identifier.get("value", "") if identifier.get("system") == ODS else "", said.get("display", ""))


def _written(entries: Entries) -> dict[Path, Author]:
    found: dict[Path, Author] = {}
    for one in entries.every("Provenance"):
        agent = first(one.get("agent"))
        role = next((code for said in agent.get("role", []) if (code := code_of(said, document.ROLE))), "")
        if not role:
            continue
        author = Author(
            agent["who"].get("display", ""), role, datetime.fromisoformat(one["recorded"].replace("Z", "+00:00"))
        )
        for target in one["target"]:
            path = entries.paths.get(entries.resolved(target.get("reference", "")))
            if path == ABOUT_ME and (element := first(target.get("extension")).get("valueUri")):
                path = (*ABOUT_ME, element)
            if path:
                found[path] = author
    return found
