"""Reading a file of the ONS that names local authorities or small areas ("names and codes")."""

import csv
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.models import AreaName

HEAD = re.compile(r"(lad|ltla|utla|lsoa|msoa)\d\d(cd|nm)")  # the year is part of the column's name
CODE = re.compile(r"[EWSN]\d{8}")


def load_names(lines: Iterable[str], *, by: Actor) -> int:
    """From a CSV with a heading such as LAD24CD,LAD24NM; returns how many areas it names.

    Raises ValueError where such a pair of columns is missing or a line cannot be read; nothing is then changed.
    """
    rows = csv.DictReader(lines)
    heads = {head.strip().lower(): head for head in rows.fieldnames or () if HEAD.fullmatch(head.strip().lower())}
    code = next((name for name in heads if name.endswith("cd") and name[:-2] + "nm" in heads), None)
    if code is None:
        raise ValueError("the file has no pair of columns such as LAD24CD and LAD24NM")
    named: dict[str, AreaName] = {}
    for number, row in enumerate(rows, start=2):
        key, name = ((row[heads[column]] or "").strip() for column in (code, code[:-2] + "nm"))
        if not CODE.fullmatch(key) or not name:
            raise ValueError(f"line {number} cannot be read: {key or 'nothing'} is no code of an area with a name")
        named[key] = AreaName(code=key, name=name)
        try:
            named[key].clean_fields()
        except ValidationError as problem:
            raise ValueError(f"line {number} cannot be read: {problem}") from None
    with transaction.atomic():
        audit.record("loaded the names of areas", by=by)
        AreaName.objects.bulk_create(
            named.values(), update_conflicts=True, unique_fields=["code"], update_fields=["name"], batch_size=5_000
        )
    return len(named)
