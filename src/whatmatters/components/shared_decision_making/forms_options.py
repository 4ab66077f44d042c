"""The option talk: one group of boxes for each option, the usual ones and doing nothing first, and two of their own.

An option counts as talked about when it is ticked, or when something was written about it; the rest is left out.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from whatmatters.components.shared_decision_making.forms import Hidden, revision, short_lines
from whatmatters.components.shared_decision_making.library import Entry, Kept, Usual, nothing
from whatmatters.components.shared_decision_making.models import Decision
from whatmatters.people.boxes import long, short
from whatmatters.web.forms import counted

OWN, MOST = 2, 16
TOLD = ("benefits", "harms", "view")


@dataclass(frozen=True)
class Row:
    """What one group of boxes begins with; ``own``: nameless yet."""

    what: str
    nothing: bool = False
    benefits: str = ""
    harms: str = ""
    view: str = ""
    source: str = ""
    said: bool = False
    own: bool = False


def rows(decision: Decision, entry: Entry | None) -> list[Row]:
    """What was talked about already, then what is usual and was not, doing nothing, and empty ones:
    these before doing nothing where nothing is usual."""
    said = [Row(o.what, o.nothing, o.benefits, o.harms, o.view, o.source, said=True) for o in decision.options.all()]
    there = {row.what for row in said}
    usual: list[Usual] = [*(entry.options if entry else ())]
    if not any(row.nothing for row in said) and not any(row.nothing for row in usual):
        usual.append(nothing())
    offered = [Row(u.what, u.nothing, u.benefits, u.harms, source=u.source) for u in usual if u.what not in there]
    own = [Row("", own=True) for _ in range(OWN)]
    first, last = (offered, own) if entry and entry.options else (own, offered)
    return [*said, *first, *last][:MOST]


class OptionsForm(forms.Form):
    revision = revision()
    rows = forms.IntegerField(widget=Hidden, required=False)
    tools = forms.MultipleChoiceField(
        label="Did you use a decision support tool?", widget=forms.CheckboxSelectMultiple, required=False
    )
    other_tool = short("Another tool", 150)

    def __init__(self, *args: Any, begin: list[Row], offered: list[Kept], had: list[Kept], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "rows": len(begin), "tools": [tool.name for tool in had]}
        self.fields["tools"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (tool.name, tool.title) for tool in {tool.name: tool for tool in (*offered, *had)}.values()
        ]
        self.begin = begin if not self.is_bound else [*begin, *(Row("", own=True) for _ in range(MOST))][: self._sent()]
        for n, row in enumerate(self.begin):
            self._boxes(n, row)
        self.needed_later = [name for name in self.fields if name.endswith(("_benefits", "_harms"))]

    def _sent(self) -> int:
        """How many groups the page had when it was drawn: others may have added or taken some meanwhile."""
        sent = str(self.data.get("rows", ""))
        return len(self.initial) if (rows := counted(sent)) is None else min(rows, MOST)

    def _boxes(self, n: int, row: Row) -> None:
        named = bool(self.data.get(f"o{n}_given")) if self.is_bound else not row.own
        self.fields[f"o{n}_given"] = forms.CharField(widget=Hidden, required=False)
        self.fields[f"o{n}_nothing"] = forms.CharField(widget=Hidden, required=False)
        self.fields[f"o{n}_source"] = forms.CharField(max_length=150, widget=Hidden, required=False)
        for name in TOLD:
            self.fields[f"o{n}_{name}_was"] = forms.CharField(strip=False, widget=Hidden, required=False)
        if named:
            self.fields[f"o{n}_what"] = forms.CharField(max_length=150, widget=Hidden, required=False)
            self.fields[f"o{n}_said"] = forms.BooleanField(label="We talked about this", required=False)
        else:
            self.fields[f"o{n}_what"] = short("Which option?", 150)
        self.fields[f"o{n}_benefits"] = long("Benefits: what good can it do?", 2000, hint="One a line")
        self.fields[f"o{n}_harms"] = long("Harms: what can it cost or spoil?", 2000, hint="One a line")
        self.fields[f"o{n}_view"] = long("What they think of it", 2000)
        if not self.is_bound:
            self.initial = {
                **self.initial,
                f"o{n}_given": "" if row.own else "yes", f"o{n}_nothing": "yes" if row.nothing else "",
                f"o{n}_source": row.source, f"o{n}_what": row.what, f"o{n}_said": row.said,
                **{f"o{n}_{name}": getattr(row, name) for name in TOLD},
                **{f"o{n}_{name}_was": getattr(row, name) for name in TOLD},
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in range(len(self.begin)):
            for name in ("benefits", "harms"):
                try:
                    short_lines(given.get(f"o{n}_{name}", ""))
                except forms.ValidationError as problem:
                    self.add_error(f"o{n}_{name}", problem)
            if not given.get(f"o{n}_what") and any(given.get(f"o{n}_{name}") for name in TOLD):
                self.add_error(f"o{n}_what", "Name the option that you have written about")
        return given

    def groups(self) -> list[dict[str, Any]]:
        """The boxes of each option, for the page."""
        found = []
        for n, _ in enumerate(self.begin):
            boxes = {name: self[f"o{n}_{name}"] for name in ("what", *TOLD)}
            hidden = [self[f"o{n}_{name}"] for name in ("given", "nothing", "source", *(f"{t}_was" for t in TOLD))]
            given = f"o{n}_said" in self.fields
            found.append(
                {
                    **boxes,
                    "n": n,
                    "hidden": hidden,
                    "said": self[f"o{n}_said"] if given else None,
                    "title": self[f"o{n}_what"].value() if given else "",
                    "source": self[f"o{n}_source"].value(),
                }
            )
        return found

    def options(self) -> list[dict[str, Any]]:
        """Those that were talked about, as the action takes them."""
        given, found = self.cleaned_data, []
        for n in range(len(self.begin)):
            told = {name: given[f"o{n}_{name}"].strip() for name in TOLD}
            was = {name: given[f"o{n}_{name}_was"].strip() for name in TOLD}
            said = given.get(f"o{n}_said", True) or _lines(told) != _lines(was)
            if given[f"o{n}_what"].strip() and said:
                more = {"nothing": bool(given[f"o{n}_nothing"]), "source": given[f"o{n}_source"]}
                found.append({"what": given[f"o{n}_what"].strip(), **more, **told})
        return found


def _lines(told: dict[str, str]) -> list[list[str]]:
    return [text.split() for text in told.values()]
