"""The disclosure gate, run over what is stored, so that every page and file shows the same.

It weighs all groups and organisations of an indicator and period together, which no page could do in a request.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from whatmatters.measurement import disclosure
from whatmatters.organisations.models import Kind, Membership
from whatmatters.organisations.tree import in_force
from whatmatters.periods import period
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.models import Result, Shown, Source
from whatmatters.programme.writing import insert

SHOWN = ("shown_numerator", "shown_denominator", "shown_value", "hidden")


def publish(changed: Mapping[str, Collection[str]]) -> None:
    """Settles anew what may be shown of these indicators, by period. Call inside the transaction that changed them."""
    for label, indicators in changed.items():
        results = Result.objects.filter(source=Source.COMPUTED, period=label, indicator__in=indicators)
        parents = _parents(min(period(label).last_day, date.today()))
        rows = disclosure.publish(results.values("pk", *Result.PLAIN), INDICATORS, parents)
        Shown.objects.filter(result__in=results).delete()
        insert(Shown, ("result", *Shown.PLAIN), ([row["pk"], *(row[name] for name in SHOWN)] for row in rows))


def publish_all(labels: Iterable[str]) -> None:
    """Settles every indicator of the periods anew, a period at a time so that nobody waits long."""
    for label in labels:
        with transaction.atomic():
            publish({label: list(INDICATORS)})


def _parents(on: date) -> dict[str, set[str]]:
    """Whom each organisation adds up to on the day; a network, to the sub-ICBs of its practices."""
    found: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    links = Membership.objects.filter(in_force(on)).values_list("child__code", "parent__code", "parent__kind")
    for child, parent, kind in links:
        found[child].add(parent)
        kinds[parent] = kind
    for above in list(found.values()):
        for network in (code for code in above if kinds[code] == Kind.PCN):
            found[network] |= {code for code in above if kinds[code] == Kind.SUB_ICB}
    return found
