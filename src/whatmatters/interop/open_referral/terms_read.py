"""The attributes of a service: our own terms understood, those of others kept beside the entry."""

from typing import Any

from whatmatters.directory.needs import Need
from whatmatters.interop.open_referral.cleaning import Clean, clean
from whatmatters.interop.open_referral.findings import Kind, Notes
from whatmatters.interop.open_referral.needs_by_words import guessed
from whatmatters.interop.open_referral.records import Gathered
from whatmatters.interop.open_referral.terms import (
    CARERS,
    CONDITIONS,
    JOINING,
    NEEDS,
    ROOM,
    SEX,
    TERMS,
    Joining,
    Taxonomy,
    made,
)

YES_AND_NO = {
    "online": {Joining.ONLINE: True, Joining.NOT_ONLINE: False},
    "home_visits": {Joining.HOME_VISITS: True, Joining.NO_HOME_VISITS: False},
}


def terms_of(service: Clean, about: str, gathered: Gathered, notes: Notes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Facts of ``Group``, and those that only a new entry takes: whether there is room is the group's to say here."""
    ours: dict[Taxonomy, list[str]] = {}
    others: list[dict[str, str]] = []
    for at, attribute in enumerate(service.get("attributes", [])):
        term = _term(attribute, gathered, notes, f"attributes[{at}]")
        if term is None:
            continue
        if known := TERMS.get(term.get("id", "")):
            ours.setdefault(known.taxonomy, []).append(known.value)
        else:
            others.append(_other(term, gathered, notes, f"attributes[{at}].taxonomy_term"))
    needs = ours.get(NEEDS) or [_guess(service, about, others, notes)]
    joining = ours.get(JOINING, [])
    facts: dict[str, Any] = {
        "kind": needs[0], "also": [need for need in dict.fromkeys(needs) if need != needs[0]],
        "conditions": list(dict.fromkeys(ours.get(CONDITIONS, []))), "carers": ours.get(CARERS, [""])[0],
        "sex": ours.get(SEX, [""])[0], "taxonomy": list({one["id"]: one for one in others}.values()),
    }  # fmt: skip
    for name, meanings in YES_AND_NO.items():
        facts[name] = next((meanings[Joining(one)] for one in joining if one in meanings), None)
    return facts, {"capacity": ours[ROOM][0]} if ROOM in ours else {}


def _term(attribute: Clean, gathered: Gathered, notes: Notes, at: str) -> Clean | None:
    if term := attribute.get("taxonomy_term"):
        return dict(term)
    known = gathered.terms.get(attribute.get("taxonomy_term_id", ""))
    if known is not None:
        return clean("taxonomy_term", known, notes, f"{at}.taxonomy_term")
    if attribute.get("taxonomy_term_id") in TERMS:
        return {"id": attribute["taxonomy_term_id"]}
    if words := attribute.get("value") or attribute.get("label"):
        return {"name": words}
    notes.add(at, Kind.DANGLING, attribute.get("taxonomy_term_id"))
    return None


def _other(term: Clean, gathered: Gathered, notes: Notes, at: str) -> dict[str, str]:
    name = (term.get("name") or term.get("term") or term.get("id", ""))[:100]
    vocabulary = term.get("taxonomy", "")[:100]
    kept = {"vocabulary": vocabulary, "id": term.get("id") or made(vocabulary, name), "name": name}
    if (more := term.get("description", "")[:300]) and more != name:
        kept["description"] = more
    _check_parents(term, gathered, notes, at)
    return kept


def _check_parents(term: Clean, gathered: Gathered, notes: Notes, at: str) -> None:
    seen, parent = {term.get("id")}, term.get("parent_id")
    while isinstance(parent, str) and parent:
        if parent in seen or parent not in gathered.terms:
            notes.add(f"{at}.parent_id", Kind.CYCLE if parent in seen else Kind.DANGLING, parent)
            return
        seen.add(parent)
        parent = gathered.terms[parent].get("parent_id")


def _guess(service: Clean, about: str, others: list[dict[str, str]], notes: Notes) -> Need:
    found = guessed(" ".join(one["name"] for one in others), service["name"], about)
    done = f"taken as {found.label!r} from its words" if found else f"taken as {Need.OTHER.label!r}"
    notes.add("attributes", Kind.VALUE, ", ".join(one["name"] for one in others) or None, done)
    return found or Need.OTHER
