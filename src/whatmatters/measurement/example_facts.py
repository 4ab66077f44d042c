"""A worked example as facts, so that any engine can run it."""

from datetime import date
from itertools import pairwise
from typing import Any

import pyarrow as pa

from whatmatters.measurement.examples import Example
from whatmatters.measurement.facts import SCHEMAS, Facts, of

CHAIN = (
    ("Network", "pcn"),
    ("Sub-ICB", "sub_icb"),
    ("ICB", "icb"),
    ("Region", "region"),
    ("England", "nation"),
)


def facts_of(example: Example) -> Facts:
    """Every practice is in ``Network``, and so on up ``CHAIN`` to ``England``; person n is the nth of the example."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    organisations = [(practice, "practice") for practice in example.practices] + list(CHAIN)
    organisations += [(code, kind) for code, kind, _ in example.organisations]
    rows["organisations"] = [{"code": code, "name": code, "kind": kind} for code, kind in organisations]
    parents = [(practice, "Network") for practice in example.practices]
    parents += [(low[0], high[0]) for low, high in pairwise(CHAIN)]
    parents += [(code, parent) for code, _, parent in example.organisations]
    rows["memberships"] = [{"child": low, "parent": high, "start": date(2010, 4, 1)} for low, high in parents]
    for number, someone in enumerate(example.people, start=1):
        about = {name: getattr(someone, name) for name in ("sex", "ethnicity", "deprivation")}
        rows["people"].append({"person": number, "born": _day(someone.born), "died": _day(someone.died), **about})
        for practice, start, end in someone.registered:
            rows["registrations"].append(
                {"person": number, "practice": practice, "start": _day(start), "end": _day(end)}
            )
        rows["events"] += [{"person": number, **vars(event), "on": _day(event.on)} for event in someone.events]
    workers: dict[str, int] = {}
    for number, post in enumerate(example.staff, start=1):
        worker = workers.setdefault(post.worker, number) if post.worker else number
        rows["staff"].append({**vars(post), "worker": worker, "start": _day(post.start), "end": _day(post.end)})
    for name, event in example.staff_events:
        rows["staff_events"].append({**vars(event), "worker": workers[name], "on": _day(event.on)})
    for name, event in example.organisation_events:
        rows["organisation_events"].append({**vars(event), "organisation": name, "on": _day(event.on)})
    return of({name: pa.Table.from_pylist(found, schema=SCHEMAS[name]) for name, found in rows.items()})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
