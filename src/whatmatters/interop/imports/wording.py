"""The wording of a licensed questionnaire, loaded by whoever holds the licence. It stays in this installation.

TOML: ``instrument``, ``licence`` (under which it is used, shown below the questions), ``questions`` (a list, as many as
the instrument has), ``lowest`` and ``highest`` (the words at the ends of the scale) and, if there is one, ``opening``.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.shared_decision_making.models import Wording
from whatmatters.instruments import EXPERIENCE
from whatmatters.interop.imports import files
from whatmatters.interop.imports.refusals import ImportRefused

WORDS = ("instrument", "licence", "lowest", "highest")


@transaction.atomic
def import_wording(path: Path, *, by: Actor) -> Wording:
    """Replaces an earlier wording of the instrument. Raises ImportRefused naming what to mend."""
    try:
        told = tomllib.loads(files.text(path))
    except tomllib.TOMLDecodeError as error:
        raise ImportRefused(f"{path.name}: it is no TOML file: {error}") from error
    _check(path.name, told)
    facts = {name: told[name] for name in (*WORDS[1:], "questions")} | {"opening": told.get("opening", "")}
    row, _ = Wording.objects.update_or_create(instrument=told["instrument"], defaults=facts)
    try:
        row.full_clean()
    except ValidationError as problem:
        raise ImportRefused(f"{path.name}: {' '.join(problem.messages)}") from problem
    audit.record("loaded the wording of a questionnaire", by=by, detail={"wording": row.pk})
    return row


def _check(name: str, told: dict[str, Any]) -> None:
    if missing := [one for one in WORDS if not isinstance(told.get(one), str) or not told[one].strip()]:
        raise ImportRefused(f"{name}: write {', '.join(missing)}, each in quotes")
    asked = EXPERIENCE.get(told["instrument"])
    if asked is None:
        raise ImportRefused(f"{name}: instrument must be one of {', '.join(EXPERIENCE)}")
    said = told.get("questions")
    if not isinstance(said, list) or len(said) != asked.items or not all(isinstance(one, str) and one for one in said):
        raise ImportRefused(f"{name}: questions must be a list of the {asked.items} questions of {asked.title}")
