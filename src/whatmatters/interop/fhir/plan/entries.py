"""The entries of the standard among the resources of a bundle."""

from collections.abc import Iterator
from typing import Any

from whatmatters.components.care_planning import progress
from whatmatters.components.care_planning.standard import Field
from whatmatters.interop.fhir.names import Json, code_of, extension
from whatmatters.interop.fhir.plan import about_me, person
from whatmatters.interop.fhir.plan.elements import gather, taken
from whatmatters.interop.fhir.plan.places import (
    ACTIONS,
    GOALS,
    KIND,
    MAIN,
    NEEDS,
    PART_OF,
    PLACES,
    PRACTICE,
    STEPS,
    Place,
)
from whatmatters.interop.fhir.plan.resources import ABOUT_ME, DEMOGRAPHICS, STANDARD, TASKS
from whatmatters.interop.fhir.plan.told import Path
from whatmatters.interop.fhir.plan.values import Unfit, from_extensions
from whatmatters.interop.fhir.told import Who

KINDS = {
    "CarePlan": "category",
    "Consent": "category",
    "Observation": "code",
}  # where it says which part of a plan it is
STATUSES = {status: ours for ours, status in TASKS.items()}


class NotAPlan(ValueError):
    """What was sent cannot be read as a plan; the message says where and how to mend it, and holds nothing personal."""


class Entries:
    """``main`` is the CarePlan itself; ``paths`` tells where each resource stands in the values, once they are read."""

    def __init__(self, bundle: Json) -> None:
        held = [one for one in bundle.get("entry", []) if "resource" in one]
        self.all = [(one.get("fullUrl") or f"entry/{place}", one["resource"]) for place, one in enumerate(held)]
        self.known = {f"{one['resourceType']}/{one['id']}": address for address, one in self.all if "id" in one}
        self.paths: dict[str, Path] = {}
        self.main = self.only("CarePlan", {"", "personalised"})
        self.ours = any(one.startswith(STANDARD) for one in self.main.get("instantiatesUri", []))

    def every(self, kind: str) -> list[Json]:
        return [one for _, one in self.all if one["resourceType"] == kind]

    def only(self, kind: str, parts: set[str] | None = None) -> Json:
        found = [one for one in self.every(kind) if parts is None or _part_of_plan(one) in parts]
        if len(found) != 1:
            raise NotAPlan(f"there must be one {kind} of the plan in it, and there are {len(found)}")
        return found[0]

    def address_of(self, resource: Json) -> str:
        return next(address for address, one in self.all if one is resource)

    def resolved(self, reference: str) -> str:
        return self.known.get("/".join(reference.split("/")[-2:]), reference) if "/" in reference else reference

    def values(self, whole: Field, who: Who) -> Json:
        """Everything it says, in the standard's nesting."""
        self.who = who
        found = {part.key: self._part(part, (part.key,), "") for part in whole.children}
        self._loose(whole, found)
        return {key: value for key, value in found.items() if value not in ({}, [])}

    def _part(self, part: Field, path: Path, up: str) -> Any:
        """What stands at the path; ``up``: the address of the entry above."""
        keys = tuple(key for key in path if isinstance(key, str))
        if keys == DEMOGRAPHICS:
            return self._said("Patient", lambda one: person.read(part, one, self.who), path)
        if keys == ABOUT_ME:
            return self._said("QuestionnaireResponse", lambda one: about_me.read(part, one), path)
        if place := PLACES.get(keys):
            chosen = self._of(keys, place, up)
            found = [
                self._entry(part, place, address, one, (*path, number) if part.many else path)
                for number, (address, one) in enumerate(chosen)
            ]
            return found if part.many else next(iter(found), {})
        if any(known[: len(keys)] == keys for known in (*PLACES, ABOUT_ME)):
            below = {child.key: self._part(child, (*path, child.key), up) for child in part.children}
            return {key: value for key, value in below.items() if value not in ({}, [])}
        beside = from_extensions(part, self.main.get("extension", []))
        return beside if part.many else next(iter(beside), {})

    def _said(self, kind: str, reading: Any, path: Path) -> Any:
        """By the first resource of the kind that says something of the plan."""
        for address, one in self.all:
            if one["resourceType"] == kind and (found := self._fitting(address, one, reading)):
                self.paths[address] = path
                return found
        return {}

    def _fitting(self, address: str, one: Json, reading: Any) -> Any:
        try:
            return reading(one)
        except Unfit as wrong:
            place = [known for known, _ in self.all].index(address)
            raise NotAPlan(f"entry[{place}], {one['resourceType']}: {wrong}") from None

    def _of(self, keys: tuple[str, ...], place: Place, up: str) -> Iterator[tuple[str, Json]]:
        for address, one in self.all:
            if one["resourceType"] == place.resource and self._is(keys, place, address, one):
                above = self._above(place, one)
                if not place.up or above == up:
                    yield address, one

    def _is(self, keys: tuple[str, ...], place: Place, address: str, one: Json) -> bool:
        if keys == MAIN:
            return one is self.main
        if keys == PRACTICE:
            return address in self._practices()
        if place.resource == "Goal":
            return bool(extension(one, PART_OF)) == (keys == STEPS)
        wanted = {_part_of_plan({"resourceType": place.resource, **place.always})}
        return _part_of_plan(one) in wanted

    def _practices(self) -> set[str]:
        return {self.resolved(one.get("reference", "")) for one in self.only("Patient").get("generalPractitioner", [])}

    def _above(self, place: Place, one: Json) -> str:
        if place.up == PART_OF:
            return self.resolved(extension(one, PART_OF).get("valueReference", {}).get("reference", ""))
        found = list(taken(one, f"{place.up}.reference")) if place.up else []
        return self.resolved(found[0]) if found else ""

    def _entry(self, part: Field, place: Place, address: str, one: Json, path: Path) -> Json:
        self.paths[address] = path
        keys = tuple(key for key in path if isinstance(key, str))
        apart = frozenset(child.key for child in part.children if (*keys, child.key) in PLACES)
        among = one.get("extension", [])
        values: Json = self._fitting(address, one, lambda one: gather(part, one, place.puts, among, without=apart))
        if not self.ours:
            values = {**values, **_stands(part, one, values)}
        for child in part.children:
            if child.key in apart and (below := self._part(child, (*path, child.key), address)):
                values[child.key] = below
        return values

    def _loose(self, whole: Field, found: Json) -> None:
        """Goals under no need, and actions under no goal, as another system may send them."""
        part = whole
        for key in NEEDS:
            part = part.child(key)
        goal_part = part.child(GOALS[-1])
        action_part = goal_part.child(ACTIONS[-1])
        missed = [(at, one) for at, one in self.all if at not in self.paths and not extension(one, PART_OF)]
        at: Path = (*NEEDS, len(found.get(MAIN[0], {}).get(NEEDS[-1], [])), GOALS[-1])
        goals = [
            self._entry(goal_part, PLACES[GOALS], address, one, (*at, number))
            for number, (address, one) in enumerate(pair for pair in missed if pair[1]["resourceType"] == "Goal")
        ]
        at = (*at, len(goals), ACTIONS[-1])
        tasks = [
            self._entry(action_part, PLACES[ACTIONS], address, one, (*at, number))
            for number, (address, one) in enumerate(missed)
            if one["resourceType"] == "Task" and address not in self.paths
        ]
        tasks += [_activity(one["detail"]) for one in self.main.get("activity", []) if "detail" in one]
        if tasks := [one for one in tasks if one]:
            goals.append({ACTIONS[-1]: tasks})
        if goals:
            found.setdefault(MAIN[0], {}).setdefault(NEEDS[-1], []).append({GOALS[-1]: goals})


def _part_of_plan(one: Json) -> str:
    said = one.get(KINDS.get(one["resourceType"], ""), [])
    return next((code for each in (said if isinstance(said, list) else [said]) if (code := code_of(each, KIND))), "")


def _stands(part: Field, one: Json, values: Json) -> Json:
    """How a goal or an action stands, by FHIR's own words for it."""
    if one["resourceType"] == "Goal" and "goal_status" not in values:
        achieved: str = next(
            (code["code"] for code in one.get("achievementStatus", {}).get("coding", []) if "code" in code), ""
        )
        for status, (_, lifecycle, achievement) in progress.GOAL.items():
            if (achieved and achieved == achievement) or (not achievement and one["lifecycleStatus"] == lifecycle):
                return {"goal_status": {"code": status, "display": progress.words(status)}}
    if one["resourceType"] == "Task" and "status" not in values and (ours := STATUSES.get(one["status"])):
        return {"status": {"coded_value": {"code": ours, "display": progress.words(ours)}}}
    return {}


def _activity(detail: Json) -> Json:
    """An action told inside the CarePlan."""
    text = detail.get("code", {}).get("text") or detail.get("description") or ""
    coding: Json = next((one for one in detail.get("code", {}).get("coding", []) if one.get("display")), {})
    return {"what": [{"free_text": text or coding["display"]}]} if text or coding else {}
