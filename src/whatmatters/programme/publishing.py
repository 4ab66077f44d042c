"""The disclosure gate, run over what is stored, so that every page and file shows the same.

It weighs all indicators, groups, organisations and quarters of a year together, which no page could do in a request,
and against what was published before. That takes a minute, for which whoever may see exact numbers need not wait: new
results are stored at once, anyone else goes on seeing what was safe to see before (``carried``), and the year is owed
(``owe``) until it has been weighed (``weigh``). It holds the database only to write.
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
from whatmatters.programme.models import Disclosed, Owed, Result, Shown, Source
from whatmatters.programme.writing import insert

KEY = ("indicator", "period", "organisation", "breakdown", "group")
CELL = ("result__definition", *(f"result__{name}" for name in KEY))
SHOWN = ("shown_numerator", "shown_denominator", "shown_value", "hidden", "withheld")
TOLD = ("numerator", "denominator", "shown_numerator", "shown_denominator")
AT_ONCE = 5_000  # rows deleted in one statement
Row = dict[str, Any]


def owe(years: Iterable[str]) -> None:
    """These years are to be weighed. Call inside the transaction that changes them: a crash forgets nothing."""
    Owed.objects.bulk_create([Owed(year=year) for year in years], ignore_conflicts=True)


def owed() -> list[str]:
    """The years that are to be weighed, the latest first: it is the one that people look at."""
    return list(Owed.objects.order_by("-year").values_list("year", flat=True))


def weigh(years: Iterable[str]) -> None:
    """Settles what anyone may see of these years, one after another. Nobody else may store their results meanwhile."""
    for year in years:
        settled = settle(year)
        with transaction.atomic():
            record(settled)
            Owed.objects.filter(year=year).delete()


def carried(periods: Collection[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What anyone sees of these periods, by definition and key: it holds until their year has been weighed again."""
    found = Shown.objects.filter(result__period__in=periods).values_list(*CELL, *Shown.PLAIN)
    return {cells[: len(CELL)]: cells[len(CELL) :] for cells in found}


def carry(seen: Mapping[tuple[Any, ...], tuple[Any, ...]], periods: Collection[str]) -> None:
    """On to the results that took their place; one that has no predecessor is hidden until then."""
    fresh = Result.objects.filter(source=Source.COMPUTED, period__in=periods, shown=None)
    cells = fresh.values_list("pk", "definition", *KEY)
    insert(Shown, ("result", *Shown.PLAIN), ([pk, *seen[cell]] for pk, *rest in cells if (cell := tuple(rest)) in seen))


def settle(year: str) -> list[Row]:
    """What may be shown of a year's results. Writes nothing."""
    before = Disclosed.objects.filter(period__startswith=year).values("pk", "definition", *KEY, *TOLD)
    return _weighed(list(_stored(year)), [{**row, "source": Source.COMPUTED.value} for row in before])


def record(settled: Collection[Row]) -> None:
    """Writes what has changed in it. Call inside a transaction."""
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


def withheld(year: str) -> str:
    """Says how many of a year's results are withheld with their whole area; empty where none is."""
    found = Result.objects.filter(source=Source.COMPUTED, period__startswith=year, shown__withheld=True)
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
