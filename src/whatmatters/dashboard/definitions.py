"""What a number means: its definition in words, and the worked example that is also its test."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from whatmatters.access.gate import public
from whatmatters.dashboard.downloads import attachment
from whatmatters.dashboard.explained import asked_by, explained
from whatmatters.dashboard.numbers import amount, count
from whatmatters.dashboard.reading import indicator_named
from whatmatters.events.codes import CONCEPTS
from whatmatters.measurement import details
from whatmatters.measurement.conditions import events_of
from whatmatters.measurement.examples import Example, Happened, Post, Someone
from whatmatters.programme.indicators import INDICATORS
from whatmatters.programme.parts import PARTS
from whatmatters.web.words import day


@public
def definitions(request: HttpRequest) -> HttpResponse:
    """Every number, by component."""
    parts = [(title, [one for one in INDICATORS.values() if one.component == name]) for name, title in PARTS.items()]
    return render(request, "dashboard/definitions.jinja", {"parts": [part for part in parts if part[1]]})


@public
def definition(request: HttpRequest, name: str) -> HttpResponse:
    indicator = indicator_named(name)
    example = indicator.example
    context: dict[str, Any] = {
        "indicator": indicator,
        "part": PARTS[indicator.component],
        "events": sorted({CONCEPTS[one.code].title for one in events_of(indicator.counts)}),
        "cohorts": explained(indicator.counts),
        "needs": [CONCEPTS[code].title for code in indicator.needs],
        "splits": [details.said(group) for group in indicator.group_names],
        "beside": INDICATORS.get(indicator.beside),
        "asked": asked_by(name),
        "example": example,
    }
    if example:
        context["as_at"] = date.fromisoformat(example.as_at)
        context["posts"] = [_post(post) for post in example.staff]
        context["people"] = [(someone, list(_told(someone))) for someone in example.people]
        context["doers"] = _doers(example)
        context["numerator"], context["denominator"] = count(example.numerator), count(example.denominator)
        context["value"] = amount(indicator, indicator.value(example.numerator, example.denominator))
    return render(request, "dashboard/definition.jinja", context)


@public
def example_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The people of the worked example, then its workers and organisations, a line each."""
    example = indicator_named(name).example
    if example is None:
        raise Http404("There is no such example")
    rows = [(someone.name, "; ".join(_told(someone)), someone.because) for someone in example.people]
    rows += [(name, "; ".join(told), because) for name, told, because in _doers(example)]
    return attachment(f"{name}-example.csv", ("who", "what happened", "so"), rows)


def _told(someone: Someone) -> Iterator[str]:
    """What the example says of one person, a line each."""
    for practice, start, end in someone.registered:
        if end:
            yield f"registered with {practice} from {_day(start)}, left {_day(end)}"
    for event in sorted(someone.events, key=lambda event: event.on):
        yield _happened(event)
    if someone.died:
        yield f"{_day(someone.died)}: died"


def _doers(example: Example) -> list[tuple[str, list[str], str]]:
    """The workers and organisations of which something is told: name, what they did, how they come to be counted."""
    told: dict[str, list[str]] = {name: [] for name, _ in example.because}
    for name, event in example.staff_events + example.organisation_events:
        told.setdefault(name, []).append(_happened(event))
    because = dict(example.because)
    return [(name, lines, because.get(name, "")) for name, lines in told.items()]


def _happened(event: Happened) -> str:
    said = f"{_day(event.on)}: {CONCEPTS[event.code].title}"
    said += f", {event.value:g}" if event.value is not None else ""
    said += f", by {event.organisation}" if event.organisation else ""
    said += f" ({details.said(event.detail)})" if event.detail else ""
    return said + (f" [{_episode(event.code)} {event.episode}]" if event.episode is not None else "")


def _episode(code: str) -> str:
    """What events of one episode are called together."""
    return "plan" if code.startswith("care-plan-") else "budget" if code.startswith("budget-") else "case"


def _post(post: Post) -> dict[str, Any]:
    end = date.fromisoformat(post.end) if post.end else None
    role = post.role.replace("_", " ")
    return vars(post) | {"role": role, "start": date.fromisoformat(post.start), "end": end}


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
