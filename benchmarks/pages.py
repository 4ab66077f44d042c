"""CPU milliseconds of the pages people keep open, with 50,000 people on file, against an empty layout page.

    PYTHONPATH=src .venv/bin/python benchmarks/pages.py [--people 50000] [--rounds 40]

All pages are asked for in turn, round after round, in one process, so that a change in the machine's speed meets them
alike: the ratios count. The record is made once, in var/benchmark, and kept: everyone is on a list, and a tenth of
them have lives told (referrals, contacts, plans), which is about what a network sees in two years.
"""

import argparse
import os
import sys
import time
from datetime import date
from statistics import median

os.environ["WHATMATTERS_HOME"] = "var/benchmark"
os.environ["DJANGO_SETTINGS_MODULE"] = "whatmatters.config.settings.demo"


def record(people: int) -> None:
    """The demo's builder with more people, measured and stored: what the pages read."""
    from whatmatters.config.commands.start import django

    django()
    from whatmatters.people.models import Person

    if Person.objects.count() < people:
        from whatmatters.demo.build import build

        build(on=date.today(), people=people, told=people // 10, say=lambda words: print(f"  {words}", file=sys.stderr))
        from whatmatters.config import cli

        cli.main(["measure", "--store"])
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def pages() -> dict[str, object]:
    """Name to a function that answers one request."""
    from django.shortcuts import render
    from django.test import Client
    from django.urls import path, reverse

    from whatmatters.access.gate import public
    from whatmatters.access.models import AuditEntry, Grant
    from whatmatters.components.social_prescribing.models import Referral
    from whatmatters.config import urls
    from whatmatters.organisations.models import Organisation
    from whatmatters.people.gate import people_of

    worker = Grant.objects.filter(role="link_worker").order_by("pk").first()
    assert worker is not None
    client = Client(HTTP_HOST="localhost")
    client.force_login(worker.user, backend="django.contrib.auth.backends.ModelBackend")
    seen = people_of([worker]).filter(pk__in=Referral.objects.values("person")).order_by("pk").first()
    assert seen is not None
    icb = Organisation.objects.filter(kind="icb").first()
    assert icb is not None
    print(f"{AuditEntry.objects.count():,} audit entries, {Referral.objects.count():,} referrals", file=sys.stderr)

    def ask(address: str) -> object:
        def answer() -> None:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        return answer

    # The floor goes the same way as the others: middleware, session, menu and layout, with nothing on the page.
    urls.urlpatterns.append(path("empty/", public(lambda request: render(request, "web/page.jinja"))))
    return {
        "an empty layout page": ask("/empty/"),
        "the link worker's desk": ask(reverse("referral-desk")),
        "a person's page": ask(reverse("person", args=[seen.uuid])),
        "the dashboard of an ICB": ask(reverse("numbers-of", args=[icb.code])),
    }


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, default=50_000)
    wanted.add_argument("--rounds", type=int, default=40)
    options = wanted.parse_args()
    record(options.people)
    spent: dict[str, list[float]] = {}
    asked = pages()
    for answer in asked.values():
        answer()  # type: ignore[operator]  # the first time compiles the page
    for _ in range(options.rounds):
        for name, answer in asked.items():
            began = time.process_time()
            answer()  # type: ignore[operator]  # a view
            spent.setdefault(name, []).append(1000 * (time.process_time() - began))
    floor = median(next(iter(spent.values())))
    print(f"| page | CPU ms, median of {options.rounds} | lowest | times an empty page |\n|---|---|---|---|")
    for name, times in spent.items():
        print(f"| {name} | {median(times):.1f} | {min(times):.1f} | {median(times) / floor:.1f} |")


if __name__ == "__main__":
    main()
