"""CPU milliseconds and queries of a full plan: every section filled, fifty versions; its PDF; FHIR out and in.

    PYTHONPATH=src .venv/bin/python benchmarks/plans.py [--versions 50] [--rounds 15] [--documents 100]

In a record of its own, made new in var/benchmark-plans. The floors: an empty layout page for pages, ``json.loads`` of
the same bytes for the documents. Everything in one process, in turn, so that the ratios count.
"""

import argparse
import json
import os
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from timing import head, row

HOME = "var/benchmark-plans"
os.environ["WHATMATTERS_HOME"] = HOME
os.environ["DJANGO_SETTINGS_MODULE"] = "whatmatters.config.settings.demo"
ENTRIES, GOALS, ACTIONS, LONG_AGO = 3, 5, 3, date(2019, 4, 1)
WORDS = "Gets up at six for the dog, walks to the corner and back, and is out of breath by the gate"


def filled(part: Any) -> Any:
    """Every part of an entry that a row can hold, with words of an ordinary length."""
    found = {}
    for child in part.kept():
        value = filled(child) if child.group else _leaf(child)
        found[child.key] = [value, value] if child.many else value
    return found


def _leaf(part: Any) -> Any:
    if part.choices:
        code = part.choices[0][0]
        return {"code": code} if part.kind == "code" else code
    kinds = {
        "decimal": 5, "boolean": True, "date": "2026-05-01", "code": {"code": "239872002", "display": "Knee pain"},
        "datetime": "2026-05" if part.precision == "YM" else "2026-05-01T10:30",
    }  # fmt: skip
    return kinds.get(part.kind, "RWA" if part.shortest else WORDS[: part.longest or None])


def record(versions: int) -> tuple[Any, Any]:
    """The person with the plan, and who may open it."""
    shutil.rmtree(HOME, ignore_errors=True)
    os.makedirs(HOME)
    from whatmatters.config.commands.start import django

    django()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    from whatmatters.access.actors import Actor
    from whatmatters.access.models import Grant, User
    from whatmatters.organisations.models import Kind, Organisation
    from whatmatters.people.models import Person, Registration
    from whatmatters.workforce.models import Worker

    practice = Organisation.objects.create(code="B81001", name="Harbour Surgery", kind=Kind.PRACTICE, opened=LONG_AGO)
    user = User.objects.create(email="sam@example.org", name="Sam Okafor")
    worker = Worker.objects.create(name=user.name, account=user)
    Grant.objects.create(user=user, role="care_coordinator", organisation=practice, start=LONG_AGO)
    person = Person.objects.create(
        nhs_number="9990000018", given_name="Joan", family_name="Atkinson", born=date(1948, 5, 17), sex="F",
        address="4 Dock Street\nHull", postcode="HU9 1AA", phone="01482 000000",
    )  # fmt: skip
    Registration.objects.create(person=person, practice=practice, start=LONG_AGO)
    by = Actor(user.name, "care_coordinator", user.pk, practice.pk, practice.code, worker.pk)
    _write(person, by, versions)
    return person, user


def _write(person: Any, by: Any, versions: int) -> None:
    from whatmatters.components.care_planning import actions
    from whatmatters.components.care_planning.about_me import HEADINGS
    from whatmatters.components.care_planning.actions.items import once
    from whatmatters.components.care_planning.contents import contents_of, stamp
    from whatmatters.components.care_planning.standard import section, sections

    version = actions.start(person=person, by=by)
    actions.save_about_me(version=version, words={one.name: WORDS * 5 for one in HEADINGS}, seen=0, by=by)
    for name, part in sections().items():
        for _ in range(1 if once(part) else ENTRIES) if part.rows == "item" else ():
            actions.add_item(version=version, section=name, values=filled(part), by=by)
    for need in [None, *version.items.filter(section="needs").values_list("key", flat=True)][:GOALS]:
        more = filled(section("goals"))
        goal = actions.add_goal(version=version, by=by, outcome=WORDS, importance=9, need=need, more=more)
        for _ in range(ACTIONS):
            actions.add_action(goal=goal, by=by, what=WORDS, who="person", more=filled(section("actions")))
    for number in range(1, versions + 1):
        if number > 1:
            version = actions.start(person=person, by=by)
            goal = version.goals.first()
            assert goal is not None
            actions.change_goal(goal=goal, revision=goal.revision, by=by, outcome=f"{WORDS}, {number}")
        if number < versions:
            version.refresh_from_db()
            actions.agree(
                version=version, seen=stamp(contents_of(version)), by=by, agreed_on=date.today(), agreed_by="Joan",
                agreed_role="person", review_on=date.today() + timedelta(days=180), reviewer_name="Sam Okafor",
            )  # fmt: skip


def asked(person: Any, user: Any) -> dict[str, Callable[[], int]]:
    """What is timed; each gives the bytes of its answer."""
    from django.shortcuts import render
    from django.test import Client
    from django.urls import path, reverse

    from whatmatters.access.gate import public
    from whatmatters.components.care_planning.about_me import HEADINGS
    from whatmatters.components.care_planning.actions.writing import last_words
    from whatmatters.components.care_planning.models import Version
    from whatmatters.config import urls

    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    urls.urlpatterns.append(path("empty/", public(lambda request: render(request, "web/page.jinja"))))
    draft = Version.objects.get(plan__person=person, state="draft")
    agreed = Version.objects.get(plan__person=person, state="agreed")
    count = iter(range(10_000))

    def get(address: str) -> Callable[[], int]:
        return lambda: _size(client.get(address), 200)

    def save() -> int:
        said = {one.name: WORDS * 5 for one in HEADINGS} | {"also": f"{WORDS} {next(count)}", "seen": last_words(draft)}
        return _size(client.post(reverse("plan-words", args=[person.uuid]), said), 302)

    def pdf() -> int:
        given = {"seen": agreed.number, "look": "plain", "form_of": "pdf", "audience": ""}
        return _size(client.post(reverse("plan-print", args=[person.uuid]), given), 200)

    return {
        "an empty layout page": get("/empty/"),
        "open the plan": get(reverse("plan", args=[person.uuid])),
        "save what matters": save,
        "the FHIR file, by the page": lambda: _size(
            client.post(reverse("plan-file", args=[person.uuid]), {"audience": "all"}), 200
        ),
        "the PDF, by the page": pdf,
    }


def _size(answer: Any, status: int) -> int:
    assert answer.status_code == status, (answer.status_code, answer.content[:500])
    return len(answer.content)


def pages(wanted: dict[str, Callable[[], int]], rounds: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent: dict[str, list[float]] = {}
    queries, sizes = {}, {}
    for name, answer in wanted.items():
        answer()  # the first time compiles the page
        with CaptureQueriesContext(connection) as captured:
            sizes[name] = answer()
        queries[name] = len(captured)
    for _ in range(rounds):
        for name, answer in wanted.items():
            began = time.process_time()
            answer()
            spent.setdefault(name, []).append(1000 * (time.process_time() - began))
    floor = median(next(iter(spent.values())))
    for name, times in spent.items():
        row(name, queries[name], f"{sizes[name] / 1000:.0f} kB", f"{median(times):.1f}", f"{median(times) / floor:.1f}")


def documents(person: Any, rounds: int) -> None:
    """Of one full plan, again and again: told from the tables, written, read, and its bytes as JSON."""
    from fhir.resources.R4B.bundle import Bundle

    from whatmatters.components.care_planning.models import Version
    from whatmatters.interop.fhir.plan import document, reading, record

    version = Version.objects.select_related("plan__person").get(plan__person=person, state="agreed")
    telling = record.told_of(version)
    whole = document.write(telling)
    raw = json.dumps(whole)
    jobs: dict[str, Callable[[], Any]] = {
        "json.loads of its bytes": lambda: json.loads(raw),
        "fhir.resources' own check": lambda: Bundle.model_validate(whole),
        "told from the tables": lambda: record.told_of(version),
        "out: the document of what is told": lambda: document.write(telling),
        "in: read and checked": lambda: reading.read(raw),
    }
    spent: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, job in jobs.items():
            began = time.process_time()
            job()
            spent.setdefault(name, []).append(time.process_time() - began)
    floor = median(next(iter(spent.values())))
    print(f"\nOne document of {len(raw) / 1000:.0f} kB, {len(json.loads(raw)['entry'])} resources:\n")
    row("step", f"CPU s per 1,000 plans, from {rounds}", "times json.loads")
    row("---", "---", "---")
    for name, times in spent.items():
        row(name, f"{1000 * median(times):.1f}", f"{median(times) / floor:.1f}")


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--versions", type=int, default=50)
    wanted.add_argument("--rounds", type=int, default=15)
    wanted.add_argument("--documents", type=int, default=100)
    options = wanted.parse_args()
    person, user = record(options.versions)
    head("what", "queries", "answer", f"CPU ms, median of {options.rounds}", "times an empty page")
    pages(asked(person, user), options.rounds)
    documents(person, options.documents)


if __name__ == "__main__":
    main()
