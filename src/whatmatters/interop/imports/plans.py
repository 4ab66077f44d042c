"""``import plans FILE…``: plans made elsewhere, each laid beside the plan of the person it is of.

A file that cannot be read is refused whole, by place and mending. Of a file that can, what cannot be matched to a
person is left out and told by its line; the same file once more takes in only what is new.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions import take_in
from whatmatters.components.care_planning.models import MadeElsewhere
from whatmatters.interop.imports import files, needs_assessments
from whatmatters.interop.imports.whose import NotOurs, whose


@dataclass(frozen=True)
class Done:
    """``left_out``: place and reason of each that was not taken in."""

    file: str
    new: int
    known: int
    left_out: tuple[tuple[str, str], ...]


@transaction.atomic
def import_plans(paths: Iterable[Path], *, by: Actor) -> list[Done]:
    """Raises ImportRefused for a file that cannot be read; then no file has changed anything."""
    return [_file(path, by) for path in paths]


def _file(path: Path, by: Actor) -> Done:
    counts, left_out = {True: 0, False: 0}, []
    for place, outcome in _document(path, by) if path.suffix.lower() == ".json" else _assessments(path, by):
        if isinstance(outcome, bool):
            counts[outcome] += 1
        else:
            left_out.append((place, outcome))
    return Done(path.name, counts[True], counts[False], tuple(left_out))


def _document(path: Path, by: Actor) -> Iterator[tuple[str, bool | str]]:
    """The one plan of a FHIR document."""
    from whatmatters.interop.fhir.plan.taking_in import bundle  # noqa: PLC0415 - half a second, for whoever asks

    try:
        yield "the plan", bundle(path, by=by)
    except NotOurs as reason:
        yield "the plan", str(reason)
    except ValidationError as fault:
        yield "the plan", _said(fault)


def _assessments(path: Path, by: Actor) -> Iterator[tuple[str, bool | str]]:
    """Of each line its place, and whether it was new or why it was left out."""
    for one in needs_assessments.read(path.name, files.text(path)):
        try:
            person = whose(nhs_number=one.nhs_number, born=one.born, given=one.given, family=one.family)
            _, new = take_in(person=person, kind=MadeElsewhere.Kind.CANCER, by=by, **one.facts)
            yield f"line {one.line}", new
        except NotOurs as reason:
            yield f"line {one.line}", str(reason)
        except ValidationError as fault:
            yield f"line {one.line}", _said(fault)


def _said(fault: ValidationError) -> str:
    return "; ".join(f"{field}: {' '.join(said)}" for field, said in fault.message_dict.items())
