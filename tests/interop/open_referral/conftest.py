"""Saved answers of a source: the published examples, and copies of them changed or broken here."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.directory import actions
from whatmatters.directory.models import Group
from whatmatters.interop.open_referral.importing import Done, import_directory

ONE = "ac148810-d857-441c-9679-408f346de14b"
SHED: dict[str, Any] = {
    "id": ONE, "name": "Holderness Road Shed", "description": "Tools, tea and company.", "status": "active",
    "url": "https://shed.example.org/", "email": "hello@shed.example.org", "assured_date": "2026-09-01",
    "last_modified": "2026-09-02T10:30:45.123Z", "minimum_age": 18,
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Hull Sheds", "description": "A charity",
    },
    "service_at_locations": [{
        "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
        "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical", "name": "The old school",
            "latitude": 53.75, "longitude": -0.3,
            "addresses": [{
                "id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "1 Holderness Road", "city": "Hull",
                "state_province": "East Yorkshire", "postal_code": "HU9 1AA", "country": "GB",
                "address_type": "physical",
            }],
        },
    }],
    "schedules": [{
        "id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY", "byday": "TU", "opens_at": "10:00:00",
        "closes_at": "12:00:00", "service_at_location_id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
    }],
    "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "name": "Polish", "code": "pl"}],
    "cost_options": [{"id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7", "amount": 2, "amount_description": "with tea"}],
}  # fmt: skip

Service = Callable[..., dict[str, Any]]
Take = Callable[..., Done]


@pytest.fixture
def service() -> Service:
    """A sound service; ``None`` takes a field away, two underlines go inwards (a number is a place in a list)."""

    def make(**changes: Any) -> dict[str, Any]:
        made = copy.deepcopy(SHED)
        for path, value in changes.items():
            *inwards, last = (int(step) if step.isdigit() else step for step in path.split("__"))
            at: Any = made
            for step in inwards:
                at = at[step]
            if value is None:
                at.pop(last, None)
            else:
                at[last] = value
        return made

    return make


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Saves each value, or the bytes as they are, as a file of a folder and imports the folder."""

    def run(*values: Any, **options: Any) -> Done:
        folder = tmp_path / f"answers-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for at, value in enumerate(values):
            raw = value if isinstance(value, bytes) else json.dumps(value).encode()
            (folder / f"{at}.json").write_bytes(raw)
        return import_directory([folder], by=THE_SYSTEM, tell=lambda _: None, **options)

    return run


@pytest.fixture
def own() -> Callable[..., Group]:
    def add(name: str = "Men in Sheds", **facts: Any) -> Group:
        usual = {"kind": "company", "about": "Woodwork and a brew"}
        return actions.add(by=THE_SYSTEM, name=name, **{**usual, **facts})

    return add
