"""How postcodes are written, and reading a file that says where they are."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from math import isfinite

from django.core.exceptions import ValidationError
from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.directory.models import Postcode

CODE = ("pcds", "pcd", "pcd7", "pcd8", "postcode")  # the first of these that the file has
OTHERS = {
    "latitude": ("lat", "latitude"), "longitude": ("long", "longitude"), "lsoa": ("lsoa21", "lsoa21cd", "lsoa11"),
    "authority": ("oslaua", "laua", "lad24cd", "lad23cd"),
}  # fmt: skip
NOWHERE = 99.999  # the ONS postcode directory writes this latitude where it knows none
BATCH = 5_000


def load(lines: Iterable[str], *, by: Actor) -> int:
    """From a CSV with a heading, such as the ONS Postcode Directory; returns how many postcodes are known from it.

    Raises ValueError where a needed column is missing or a line cannot be read; nothing is then changed.
    """
    rows = csv.DictReader(lines)
    heads = {head.strip().lower(): head for head in rows.fieldnames or ()}
    code = next((heads[name] for name in CODE if name in heads), None)
    columns = {name: next((heads[one] for one in some if one in heads), None) for name, some in OTHERS.items()}
    if missing := [name for name, head in {"postcode": code, **columns}.items() if head is None and name in NEEDED]:
        raise ValueError(f"the file has no column for the {' or the '.join(missing)}")
    count, read = 0, _read(rows, str(code), columns)
    with transaction.atomic():
        audit.record("loaded where postcodes are", by=by)
        while some := list(islice(read, BATCH)):
            Postcode.objects.bulk_create(some, update_conflicts=True, unique_fields=["code"], update_fields=FIELDS)
            count += len(some)
    return count


NEEDED = ("postcode", "latitude", "longitude")
FIELDS = list(OTHERS)


def _read(rows: "csv.DictReader[str]", code: str, columns: dict[str, str | None]) -> Iterator[Postcode]:
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        facts = {name: (row[head] or "").strip() if head else "" for name, head in columns.items()}
        key = (row[code] or "").replace(" ", "").upper()
        try:
            where = {name: float(facts[name]) for name in ("latitude", "longitude")}
            if not all(map(isfinite, where.values())):
                raise ValueError("a coordinate is no number")
            place = Postcode(code=key, **{**facts, **where})
            place.clean_fields()
        except (ValueError, ValidationError) as problem:
            raise ValueError(f"line {number} cannot be read: {problem}") from None
        if key not in seen and place.latitude < NOWHERE:
            seen.add(key)
            yield place
