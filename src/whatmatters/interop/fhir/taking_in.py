"""``import referrals FILE…``: referrals that other systems wrote, each laid on the desk it is for, or all refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access.actors import Actor
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.interop.fhir import bundle, record
from whatmatters.interop.imports.refusals import ImportRefused

LARGEST = 5_000_000  # bytes of one referral; ten thousand times what one needs


@dataclass(frozen=True)
class Done:
    file: str
    said: str


@transaction.atomic
def import_referrals(files: Iterable[Path], *, by: Actor) -> list[Done]:
    """Whole or not at all. Raises ImportRefused that names the file and the fault."""
    return [Done(file.name, _one(file, by)) for file in files]


def _one(file: Path, by: Actor) -> str:
    before = Referral.objects.count()
    try:
        if file.stat().st_size > LARGEST:
            raise bundle.NotAReferral("it is far too large for one referral")
        told = bundle.read(file.read_bytes())
        row = record.take_in(told, by=by)
    except OSError as error:
        raise ImportRefused(f"{file.name}: {error.strerror or error}") from error
    except bundle.NotAReferral as fault:
        raise ImportRefused(f"{file.name}: {fault}") from fault
    except ValidationError as fault:
        fields = fault.error_dict if hasattr(fault, "error_dict") else {"referral": [fault]}
        said = "; ".join(f"{field}: {' '.join(error.messages[0] for error in of)}" for field, of in fields.items())
        raise ImportRefused(f"{file.name}: {said}") from fault
    new = Referral.objects.count() > before
    cut = f" (its reason was cut to {record.REASON} letters)" if new and len(told.reason) > record.REASON else ""
    return f"{'on the desk of' if new else 'was here already, with'} {row.practice.name}{cut}"
