"""CPU milliseconds and queries of the directory's pages over 100,000 services, against an empty layout page.

    PYTHONPATH=src .venv/bin/python benchmarks/search.py [--services 100000] [--rounds 30]

The services are invented by a seed and kept in var/benchmark-search: names and sentences with about as many different
words as a real directory has, one or two places each in one of 60 towns, days, languages, costs. All pages are asked
for in turn, round after round, in one process: the ratios count. With WHATMATTERS_DATABASE set it is PostgreSQL's turn.
"""

import argparse
import os
import sys
import time
from datetime import date, timedelta
from itertools import islice
from random import Random
from statistics import median

os.environ.setdefault("WHATMATTERS_HOME", "var/benchmark-search")
os.environ["DJANGO_SETTINGS_MODULE"] = "whatmatters.config.settings.test"
if "WHATMATTERS_DATABASE" not in os.environ:
    os.environ["DJANGO_SETTINGS_MODULE"] = "whatmatters.config.settings.demo"

SYLLABLES = "ba ker lin tor mel dra sun wick ham by thor pe gar den ly mon ste ro van ash cot fen hol mar ridge well"
THINGS = "walking gardening choir carers debt advice dementia café swimming knitting football cooking art reading chess"
WHO = "young people, older people, carers, parents, men, women, everyone, people living with diabetes"
BATCH = 2_000


def services(count: int) -> None:
    from django.db import transaction

    from whatmatters.directory.models import Group, Meeting, Place
    from whatmatters.directory.needs import Need
    from whatmatters.directory.vocabulary import learn
    from whatmatters.directory.wording import text_of

    lots, began = Random(1948), time.process_time()
    rare = ["".join(lots.choices(SYLLABLES.split(), k=lots.randint(2, 4))) for _ in range(40_000)]
    towns = [(f"{word.title()}", 50.5 + 4.5 * lots.random(), -3 + 3.5 * lots.random()) for word in rare[:60]]
    languages = ["", "", "", "English, Polish", "English, Urdu, Panjabi", "English, Romanian", "British Sign Language"]

    def sentence() -> str:
        words = [rare[min(int(lots.paretovariate(0.6)), len(rare) - 1)] for _ in range(30)]
        return " ".join([*lots.choices(THINGS.split(), k=4), *words])

    def made() -> "list[tuple[Group, Place, Meeting]]":
        for _ in range(count):
            town, lat, lon = lots.choice(towns)
            about = sentence()
            group = Group(
                name=f"{town} {about.split()[0].title()} {lots.choice(rare).title()}", kind=lots.choice(Need.values),
                about=about, who_for=lots.choice(WHO.split(", ")), languages=lots.choice(languages),
                cost_kind=lots.choice(["free", "pays", "donation", ""]), capacity=lots.choice(["open"] * 8 + ["full"]),
                last_verified=date.today() - timedelta(days=int(lots.expovariate(1 / 200))), source="benchmark",
            )  # fmt: skip
            place = Place(
                group=group, name=f"{lots.choice(rare).title()} Hall", town=town,
                postcode=f"B{lots.randint(1, 60)} 1AA",
                latitude=lat + lots.gauss(0, 0.05), longitude=lon + lots.gauss(0, 0.08),
                step_free=lots.choice([True, False, None]), parking=lots.choice([True, None]),
            )  # fmt: skip
            yield group, place, Meeting(group=group, place=place, weekday=lots.randrange(7))

    rows, words = made(), set()
    while some := list(islice(rows, BATCH)):
        for group, place, meeting in some:
            place.clean()
            group.words = text_of(group, [place], [meeting])
            words |= set(group.words.split())
        with transaction.atomic():
            Group.objects.bulk_create([group for group, _, _ in some])
            Place.objects.bulk_create([place for _, place, _ in some])
            Meeting.objects.bulk_create([meeting for _, _, meeting in some])
    written = time.process_time()
    learn(words)
    spent = (written - began, time.process_time() - written)
    print(f"{count:,} services in {spent[0]:.0f} s of CPU, {len(words):,} words in {spent[1]:.0f} s", file=sys.stderr)


def record(count: int) -> None:
    from whatmatters.config.commands.start import django

    django()
    from django.core.management import call_command
    from django.db import connection

    from whatmatters.directory.models import Group

    call_command("migrate", verbosity=0)
    if Group.objects.count() < count:
        services(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    call_command("collectstatic", verbosity=0, interactive=False)


def pages() -> dict[str, str]:
    """What is asked for, in words, and its address."""
    from urllib.parse import urlencode

    from django.shortcuts import render
    from django.urls import path

    from whatmatters.access.gate import public
    from whatmatters.config import urls
    from whatmatters.directory.models import Place

    town = Place.objects.order_by("pk").first().town
    asked = {
        "everything": {},
        "a common word": {"words": "gardening"},
        "a common word, mistyped": {"words": "gardning"},
        "two words": {"words": "dementia cafe"},
        "a rare word": {"words": town},
        "need, day, access, language": {"kind": "company", "day": "3", "access": "step_free", "language": "Polish"},
        "within 10 miles of a town": {"near": town},
        "all of it": {"words": "gardning", "near": town, "day": "3", "language": "Polish", "cost": "free"},
        "the last page of everything": {"page": "5000"},
    }
    # The floor goes the same way as the others: middleware, session, menu and layout, with nothing on the page.
    urls.urlpatterns.append(path("empty/", public(lambda request: render(request, "web/page.jinja"))))
    told = {"an empty layout page": "/empty/"}
    told |= {words: f"/groups/?{urlencode(query)}" for words, query in asked.items()}
    return told | {"map: within 10 miles of a town": f"/groups/map/?{urlencode({'near': town})}"}


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--services", type=int, default=100_000)
    wanted.add_argument("--rounds", type=int, default=30)
    options = wanted.parse_args()
    record(options.services)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, spent, queries = Client(HTTP_HOST="localhost"), {}, {}
    asked = pages()
    for words, address in asked.items():  # the first time compiles the page
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        queries[words] = len(caught)
    for _ in range(options.rounds):
        for words, address in asked.items():
            began = time.process_time()
            client.get(address)
            spent.setdefault(words, []).append(1000 * (time.process_time() - began))
    floor = median(spent["an empty layout page"])
    print(
        f"| page | queries | CPU ms, median of {options.rounds} | lowest | times an empty page |\n|---|---|---|---|---|"
    )
    for words, times in spent.items():
        middle = median(times)
        print(f"| {words} | {queries[words]} | {middle:.1f} | {min(times):.1f} | {middle / floor:.1f} |")


if __name__ == "__main__":
    main()
