"""CPU milliseconds and queries of the link worker's desk with 250,000 cases on file, against an empty layout page.

    PYTHONPATH=src .venv/bin/python benchmarks/desk.py [--cases 250000] [--rounds 20]

The cases are those of 50 networks of five practices; one in twenty-five is open, the rest closed long ago, each with
its change of status and a contact. Three link workers hold the open ones of a network, so that a desk shows about 60
cases of one's own and 200 of the network. Rows are written straight into the tables: what is timed is the reading.
"""

import argparse
import os
import shutil
import sys
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

HOME = Path("var/benchmark-desk")
os.environ["WHATMATTERS_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "whatmatters.config.settings.demo"
NETWORKS, PRACTICES, WORKERS, OPEN = 50, 5, 3, 25
TODAY, LONG_AGO = date.today(), date(2019, 4, 1)


def places():
    """One ICB of networks, and who works in them: (network, practices, workers) each."""
    from whatmatters.access.models import Grant, User
    from whatmatters.organisations.models import Membership, Organisation
    from whatmatters.workforce.models import Post, Worker

    def made(code, kind, *parents):
        row = Organisation.objects.create(code=code, name=f"Place {code}", kind=kind, opened=LONG_AGO)
        for parent in parents:
            Membership.objects.create(child=row, parent=parent, start=LONG_AGO)
        return row

    icb, found = made("QBM", "icb"), []
    for n in range(NETWORKS):
        network = made(f"U9{n:04d}", "pcn")
        practices = [made(f"B9{n:03d}{m}", "practice", icb, network) for m in range(PRACTICES)]
        workers = []
        for m in range(WORKERS):
            user = User.objects.create(email=f"worker{n}.{m}@bench.example", name=f"Worker {n}.{m}")
            workers.append(Worker.objects.create(name=user.name, account=user))
            Grant.objects.create(user=user, role="link_worker", organisation=network, start=LONG_AGO)
            Post.objects.create(worker=workers[-1], role="link_worker", organisation=network, wte=1, start=LONG_AGO)
        found.append((network, practices, workers))
    return found


def record(cases):
    """People, registrations, cases, contacts and changes, in bulk."""
    from django.db import transaction

    from whatmatters.components.social_prescribing.models import Change, Contact, Referral
    from whatmatters.events.models import Episode
    from whatmatters.people.models import Person, Registration

    towns = places()

    def rows(start, stop):
        for n in range(start, stop):
            network, practices, workers = towns[n % NETWORKS]
            turn = n // NETWORKS
            is_open, made = turn % OPEN == 0, TODAY - timedelta(days=turn % 400)
            person = Person(
                pk=n + 1, given_name=f"Given{n % 997}", family_name=f"Family{n % 4999}", born=date(1950, 1, 1)
            )
            owner = workers[turn // OPEN % WORKERS]
            ended = {} if is_open else {"ended_on": made, "ended_why": "done"}
            due = {"next_on": TODAY - timedelta(days=turn % 9 - 4), "next_what": "Ring"} if is_open and turn % 2 else {}
            referral = Referral(
                pk=n + 1, person=person, practice=practices[turn % PRACTICES], service=network, source="staff",
                status=("accepted" if turn % 3 == 0 else "active") if is_open else "closed", need="company",
                made_on=made, agreed_on=made, owner=owner, episode_id=n + 1, **ended, **due,
            )  # fmt: skip
            yield (
                person,
                Registration(person_id=n + 1, practice=practices[turn % PRACTICES], start=LONG_AGO),
                Episode(pk=n + 1, person_id=n + 1),
                referral,
                Change(referral_id=n + 1, on=made, who="Worker", was="received", status=referral.status),
                Contact(referral_id=n + 1, on=made, how="phone", spoke=turn % 3 != 0, worker=owner),
            )

    every = rows(0, cases)
    while some := list(islice(every, 10_000)):
        with transaction.atomic():
            for model, column in zip(
                (Person, Registration, Episode, Referral, Change, Contact), zip(*some, strict=True), strict=True
            ):
                model.objects.bulk_create(column, 1000)
        print(f"  {some[-1][3].pk:,} cases", file=sys.stderr)


def pages():
    """Name to a function that answers one request."""
    from django.shortcuts import render
    from django.test import Client
    from django.urls import path, reverse

    from whatmatters.access.gate import public
    from whatmatters.access.models import User
    from whatmatters.components.social_prescribing.models import Referral
    from whatmatters.config import urls

    user = User.objects.get(email="worker7.1@bench.example")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    row = Referral.objects.filter(owner=user.worker, status="active").select_related("person").first()

    def ask(address):
        def answer():
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        return answer

    urls.urlpatterns.append(path("empty/", public(lambda request: render(request, "web/page.jinja"))))
    return {
        "an empty layout page": ask("/empty/"),
        "the desk, one's own": ask(reverse("referral-desk")),
        "the desk, the whole network": ask(reverse("referral-desk") + "?whose=all"),
        "a case": ask(reverse("case", args=[row.person.uuid, row.uuid])),
        "the caseloads": ask(reverse("caseload")),
    }


def main():
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--cases", type=int, default=250_000)
    wanted.add_argument("--rounds", type=int, default=20)
    wanted.add_argument("--anew", action="store_true", help="make the record again")
    options = wanted.parse_args()
    if options.anew:
        shutil.rmtree(HOME, ignore_errors=True)
    from whatmatters.config.commands.start import django

    django()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from whatmatters.components.social_prescribing.models import Referral

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if Referral.objects.count() < options.cases:
        record(options.cases)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked, spent, queries = pages(), {}, {}
    for name, answer in asked.items():
        answer()  # the first time compiles the page
        with CaptureQueriesContext(connection) as seen:
            answer()
        queries[name] = len(seen)
        for query in sorted(seen.captured_queries, key=lambda one: -float(one["time"]))[:2]:
            if float(query["time"]) > 0.02:
                print(f"  {name}: {query['time']} s: {query['sql'][:300]}", file=sys.stderr)
    for _ in range(options.rounds):
        for name, answer in asked.items():
            began = time.process_time()
            answer()
            spent.setdefault(name, []).append(1000 * (time.process_time() - began))
    floor = median(next(iter(spent.values())))
    print(
        f"| page | CPU ms, median of {options.rounds} | lowest | times an empty page | queries |\n|---|---|---|---|---|"
    )
    for name, times in spent.items():
        print(f"| {name} | {median(times):.1f} | {min(times):.1f} | {median(times) / floor:.1f} | {queries[name]} |")


if __name__ == "__main__":
    main()
