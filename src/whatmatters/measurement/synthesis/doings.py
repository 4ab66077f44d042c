"""What workers and organisations do: training, supervision, surveys, meetings, attestations, self-assessments."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from whatmatters.events import codes
from whatmatters.measurement import details
from whatmatters.measurement.facts import SCHEMAS
from whatmatters.measurement.synthesis.arrays import Span, as_date
from whatmatters.measurement.synthesis.country import Country
from whatmatters.measurement.synthesis.teams import Team

COURSES = {
    "link_worker": {details.COURSE_LINK_WORKER: 0.85, details.COURSE_PLANNING: 0.4},
    "coach": {details.COURSE_PLANNING: 0.5, details.COURSE_IMPROVEMENT: 0.2},
    "care_coordinator": {details.COURSE_PLANNING: 0.8},
    "clinician": {
        details.COURSE_PLANNING: 0.25, details.COURSE_DECISIONS: 0.3, details.COURSE_DECISIONS_ONLINE: 0.2,
    },
    "clinical_lead": {details.COURSE_PLANNING: 0.7, details.COURSE_DECISIONS: 0.6},
    "clinical_pharmacist": {details.COURSE_DECISIONS: 0.4, details.COURSE_DECISIONS_ONLINE: 0.2},
    "first_contact_physiotherapist": {details.COURSE_DECISIONS: 0.5},
}  # fmt: skip
SUPERVISED = ("link_worker", "coach", "care_coordinator")
ATTESTED = (
    details.WHEELCHAIR_VOUCHERS_REPLACED, details.BUDGETS_FOR_LEGAL_RIGHTS, details.READY_FOR_26_WEEKS,
    details.DECISIONS_SELF_ASSESSED, details.DECISIONS_IMPROVED,
)  # fmt: skip


def staff(country: Country) -> pa.Table:
    rows = [post for team in country.teams.values() for post in team.posts()]
    schema = SCHEMAS["staff"]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table({name: list(cells) for name, cells in zip(schema.names, columns, strict=True)}, schema=schema)


def staff_events(country: Country, lots: np.random.Generator) -> pa.Table:
    rows = [row for team in country.teams.values() for row in _of_team(team, country.years, lots)]
    return _events("staff_events", "worker", rows)


def _of_team(team: Team, years: Span, lots: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Training in the first half-year, supervision each quarter, and for link workers the survey each autumn."""
    for worker, _, opens, ends in team.workers():
        last = min(ends, years.until + 1)
        for course, share in COURSES[team.role].items():
            on = opens + int(lots.integers(5, 200))
            if lots.random() < share and on < last:
                yield {"worker": worker, "code": codes.TRAINED, "on": on, "detail": course}
        supervised = range(max(opens, years.since) + 30, last, 91) if team.role in SUPERVISED else ()
        yield from ({"worker": worker, "code": codes.SUPERVISED, "on": on} for on in supervised if lots.random() < 0.85)
        asked = range(years.since + 200, last, 365) if team.role == "link_worker" else ()
        for on in asked:
            if on > opens and lots.random() < 0.7:
                value = float(lots.random() < 0.86)
                yield {"worker": worker, "code": codes.CONFIDENT, "on": on, "value": value}


def organisation_events(country: Country, lots: np.random.Generator) -> pa.Table:
    lines, years = country.tree.lines, country.years
    rows: list[dict[str, Any]] = []
    for place, line in enumerate(lines):
        if lots.random() < 0.88:
            last = min(int(country.tree.closes[place]), years.until + 1)
            days = range(years.since + int(lots.integers(0, 90)), last, 91)
            rows += [{"organisation": line.practice[0], "code": codes.IN_MEETINGS, "on": on} for on in days]
            rows += list(_answers(line.practice[0], range(years.since, last, 30), lots))
    for body in dict.fromkeys(line.sub_icb[0] for line in lines):
        met = int(lots.integers(4, 8))
        for on in range(years.since + 60, years.until, 365):
            met = min(9, met + int(lots.integers(0, 2)))
            rows.append({"organisation": body, "code": codes.CHOICE_STANDARDS_MET, "on": on, "value": float(met)})
    for body, what in _attesting(country):
        on = years.since + int(lots.integers(60, 2_400))
        if on <= years.until:
            rows.append({"organisation": body, "code": codes.ATTESTED, "on": on, "detail": what})
    return _events("organisation_events", "organisation", rows)


def _answers(practice: str, months: range, lots: np.random.Generator) -> Iterator[dict[str, Any]]:
    """How shared decisions felt: some answers a month, each the mean of three questions of 0 to 9."""
    for on in months:
        for total in np.clip(np.rint(lots.normal(24, 4, int(lots.poisson(3)))), 0, 27):
            yield {"organisation": practice, "code": codes.COLLABORATE, "on": on, "value": round(float(total) / 3, 2)}


def _attesting(country: Country) -> Iterator[tuple[str, str]]:
    """Who comes to attest what: boards most of it, networks that their shared decisions were audited."""
    for board in dict.fromkeys(line.icb[0] for line in country.tree.lines):
        yield from ((board, what) for what in ATTESTED)
    yield from ((network, details.DECISIONS_AUDITED) for network in country.networks)


def _events(table: str, key: str, rows: list[dict[str, Any]]) -> pa.Table:
    rows.sort(key=lambda row: (row[key], row["on"], row["code"]))
    schema = SCHEMAS[table]
    dated = [{**row, "on": as_date(row["on"]), "source": "personalised care record"} for row in rows]
    return pa.Table.from_pylist(dated, schema=schema)
