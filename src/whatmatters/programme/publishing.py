"""The disclosure gate, run over what is stored, so that every page and file shows the same.

It weighs all indicators, groups, organisations and quarters of a year together, which no page could do in a request,
and against what was published before. It weighs first, in a process of its own, and holds the database only to write.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction

from whatmatters.measurement import disclosure
from whatmatters.organisations.models import Kind, Membership
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Disclosed, Result, Shown, Source
from whatmatters.programme.writing import insert

KEY = ("indicator", "period", "organisation", "breakdown", "group")
SHOWN = ("shown_numerator", "shown_denominator", "shown_value", "hidden", "withheld")
TOLD = ("numerator", "denominator", "shown_numerator", "shown_denominator")
AT_ONCE = 5_000  # rows deleted in one statement
Row = dict[str, Any]


def settle(years: Collection[str], gone: Collection[int] = (), new: Iterable[Mapping[str, Any]] = ()) -> list[Row]:
    """What may be shown of these years' results, once those ``gone`` are and the ``new`` are there. Writes nothing."""
    settled, new = [], list(new)
    for year in sorted(years):
        rows = [row for row in _stored(year) if row["pk"] not in gone]
        rows += [dict(row) for row in new if row["period"].startswith(year)]
        before = Disclosed.objects.filter(period__startswith=year).values("pk", "definition", *KEY, *TOLD)
        settled += _weighed(rows, [{**row, "source": Source.COMPUTED.value} for row in before])
    return settled


def record(settled: Collection[Row]) -> None:
    """Writes what has changed in it. Call inside the transaction that stores the results."""
    labels = {row["period"] for row in settled}
    now = {
        tuple(cells[1:6]): (cells[0], cells[6:])
        for cells in Result.objects.filter(source=Source.COMPUTED, period__in=labels).values_list(
            "pk", *KEY, "shown__numerator", "shown__denominator", "shown__value", "shown__hidden", "shown__withheld"
        )
    }
    fresh = []
    for row in settled:
        pk, shown = now[tuple(row[name] for name in KEY)]
        if shown != tuple(row[name] for name in SHOWN):
            fresh.append([pk, *(row[name] for name in SHOWN)])
    _delete(Shown, [cells[0] for cells in fresh])
    insert(Shown, ("result", *Shown.PLAIN), fresh)
    told = [row for row in settled if row["told"] != row["was"]]
    _delete(Disclosed, [row["past"] for row in told if row["past"]])
    insert(
        Disclosed,
        ("definition", *KEY, *TOLD),
        ([row["definition"], *(row[name] for name in KEY), *row["told"]] for row in told),
    )


def publish_all(labels: Iterable[str]) -> None:
    """Settles every indicator of the periods' years anew, a year at a time so that nobody waits long."""
    for year in sorted({label[:7] for label in labels}):
        settled = settle([year])
        with transaction.atomic():
            record(settled)


def withheld(labels: Collection[str]) -> str:
    """A line that says how many of these periods' results are withheld with their whole area; empty where none is."""
    found = Result.objects.filter(source=Source.COMPUTED, period__in=labels, shown__withheld=True)
    if not (many := found.count()):
        return ""
    indicators = found.order_by().values("indicator").distinct().count()
    return f"Withheld whole, for else hidden numbers could be told: {many:,} results of {indicators} indicators"


def _stored(year: str) -> Iterable[Row]:
    stored = Result.objects.filter(source=Source.COMPUTED, period__startswith=year)
    rows: Iterable[Row] = stored.order_by(*KEY).values("pk", *Result.PLAIN)
    return rows


def _weighed(rows: list[Row], before: list[Row]) -> list[Row]:
    """The rows as the gate leaves them, each with its ``past`` record, what ``was`` and is now ``told`` of it."""
    rows.sort(key=lambda row: tuple(row[name] for name in KEY))
    known = {(row["definition"], *(row[name] for name in KEY)): row for row in before}
    published = disclosure.publish(rows, INDICATORS, cache(_parents), before)
    for row in published:
        then = known.get((row["definition"], *(row[name] for name in KEY)))
        row["past"] = then and then["pk"]
        row["was"] = then and tuple(then[name] for name in TOLD)
        row["told"] = disclosure.told(row, then)
    return published


def _parents(label: str) -> dict[str, set[str]]:
    """Whom each organisation adds up to in a period; a network, to the sub-ICBs of its practices.

    As the engines have it: an organisation that belongs to nothing any more is where it last was.
    """
    on = min(period(label).last_day, date.today())
    links: dict[str, list[tuple[date, str]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for child, parent, kind, end in Membership.objects.filter(start__lte=on).values_list(
        "child__code", "parent__code", "parent__kind", "end"
    ):
        links[child].append((date.max if end is None or end > on else end, parent))
        kinds[parent] = kind
    found = {child: {parent for end, parent in all_of if end == max(all_of)[0]} for child, all_of in links.items()}
    for above in [*found.values()]:
        for network in (code for code in above if kinds[code] == Kind.PCN):
            found.setdefault(network, set()).update(code for code in above if kinds[code] == Kind.SUB_ICB)
    return found


def _delete(model: type[Shown] | type[Disclosed], keys: list[int]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        model.objects.filter(pk__in=keys[start : start + AT_ONCE]).delete()
