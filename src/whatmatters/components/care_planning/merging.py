"""Two people writing in one section: what each typed, against what both began from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from whatmatters.components.care_planning.models import Words
from whatmatters.people.text import tidied


@dataclass(frozen=True)
class Merge:
    """``add`` is new from me; ``clashes`` are headings that both changed, with what is on file; ``shown`` is what my
    page should hold now: my text where I changed it, theirs where only they did."""

    add: dict[str, str]
    clashes: dict[str, str]
    shown: dict[str, str]


def merged(rows: Iterable[Words], mine: dict[str, str], seen: int) -> Merge:
    """``rows`` of one version, oldest first; ``seen`` is the newest row that my page was made from."""
    rows = list(rows)
    base = {row.heading: row.text for row in rows if row.pk <= seen}
    now = {row.heading: row.text for row in rows}
    add, clashes, shown = {}, {}, {}
    for name, text in mine.items():
        before, theirs, typed = base.get(name, ""), now.get(name, ""), tidied(text)
        shown[name] = theirs if typed == before else typed
        if typed in (before, theirs):
            continue
        if theirs == before:
            add[name] = typed
        else:
            clashes[name] = theirs
    return Merge(add, clashes, shown)
