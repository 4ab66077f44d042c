"""The resources of a plan: a walk along the standard's list, on which each entry with a place becomes one."""

from copy import deepcopy
from typing import Any

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.standard import Field, tree
from whatmatters.interop.fhir.names import ODS, OURS, Json, held, link, profile, with_id
from whatmatters.interop.fhir.plan import about_me, person
from whatmatters.interop.fhir.plan.elements import put, spread
from whatmatters.interop.fhir.plan.places import ACTIONS, GOALS, MAIN, PART_OF, PLACES, PRACTICE, Place
from whatmatters.interop.fhir.plan.told import Path, Telling
from whatmatters.interop.fhir.plan.values import extensions

DEMOGRAPHICS, ABOUT_ME = ("person_demographics",), ("about_me", "about_me_record_entry")
STANDARD = f"{OURS}standard:pcsp-"
STATES = {"draft": "draft", "agreed": "active", "superseded": "revoked"}
PROPOSED = {"draft": "proposed"}  # a goal nobody has said of how it stands: active, but in a draft
TASKS = {"in-progress": "in-progress", "completed": "completed", "on-hold": "on-hold", "stopped": "cancelled"}
ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
ABSENT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}
WITHOUT_PROFILE = frozenset({"Goal", "ClinicalImpression"})  # UK Core has none


class Resources:
    """``found`` in order, by address; ``at`` the address of each by where its entry stands; ``of`` those of a part."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.who = person.who_of(telling.values[DEMOGRAPHICS[0]], telling.who)
        self.patient = {"reference": link("Patient", self.who.id)}
        self.found: list[tuple[str, Json]] = []
        self.at: dict[Path, str] = {}
        self.of: dict[str, list[str]] = {}
        for part in tree(telling.standard).children:
            if part.key not in (DEMOGRAPHICS[0], MAIN[0]) and part.key in telling.values:
                self._part(part, (part.key,), telling.values, "")
        self._main(tree(telling.standard))
        self._person(tree(telling.standard).child(DEMOGRAPHICS[0]))

    def address(self, path: Path) -> str:
        return link("plan", "/".join(map(str, (self.telling.id, *path))))

    def _add(self, path: Path, resource: Json, address: str = "") -> None:
        kind = resource["resourceType"]
        if kind not in WITHOUT_PROFILE:
            resource["meta"] = profile(kind)
        self.at[path] = address or self.address(path)
        self.of.setdefault(str(path[0]), []).append(self.at[path])
        self.found.append((self.at[path], resource))

    def _part(self, part: Field, path: Path, values: Json, up: str) -> None:
        """The entries of a part, and of what stands in it. ``up``: the address of the entry above."""
        keys = tuple(key for key in path if isinstance(key, str))
        if keys == ABOUT_ME:
            self._add(path, about_me.write(part, values[part.key], self.who.id))
        elif place := PLACES.get(keys):
            several = values[part.key] if part.many else [values[part.key]]
            for number, entry in enumerate(several):
                self._entry(part, place, (*path, number) if part.many else path, entry, up)
        elif part.group and not part.many:
            for child in part.children:
                if child.key in values[part.key]:
                    self._part(child, (*path, child.key), values[part.key], up)

    def _entry(self, part: Field, place: Place, path: Path, entry: Json, up: str) -> None:
        keys = tuple(key for key in path if isinstance(key, str))
        apart = frozenset(child.key for child in part.children if (*keys, child.key) in PLACES)
        resource: Json = {"resourceType": place.resource, **deepcopy(place.always)}
        beside = spread(part, entry, place.puts, resource, without=apart)
        if place.about:
            resource[place.about] = self.patient
        if up and place.up == PART_OF:
            beside.append({"url": PART_OF, "valueReference": {"reference": up}})
        elif up and place.up:
            put(resource, place.up, {"reference": up})
        if beside:
            resource["extension"] = beside
        resource.setdefault("identifier", []).extend(
            with_id(self.address(path).removeprefix("urn:uuid:"))["identifier"]
        )
        _completed(keys, resource, entry, self.telling.state)
        self._add(path, resource)
        for child in part.children:
            if child.key in apart and child.key in entry:
                self._part(child, (*path, child.key), entry, self.at[path])

    def _main(self, whole: Field) -> None:
        """The CarePlan itself, there even where nothing is said in it; parts with no place of their own stand in it."""
        values, part = self.telling.values, whole.child(MAIN[0])
        self._part(part, MAIN, {MAIN[0]: values.get(MAIN[0], {})}, "")
        resource = next(one for address, one in self.found if address == self.at[MAIN])
        known = {keys[0] for keys in PLACES} | {DEMOGRAPHICS[0], ABOUT_ME[0]}
        beside = [one for child in whole.children if child.key not in known for one in extensions(child, values)]
        goals = self._addresses(GOALS)
        resource |= held(
            {
                "identifier": with_id(self.telling.id)["identifier"],
                "extension": [*resource.get("extension", []), *beside],
                "instantiatesUri": [f"{STANDARD}{self.telling.standard}"],
                "status": STATES[self.telling.state],
                "title": f"Personalised care and support plan, version {self.telling.number}",
                "addresses": [{"reference": one} for one in self._addresses(MAIN, "needs_concerns_or_problems")],
                "goal": [{"reference": one} for one in goals],
                "activity": [{"reference": {"reference": one}} for one in self._addresses(ACTIONS)],
                "careTeam": [{"reference": self.address(("care_team",))}] if self._team() else [],
            }
        )

    def _addresses(self, *keys: Any) -> list[str]:
        wanted = tuple(key for one in keys for key in (one if isinstance(one, tuple) else (one,)))
        return [at for path, at in self.at.items() if tuple(key for key in path if isinstance(key, str)) == wanted]

    def _team(self) -> bool:
        """CareTeam: the professionals and the people in the person's life; nobody where the plan names nobody."""
        members = [(at, one) for at, one in self.found if one["resourceType"] in ("PractitionerRole", "RelatedPerson")]
        if members:
            team = {
                "resourceType": "CareTeam",
                "status": "active",
                "subject": self.patient,
                "participant": [held({"role": _role(one), "member": {"reference": at}}) for at, one in members],
            }
            self._add(("care_team",), team)
        return bool(members)

    def _person(self, part: Field) -> None:
        practices = [{"reference": one} for one in self._addresses(PRACTICE)]
        told = self.telling.values[DEMOGRAPHICS[0]]
        self._add(DEMOGRAPHICS, person.write(part, told, self.who, practices), self.patient["reference"])


def _role(one: Json) -> list[Json]:
    said = one.get("code", one.get("relationship", []))
    return [said[0]] if said else []


def _completed(keys: tuple[str, ...], resource: Json, entry: Json, state: str) -> None:
    """What FHIR must have and the standard says otherwise, or not at all."""
    kind = resource["resourceType"]
    if kind == "Goal":
        status = entry.get("goal_status", {}).get("code", "")
        _, lifecycle, achievement = progress.GOAL.get(status, ("", PROPOSED.get(state, "active"), ""))
        resource["lifecycleStatus"] = lifecycle
        if achievement:
            resource["achievementStatus"] = {"coding": [{"system": ACHIEVEMENT, "code": achievement}]}
        resource.setdefault("description", ABSENT)
    if kind == "Task":
        status = entry.get("status", {}).get("coded_value", {}).get("code", "")
        resource["status"] = TASKS.get(status, "requested")
    for one in resource.get("telecom", []):
        one["system"] = "other"
    if kind == "Organization":
        for one in resource["identifier"]:
            one.setdefault("system", ODS)
    for one in resource.get("activity", []):
        one["detail"]["status"] = "not-started"
    if kind == "Consent":
        resource.setdefault("policyRule", ABSENT)
