"""A comparison as rows: one an organisation, with its balance, who was left out and, where it is refused, why."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa

from whatmatters.measurement.comparison import Comparison
from whatmatters.measurement.engines.around_support import Cells, Z
from whatmatters.measurement.kinds_of_people import People, balanced
from whatmatters.measurement.matching import Array
from whatmatters.measurement.moments import AFTER, BEFORE, EARLIER, ONE, Side, compared, sides
from whatmatters.measurement.questions import FEWEST

NOT_RECORDED = "nobody’s use of this care is recorded in these years"
TOO_FEW = f"fewer than {FEWEST} people could be followed for a year before and a year after"
LABELS = {"sex": "sex", "deprivation": "deprivation fifth", "conditions": "conditions", "quarter": "quarter"}
NOBODY = np.array([], dtype=np.int64)
ESTIMATES = ("effect", "percent", "placebo")
COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator", "period", "organisation", "level")),
        ("definition", pa.int64()),
        *((name, pa.int64()) for name in ("supported", "unmatched", "comparators", "died", "moved")),
        *((name, pa.float64()) for name in ("before", "after")),
        *((f"{name}{end}", pa.float64()) for name in ESTIMATES for end in ("", "_lower", "_upper")),
        ("refused", pa.string()),
        ("balance", pa.string()),
        ("as_at", pa.date32()),
    ]
)
"""``supported`` are those matched, ``unmatched`` those without a like; ``before`` and ``after`` the use of each of the
supported in a year. ``effect`` and ``placebo`` are uses a person, ``percent`` of what was to be expected. ``refused``
is empty where the change may be put down to the support. ``balance`` is JSON: standardised differences."""


def rows(found: Cells, above: Iterable[Sequence[str]], levels: Sequence[str]) -> Iterator[dict[str, Any]]:
    """``above``: (practice, level, organisation) for every practice and what it belongs to."""
    cases, others = _people(found.supported, found), _people(found.others, found)
    rows_of, left_out = _places(found.supported), _left_out(found.left_out)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for practice, level, organisation in above:
        if level in levels:
            groups[level, organisation].append(practice)
    for (level, organisation), practices in sorted(groups.items()):
        chosen = np.concatenate([rows_of.get(one, NOBODY) for one in practices])
        gone = {why: sum(left_out.get((one, why), 0) for one in practices) for why in ("died", "moved")}
        if chosen.size or any(gone.values()) or level == "nation":
            yield {"organisation": organisation, "level": level, **gone, **_row(cases.of(chosen), others)}


def _row(cases: People, others: People) -> dict[str, Any]:
    case, other = sides(cases.by_kind(), others.by_kind())
    followed = int(case.people.sum())
    told = compared(case, other, balanced(cases, others, case, other) if followed >= FEWEST else ())
    row: dict[str, Any] = {"supported": told.treated, "unmatched": told.unmatched, "comparators": told.comparators}
    row["before"], row["after"] = (case.mean(of) if told.treated else None for of in (BEFORE, AFTER))
    for name in ESTIMATES:
        estimate = getattr(told, name)
        row |= {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
    row["refused"] = "; ".join(doubts(told, unused=_unused(case, other)))
    row["balance"] = json.dumps([asdict(one) for one in told.balance])
    return row


def _unused(case: Side, other: Side) -> bool:
    return not any(side.moments[:, ONE, of].sum() for side in (case, other) for of in (EARLIER, BEFORE, AFTER))


def doubts(told: Comparison, *, unused: bool = False) -> tuple[str, ...]:
    """Those of the comparison, and ours: too few to follow, a use that nobody records or that is too rare."""
    if told.treated + told.unmatched < FEWEST:
        return (TOO_FEW,)
    if unused:
        return (NOT_RECORDED,)
    rare = told.effect.lower is not None and told.percent.value is None
    return (*told.doubts, *(("the use is too rare for a percentage",) if rare else ()))


def _people(table: pa.Table, found: Cells) -> People:
    """One row a kind of person (and practice); the characteristics are named alike on both sides."""
    number = table["one_one"].to_numpy()
    moments = np.zeros((len(table), len(Z), len(Z)))
    for i, a in enumerate(Z):
        for j, b in enumerate(Z[i:], i):
            moments[:, i, j] = moments[:, j, i] = table[f"{a}_{b}"].to_numpy()
    sums = {"age": table["age"].to_numpy(), "prior use": table["prior"].to_numpy()}
    squares = {"age": table["age_age"].to_numpy(), "prior use": table["prior_prior"].to_numpy()}
    for name, words in LABELS.items():
        label = np.array(table[name].to_pylist(), dtype=str)
        values = set(found.supported[name].to_pylist()) | set(found.others[name].to_pylist())
        for value in sorted(values):
            said = f"{words} {value if value not in ('', 0) or name == 'conditions' else 'not known'}"
            sums[said] = squares[said] = number * (label == str(value))
    return People(table["kind"].to_numpy(), moments, sums, squares)


def _places(table: pa.Table) -> dict[str, Array]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, practice in enumerate(table["practice"].to_pylist()):
        found[practice].append(row)
    return {practice: np.array(some, dtype=np.int64) for practice, some in found.items()}


def _left_out(table: pa.Table) -> dict[tuple[str, str], int]:
    return {(row["practice"], row["why"]): row["people"] for row in table.to_pylist()}
