"""What the answers come to, as it may be shown: not under 25 answers, and no group that could be worked out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whatmatters.components.shared_decision_making.models import Age, Answer, Ask, Audit, Ethnic, Sex, State
from whatmatters.components.shared_decision_making.scores import REPORTED_FROM, Summary, summary
from whatmatters.measurement import disclosure
from whatmatters.organisations.models import Organisation
from whatmatters.periods import Period, age

FIFTHS = ("Most deprived fifth", "Second", "Third", "Fourth", "Least deprived fifth")
NOT_KNOWN, NOT_SAID, HIDDEN = "Not on record", "Not said", "hidden"
GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "age": ("By age", {str(key): str(words) for key, words in Age.choices}),
    "sex": ("By sex", {str(key): str(words) for key, words in Sex.choices}),
    "ethnicity": ("By ethnic group", {str(key): str(words) for key, words in Ethnic.choices}),
    "deprivation": ("By how deprived the place is where they live", dict(zip("12345", FIFTHS, strict=True))),
}
FIRST_LETTERS = {"A": "white", "D": "mixed", "H": "asian", "M": "black", "R": "other"}


@dataclass(frozen=True)
class Asked:
    """Of a group by the record: how many were asked and what share answered, in words, as they may be shown."""

    name: str
    asked: str
    share: str


@dataclass(frozen=True)
class Said:
    """Of a group that people ticked. ``shown`` is None where too few answered, or where it would tell of another
    group that is hidden."""

    name: str
    shown: Summary | None


@dataclass(frozen=True)
class Table:
    """Two lists that are not each other's shares: the record says who was asked, the people who they are. ``said`` is
    empty where no group that they ticked may be shown."""

    caption: str
    asked: list[Asked]
    said: list[Said]


@dataclass(frozen=True)
class Results:
    """``incomplete``: answers with a question left out, which have no score."""

    asked: int
    answered: int
    incomplete: int
    whole: Summary
    tables: list[Table]


def of_audit(audit: Audit) -> Results | None:
    """None until the answers are closed: watched as they come in, they could be told apart."""
    if audit.state in (State.PLANNED, State.DRAWN, State.ASKING, State.ABANDONED):
        return None
    rows, sample = list(audit.answers.all()), list(audit.sample.select_related("person"))
    scores = [row.score for row in rows if row.score is not None]
    asked = [one for one in sample if one.sent_on]
    tables = [Table(GROUPS[name][0], _asked(audit, name, asked), _said(audit, name, rows)) for name in GROUPS]
    return Results(len(asked), len(rows), len(rows) - len(scores), summary(audit.instrument, scores), tables)


def _asked(audit: Audit, name: str, asked: Sequence[Ask]) -> list[Asked]:
    words = {**GROUPS[name][1], "": NOT_KNOWN}
    shares = _shares(audit, name, asked, list(words))
    return [Asked(said, *shares[group]) for group, said in words.items() if group or shares[""][0] != "0"]


def _said(audit: Audit, name: str, rows: Iterable[Answer]) -> list[Said]:
    """Whoever ticked nothing stands last, and never alone: that would be the whole once more."""
    scores: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.score is not None:
            scores[str(getattr(row, name) or "")].append(row.score)
    words = {**GROUPS[name][1], "": NOT_KNOWN if name == "deprivation" else NOT_SAID}  # it comes with the link
    open_ = may_show({group: len(found) for group, found in scores.items()})
    if not open_ - {""}:
        return []
    return [
        Said(said, summary(audit.instrument, scores[group]) if group in open_ else None)
        for group, said in words.items()
        if group or scores[""]
    ]


def _shares(audit: Audit, name: str, asked: Sequence[Ask], groups: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By group: how many were asked, and what share of them answered, as the gate for small numbers leaves them."""
    out_of, did = Counter[str](), Counter[str]()
    for one in asked:
        for group in ("all", group_of(name, one, audit)):
            out_of[group] += 1
            did[group] += one.answered
    rows = [
        {
            "indicator": "answered", "definition": 1, "period": "2022-23", "organisation": "it", "level": "pcn",
            "breakdown": name if group != "all" else "all", "group": group, "source": "computed",
            "numerator": did[group], "denominator": out_of[group],
        }
        for group in ("all", *groups)
    ]  # fmt: skip
    found = {}
    for row in disclosure.publish(rows, solver=False):  # it needs what a web process must not load
        count, share = row["shown_denominator"], row["shown_value"]
        cell, none = HIDDEN if count is None else f"{count:,.0f}", "–" if count == 0 else HIDDEN
        found[row["group"]] = cell, none if share is None else f"{100 * share:.0f}%"
    return found


def group_of(name: str, one: Ask, audit: Audit) -> str:
    """The group of someone asked, by their record: of the sample, and never beside an answer."""
    person = one.person
    if name == "age":
        years = age(person.born, audit.drawn_on or date.today())
        return next((band for band, below in (("18-44", 45), ("45-64", 65), ("65-79", 80)) if years < below), "80+")
    if name == "sex":
        return person.sex
    if name == "ethnicity":
        stated = "A" <= person.ethnicity <= "S"
        return FIRST_LETTERS[max(one for one in FIRST_LETTERS if one <= person.ethnicity)] if stated else ""
    return "" if person.deprivation is None else str((person.deprivation + 1) // 2)


def may_show(counts: dict[str, int], least: int = REPORTED_FROM) -> set[str]:
    """The groups that may be shown beside their total: those with enough, less as many of the smallest as it takes for
    the hidden ones together to be enough too (or none)."""
    shown = {group for group, count in counts.items() if count >= least}
    while shown and 0 < sum(count for group, count in counts.items() if group not in shown) < least:
        shown.remove(min(shown, key=lambda group: (counts[group], group)))
    return shown


@dataclass(frozen=True)
class Place:
    where: Organisation
    shown: Summary | None


def of_places(
    network: Organisation | None, practices: Sequence[Organisation], instrument: str, period: Period, today: date
) -> list[Place]:
    """The network and its practices, or one practice: answers of the period's months that are over."""
    end = min(period.end, today.replace(day=1))
    rows = Answer.objects.filter(
        practice__in=practices, instrument=instrument, month__gte=period.start, month__lt=end, score__isnull=False
    )
    scores: dict[int, list[float]] = defaultdict(list)
    for practice, score in rows.values_list("practice", "score"):
        scores[practice].append(float(score or 0))  # none is null: they are filtered
    open_ = may_show({str(key): len(found) for key, found in scores.items()})
    found = [Place(one, summary(instrument, scores[one.pk]) if str(one.pk) in open_ else None) for one in practices]
    if network is None:
        return found
    everyone = [score for some in scores.values() for score in some]
    whole = summary(instrument, everyone) if len(everyone) >= REPORTED_FROM else None
    return [Place(network, whole), *found]
